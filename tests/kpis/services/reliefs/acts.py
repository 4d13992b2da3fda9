"""Asking and deciding as the pages do it: with the effect shown first."""

from datetime import date

from contracts.models import Contract, Person
from contracts.rules.months import Month, parse_month
from kpis.models import Kpi, Relief
from kpis.queries import load_register
from kpis.queries.effects import as_granted
from kpis.queries.relief_pages import load_relief_page
from kpis.rules.relief import Cause, Decision
from kpis.services import reliefs as service

TODAY = date(2018, 3, 14)


def m(text: str) -> Month:
    return parse_month(text)


def ask(by: Person, *kpis: Kpi, first: str = "2017-11", last: str | None = None, **changes: object) -> Relief:
    given = {
        "contract": kpis[0].contract if kpis else Contract.objects.get(reference="TST"),
        "is_blanket": not kpis,
        "cause": Cause.THIRD_PARTY,
        "narrative": "The line was cut.",
        **changes,
    }
    return service.ask_relief(
        by=by,
        on=TODAY,
        kpis=kpis,
        from_month=m(first),
        to_month=m(last) if last else None,
        **given,  # type: ignore[arg-type]
    )


def shown(relief: Relief, first: Month, last: Month | None) -> str:
    """The name of the effect that the page of a decision for these months shows."""
    page = load_relief_page(relief, TODAY)
    return page.effect_as(as_granted(page.relief, first, last)).name


def decide(relief: Relief, by: Person, decision: Decision = Decision.GRANTED, **changes: object) -> Relief:
    first, last = changes.pop("first", Month(relief.from_month)), changes.pop("last", relief.to_month)
    given = {
        "reason": "It was not their fault.",
        "version": relief.version,
        "from_month": first,
        "to_month": last,
        "shown": shown(relief, first, last),  # type: ignore[arg-type]
        **changes,
    }
    return service.decide_relief(relief=relief, by=by, on=TODAY, decision=decision, **given)  # type: ignore[arg-type]


def end(relief: Relief, by: Person, last: str = "2017-12") -> Relief:
    return service.end_relief(
        relief=relief,
        by=by,
        on=TODAY,
        to_month=m(last),
        reason="The line is mended.",
        version=relief.version,
        shown=shown(relief, Month(relief.from_month), m(last)),
    )


def statuses(contract: Contract) -> list[str]:
    """The contractual statuses of the one KPI, from November 2017 to February 2018."""
    (history,) = load_register(contract, m("2017-11"), m("2018-02")).histories
    return [judged.contractual.value for judged in history.judgements if judged.month >= m("2017-11")]
