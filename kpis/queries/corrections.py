"""What a correction did to a figure, as sentences say it."""

from kpis.models import Correction
from kpis.rules.figures import DASH
from kpis.rules.sentences import figure_in_words


def correction_in_words(row: Correction) -> str:
    """`79.00% instead of not measured: The meter broke.`; the KPI is read already."""
    kpi = row.result.kpi
    before = (row.value_before, row.numerator_before, row.denominator_before, row.not_measured_reason_before)
    after = (row.value_after, row.numerator_after, row.denominator_after, row.not_measured_reason_after)
    said, stood = (figure_in_words(kpi.unit, kpi.decimals, *each) for each in (after, before))
    return f"{_or_none(said)} instead of {_or_none(stood)}"


def _or_none(figure: str) -> str:
    return "no figure" if figure == DASH else figure
