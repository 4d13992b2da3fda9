"""Page one's frame: the title block, the headline's company and the quiet notes under it."""

from typing import Final

from contracts.rules.months import day_long, month_long, span_long
from reports.render.document import Facts
from reports.render.words import addendum, disputes, exempt, slip
from reports.render.words.operational import news_in_words
from reports.render.words.phrases import counted
from reports.render.words.portfolio_news import since_in_words
from reports.render.words.words_of_people import front_facts
from reports.rules.sentences import day_in_words, listed
from reports.snapshot import BoardPaper, PortfolioPart

KINDS: Final = {
    "report": "exception report",
    "projects": "projects paper",
    "operational": "operational project report",
}
MARKS: Final = {"draft": "DRAFT", "signed off": "SIGNED OFF, NOT YET PUBLISHED", "published": ""}
STATUS: Final = {
    "draft": "Draft {revision} of {made_on}, not signed off",
    "signed off": "Revision {revision} of {made_on}, signed off and not yet published",
    "published": "Revision {revision}, as published",
}


def title(paper: BoardPaper) -> str:
    whole = f"{paper.contract.title}: {_name(paper)}"
    return f"{whole}, exempt part" if exempt.is_exempt(paper) else whole


def _name(paper: BoardPaper) -> str:
    if paper.kind == addendum.ADDENDUM:
        return addendum.name(paper)
    return slip.name(paper) if paper.kind == slip.SLIP else KINDS[paper.kind]


def mark(paper: BoardPaper) -> str:
    """
    What every page says until the paper is final, and of an exempt part also then. Nobody signs off the operational
    report: it is no Board paper.
    """
    own = "" if paper.kind == "operational" else MARKS[paper.status]
    return ". ".join(filter(None, (own, exempt.mark(paper))))


def title_facts(paper: BoardPaper) -> Facts:
    contract = paper.contract
    return Facts(
        (
            ("Contract", f"{contract.reference}: {contract.supplier} for {contract.authority}"),
            *(slip.facts(paper) if paper.kind == slip.SLIP else addendum.facts(paper)),
            *_period(paper),
            ("Status", _status(paper)),
            *front_facts(paper),
            *exempt.facts(paper),
        )
    )


