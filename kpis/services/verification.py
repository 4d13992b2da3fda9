"""
What the contract manager decides about a submitted return: verified, sent back, or, once closed, reopened.

Every decision names the version of the return it was taken on; one taken on an older version is refused, for what was
looked at is no longer what stands there. Nobody verifies a month of which they entered or submitted anything.
"""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from contracts.models import Contract, Person
from contracts.rules.months import Month, day_long, month_long
from kpis.models import Result, Return
from kpis.queries.month import load_month
from kpis.services.notices import tell_reopened, tell_returned, tell_verified
from kpis.services.summary import recount, recount_month

State = Return.State
HOW_TO_CHANGE = "To change anything in it, the contract manager reopens it with a reason."


class DecisionRefused(Exception):
    """A decision about a return that cannot be taken; its text says why and what to do."""


class NotYoursToDecide(PermissionDenied):
    """Only the contract manager of the contract, or who is named as deputy, decides about its returns."""


class MonthClosed(DecisionRefused):
    """The return is verified already, and what is verified is closed."""

    def __init__(self, area_return: Return) -> None:
        super().__init__(f"{closed_in_words(area_return)} {HOW_TO_CHANGE}")


class NotSubmitted(DecisionRefused):
    """The return is with its service area, so that there is nothing to decide about yet."""

    def __init__(self, area_return: Return) -> None:
        where = _where(area_return)
        super().__init__(f"{where}: the return is with the service area. It can be decided once it is submitted.")


class NotClosed(DecisionRefused):
    """There is nothing to reopen: the return was not verified, or is open again already."""

    def __init__(self, area_return: Return) -> None:
        where = _where(area_return)
        super().__init__(f"{where} is not closed: the return is {area_return.state}, and needs no reopening.")


class EnteredByYou(DecisionRefused):
    """Nobody verifies what they entered or submitted themselves."""

    def __init__(self, area_return: Return) -> None:
        where = _where(area_return)
        super().__init__(f"{where}: you entered or submitted some of it yourself. Somebody else has to verify it.")


class ReasonMissing(DecisionRefused):
    """What takes a month back from where it was says why."""

    def __init__(self, area_return: Return) -> None:
        super().__init__(f"{_where(area_return)}: say why. The service area sees the reason.")


class StaleDecision(DecisionRefused):
    """Something happened to the return since it was looked at."""

    def __init__(self, area_return: Return) -> None:
        where = _where(area_return)
        super().__init__(
            f"{where} has changed since you opened this page: the return is {area_return.state} now."
            " Look at it again before you decide. Nothing was changed."
        )


class NoLongerClean(DecisionRefused):
    """A return that was to be verified with the clean ones has something in it to look at."""

    def __init__(self, area_return: Return) -> None:
        where = _where(area_return)
        super().__init__(f"{where} has something in it to look at now. Verify it on its own. Nothing was changed.")


@transaction.atomic
def verify_return(
    *, pk: int, version: int, how: str, sample_size: int | None = None, by: Person, at: datetime
) -> Return:
    """Closes one service area's month; ``how`` is one of Return.Check, a sample says how many were re-performed."""
    area_return = _submitted(pk, version, by)
    _refuse_own(area_return, by)
    _verify(area_return, how, sample_size, by, at)
    return _counted(area_return)


@transaction.atomic
def verify_clean(
    *, contract: Contract, month: Month, versions: Mapping[int, int], how: str, by: Person, at: datetime
) -> tuple[Return, ...]:
    """
    Closes all these returns of the month, by primary key with the version looked at, or none of them.

    Each must still be clean: submitted, every KPI met its target or is relieved, no figure changed, no warning stood.
    """
    returns = [_submitted(pk, version, by) for pk, version in sorted(versions.items())]
    areas = {area.pk: area for area in load_month(contract, month).areas}
    for area_return in returns:
        _refuse_own(area_return, by)
        if area_return.pk not in areas or not areas[area_return.pk].is_clean:
            raise NoLongerClean(area_return)
    verified = tuple(_verify(area_return, how, None, by, at) for area_return in returns)
    recount(contract, areas=[each.service_area_id for each in verified], first=month, last=month)
    return verified


@transaction.atomic
def send_back(*, pk: int, version: int, reason: str, by: Person, at: datetime) -> Return:
    """Returns a submitted month to its service area, which sees the reason."""
    area_return = _submitted(pk, version, by)
    area_return.state = State.RETURNED
    area_return.returned_reason = _said(reason, area_return)
    _decided(area_return, ("state", "returned_reason"), f"sent back: {area_return.returned_reason}", by, at)
    tell_returned(area_return)
    return _counted(area_return)


