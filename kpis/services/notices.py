"""
Telling people what was done: one line after the act, in the same transaction, so that neither stands without the other.

Each occasion is told once to each person, never to who acted. The messages go out after the commit.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse

from contracts.models import Contract, Message, Person
from contracts.queries import Holders, load_holders
from contracts.rules.months import Month, month_key, month_long, span_long
from contracts.rules.roles import Role
from contracts.services.messages import tell
from kpis.models import Correction, Relief, Return
from kpis.queries.corrections import correction_in_words

Kind = Message.Kind


def tell_returned(area_return: Return) -> None:
    """To the officers of the area: their return came back, and why."""
    said = f"The return of {_of(area_return)} was sent back.\nReason: {area_return.returned_reason}"
    _tell_of_return(area_return, Kind.RETURNED, "returned", said)


def tell_verified(area_return: Return) -> None:
    """To the officers of the area: the month is verified and closed, and how it was checked."""
    sample = f": {area_return.sample_size} of the results" if area_return.sample_size else ""
    said = f"The return of {_of(area_return)} was verified ({area_return.checked_how}{sample}) and is closed."
    _tell_of_return(area_return, Kind.VERIFIED, "verified", said, by=area_return.verified_by)


def tell_reopened(area_return: Return) -> None:
    """To the officers of the area and the supplier: a verified month is open again, and why."""
    said = (
        f"The verified return of {_of(area_return)} was reopened.\nReason: {area_return.reopened_reason}\n"
        "Its figures are provisional until it is verified again; every change of one becomes a correction."
    )
    _tell_of_return(area_return, Kind.REOPENED, "reopened", said, Role.SUPPLIER, by=area_return.reopened_by)


def tell_corrected(area_return: Return, corrections: Sequence[Correction]) -> None:
    """To the officers of the area, the contract manager and the supplier: which verified figures changed, and why."""
    if not corrections:
        return
    lines = "\n".join(_changed(correction) for correction in corrections)
    _tell_of_return(
        area_return,
        Kind.CORRECTED,
        "corrected",
        f"Verified figures of {_of(area_return)} were corrected.\n{lines}\nReason: {corrections[0].reason}",
        Role.CONTRACT_MANAGER,
        Role.SUPPLIER,
        by=corrections[0].corrected_by,
        number=min(correction.pk for correction in corrections),
    )


def _tell_of_return(
    area_return: Return,
    kind: Message.Kind,
    what: str,
    said: str,
    *also: Role,
    by: Person | None = None,
    number: int | None = None,
) -> None:
    """To the officers of the area, and who else acts in a role; once for each version, or for another number."""
    contract = area_return.service_area.contract
    holders = load_holders(contract)
    tell(
        (*_officers(area_return, holders), *(person for role in also for person in holders.of(role))),
        contract=contract,
        kind=kind,
        key=f"{what} {area_return.pk} {area_return.version if number is None else number}",
        subject=f"{what.capitalize()}: {_of(area_return)}",
        body=_body(contract, said, _page_of(area_return)),
        but=by,
    )


def tell_relief_asked(relief: Relief) -> None:
    """To the contract manager, who decides."""
    asked_by = relief.requested_by or (relief.requester.job_title if relief.requester else "")
    tell(
        load_holders(relief.contract).of(Role.CONTRACT_MANAGER),
        contract=relief.contract,
        kind=Kind.RELIEF_ASKED,
        key=f"relief asked {relief.pk}",
        subject=f"Relief asked for: {relief.reference}",
        body=_body(
            relief.contract,
            f"Relief {relief.reference} was asked for{f' by {asked_by}' if asked_by else ''}, {_scope(relief)}.",
            _page_of_relief(relief),
        ),
        but=relief.requester,
    )


def tell_relief_decided(relief: Relief) -> None:
    """To who asked, the supplier and the officers of the areas it touches: granted, refused or withdrawn."""
    _tell_of_relief(
        relief,
        key=f"relief {relief.decision} {relief.pk}",
        subject=f"Relief {relief.decision}: {relief.reference}",
        said=f"Relief {relief.reference} is {relief.decision}, {_scope(relief)}.",
        reason=relief.decision_reason,
        by=relief.decider,
    )


def tell_relief_ended(relief: Relief, last: Month, reason: str, by: Person) -> None:
    """To the same people: a granted relief has been given its last month, or an earlier one."""
    _tell_of_relief(
        relief,
        key=f"relief ended {relief.pk} {month_key(last)}",
        subject=f"Relief ends with {month_long(last)}: {relief.reference}",
        said=f"Relief {relief.reference} ends with {month_long(last)}. It is {relief.decision} {_scope(relief)}.",
        reason=reason,
        by=by,
    )


def _tell_of_relief(relief: Relief, *, key: str, subject: str, said: str, reason: str, by: Person | None) -> None:
    holders = load_holders(relief.contract)
    tell(
        (
            *([relief.requester] if relief.requester else []),
            *holders.of(Role.SUPPLIER),
            *(person for area in _areas(relief) for person in holders.of(Role.OFFICER, area)),
        ),
        contract=relief.contract,
        kind=Kind.RELIEF_DECIDED,
        key=key,
        subject=subject,
        body=_body(relief.contract, said + (f"\nReason: {reason}" if reason else ""), _page_of_relief(relief)),
        but=by,
    )


def page_of_return(contract: Contract, area_code: str, month: Month) -> str:
    """The address of a return's form."""
    return reverse("kpis:return_form", args=[contract.reference, area_code, month])


def link(path: str) -> str:
    """The line of an e-mail that leads to a page; none where the installation has not said what its address is."""
    return f"\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else ""


def _body(contract: Contract, said: str, path: str) -> str:
    return f"{contract.title}\n\n{said}\n{link(path)}"


def _page_of(area_return: Return) -> str:
    return page_of_return(area_return.service_area.contract, area_return.service_area.code, Month(area_return.month))


def _page_of_relief(relief: Relief) -> str:
    return reverse("kpis:relief", args=[relief.contract.reference, relief.reference])


def _officers(area_return: Return, holders: Holders) -> tuple[Person, ...]:
    """Those of the area, and who handed it in, whoever that was."""
    found = holders.of(Role.OFFICER, area_return.service_area_id)
    return (*found, area_return.submitted_by) if area_return.submitted_by else found


def _areas(relief: Relief) -> Iterable[int | None]:
    """The service areas a relief touches; all of them, said by ``None``, when it is a blanket one."""
    if relief.is_blanket:
        return [None]
    return relief.kpis.order_by("service_area").values_list("service_area", flat=True).distinct()


def _of(area_return: Return) -> str:
    return f"{area_return.service_area.name}, {month_long(Month(area_return.month))}"


def _scope(relief: Relief) -> str:
    """Which KPIs, and which months: ``for CSC_KPI_04, March 2018 to May 2018``."""
    codes = relief.kpis.order_by("code").values_list("code", flat=True)
    first = Month(relief.from_month)
    span = span_long(first, Month(relief.to_month)) if relief.to_month else f"from {month_long(first)} on"
    return f"for {'all KPIs' if relief.is_blanket else ', '.join(codes)}, {span}"


def _changed(correction: Correction) -> str:
    return f"{correction.result.kpi.code}: {correction_in_words(correction)}"
