"""
Asking for relief, deciding it, ending it, withdrawing it.

Every write holds the contract's row: two decisions at once come one after the other, so that neither can miss the
relief that the other grants. A write names the version it read; granting and ending also name the effect that was
shown.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from django.db import transaction

from contracts.models import Contract, Person
from contracts.rules.months import Month, last_ended, month_long
from contracts.rules.references import next_reference
from contracts.services.history import save_with_history
from kpis.models import Kpi, Relief
from kpis.queries import load_reliefs
from kpis.queries.duties import load_duties
from kpis.queries.effects import as_granted, exchanged, judged_of, load_effect
from kpis.rules import relief as rules
from kpis.rules.codes import code_order
from kpis.rules.relief import Cause, Decision
from kpis.services.notices import tell_relief_asked, tell_relief_decided, tell_relief_ended
from kpis.services.reliefs.refusals import (
    AskedAlready,
    EffectNotShown,
    EndsAlready,
    EndsBeforeItBegins,
    KpiNotInForceThen,
    NamesNoKpi,
    NotAKpiOfTheContract,
    NotAwaitingDecision,
    NotGranted,
    NothingSaid,
    NotYourRequest,
    NotYoursToAsk,
    NotYoursToDecide,
    OwnRequest,
    ReliefChanged,
    ReliefsOverlap,
)
from kpis.services.summary import recount

NUMBERED: Final = "R"


@transaction.atomic
def ask_relief(
    *,
    contract: Contract,
    by: Person,
    on: date,
    kpis: Iterable[Kpi],
    is_blanket: bool,
    from_month: Month,
    to_month: Month | None,
    cause: Cause,
    narrative: str,
) -> Relief:
    """Puts the request on record under the contract's next reference; it relieves nothing until it is granted."""
    _refuse_who_does_not_ask(contract, by)
    held = _hold(contract)
    named = [] if is_blanket else list(kpis)
    _check_span(from_month, to_month)
    _check_kpis(held, named, from_month, to_month, is_blanket=is_blanket)
    if not narrative.strip():
        raise NothingSaid("narrative", "what happened and why the supplier could not help it")
    relief = Relief(
        contract=held,
        reference=next_reference(held.reliefs.values_list("reference", flat=True), NUMBERED),
        is_blanket=is_blanket,
        from_month=from_month,
        to_month=to_month,
        cause=cause.value,
        narrative=narrative.strip(),
        requested_by=str(by),
        requested_on=on,
        requester=by,
    )
    _refuse_second(relief, named)
    save_with_history(relief, by=by, why="asked for")
    relief.kpis.set(named)
    tell_relief_asked(relief)
    return relief


@transaction.atomic
def decide_relief(
    *,
    relief: Relief,
    by: Person,
    on: date,
    decision: Decision,
    reason: str,
    version: int,
    from_month: Month | None = None,
    to_month: Month | None = None,
    shown: str = "",
) -> Relief:
    """
    Grants the relief for these months, or refuses it.

    ``shown`` is the name of the effect that was on the page; a grant whose effect is another one is not carried out.
    """
    _refuse_who_does_not_decide(relief.contract, by)
    row = _locked(relief, version)
    if row.decision != Decision.REQUESTED:
        raise NotAwaitingDecision(row)
    if row.requester_id is not None and row.requester_id == by.pk:
        raise OwnRequest(row)
    if not reason.strip():
        raise NothingSaid("reason", "why, in words that the supplier and the Board may read")
    if decision is Decision.GRANTED:
        first = from_month or Month(row.from_month)
        _check_span(first, to_month)
        _grant(row, first, to_month, on=on, shown=shown)
    row.decision = decision.value
    row.decided_by = str(by)
    row.decided_on = on
    row.decider = by
    row.decision_reason = reason.strip()
    _saved(row, by=by, why=f"{decision.value}: {reason.strip()}")
    tell_relief_decided(row)
    return row


@transaction.atomic
def end_relief(
    *, relief: Relief, by: Person, on: date, to_month: Month, reason: str, version: int, shown: str = ""
) -> Relief:
    """Sets the last month of a granted relief; the decision stays granted, and what it excused until then excused."""
    _refuse_who_does_not_decide(relief.contract, by)
    row = _locked(relief, version)
    if row.decision != Decision.GRANTED:
        raise NotGranted(row)
    _check_span(Month(row.from_month), to_month)
    if row.to_month is not None and to_month >= row.to_month:
        raise EndsAlready(Month(row.to_month))
    if not reason.strip():
        raise NothingSaid("reason", "why it ends")
    on_record = load_reliefs(row.contract)
    ended = as_granted(_found(on_record, row), Month(row.from_month), to_month)
    _check_shown(row.contract, on_record, ended, on=on, shown=shown)
    row.to_month = to_month
    _saved(row, by=by, why=f"ended with {month_long(to_month)}: {reason.strip()}")
    tell_relief_ended(row, to_month, reason.strip(), by)
    return row


