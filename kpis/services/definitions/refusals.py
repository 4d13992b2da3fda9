"""Why a change of a definition is refused: one class for each reason, with the words for whoever tried."""

from django.core.exceptions import PermissionDenied

from contracts.models import ServiceArea
from contracts.rules.months import Month, month_long
from contracts.services.refusals import NothingTyped, Refused
from kpis.models import Kpi
from kpis.queries.touched import Touched


class NotYoursToDefine(PermissionDenied):
    """Only the contract manager of the contract, who is named as deputy, or an administrator defines its KPIs."""


class DefinitionRefused(Refused):
    """A change of what a KPI is that cannot be made."""


class CodeTaken(DefinitionRefused):
    field = "code"

    def __init__(self, code: str) -> None:
        super().__init__(f"This contract already has a KPI {code}, or had one: give the new one a code of its own.")


class AreaOfAnotherContract(DefinitionRefused):
    field = "service_area"

    def __init__(self, area: ServiceArea) -> None:
        super().__init__(f"{area} belongs to another contract.")


class LevelImpossible(DefinitionRefused):
    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


class LevelOutsideLife(DefinitionRefused):
    field = "effective_from"

    def __init__(self, kpi: Kpi) -> None:
        first = month_long(Month(kpi.in_force_from))
        last = f" and ended with {month_long(Month(kpi.in_force_to))}" if kpi.in_force_to else ""
        super().__init__(f"{kpi.code} came into force in {first}{last}: choose a month in which it is in force.")


class SameLevel(DefinitionRefused):
    field = "target"

    def __init__(self, month: Month) -> None:
        super().__init__(f"These are the levels in force in {month_long(month)} already: nothing would change.")


class EndsBeforeItBegins(DefinitionRefused):
    field = "in_force_to"

    def __init__(self, kpi: Kpi) -> None:
        super().__init__(f"The last month cannot be before the first, {month_long(Month(kpi.in_force_from))}.")


class ReportedAfterwards(DefinitionRefused):
    field = "in_force_to"

    def __init__(self, kpi: Kpi, month: Month) -> None:
        super().__init__(
            f"{kpi.code} has a result for {month_long(month)}: choose that month or a later one as its last month."
        )


class EndsThenAlready(DefinitionRefused):
    field = "in_force_to"

    def __init__(self, kpi: Kpi, month: Month) -> None:
        super().__init__(f"{kpi.code} ends with {month_long(month)} already: nothing would change.")


class NothingSaid(NothingTyped, DefinitionRefused):
    """A reason, or who agreed, was left blank."""


class VerifiedMonthsTouched(DefinitionRefused):
    """Verified months would be judged differently, and nobody has said that they mean it."""

    field = "accepts"

    def __init__(self, touched: Touched, *, has_accepted: bool) -> None:
        again = "The list has changed since you looked at it. " if has_accepted else ""
        super().__init__(
            f"{again}This judges verified months differently: look at the list, and tick that you mean it."
        )
        self.touched = touched
