"""What people wrote around the figures, in the places where a council's report has them.

The recommendation stands at the head; implications, consultation, background papers and author follow the substance
and come before the appendices. Each is a section of its own, so that it can be named at the table.
"""

from contracts.rules.months import day_long
from reports.render.document import Block, Paragraph, Section
from reports.snapshot import BoardPaper, Words

NO_BACKGROUND = "No background papers were used."


def introduction(paper: BoardPaper) -> tuple[str, ...]:
    """Its paragraphs, which follow the headline."""
    return paragraphs(paper.words.introduction) if paper.words else ()


def front_facts(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """What the title block says beside the contract and the months."""
    words = paper.words or Words()
    told = (("Agenda item", words.item), ("Why it is late", words.lateness))
    return tuple((term, " ".join(text.split())) for term, text in told if text)


def written(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """All that stands outside the title block, as pairs of what it is called and its text."""
    words = paper.words
    if words is None:
        return ()
    return (
        ("Introduction", words.introduction),
        ("Recommendation", words.recommendation),
        ("Implications", words.implications),
        ("Consultation", words.consultation),
        ("Background papers", "\n".join(words.background) or NO_BACKGROUND),
        ("Author", words.author),
    )


def recommendation(paper: BoardPaper) -> Section | None:
    return _section("recommendation", "Recommendation", paper.words.recommendation if paper.words else "")


def implications(paper: BoardPaper) -> Section | None:
    return _section("implications", "Implications", paper.words.implications if paper.words else "")


def consultation(paper: BoardPaper) -> Section | None:
    return _section("consultation", "Consultation", paper.words.consultation if paper.words else "")


def background(paper: BoardPaper) -> Section | None:
    """The list that a paper must have, even where there is nothing on it."""
    words = paper.words
    if words is None:
        return None
    blocks: list[Block] = [Paragraph(each) for each in words.background] or [Paragraph(NO_BACKGROUND)]
    if words.background and words.background_until:
        kept = f"They are open to inspection until {day_long(words.background_until)}."
        blocks.append(Paragraph(kept, is_quiet=True))
    return Section("background", "Background papers", tuple(blocks))


def author(paper: BoardPaper) -> Section | None:
    """By job title: no paper prints a name."""
    return _section("author", "Author", paper.words.author if paper.words else "")


def paragraphs(text: str) -> tuple[str, ...]:
    """A line break that was typed begins a paragraph; within one, spaces are single."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _section(key: str, title: str, text: str) -> Section | None:
    blocks = tuple(Paragraph(each) for each in paragraphs(text))
    return Section(key, title, blocks) if blocks else None
