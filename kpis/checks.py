"""What no single row of the KPI tables can hold: for `check_register`.

The importer and the forms refuse all of this; the check proves that nothing came in another way.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, month_key
from contracts.workbook.numbers import written
from kpis.models import Correction, Kpi, Relief, Result, Return
from kpis.queries import load_reliefs
from kpis.rules import relief as relief_rules
from kpis.rules.figures import Polarity, round_half_up, worked_out
from kpis.rules.levels import is_too_fine, is_wrong_way_round
from kpis.rules.status import KpiTerms
from kpis.workbook.book import Entry, load_book
from kpis.workbook.figures import FIGURE


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach, in constant queries and little memory whatever the number of results."""
    entries = {entry.kpi.pk: entry for entry in load_book(contract).entries.values()}
    for line in (
        *_kpis_elsewhere(contract),
        *_levels(entries.values()),
        *_reliefs(contract),
        *_results(contract, entries),
        *_returns(contract, entries),
        *_corrections(contract),
    ):
        yield f"{contract.reference}: {line}"


def _kpis_elsewhere(contract: Contract) -> Iterator[str]:
    astray = Kpi.objects.filter(contract=contract).exclude(service_area__contract=F("contract"))
    for kpi in astray.select_related("service_area__contract"):
        yield f"{kpi.code} lies in {kpi.service_area}, a service area of {kpi.service_area.contract.reference}"


def _levels(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        for month, level in sorted(entry.levels.items()):
            named = f"the level of {entry.code} from {month_key(Month(month))}"
            if is_wrong_way_round(level.target, level.minimum, Polarity(entry.kpi.polarity)):
                yield f"{named} has a minimum {written(level.minimum)} better than its target {written(level.target)}"
            if any(is_too_fine(figure, entry.kpi.decimals) for figure in (level.target, level.minimum)):
                yield f"{named} has more decimals than the KPI, which is judged to {entry.kpi.decimals}"


def _reliefs(contract: Contract) -> Iterator[str]:
    for one, other in relief_rules.overlapping(load_reliefs(contract)):
        yield f"the granted reliefs {one.reference} and {other.reference} overlap on one KPI"
    named = Relief.kpis.through.objects.filter(relief__contract=contract)
    for reference, code in named.exclude(kpi__contract=contract).values_list("relief__reference", "kpi__code"):
        yield f"the relief {reference} names {code}, a KPI of another contract"
    for relief in Relief.objects.filter(contract=contract, is_blanket=False, kpis=None):
        yield f"the relief {relief.reference} names no KPI"


def _results(contract: Contract, entries: dict[int, Entry]) -> Iterator[str]:
    returned = Return.objects.filter(service_area=OuterRef("kpi__service_area"), month=OuterRef("month"))
    rows = Result.objects.filter(kpi__contract=contract).annotate(has_return=Exists(returned)).order_by("kpi", "month")
    fields = rows.values_list("kpi_id", "month", "value", "numerator", "denominator", "has_return")
    terms = {pk: entry.terms() for pk, entry in entries.items()}
    for kpi, month, value, numerator, denominator, has_return in fields.iterator(chunk_size=2000):
        named = f"the result of {terms[kpi].code} for {month_key(Month(month))}"
        if not has_return:
            yield f"{named} belongs to no return"
        yield from (f"{named} {what}" for what in _faults(terms[kpi], month, value, numerator, denominator))


def _faults(
    terms: KpiTerms, month: date, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Iterator[str]:
    if not terms.is_in_force(Month(month)):
        yield "lies in a month in which the KPI is not in force"
    figure = worked_out(value, numerator, denominator, terms.unit)
    if figure is not None and terms.level_at(Month(month)) is None:
        yield "has no level to be judged by"
    if value is None or figure is None:
        return
    printed, follows = round_half_up(value, terms.decimals), round_half_up(figure, terms.decimals)
    if printed != follows:
        yield f"says {printed}, and its own numbers {follows}"


def _returns(contract: Contract, entries: dict[int, Entry]) -> Iterator[str]:
    """A return without a result, for a month in which its area owes nothing."""
    results = Result.objects.filter(kpi__service_area=OuterRef("service_area"), month=OuterRef("month"))
    empty = Return.objects.of_contract(contract).filter(~Exists(results)).values_list("service_area", "month")
    codes = dict(ServiceArea.objects.filter(contract=contract).values_list("pk", "code"))
    terms = [(entry.kpi.service_area_id, entry.terms()) for entry in entries.values()]
    for area, month in empty.order_by("month"):
        if not any(own == area and each.is_in_force(Month(month)) for own, each in terms):
            yield f"the return of {codes[area]} for {month_key(Month(month))} is for a month in which nothing is due"


def _corrections(contract: Contract) -> Iterator[str]:
    """What the latest correction of a result says stands there does stand there."""
    latest: dict[int, Correction] = {}
    rows = Correction.objects.filter(result__kpi__contract=contract).select_related("result__kpi")
    for correction in rows.order_by("pk"):
        latest[correction.result_id] = correction
    for correction in latest.values():
        result = correction.result
        if any(getattr(correction, f"{name}_after") != getattr(result, name) for name in FIGURE):
            named = f"the result of {result.kpi.code} for {month_key(Month(result.month))}"
            yield f"{named} is not what its latest correction says"
