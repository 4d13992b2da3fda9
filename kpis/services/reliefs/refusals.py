"""Why a change of a relief is refused: one class for each reason, with the words for whoever tried."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from contracts.models import Contract
from contracts.rules.months import Month, month_long, span_long
from contracts.services.refusals import NothingTyped, Refused
from kpis.models import Kpi, Relief
from kpis.queries.effects import Effect
from kpis.rules import relief as rules
from kpis.rules.codes import code_order


class ReliefRefused(Refused):
    """Something about a relief that cannot be done."""


class NotYoursToAsk(PermissionDenied):
    """Only officers, the supplier's people and the contract manager ask for relief, and withdraw what they asked."""


class NotYoursToDecide(PermissionDenied):
    """Only the contract manager of the contract, or who is named as deputy, grants, refuses and ends reliefs."""


class NamesNoKpi(ReliefRefused):
    field = "kpis"

    def __init__(self) -> None:
        super().__init__("Choose the KPIs that relief is asked for, or all of them.")


class NotAKpiOfTheContract(ReliefRefused):
    field = "kpis"

    def __init__(self, code: str, contract: Contract) -> None:
        super().__init__(f"{code} is not a KPI of {contract.reference}.")


class KpiNotInForceThen(ReliefRefused):
    field = "kpis"

    def __init__(self, kpi: Kpi) -> None:
        life = f"from {month_long(Month(kpi.in_force_from))}"
        if kpi.in_force_to:
            life = span_long(Month(kpi.in_force_from), Month(kpi.in_force_to))
        super().__init__(f"{kpi.code} is in force {life} only: choose months in which it is, or leave it out.")


class EndsBeforeItBegins(ReliefRefused):
    field = "to_month"

    def __init__(self, first: Month) -> None:
        super().__init__(f"The last month cannot be before the first, {month_long(first)}.")


class NothingSaid(NothingTyped, ReliefRefused):
    """What happened, or the reason of a decision, was left blank."""


class ReliefChanged(ReliefRefused):
    """A stale page: somebody was quicker."""

    def __init__(self, relief: Relief) -> None:
        super().__init__(
            f"{relief.reference} was changed by somebody else while you were looking at it."
            f" It is now {relief.decision}. Look at it again; what you typed is still here."
        )


class AskedAlready(ReliefRefused):
    def __init__(self, relief: Relief) -> None:
        super().__init__(f"You asked for this already: it is {relief.reference}, and waits for a decision.")


class NotAwaitingDecision(ReliefRefused):
    def __init__(self, relief: Relief) -> None:
        by = f" by {relief.decided_by}" if relief.decided_by else ""
        super().__init__(f"{relief.reference} is not waiting for a decision: it was {relief.decision}{by}.")


class OwnRequest(ReliefRefused):
    def __init__(self, relief: Relief) -> None:
        super().__init__(f"You asked for {relief.reference} yourself: somebody else decides it.")


class NotYourRequest(ReliefRefused):
    def __init__(self, relief: Relief) -> None:
        super().__init__(f"{relief.reference} was asked for by somebody else: only they withdraw it.")


class NotGranted(ReliefRefused):
    def __init__(self, relief: Relief) -> None:
        super().__init__(f"Only a granted relief ends; {relief.reference} is {relief.decision}.")


class EndsAlready(ReliefRefused):
    """Ending never lengthens: more months are a new request."""

    field = "to_month"

    def __init__(self, last: Month) -> None:
        super().__init__(
            f"It already ends with {month_long(last)}: choose an earlier month, or ask for a new relief after it."
        )


class ReliefsOverlap(ReliefRefused):
    """Two granted reliefs on one KPI may touch, not overlap."""

    field = "from_month"

    def __init__(self, one: rules.Relief, others: Sequence[rules.Relief]) -> None:
        clashes = " and ".join(
            f"{other.reference}, granted for {_shared(one, other)} in {rules.span_in_words(other)}" for other in others
        )
        super().__init__(f"{one.reference} would overlap {clashes}. Choose months that touch and do not overlap.")


class EffectNotShown(ReliefRefused):
    """The months or the figures are not those whose effect was on the page: it must be seen before deciding."""

    def __init__(self, effect: Effect) -> None:
        super().__init__("The effect below is not the one you were shown: look at it, then confirm.")
        self.effect = effect


def _shared(one: rules.Relief, other: rules.Relief) -> str:
    return "all KPIs" if one.is_blanket else ", ".join(sorted(one.kpis & other.kpis, key=code_order))
