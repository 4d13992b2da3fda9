"""Page one's frame: the title block, the headline's company and the quiet notes under it."""

from typing import Final

from contracts.rules.months import day_long, month_long, span_long
from reports.render.document import Facts
from reports.render.words import disputes
from reports.render.words.operational import news_in_words
from reports.render.words.phrases import counted
from reports.render.words.portfolio_news import since_in_words
from reports.rules.sentences import day_in_words, listed
from reports.snapshot import BoardPaper, PortfolioPart

KINDS: Final = {
    "report": "exception report",
    "addendum": "addendum to the exception report",
    "projects": "transformation projects",
    "operational": "operational project report",
}
MARKS: Final = {"draft": "DRAFT", "signed off": "SIGNED OFF, NOT YET PUBLISHED", "published": ""}
STATUS: Final = {
    "draft": "Draft {revision} of {made_on}, not signed off",
    "signed off": "Revision {revision} of {made_on}, signed off and not yet published",
    "published": "Revision {revision}, as published",
}


def title(paper: BoardPaper) -> str:
    return f"{paper.contract.title}: {KINDS[paper.kind]}"


def mark(paper: BoardPaper) -> str:
    """What every page says until the paper is final. Nobody signs off the operational report: it is no Board paper."""
    return "" if paper.kind == "operational" else MARKS[paper.status]


def title_facts(paper: BoardPaper) -> Facts:
    contract = paper.contract
    return Facts(
        (
            ("Contract", f"{contract.reference}: {contract.supplier} for {contract.authority}"),
            *(_months(paper) if paper.portfolio is None else _days(paper, paper.portfolio)),
            ("Status", _status(paper)),
        )
    )


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
    if publish_by is None or paper.status == "published":
        return status
    return f"{status}; to be published by {day_long(publish_by)}"


def contract_months(first: int, last: int) -> str:
    return f"contract month {first}" if first == last else f"contract months {first} to {last}"


def since_last(paper: BoardPaper) -> str:
    """One sentence on what moved since the Board last met; what did not happen is left out, but for the new.

    A period judged without a meeting is held against the months before it.
    """
    since = paper.since_last
    if paper.portfolio is not None:
        return _since_last_of_projects(paper, paper.portfolio)
    if paper.meeting.meeting_on is None:
        return f"Compared with the months before {month_long(paper.review.from_)}: {_kpi_news(paper)}."
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
