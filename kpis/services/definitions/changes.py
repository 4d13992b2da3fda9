"""
Adding a KPI, agreeing new levels for it, ending it: always from a month on, with the reason and who agreed.

A change that would judge verified months differently is refused and says which statuses it would move. Made all the
same, by naming exactly that list, it carries the list in its history.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import Month, mask_of, month_long
from contracts.services.history import save_with_history
from kpis.models import Kpi, Level
from kpis.queries import reported_months
from kpis.queries.columns import terms_of
from kpis.queries.duties import load_duties
from kpis.queries.touched import Touched, load_terms, load_touched
from kpis.rules import status
from kpis.rules.figures import Polarity, Unit
from kpis.rules.levels import level_faults
from kpis.services.definitions.refusals import (
    AreaOfAnotherContract,
    CodeTaken,
    EndsBeforeItBegins,
    EndsThenAlready,
    LevelImpossible,
    LevelOutsideLife,
    NothingSaid,
    NotYoursToDefine,
    ReportedAfterwards,
    SameLevel,
    VerifiedMonthsTouched,
)
from kpis.services.summary import recount


@dataclass(frozen=True, slots=True)
class Agreement:
    """Why a definition changes, and who agreed to it."""

    reason: str
    agreed_by: str

    def check(self) -> None:
        if not self.reason.strip():
            raise NothingSaid("reason", "why")
        if not self.agreed_by.strip():
            raise NothingSaid("agreed_by", "who agreed to it")

    def __str__(self) -> str:
        return f"{self.reason.strip().rstrip('.')}. Agreed by {self.agreed_by.strip().rstrip('.')}."


@dataclass(frozen=True, slots=True)
class NewKpi:
    """What a KPI is from its first month on."""

    code: str
    name: str
    definition: str
    service_area: ServiceArea
    unit: Unit
    polarity: Polarity
    decimals: int
    due_months: frozenset[int]
    in_force_from: Month
    target: Decimal
    minimum: Decimal


@transaction.atomic
def add_kpi(*, contract: Contract, by: Person, on: date, new: NewKpi, agreed: Agreement, accepts: str = "") -> Kpi:
    """A new KPI with its first levels; in verified months from then on it would be missing, which has to be meant."""
    _refuse_who_does_not_define(contract, by)
    held = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    if new.service_area.contract_id != held.pk:
        raise AreaOfAnotherContract(new.service_area)
    if Kpi.objects.filter(contract=held, code=new.code).exists():
        raise CodeTaken(new.code)
    _check_level(new.target, new.minimum, new.polarity, new.decimals)
    agreed.check()
    kpi = Kpi(
        contract=held,
        service_area=new.service_area,
        code=new.code,
        name=new.name,
        definition=new.definition,
        unit=new.unit.value,
        polarity=new.polarity.value,
        decimals=new.decimals,
        due_mask=mask_of(new.due_months),
        in_force_from=new.in_force_from,
    )
    touched = load_touched(kpi, None, _terms(new), {}, on)
    _check_touched(touched, accepts)
    why = _why(agreed, touched)
    save_with_history(kpi, by=by, why=why)
    save_with_history(_level(kpi, new.in_force_from, new.target, new.minimum, agreed), by=by, why=why)
    _recount(kpi, new.in_force_from)
    return kpi


@transaction.atomic
def set_level(
    *,
    kpi: Kpi,
    by: Person,
    on: date,
    effective_from: Month,
    target: Decimal,
    minimum: Decimal,
    agreed: Agreement,
    accepts: str = "",
) -> Level:
    """New levels from a month on, until the next ones; where levels begin in that very month they are replaced."""
    row = _held(kpi, by)
    terms, readings = load_terms(row, on)
    if not terms.has_begun_and_not_ended(effective_from):
        raise LevelOutsideLife(row)
    _check_level(target, minimum, terms.polarity, terms.decimals)
    in_force = terms.level_at(effective_from)
    if in_force is not None and (in_force.target, in_force.minimum) == (target, minimum):
        raise SameLevel(effective_from)
    agreed.check()
    others = tuple(level for level in terms.levels if level.effective_from != effective_from)
    after = replace(terms, levels=(*others, status.Level(effective_from, target, minimum)))
    touched = load_touched(row, terms, after, readings, on)
    _check_touched(touched, accepts)
    level = Level.objects.filter(kpi=row, effective_from=effective_from).first()
    if level is None:
        level = _level(row, effective_from, target, minimum, agreed)
    else:
        level.target, level.minimum = target, minimum
        level.reason, level.agreed_by = agreed.reason.strip(), agreed.agreed_by.strip()
    save_with_history(level, by=by, why=_why(agreed, touched))
    _recount(row, effective_from)
    return level


@transaction.atomic
def end_kpi(*, kpi: Kpi, by: Person, on: date, in_force_to: Month, agreed: Agreement, accepts: str = "") -> Kpi:
    """Its last month in force, never before a month with a result; one that has ended can be given another."""
    row = _held(kpi, by)
    if in_force_to < row.in_force_from:
        raise EndsBeforeItBegins(row)
    if in_force_to == row.in_force_to:
        raise EndsThenAlready(row, in_force_to)
    last_reported = max(reported_months(row), default=None)
    if last_reported is not None and in_force_to < last_reported:
        raise ReportedAfterwards(row, last_reported)
    agreed.check()
    terms, readings = load_terms(row, on)
    touched = load_touched(row, terms, replace(terms, in_force_to=in_force_to), readings, on)
    _check_touched(touched, accepts)
    ended, row.in_force_to = row.in_force_to, in_force_to
    row.end_reason = str(agreed)
    save_with_history(row, by=by, why=_why(agreed, touched))
    _recount(row, min(in_force_to, ended or in_force_to))
    return row


def _refuse_who_does_not_define(contract: Contract, by: Person) -> None:
    if not load_duties(by, contract).may_define:
        raise NotYoursToDefine("Only the contract manager or an administrator changes what a KPI is.")


def _held(kpi: Kpi, by: Person) -> Kpi:
    """The KPI's row, locked, for who may define it: two changes of one definition come one after the other."""
    _refuse_who_does_not_define(kpi.contract, by)
    Contract.objects.select_for_update(no_key=True).get(pk=kpi.contract_id)
    row: Kpi = Kpi.objects.select_related("contract", "service_area").get(pk=kpi.pk)
    return row


