"""How the verified months of each service area were checked."""

from collections import defaultdict
from dataclasses import dataclass

from contracts.models import Contract
from contracts.readings import Reading, read_now
from contracts.rules.months import Month
from kpis.models import Return


@dataclass(frozen=True, slots=True)
class HowChecked:
    """One verified month; ``how`` is empty where it came in verified, ``sample`` counts results re-performed."""

    month: Month
    how: str
    sample: int | None


def load_how_checked(contract: Contract, first: Month, last: Month) -> dict[str, tuple[HowChecked, ...]]:
    """By area code the verified months from ``first`` to ``last``, both included, ascending. One query."""
    return read_now(read_how_checked(contract, first, last))


def read_how_checked(contract: Contract, first: Month, last: Month) -> Reading[dict[str, tuple[HowChecked, ...]]]:
    """The same in one step beside whatever else is read."""
    found: defaultdict[str, list[HowChecked]] = defaultdict(list)
    rows = Return.objects.of_contract(contract).filter(state=Return.State.VERIFIED, month__gte=first, month__lte=last)
    fields = rows.order_by("month").values_list("service_area__code", "month", "checked_how", "sample_size")
    for area, month, how, sample in (yield (fields,))[0]:
        found[area].append(HowChecked(Month(month), how, sample))
    return {area: tuple(own) for area, own in found.items()}