def fields(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """The title block by name, for templates that have a place for each part of it."""
    words, day = paper.words, paper.meeting.meeting_on
    named = (
        ("title", title(paper)),
        ("board", paper.meeting.board),
        ("date", day_long(day) if day else ""),
        ("item", words.item if words else ""),
        ("author", words.author if words else ""),
        ("recommendation", words.recommendation if words else ""),
        ("contract", f"{paper.contract.reference}: {paper.contract.title}"),
        ("status", _status(paper)),
    )
    return tuple((name, text) for name, text in named if text)


def _period(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """The months that are judged, or the day that projects are known on; a slip of errata judges nothing."""
    if paper.kind == slip.SLIP:
        return ()
    return _months(paper) if paper.portfolio is None else _days(paper, paper.portfolio)


def _months(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    review, history = paper.review, paper.history
    numbers = contract_months(review.from_contract_month, review.to_contract_month)
    return (
        ("Review period", f"{span_long(review.from_, review.to)} ({numbers})"),
        ("Months shown", span_long(history.from_, history.to)),
    )


def _days(paper: BoardPaper, part: PortfolioPart) -> tuple[tuple[str, str], ...]:
    """Projects are judged on a day, not for months."""
    month = ""
    if paper.kind == "operational":
        number = contract_months(paper.review.to_contract_month, paper.review.to_contract_month)
        month = f"{month_long(paper.review.to)} ({number})"
    told = day_long(part.since) if part.since else "nothing: this is the first paper"
    days = (("As known on", day_long(part.as_of)), ("Compared with", told))
    return (("Month", month), *days) if month else days


def _status(paper: BoardPaper) -> str:
    if paper.kind == "operational":
        made = day_in_words(paper.made_on)
        return f"Revision {paper.revision} of {made}, for those who run the projects; not a paper of the Board"
    status = STATUS[paper.status].format(revision=paper.revision, made_on=day_in_words(paper.made_on))
    publish_by = paper.meeting.publish_by
    if paper.kind == addendum.ADDENDUM:
        publish_by = paper.meeting.addendum_cut_off_on
    if publish_by is None or paper.status == "published" or paper.kind == slip.SLIP:
        return status
    return f"{status}; to be published by {day_long(publish_by)}"


def contract_months(first: int, last: int) -> str:
    return f"contract month {first}" if first == last else f"contract months {first} to {last}"


def since_last(paper: BoardPaper) -> str:
    """One sentence on what moved since the Board last met; what did not happen is left out, but for the new.

    A period judged without a meeting is held against the months before it. Of what is not for publication nothing is
    said, and the exempt part leaves all of it to the public paper.
    """
    since = paper.since_last
    if exempt.is_exempt(paper) or paper.kind == slip.SLIP:
        return ""
    if exempt.has_withheld(paper, "exceptions" if paper.portfolio is None else "attention"):
        return ""
    if paper.portfolio is not None:
        return _since_last_of_projects(paper, paper.portfolio)
    if paper.meeting.meeting_on is None:
        return f"Compared with the months before {month_long(paper.review.from_)}: {_kpi_news(paper)}."
    if paper.kind == addendum.ADDENDUM:
        before = addendum.is_before_report(paper)
        against = f"Against {month_long(addendum.month_before(paper))}" if before else "Since the report"
        return f"{against}: {_kpi_news(paper)}."
    if since.last_meeting_on is None:
        return "This is the first paper on this contract, so everything in it is new to the Board."
    projects = _some(since.projects_slipped, "; {} slipped", "project")
    return f"Since the Board last met, on {day_in_words(since.last_meeting_on)}: {_kpi_news(paper)}{projects}."


def _since_last_of_projects(paper: BoardPaper, part: PortfolioPart) -> str:
    if paper.kind == "operational":
        return news_in_words(paper)
    met = paper.since_last.last_meeting_on
    if part.since is None or met is None:
        return "This is the first paper on these projects, so everything in it is new to the Board."
    attention = counted(paper.since_last.projects_needing_attention, "project needs", "projects need")
    told = [since_in_words(part.news, part.key_changes), f"{attention} attention or should be noted"]
    return f"Since the Board last met, on {day_in_words(met)}: {'; '.join(filter(None, told))}."


def _kpi_news(paper: BoardPaper) -> str:
    since = paper.since_last
    news = (
        counted(since.new, "new exception"),
        _some(since.worsening, "{} worsening", "exception"),
        _some(since.continuing, "{} continuing", "exception"),
        _some(since.recovered, "{} recovered", "KPI"),
        _some(since.reliefs_begun, "mitigation relief began on {}", "KPI"),
        _some(since.reliefs_continuing, "mitigation relief continues on {}", "KPI"),
        _some(since.reliefs_ended, "mitigation relief ended on {}", "KPI"),
    )
    return "; ".join(item for item in news if item)


def _some(number: int, phrase: str, what: str) -> str:
    return phrase.format(counted(number, what)) if number else ""


def notes(paper: BoardPaper) -> tuple[str, ...]:
    """What a reader of page one must not overlook: provisional, disputed and illustrative figures."""
    if exempt.is_exempt(paper):
        return ()
    return tuple(note for note in (_provisional(paper), disputes.counted(paper), _illustrative(paper)) if note)


def _provisional(paper: BoardPaper) -> str:
    if not paper.provisional_areas:
        return ""
    names = {area.code: area.name for area in paper.areas}
    areas = listed([names.get(code, code) for code in paper.provisional_areas])
    return f"Some figures are provisional, not yet verified by the contract manager: {areas}. Each is marked."


def _illustrative(paper: BoardPaper) -> str:
    if not paper.has_illustrative:
        return ""
    return "Some figures are illustrative: made up to be plausible where nothing was published."
