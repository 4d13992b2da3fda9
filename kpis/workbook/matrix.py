"""The status matrix as a table of numbers: one line per KPI and month, for whoever goes on reckoning with it."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

from contracts.rules.months import month_key
from contracts.workbook.cells import neutralised
from contracts.workbook.numbers import written
from kpis.queries.matrix import Matrix
from kpis.rules.figures import plain
from kpis.rules.status import Judgement, KpiTerms

COLUMNS = (
    "kpi", "name", "service_area", "month", "value", "numerator", "denominator", "unit", "target", "minimum",
    "measured", "contractual", "provisional", "relief", "not_measured_reason",
)  # fmt: skip


def matrix_csv(matrix: Matrix) -> bytes:
    """
    UTF-8 with CRLF, months as `2018-03`, figures plain to the decimals their KPI is judged to, flags yes or no.

    A month in which a KPI owed nothing has no line.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in matrix.rows:
        for judged in row.cells:
            if judged is not None:
                writer.writerow(_line(row.history.terms, judged))
    return out.getvalue().encode()


def _line(terms: KpiTerms, judged: Judgement) -> Iterator[str]:
    reading, level = judged.reading, judged.level
    yield from (terms.code, neutralised(terms.name), neutralised(terms.area), month_key(judged.month))
    yield "" if judged.value is None else plain(judged.value, terms.decimals)
    yield _number(reading.numerator if reading else None)
    yield _number(reading.denominator if reading else None)
    yield terms.unit.value
    yield _number(level.target if level else None)
    yield _number(level.minimum if level else None)
    yield from (judged.measured.value, judged.contractual.value, "yes" if judged.is_provisional else "no")
    yield neutralised(judged.relief.reference) if judged.relief else ""
    yield neutralised(reading.not_measured_reason) if reading else ""


def _number(figure: Decimal | None) -> str:
    return "" if figure is None else written(figure)
