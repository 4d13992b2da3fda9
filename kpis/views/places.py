"""From an address to one service area's month, and to what the person who asks may do there."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from contracts.http import PageRequest
from contracts.models import Contract, ServiceArea
from contracts.queries import calendar_with
from contracts.rules.calendar import data_due_if_known
from contracts.rules.months import Month, last_owed, month_of
from kpis.models import Return
from kpis.queries.desk import Desk, Enterable, lay_out, load_area, load_enterable, load_return


@dataclass(frozen=True, slots=True)
class Place:
    """A service area's month, with what the person may do: enter its figures, submit it, look at what is typed."""

    contract: Contract
    area: ServiceArea
    month: Month
    due_on: date | None
    area_return: Return | None
    """As it was when the address was looked up."""
    may_enter: bool
    may_submit: bool
    may_look: bool
    """At what is typed and not submitted yet: private to the area, and to who looks after everything."""

    def desk(self) -> Desk:
        """What is on the desk; a month that owes nothing is no page."""
        return self._desk(self.area_return)

    def enterable(self) -> dict[int, Enterable]:
        """The rows that a save may name; none where the month owes nothing, and then it is no page."""
        rows = load_enterable(self.area, self.month, self.area_return)
        if not rows:
            raise Http404
        return rows

    def desk_now(self) -> Desk:
        """What is on it after something was written."""
        return self._desk(load_return(self.area, self.month))

    def _desk(self, area_return: Return | None) -> Desk:
        desk = lay_out(self.area, self.month, area_return)
        if not desk.lines:
            raise Http404
        return desk


def find_place(request: PageRequest, contract: str, area: str, month: Month) -> Place:
    """Not yours to see is 404; so is a month that has not ended, or that lies outside the contract's time."""
    found, held = load_area(contract, area, month), request.held
    if found is None or not held.sees(contract) or not held.looks_into(contract, found.pk):
        raise Http404
    if not month_of(found.contract.commences_on) <= month <= last_owed(found.contract.ends_on, request.today):
        raise Http404
    may_enter = held.enters(contract, found.pk)
    return Place(
        contract=found.contract,
        area=found,
        month=month,
        due_on=data_due_if_known(month, calendar_with(request.closed_days), found.contract.data_due_working_days),
        area_return=getattr(found, "current_return", None),  # without a row the ORM sets nothing
        may_enter=may_enter,
        may_submit=held.submits(contract, found.pk),
        may_look=held.reads_typed(contract, found.pk),
    )


def find_enterable(request: PageRequest, contract: str, area: str, month: Month) -> Place:
    """A place to write in; who may only look is refused."""
    place = find_place(request, contract, area, month)
    if not place.may_enter:
        raise PermissionDenied
    return place