@transaction.atomic
def reopen_return(*, pk: int, version: int, reason: str, by: Person, at: datetime) -> Return:
    """
    Opens a verified month again. Its figures stay on the pages, provisional; changing one leaves a correction.

    ``verified_at`` and ``verified_by`` stay: they say that the month was closed once.
    """
    area_return = _decidable(pk, version, by)
    if area_return.state != State.VERIFIED:
        raise NotClosed(area_return)
    area_return.state = State.OPEN
    area_return.reopened_at, area_return.reopened_by = at, by
    area_return.reopened_reason = _said(reason, area_return)
    area_return.checked_how, area_return.sample_size = "", None
    _share_results(area_return, by, at)
    fields = ("state", "reopened_at", "reopened_by", "reopened_reason", "checked_how", "sample_size")
    _decided(area_return, fields, f"reopened: {area_return.reopened_reason}", by, at)
    tell_reopened(area_return)
    return _counted(area_return)


def closed_in_words(area_return: Return) -> str:
    """Who closed the month and when: `Customer Service Centre, February 2018, was closed by the Contract manager …`"""
    where = _where(area_return)
    if area_return.verified_at is None or area_return.verified_by is None:
        return f"{where}, is closed: it came in verified, by an import."
    day = day_long(timezone.localdate(area_return.verified_at))
    return f"{where}, is closed: verified by {area_return.verified_by} on {day}."


def _submitted(pk: int, version: int, by: Person) -> Return:
    """The locked return, if it waits for a decision that this person may take and looked at its present version."""
    area_return = _decidable(pk, version, by)
    if area_return.state == State.VERIFIED:
        raise MonthClosed(area_return)
    if area_return.state != State.SUBMITTED:
        raise NotSubmitted(area_return)
    return area_return


def _decidable(pk: int, version: int, by: Person) -> Return:
    returns = Return.objects.select_related("service_area__contract", "verified_by")
    area_return: Return = returns.select_for_update(of=("self",)).get(pk=pk)
    if not Contract.objects.managed_by(by).filter(pk=area_return.service_area.contract_id).exists():
        raise NotYoursToDecide("Only the contract manager decides about the returns of this contract.")
    if area_return.version != version:
        raise StaleDecision(area_return)
    return area_return


def _refuse_own(area_return: Return, by: Person) -> None:
    results = Result.objects.filter(kpi__service_area=area_return.service_area_id, month=area_return.month)
    if area_return.submitted_by_id == by.pk or results.filter(entered_by=by).exists():
        raise EnteredByYou(area_return)


def _verify(area_return: Return, how: str, sample_size: int | None, by: Person, at: datetime) -> Return:
    area_return.state = State.VERIFIED
    area_return.verified_at, area_return.verified_by = at, by
    area_return.checked_how, area_return.sample_size = how, sample_size
    sample = f" ({sample_size})" if sample_size else ""
    fields = ("state", "verified_at", "verified_by", "checked_how", "sample_size")
    _decided(area_return, fields, f"verified: {how}{sample}", by, at)
    tell_verified(area_return)
    return area_return


def _decided(area_return: Return, fields: tuple[str, ...], why: str, by: Person, at: datetime) -> None:
    """Saves the decision as the return's next version, with a row of history that says who, when and why."""
    area_return.version += 1
    area_return.full_clean()
    bulk_update_with_history(
        [area_return], Return, [*fields, "version"], default_user=by, default_change_reason=why, default_date=at
    )


def _share_results(area_return: Return, by: Person, at: datetime) -> None:
    """What was verified stays to be seen while the month is open again."""
    own = Result.objects.filter(kpi__service_area=area_return.service_area_id, month=area_return.month, is_shared=False)
    rows = list(own.select_for_update())
    for row in rows:
        row.is_shared = True
    why = f"reopened: {area_return.reopened_reason}"
    bulk_update_with_history(rows, Result, ["is_shared"], default_user=by, default_change_reason=why, default_date=at)


def _counted(area_return: Return) -> Return:
    recount_month(area_return.service_area, Month(area_return.month))
    return area_return


def _said(reason: str, area_return: Return) -> str:
    if not reason.strip():
        raise ReasonMissing(area_return)
    return reason.strip()


def _where(area_return: Return) -> str:
    return f"{area_return.service_area.name}, {month_long(Month(area_return.month))}"
