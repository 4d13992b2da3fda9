"""What changed since the Board last met, each count leading to what it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from contracts.rules.months import month_long
from reports.rules.sentences import day_in_words
from reports.snapshot import BoardPaper, ExceptionLine

SECTIONS: Final = {"relief": "reliefs", "recovered": "recovered", "missing": "gaps", "not_measured": "gaps"}


@dataclass(frozen=True, slots=True)
class News:
    """So many of something, and where on the page they stand; nowhere where there are none."""

    number: int
    words: str
    place: str


def lead(paper: BoardPaper) -> str:
    """Against what it is held: the last meeting, or for months of choice the months before them."""
    since = paper.since_last
    if paper.meeting.meeting_on is None:
        return f"Compared with the months before {month_long(paper.review.from_)}"
    if since.last_meeting_on is None:
        return "This is the first paper on this contract, so everything in it is new to the Board"
    return f"Since the Board last met, on {day_in_words(since.last_meeting_on)}"


def news_of(paper: BoardPaper) -> tuple[News, ...]:
    """New exceptions always, even none; of the others what there is."""
    return tuple(each for each in _news(paper) if each.number or each.words == "new")


def _news(paper: BoardPaper) -> Iterator[News]:
    since = paper.since_last
    lines = [line for line in paper.exceptions if line.rule != "relief"]
    yield News(since.recovered, "recovered", _place(lines, "recovered"))
    yield News(since.new, "new", _place(lines, "new"))
    yield News(since.worsening, "worsening", _place(lines, "worsening"))
    yield News(since.continuing, "continuing", _place(lines, "continuing"))
    yield News(since.reliefs_begun, "came under relief", "reliefs")
    yield News(since.reliefs_ended, "no longer under relief", "reliefs")
    yield News(since.reliefs_continuing, f"still under relief{_age(paper)}", "reliefs")
    slipped, completed = since.projects_slipped, _projects(paper, "completed")
    yield News(slipped, f"{_counted('project', slipped)} slipped", "projects")
    yield News(completed, f"{_counted('project', completed)} completed", "projects")


def _place(lines: Sequence[ExceptionLine], state: str) -> str:
    """The first line in that state: a card of its own, or the section of its rule."""
    found = next((line for line in lines if line.state == state), None)
    return SECTIONS.get(found.rule, found.kpi) if found else ""


def _age(paper: BoardPaper) -> str:
    """`(fourth month)` where all that continue are in the same one."""
    runs = {line.run for line in paper.exceptions if line.rule == "relief" and line.state == "continuing"}
    return f" ({runs.pop()})" if len(runs) == 1 and "month" in next(iter(runs)) else ""


def _projects(paper: BoardPaper, rule: str) -> int:
    return len({line.reference for line in paper.projects.exceptions if line.rule == rule})


def _counted(what: str, number: int) -> str:
    return what if number == 1 else f"{what}s"
