"""Papers of the kinds that no sample is of: a slip of errata, and the parts of papers that are not for publication."""

from dataclasses import replace
from datetime import date
from typing import Any

from reports.snapshot import BoardPaper, BoundTo, ErratumLine, Words
from tests.reports import samples
from tests.reports.exempt.halves import parted

REASON = "180 enquiries were counted from the wrong day. Corrected on 6 November 2017 by the performance officer."
REPORT = "Exception report of 26 October 2017"
AREAS = "in Information Management Technology and {} in People Management. Between {} and 35 of 41 met their target"
REST = "; nine more were below target in at least one month; two, both in Customer Service Centre, had relief."
MOVED = (
    ("Summary by month, June 2017, target met", "29", "30"),
    ("Summary by month, June 2017, target met, share", "71%", "73%"),
    ("Summary by month, June 2017, below minimum", "3", "2"),
    ("Summary by month, June 2017, below minimum, share", "7%", "5%"),
    ("Exceptions, how many", "17", "16"),
    ("Results by service area, PM_KPI_03 People management enquiries answered in time, result", "83.04%", "93.15%"),
    ("Results by service area, PM_KPI_03 People management enquiries answered in time, status", "Below minimum", "Met"),
    ("Data tables, PM_KPI_03 People management enquiries answered in time, numerator", "1479", "1659"),
    (
        "Headline",
        f"Seven KPIs failed between June 2017 and August 2017: five {AREAS.format('two', 29)}{REST}",
        f"Six KPIs failed between June 2017 and August 2017: five {AREAS.format('one', 30)}{REST}",
    ),
    (
        "Exceptions, paragraph 1",
        "In the review period: seven KPIs below minimum and one not measured. One KPI stands under more than one.",
        "In the review period: six KPIs below minimum and one not measured. One KPI stands under more than one.",
    ),
    (
        "Exceptions, PM_KPI_03 People management enquiries answered in time",
        "Below minimum, recovered: June 2017; cause: enquiries that came in late waited for the next shift; effect: one"
        " manager in ten waited longer than three working days; remedy: one adviser has moved to the late shift.",
        "to be left out",
    ),
)


def slip() -> BoardPaper:
    """With every kind of erratum, as the corrected June of 2017 moved them."""
    base = samples.small()
    blank: Any = {"areas": (), "exceptions": (), "reliefs": (), "kpi_changes": (), "requests": (), "months": ()}
    of = BoundTo(
        kind="report",
        title=f"{base.contract.title}: exception report",
        meeting_on=date(2017, 10, 26),
        revision=1,
        issued_on=date(2017, 10, 18),
        address="https://scrutineer.example/papers/2017-10-26-overview-and-scrutiny-management-board-css-report-r1/",
    )
    return replace(
        base,
        kind="erratum",
        number=1,
        of=of,
        words=Words(author="Contract manager"),
        headline="11 places in the exception report of 26 October 2017 should read otherwise, because one figure was"
        " corrected after it went out.",
        errata=tuple(ErratumLine(place, old, new, REASON, REPORT) for place, old, new in MOVED),
        projects=replace(base.projects, register=(), exceptions=(), key=(), near_misses=()),
        history=replace(base.history, months=()),
        earlier_failures=(),
        provisional_areas=(),
        has_illustrative=False,
        **blank,
    )


def exempt_report() -> BoardPaper:
    return _exempt("report", "kpis", "projects", "implications")


def exempt_projects() -> BoardPaper:
    return _exempt("projects", "money", "projects")


def _exempt(kind: str, *parts: str) -> BoardPaper:
    half = parted(kind, *parts).exempt
    assert half is not None
    return half
