"""The counts behind the rates, which the data tables print and the pages of the paper do not."""

from collections.abc import Iterator

from reports.differences.printed import Label, Printed
from reports.snapshot import BoardPaper, KpiLine

SECTION = "Data tables"


def counted_figures(paper: BoardPaper) -> Iterator[Printed]:
    """Numerators and denominators of every KPI that has any."""
    for area in paper.areas:
        for kpi in area.kpis:
            texts = dict(_of(kpi))
            if texts:
                yield Printed(SECTION, kpi.kpi, f"{kpi.kpi} {kpi.name}", is_told_whole=True, texts=texts)


def _of(kpi: KpiLine) -> Iterator[tuple[Label, str]]:
    for result in kpi.results:
        for name, number in (("numerator", result.numerator), ("denominator", result.denominator)):
            if number is not None:
                yield Label(name, result.month), number
