"""
Raising a dispute, answering it, taking it back.

None of this touches the figure: who upholds a dispute reopens the month, and the correction is made there. Every write
holds the result's row, so that two at once come one after the other; it names what it was decided on, and is refused
where something else stands there by now.
"""

from datetime import datetime

from django.db import transaction

from contracts.models import Contract, Person, ServiceArea
from contracts.services.history import save_with_history
from kpis.models import Dispute, Result, Return
from kpis.queries.disputes import figure_disputed
from kpis.rules.disputes import State
from kpis.services.disputes.notices import tell_answered, tell_disputed, tell_withdrawn
from kpis.services.disputes.refusals import (
    AnswerMissing,
    DisputedAlready,
    FigureChanged,
    NoteMissing,
    NotOpen,
    NotVerified,
    NotYoursToAnswer,
    NotYoursToDispute,
    OwnDispute,
)


@transaction.atomic
def raise_dispute(*, result: Result, version: int, note: str, claimed: str, by: Person, at: datetime) -> Dispute:
    """
    Puts on record what the supplier says against a verified figure; ``version`` is that of the result looked at.

    ``claimed`` is the figure the supplier holds to be right, in its own words, or nothing.
    """
    held = _held(result.pk)
    if not ServiceArea.objects.disputed_by(by).filter(pk=held.kpi.service_area_id).exists():
        raise NotYoursToDispute("Only the supplier disputes a figure of this contract.")
    if held.version != version:
        raise FigureChanged(held)
    if not is_verified(held):
        raise NotVerified(held)
    if held.disputes.filter(state=State.OPEN).exists():
        raise DisputedAlready(held)
    if not note.strip():
        raise NoteMissing
    dispute = Dispute(
        result=held,
        value=held.value,
        numerator=held.numerator,
        denominator=held.denominator,
        not_measured_reason=held.not_measured_reason,
        note=note.strip(),
        claimed=claimed.strip(),
        raised_by=by,
        raised_at=at,
    )
    save_with_history(dispute, by=by, at=at, why="disputed")
    tell_disputed(dispute, figure_disputed(dispute))
    return dispute


@transaction.atomic
def answer_dispute(
    *, dispute: Dispute, version: int, is_upheld: bool, answer: str, by: Person, at: datetime
) -> Dispute:
    """Upholds the dispute, after which the month is to be reopened, or says why the figure stands."""
    row = _open(dispute, version, is_answering=True, by=by)
    if row.raised_by_id == by.pk:
        raise OwnDispute
    if not answer.strip():
        raise AnswerMissing
    state = State.UPHELD if is_upheld else State.NOT_UPHELD
    row.answer = answer.strip()
    _settle(row, state, by=by, at=at, why=f"{state.value}: {row.answer}")
    tell_answered(row)
    return row


@transaction.atomic
def withdraw_dispute(*, dispute: Dispute, version: int, by: Person, at: datetime) -> Dispute:
    """Takes an open dispute back; it is the supplier's, so any of its people may."""
    row = _open(dispute, version, is_answering=False, by=by)
    _settle(row, State.WITHDRAWN, by=by, at=at, why="withdrawn")
    tell_withdrawn(row)
    return row


def is_verified(result: Result) -> bool:
    """Whether the result's month is verified, and not open again."""
    own = Return.objects.filter(service_area=result.kpi.service_area_id, month=result.month)
    return own.filter(state=Return.State.VERIFIED).exists()


def _held(pk: int) -> Result:
    results = Result.objects.select_related("kpi__contract", "kpi__service_area")
    held: Result = results.select_for_update(of=("self",)).get(pk=pk)
    return held


def _open(dispute: Dispute, version: int, *, is_answering: bool, by: Person) -> Dispute:
    """The dispute with its result held, if it is still open, as it was looked at, and this person's to end so."""
    held = _held(dispute.result_id)
    row: Dispute = held.disputes.select_related("raised_by", "settled_by").get(pk=dispute.pk)
    row.result = held
    if is_answering and not Contract.objects.managed_by(by).filter(pk=held.kpi.contract_id).exists():
        raise NotYoursToAnswer("Only the contract manager answers a dispute.")
    if not is_answering and not ServiceArea.objects.disputed_by(by).filter(pk=held.kpi.service_area_id).exists():
        raise NotYoursToDispute("Only the supplier withdraws a dispute.")
    if row.state != State.OPEN or row.version != version:
        raise NotOpen(row)
    return row


def _settle(row: Dispute, state: State, *, by: Person, at: datetime, why: str) -> None:
    row.state = state.value
    row.settled_by, row.settled_at = by, at
    row.version += 1
    save_with_history(row, by=by, at=at, why=why)
