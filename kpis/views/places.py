"""From an address to one service area's month, and to what the person who asks may do there."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from contracts.http import PageRequest
from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, add_months, month_of
from kpis.queries.desk import Desk, load_desk


@dataclass(frozen=True, slots=True)
class Place:
    """A service area's month, with what the person may do: enter its figures, submit it, look at what is typed."""

    contract: Contract
    area: ServiceArea
    month: Month
    may_enter: bool
    may_submit: bool
    may_look: bool
    """At what is typed and not submitted yet: private to the area, and to who looks after everything."""

    def desk(self) -> Desk:
        """What is on the desk; a month that owes nothing is no page."""
        desk = load_desk(self.area, self.month)
        if not desk.lines:
            raise Http404
        return desk


def find_place(request: PageRequest, contract: str, area: str, month: Month) -> Place:
    """Not yours to see is 404; so is a month that has not ended, or that lies before the contract."""
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
    areas = ServiceArea.objects.looked_into_by(request.user).select_related("contract")
    found = get_object_or_404(areas, contract=shown, code=area)
    if not month_of(shown.commences_on) <= month <= last_ended(request):
        raise Http404
    own = ServiceArea.objects.filter(pk=found.pk)
    may_enter = own.entered_by(request.user).exists()
    return Place(
        contract=shown,
        area=found,
        month=month,
        may_enter=may_enter,
        may_submit=may_enter and own.submitted_by(request.user).exists(),
        may_look=may_enter or request.user.is_administrator,
    )


def find_enterable(request: PageRequest, contract: str, area: str, month: Month) -> Place:
    """A place to write in; who may only look is refused."""
    place = find_place(request, contract, area, month)
    if not place.may_enter:
        raise PermissionDenied
    return place


def last_ended(request: PageRequest) -> Month:
    return add_months(month_of(request.today), -1)
