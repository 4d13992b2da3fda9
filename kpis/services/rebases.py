"""Restarting the limits of a KPI's XmR chart from a month on, and taking that back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Person
from contracts.rules.months import Month, month_long
from contracts.services.history import save_with_history
from contracts.services.refusals import NothingTyped, Refused
from kpis.models import Kpi, Rebase, Result
from kpis.queries.duties import load_duties


class NotYoursToRestart(PermissionDenied):
    """Only the contract manager of the contract, or who is named as deputy, restarts limits or takes that back."""


class RebaseRefused(Refused):
    """A restart of limits that cannot be made or taken back."""


class RestartsNothing(RebaseRefused):
    field = "from_month"

    def __init__(self, kpi: Kpi, first: Month | None) -> None:
        words = f"its first figure is for {month_long(first)}" if first else "it has no figure yet"
        super().__init__(f"{kpi.code}: {words}. Limits restart in a later month, so that there is something before it.")


class NotThereYet(RebaseRefused):
    field = "from_month"

    def __init__(self, kpi: Kpi, last: Month) -> None:
        super().__init__(
            f"{kpi.code}: its latest figure is for {month_long(last)}. Choose that month or an earlier one."
        )


class RestartsAlready(RebaseRefused):
    field = "from_month"

    def __init__(self, month: Month) -> None:
        super().__init__(f"The limits restart in {month_long(month)} already: choose another month.")


class NothingSaid(NothingTyped, RebaseRefused):
    """A reason, or who agreed, was left blank."""


class WithdrawnAlready(RebaseRefused):
    def __init__(self, month: Month) -> None:
        super().__init__(f"The restart in {month_long(month)} was withdrawn already.")


@transaction.atomic
def set_rebase(
    *, kpi: Kpi, by: Person, at: datetime, on: Month, from_month: Month, reason: str, agreed_by: str
) -> Rebase:
    """Limits are worked out afresh from this month on; ``on`` is the last month that has ended."""
    _refuse_who_does_not_restart(kpi, by)
    held = Kpi.objects.select_for_update().get(pk=kpi.pk)
    months = Result.objects.filter(kpi=held, month__lte=on, not_measured_reason="").order_by("month")
    reported = [Month(month) for month in months.values_list("month", flat=True)]
    if not reported or from_month <= reported[0]:
        raise RestartsNothing(held, reported[0] if reported else None)
    if from_month > reported[-1]:
        raise NotThereYet(held, reported[-1])
    if Rebase.objects.filter(kpi=held, from_month=from_month, withdrawn_at=None).exists():
        raise RestartsAlready(from_month)
    if not reason.strip():
        raise NothingSaid("reason", "why the limits restart")
    if not agreed_by.strip():
        raise NothingSaid("agreed_by", "who agreed to it")
    rebase = Rebase(
        kpi=held,
        from_month=from_month,
        reason=reason.strip(),
        agreed_by=agreed_by.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    save_with_history(rebase, by=by, why=reason.strip())
    return rebase


@transaction.atomic
def withdraw_rebase(*, rebase: Rebase, by: Person, at: datetime, reason: str) -> Rebase:
    """The limits no longer restart there; that they did, and why they do not, stays on record."""
    _refuse_who_does_not_restart(rebase.kpi, by)
    held: Rebase = Rebase.objects.select_for_update().get(pk=rebase.pk)
    if held.withdrawn_at is not None:
        raise WithdrawnAlready(Month(held.from_month))
    if not reason.strip():
        raise NothingSaid("reason", "why it is withdrawn")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = at, by, reason.strip()
    save_with_history(held, by=by, why=reason.strip())
    return held


def _refuse_who_does_not_restart(kpi: Kpi, by: Person) -> None:
    if not load_duties(by, kpi.contract).may_decide:
        raise NotYoursToRestart("Only the contract manager restarts the limits of a KPI.")
