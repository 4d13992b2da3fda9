"""Remarks that people wrote on what the paper lists: each stands once, with the KPI or project it is about."""

from collections.abc import Iterable

from reports.render.document import Facts
from reports.snapshot import BoardPaper

REMARK = "Remark"
REMARKS = "Remarks"


def on_kpi(paper: BoardPaper, code: str) -> str:
    return _said(paper, "kpi", code)


def on_project(paper: BoardPaper, reference: str) -> str:
    return _said(paper, "project", reference)


def on_card(facts: Iterable[Facts], text: str) -> tuple[Facts, ...]:
    """What a card says, and a remark as the last of it; where its lists have titles, in a list of its own."""
    lists = tuple(facts)
    if not text:
        return lists
    row = (REMARK, text)
    if lists and not lists[-1].title:
        return (*lists[:-1], Facts((*lists[-1].rows, row)))
    return (*lists, Facts((row,)))


def of_lines(said: Iterable[tuple[str, str]]) -> tuple[Facts, ...]:
    """Under a table or a sentence: the remarks on several, each with its code; or nothing."""
    rows = tuple((code, text) for code, text in said if text)
    return (Facts(rows, title=REMARKS),) if rows else ()


def _said(paper: BoardPaper, about: str, subject: str) -> str:
    found = (each.text for each in paper.remarks if (each.about, each.subject) == (about, subject))
    return " ".join(next(found, "").split())