def _recount(kpi: Kpi, first: Month) -> None:
    """The months from the first that the change judges."""
    recount(kpi.contract, areas=[kpi.service_area_id], first=first)


def _check_level(target: Decimal, minimum: Decimal, polarity: Polarity, decimals: int) -> None:
    for field, what in level_faults(target, minimum, polarity, decimals):
        raise LevelImpossible(field, what)


def _check_touched(touched: Touched, accepts: str) -> None:
    if touched.months and accepts != touched.name:
        raise VerifiedMonthsTouched(touched, has_accepted=bool(accepts))


def _why(agreed: Agreement, touched: Touched) -> str:
    """The history's words: the reason, who agreed, and the verified statuses that the change moved."""
    if not touched.months:
        return str(agreed)
    months = ", ".join(month_long(month) for month in touched.months)
    moved = "; ".join(str(move) for move in touched.moves) or "no status moved"
    return f"{agreed} Verified months judged differently: {months}. Statuses: {moved}."


def _level(kpi: Kpi, effective_from: Month, target: Decimal, minimum: Decimal, agreed: Agreement) -> Level:
    return Level(
        kpi=kpi,
        effective_from=effective_from,
        target=target,
        minimum=minimum,
        reason=agreed.reason.strip(),
        agreed_by=agreed.agreed_by.strip(),
    )


def _terms(new: NewKpi) -> status.KpiTerms:
    return terms_of(
        code=new.code,
        area=new.service_area.code,
        name=new.name,
        unit=new.unit,
        polarity=new.polarity,
        decimals=new.decimals,
        in_force_from=new.in_force_from,
        in_force_to=None,
        due_mask=mask_of(new.due_months),
        levels=[status.Level(new.in_force_from, new.target, new.minimum)],
    )