@transaction.atomic
def withdraw_relief(*, relief: Relief, by: Person, on: date, reason: str, version: int) -> Relief:
    """Takes a request back before it is decided; where nobody is on record as having asked, anyone who may ask can."""
    _refuse_who_does_not_ask(relief.contract, by)
    row = _locked(relief, version)
    if row.decision != Decision.REQUESTED:
        raise NotAwaitingDecision(row)
    if row.requester_id is not None and row.requester_id != by.pk:
        raise NotYourRequest(row)
    if not reason.strip():
        raise NothingSaid("reason", "why it is withdrawn")
    row.decision = Decision.WITHDRAWN.value
    row.decided_by = str(by)
    row.decided_on = on
    row.decider = by
    row.decision_reason = reason.strip()
    _saved(row, by=by, why=f"withdrawn: {reason.strip()}")
    tell_relief_decided(row)
    return row


def _refuse_who_does_not_ask(contract: Contract, by: Person) -> None:
    if not load_duties(by, contract).may_ask:
        raise NotYoursToAsk("Only who works on the figures of this contract asks for relief, or takes a request back.")


def _refuse_who_does_not_decide(contract: Contract, by: Person) -> None:
    if not load_duties(by, contract).may_decide:
        raise NotYoursToDecide("Only the contract manager decides about the reliefs of this contract.")


def _hold(contract: Contract) -> Contract:
    """The contract's row, locked until the transaction ends: whatever concerns its reliefs waits its turn."""
    held: Contract = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    return held


def _locked(relief: Relief, version: int) -> Relief:
    _hold(relief.contract)
    row: Relief = Relief.objects.select_related("contract").get(pk=relief.pk)
    if row.version != version:
        raise ReliefChanged(row)
    return row


def _saved(row: Relief, *, by: Person, why: str) -> None:
    row.version += 1
    save_with_history(row, by=by, why=why)
    if row.decision == Decision.GRANTED:
        _recount(row)


def _recount(row: Relief) -> None:
    """What it excuses, and what it no longer excuses since it ends sooner: all from its first month on."""
    areas = None if row.is_blanket else set(row.kpis.order_by().values_list("service_area", flat=True))
    recount(row.contract, areas=areas, first=Month(row.from_month))


def _grant(row: Relief, first: Month, last: Month | None, *, on: date, shown: str) -> None:
    on_record = load_reliefs(row.contract)
    granted = as_granted(_found(on_record, row), first, last)
    pairs = rules.overlapping(exchanged(on_record, row.reference, granted))
    others = [each for pair in pairs if granted in pair for each in pair if each != granted]
    if others:
        raise ReliefsOverlap(granted, others)
    _check_shown(row.contract, on_record, granted, on=on, shown=shown)
    row.from_month, row.to_month = first, last


def _check_shown(
    contract: Contract, on_record: Sequence[rules.Relief], changed: rules.Relief, *, on: date, shown: str
) -> None:
    last = last_ended(on)
    effect = load_effect(judged_of(contract, last), on_record, exchanged(on_record, changed.reference, changed))
    if effect.name != shown:
        raise EffectNotShown(effect)


def _check_span(first: Month, last: Month | None) -> None:
    if last is not None and last < first:
        raise EndsBeforeItBegins(first)


def _check_kpis(contract: Contract, kpis: Sequence[Kpi], first: Month, last: Month | None, *, is_blanket: bool) -> None:
    if not kpis and not is_blanket:
        raise NamesNoKpi
    for kpi in sorted(kpis, key=lambda kpi: code_order(kpi.code)):
        if kpi.contract_id != contract.pk:
            raise NotAKpiOfTheContract(kpi.code, contract)
        has_ended = kpi.in_force_to is not None and kpi.in_force_to < first
        if has_ended or (last is not None and last < kpi.in_force_from):
            raise KpiNotInForceThen(kpi)


def _refuse_second(relief: Relief, named: Collection[Kpi]) -> None:
    """The same request by the same person, as from a button pressed twice."""
    same = Relief.objects.filter(
        contract=relief.contract,
        decision=Decision.REQUESTED,
        requester=relief.requester,
        is_blanket=relief.is_blanket,
        from_month=relief.from_month,
        to_month=relief.to_month,
        cause=relief.cause,
        narrative=relief.narrative,
    )
    wanted = {kpi.pk for kpi in named}
    for each in same:
        if set(each.kpis.values_list("pk", flat=True)) == wanted:
            raise AskedAlready(each)


def _found(reliefs: Sequence[rules.Relief], row: Relief) -> rules.Relief:
    return next(relief for relief in reliefs if relief.reference == row.reference)
