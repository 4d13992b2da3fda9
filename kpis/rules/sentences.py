"""A month of the whole contract in a sentence, and what a result says in a few words."""

from decimal import Decimal

from contracts.rules.months import month_long
from kpis.rules.counts import StatusCounts
from kpis.rules.figures import Unit, show, worked_out


def month_in_words(counts: StatusCounts) -> str:
    """How many met their target, and what became of the others; nothing where no KPI is in force or no month given.

    `February 2018: 32 of 41 KPIs met their target, 2 were below target, 7 are missing. 34 figures are provisional.`
    """
    if counts.month is None or not counts.in_force:
        return ""
    parts = [
        f"{counts.target_met:,} of {counts.in_force:,} {'KPI' if counts.in_force == 1 else 'KPIs'} met"
        f" {'its' if counts.in_force == 1 else 'their'} target",
        *(
            f"{number:,} {'was' if number == 1 else 'were'} {words}"
            for number, words in (
                (counts.below_target, "below target"),
                (counts.below_minimum, "below minimum"),
                (counts.relief_granted, "under relief"),
                (counts.not_measured, "not measured"),
            )
            if number
        ),
    ]
    if counts.missing:
        parts.append(f"{counts.missing:,} {'is' if counts.missing == 1 else 'are'} missing")
    said = f"{month_long(counts.month)}: {', '.join(parts)}."
    if not counts.provisional:
        return said
    figures = "figure is" if counts.provisional == 1 else "figures are"
    return f"{said} {counts.provisional:,} {figures} provisional."


def figure_in_words(
    unit: Unit | str,
    decimals: int,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    reason: str,
) -> str:
    """A figure as its KPI shows it, or why there is none."""
    if reason:
        return f"not measured: {reason}"
    known = Unit(unit)
    return show(worked_out(value, numerator, denominator, known), known, decimals)


def rate_in_words(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """`954 of 18,304.5`, or nothing where there is no rate."""
    if numerator is None or denominator is None:
        return ""
    return f"{numerator.normalize():,f} of {denominator.normalize():,f}"
