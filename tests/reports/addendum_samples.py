"""Addenda to print: one with something of everything, one in which nothing changed."""

from dataclasses import replace
from datetime import date
from typing import Final

from contracts.rules.months import Month
from reports.build.addendum import NO_PROJECTS
from reports.rules.headline import headline
from reports.snapshot import BoardPaper, BoundTo, ErratumLine, ResultLine, Words
from tests.reports.papers import AREAS, kpi, month, paper, relief

BEGIN: Final = month("2017-08")
FEBRUARY: Final = month("2018-02")
RELIEF: Final = relief("REL-2017-03", "2017-10", None, "ACF_KPI_01")
REPORT: Final = BoundTo(
    kind="report",
    title="Corporate Support Services Contract: exception report",
    meeting_on=date(2018, 3, 29),
    revision=2,
    issued_on=date(2018, 3, 21),
    address="https://scrutineer.example.org/papers/2018-03-29-css-report-r2/",
)
WHY: Final = (
    "February 2018 was verified on 22 March 2018, after the exception report had gone to the clerk on 20 March 2018."
)


def addendum() -> BoardPaper:
    """February 2018: new, worsening, continuing, recovered, relieved and provisional; an erratum, and words."""
    histories = [
        kpi("ACF_KPI_01 ggarraa", BEGIN, RELIEF),
        kpi("CSC_KPI_04 gggggar", BEGIN),
        kpi("CSC_KPI_05 ggggrrr", BEGIN),
        kpi("FA_KPI_01 gggggga", BEGIN, is_explained=False),
        kpi("IMT_KPI_05 gggggrg", BEGIN),
        kpi("PM_KPI_01 ggggggG", BEGIN),
        kpi("PM_KPI_02 ggggggn", BEGIN),
    ]
    found = paper(histories, RELIEF, history=("2017-08", "2018-02"), review=("2018-02", "2018-02"))
    return replace(
        _bound(found, headline(histories, FEBRUARY, FEBRUARY, AREAS, begins_with_months=True)),
        errata=(
            ErratumLine("Exception report, Month by month, December 2017, target met", "5", "4", "Counted twice."),
        ),
        words=Words(
            introduction="The Board asked for the month as soon as it was known.",
            recommendation="That the addendum be noted.",
            author="Contract manager",
            lateness="February 2018’s figures fell due on 14 March 2018 and were verified on 22 March 2018.",
        ),
    )


def quiet_addendum() -> BoardPaper:
    """Nothing was missed, nothing changed, and nobody wrote a word."""
    histories = [kpi("IMT_KPI_05 ggggggg", BEGIN)]
    found = paper(histories, history=("2017-08", "2018-02"), review=("2018-02", "2018-02"))
    return _bound(found, headline(histories, FEBRUARY, FEBRUARY, AREAS, begins_with_months=True))


def _bound(found: BoardPaper, said: str) -> BoardPaper:
    return replace(
        found,
        kind="addendum",
        number=1,
        of=REPORT,
        why=WHY,
        headline=said,
        made_on=date(2018, 3, 22),
        projects=NO_PROJECTS,
        areas=tuple(
            replace(area, kpis=tuple(replace(each, results=_of(each.results, FEBRUARY)) for each in area.kpis))
            for area in found.areas
        ),
    )


def _of(results: tuple[ResultLine, ...], wanted: Month) -> tuple[ResultLine, ...]:
    return tuple(result for result in results if result.month == wanted)
