"""What no single row of the KPI tables can hold: for `check_register`.

The importer and the forms refuse all of this; the check proves that nothing came in another way.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, month_key
from contracts.workbook.numbers import written
from kpis.models import Correction, Kpi, Rebase, Relief, Result, Return
from kpis.queries import load_register, load_reliefs
from kpis.queries.summary import COUNTS, kept_tallies, months_said
from kpis.rules import relief as relief_rules
from kpis.rules.counts import count_months
from kpis.rules.figures import Polarity, round_half_up, worked_out
from kpis.rules.levels import is_too_fine, is_wrong_way_round
from kpis.rules.status import KpiTerms, NoLevelInForce
from kpis.workbook.book import Entry, load_book
from kpis.workbook.figures import FIGURE


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach, in constant queries and little memory whatever the number of results."""
    entries = {entry.kpi.pk: entry for entry in load_book(contract).entries.values()}
    for line in (
        *_kpis_elsewhere(contract),
        *_levels(entries.values()),
        *_reliefs(contract),
        *_rebases(contract),
        *_results(contract, entries),
        *_returns(contract, entries),
        *_corrections(contract),
        *_counts(contract),
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


def _rebases(contract: Contract) -> Iterator[str]:
    """Limits restart while the KPI lives."""
    outside = Q(from_month__lt=F("kpi__in_force_from")) | Q(from_month__gt=F("kpi__in_force_to"))
    rows = Rebase.objects.filter(outside, kpi__contract=contract, withdrawn_at=None)
    for code, month in rows.values_list("kpi__code", "from_month"):
        yield f"the limits of {code} restart in {month_key(Month(month))}, when it is not in force"


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


def _counts(contract: Contract) -> Iterator[str]:
    """
    The counts kept of each area's month are those of the register that the pages judge; another way to them than the
    one by which they are written.

    Where a KPI lies elsewhere or a figure has no level there is no register to judge; each has a line of its own.
    """
    kept, said = kept_tallies(contract), months_said(contract)
    months = sorted({Month(month) for _, month in kept} | {Month(month) for _, month in said})
    own = Q(contract=contract) | Q(service_area__contract=contract)
    if not months or Kpi.objects.filter(own).exclude(service_area__contract=F("contract")).exists():
        return
    try:
        register = load_register(contract, months[0], months[-1])
    except NoLevelInForce:
        return
    for area in register.areas:
        histories = [history for history in register.histories if history.terms.area == area.code]
        for counts in count_months(histories, months[0], months[-1]):
            place = (area.pk, Month(counts.month or months[0]))
            flags = said.get(place)
            counted = (*(getattr(counts, name) for name in COUNTS), *flags) if flags and counts.in_force else None
            if kept.get(place) != counted:
                named = f"the count of {area.code} for {month_key(place[1])}"
                yield f"{named} is {_told(kept.get(place))}, and the register gives {_told(counted)}"


def _told(tally: tuple[int, ...] | None) -> str:
    """`41 in force: 39 met, …`, or that there is none."""
    if tally is None:
        return "not kept"
    in_force, *statuses, provisional, is_handed_in, is_verified = tally
    state = "verified" if is_verified else "handed in" if is_handed_in else "with its area"
    return f"{in_force} in force ({' + '.join(map(str, statuses))}; {provisional} provisional), {state}"
