"""The title block and the Board's requests as tables."""

from reports.render.document import Kind, Sheet, SheetColumn
from reports.render.words import exempt, frame
from reports.render.words.words_of_people import written
from reports.snapshot import BoardPaper

SINCE = {"operational": "report before", "addendum": "report"}


def title(paper: BoardPaper) -> Sheet:
    """What the first page says, as pairs."""
    rows = [
        ("Title", frame.title(paper)),
        ("Board", paper.meeting.board),
        *frame.title_facts(paper).rows,
        ("Mark", frame.mark(paper)),
        ("Headline", exempt.headline(paper) or paper.headline),
        *(() if exempt.is_exempt(paper) else written(paper)),
        (f"Since the {SINCE.get(paper.kind, 'Board last met')}", frame.since_last(paper)),
        *(("Note", note) for note in frame.notes(paper)),
    ]
    columns = (SheetColumn("item", "Item", width=26), SheetColumn("text", "Text", width=110))
    return Sheet("paper", "Paper", columns, tuple(row for row in rows if row[1]))


def exempt_appendices(paper: BoardPaper) -> Sheet:
    """The appendices written for the exempt part, a row each."""
    columns = (
        SheetColumn("title", "Title", width=40),
        SheetColumn("text", "Text", width=110),
        SheetColumn("paragraph", "Paragraph", Kind.FIGURE),
        SheetColumn("public_interest", "Public interest", width=60),
    )
    rows = tuple((each.title, each.text, each.paragraph, each.public_interest) for each in paper.exempt_appendices)
    return Sheet("exempt_appendices", "Exempt appendices", columns, rows)


def requests(paper: BoardPaper) -> Sheet:
    columns = (
        SheetColumn("reference", "Reference", width=14),
        SheetColumn("kind", "Kind"),
        SheetColumn("raised_on", "Raised on", Kind.DAY),
        SheetColumn("raised_by", "Raised by", width=20),
        SheetColumn("text", "What was asked", width=60),
        SheetColumn("owner", "Owner", width=24),
        SheetColumn("due_meeting", "Due at the meeting of", Kind.DAY, width=20),
        SheetColumn("status", "Status"),
        SheetColumn("answer", "Answer", width=60),
    )
    rows = tuple(
        (
            each.reference,
            each.kind,
            each.raised_on,
            each.raised_by,
            each.text,
            each.owner,
            each.due_meeting,
            each.status,
            each.answer,
        )
        for each in paper.requests
    )
    return Sheet("requests", "Requests", columns, rows)
