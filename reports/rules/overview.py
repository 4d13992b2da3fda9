"""Many contracts in a sentence: how they stand in their latest verified months."""

from collections.abc import Sequence

from kpis.rules.counts import StatusCounts
from kpis.rules.summary import added


def overview_headline(counts: Sequence[StatusCounts], verified: int) -> str:
    """
    Which contracts have KPIs below minimum, else below target, else none; and how many met their target in all.

    ``counts`` holds one month of each contract, ``verified`` says for how many of them that month is verified.
    """
    judged = [one for one in counts if one.in_force]
    if not judged:
        return "No KPI is in force yet."
    total, whole = added(judged), len(judged)
    said = f"{total.target_met:,} of {total.in_force:,} {_kpis(total.in_force)} met their target."
    return f"{_worst(judged, whole)} {said}{_unverified(whole - verified, whole)}"


def _worst(judged: Sequence[StatusCounts], whole: int) -> str:
    below_minimum = sum(one.below_minimum > 0 for one in judged)
    below_target = sum(one.below_target > 0 for one in judged)
    if below_minimum:
        return f"{_of(below_minimum, whole)} {_have(below_minimum)} KPIs below minimum."
    if below_target:
        return f"No KPI is below minimum; {_of(below_target, whole)} {_have(below_target)} KPIs below target."
    return "No KPI is below target or below minimum."


def _unverified(number: int, whole: int) -> str:
    if not number:
        return ""
    return f" For {_of(number, whole)} no month of the last twelve is verified."


def _of(number: int, whole: int) -> str:
    return f"{number:,} of {whole:,} {'contract' if whole == 1 else 'contracts'}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _kpis(number: int) -> str:
    return "KPI" if number == 1 else "KPIs"
