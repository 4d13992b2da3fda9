"""When a KPI owes a result, from the columns that say so: for counting many KPIs without their terms."""

from contracts.rules.months import Month


def owes_result(month: Month, begins: Month, ends: Month | None, due_mask: int) -> bool:
    """Begun, not ended, and due in that calendar month; bit 0 of the mask is January."""
    return bool(due_mask >> (month.month - 1) & 1) and begins <= month and (ends is None or month <= ends)
