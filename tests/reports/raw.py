"""
A contract's numbers worked out once more: from the raw rows, in fractions, a month at a time, by no rule of ours.

What comes out has the keys of the paper's JSON, so that a page, a paper and this can be held against each other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import ge, le
from typing import Any

from contracts.models import Contract
from kpis.models import Correction, Kpi, Relief, Result, Return

Json = Mapping[str, Any]
STATUSES = ("target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing")
MISSES = ("below_target", "below_minimum")
LINES = ("below_minimum", "below_target", "missing", "not_measured")
"""The rules of the paper but *relief* and *recovered*, the gravest first."""


def worked_out(contract: Contract, first: str, last: str, *, history_from: str) -> Json:
    """The numbers of the months from ``first`` to ``last``, with the history before them."""
    kpis = [kpi for kpi in _kpis(contract, last) if kpi.results]
    shown = months_between(history_from, last)
    lines = [line for kpi in kpis for line in _lines(contract, kpi, first, last)]
    return {
        "areas": _areas(contract, kpis, history_from),
        "history": {"from": history_from, "to": last, "months": [_counts(contract, kpis, month) for month in shown]},
        "months": [_counts(contract, kpis, month) for month in months_between(first, last)],
        "exceptions": lines,
        "since_last": _since_last(lines, kpis, first, last),
        "reliefs": list(_reliefs(contract, kpis, first, last)),
    }


# --- Months ----------------------------------------------------------------------------------------------------------


def months_between(first: str, last: str) -> list[str]:
    numbers = range(_number(first), _number(last) + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def month_before(month: str, how_many: int = 1) -> str:
    number = _number(month) - how_many
    return f"{number // 12:04}-{number % 12 + 1:02}"


def key(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


# --- Results ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kpi:
    row: Kpi
    area: str
    results: list[dict[str, Any]]
    """Of every month due from its first on, up to the last that is asked about."""


def _kpis(contract: Contract, last: str) -> Iterator[_Kpi]:
    reliefs = [
        (relief, set(relief.kpis.values_list("pk", flat=True)))
        for relief in Relief.objects.filter(contract=contract, decision="granted")
    ]
    states = {
        (each.service_area_id, key(each.month)): each.state
        for each in Return.objects.filter(service_area__contract=contract)
    }
    for area in contract.service_areas.order_by("pk"):
        for row in sorted(Kpi.objects.filter(service_area=area), key=lambda kpi: kpi.code):
            reported = {key(each.month): each for each in Result.objects.filter(kpi=row)}
            levels = sorted(row.levels.all(), key=lambda level: level.effective_from)
            until = min(last, key(row.in_force_to)) if row.in_force_to else last
            due = [
                month
                for month in months_between(key(row.in_force_from), until)
                if row.due_mask >> (int(month[5:]) - 1) & 1
            ]
            results = [
                _result(row, month, reported.get(month), states.get((area.pk, month)), levels, reliefs) for month in due
            ]
            yield _Kpi(row, area.code, results)


def _result(
    kpi: Kpi, month: str, found: Result | None, state: str | None, levels: Sequence[Any], reliefs: Sequence[Any]
) -> dict[str, Any]:
    if found is not None and not found.is_shared and state not in ("submitted", "verified"):
        found = None
    level = next((each for each in reversed(levels) if key(each.effective_from) <= month), None)
    figure = _figure(kpi, found) if found is not None else None
    measured = "missing"
    if figure is not None:
        assert level is not None
        better = ge if kpi.polarity == "higher" else le
        figure = half_up(figure, kpi.decimals)
        measured = "below_minimum"
        if better(figure, Fraction(level.minimum)):
            measured = "target_met" if better(figure, Fraction(level.target)) else "below_target"
    elif found is not None and found.not_measured_reason:
        measured = "not_measured"
    relief = _relief_of(kpi, month, reliefs)
    return {
        "month": month,
        "value": None if figure is None else written(figure, kpi.decimals),
        "target": None if level is None else written(half_up(Fraction(level.target), kpi.decimals), kpi.decimals),
        "minimum": None if level is None else written(half_up(Fraction(level.minimum), kpi.decimals), kpi.decimals),
        "measured": measured,
        "contractual": "relief_granted" if relief and measured in MISSES else measured,
        "provisional": measured != "missing" and state != "verified",
        "relief": relief.reference if relief else None,
        "numerator": _bare(found.numerator) if found else None,
        "denominator": _bare(found.denominator) if found else None,
        "relief_from": key(relief.from_month) if relief else None,
        "relief_to": key(relief.to_month) if relief and relief.to_month else None,
        "corrected": found is not None and Correction.objects.filter(result=found).exists(),
    }


def _figure(kpi: Kpi, found: Result) -> Fraction | None:
    if found.numerator is not None and found.denominator:
        return Fraction(found.numerator) / Fraction(found.denominator) * (100 if kpi.unit == "percent" else 1)
    return None if found.value is None else Fraction(found.value)


def _relief_of(kpi: Kpi, month: str, reliefs: Sequence[Any]) -> Relief | None:
    """Its own before one for all KPIs, the earlier before the later."""
    covering = [
        (relief.is_blanket, relief.from_month, relief.reference, relief)
        for relief, named in reliefs
        if (relief.is_blanket or kpi.pk in named)
        and key(relief.from_month) <= month
        and (relief.to_month is None or month <= key(relief.to_month))
    ]
    return min(covering, key=lambda each: each[:3])[3] if covering else None


def half_up(figure: Fraction, decimals: int) -> Fraction:
    """To so many decimals, a tie away from nought."""
    step = 10**decimals
    whole = (abs(figure) * step * 2 + 1) // 2
    return Fraction(-whole if figure < 0 else whole, step)


def written(figure: Fraction, decimals: int) -> str:
    whole = int(abs(figure) * 10**decimals)
    digits = f"{whole:0{decimals + 1}}"
    shown = f"{digits[: len(digits) - decimals]}.{digits[len(digits) - decimals :]}" if decimals else digits
    return f"-{shown}" if figure < 0 else shown


def _bare(part: Any) -> str | None:
    if part is None:
        return None
    whole, _, rest = f"{part:f}".partition(".")
    return f"{whole}.{rest.rstrip('0')}".rstrip(".")


# --- Counts and lines ------------------------------------------------------------------------------------------------


def _areas(contract: Contract, kpis: Iterable[_Kpi], history_from: str) -> list[dict[str, Any]]:
    areas: dict[str, dict[str, Any]] = {}
    for kpi in kpis:
        results = [each for each in kpi.results if each["month"] >= history_from]
        if results:
            area = areas.setdefault(kpi.area, {"code": kpi.area, "kpis": []})
            told = {name: getattr(kpi.row, name) for name in ("unit", "polarity", "decimals")}
            area["kpis"].append({"kpi": kpi.row.code, **told, "results": results})
    return list(areas.values())


def _counts(contract: Contract, kpis: Iterable[_Kpi], month: str) -> dict[str, Any]:
    results = [each for kpi in kpis for each in kpi.results if each["month"] == month]
    stand = Counter(each["contractual"] for each in results)
    return {
        "month": month,
        "contract_month": _number(month) - _number(key(contract.commences_on)) + 1,
        "in_force": len(results),
        **{status: stand[status] for status in STATUSES},
        "provisional": sum(each["provisional"] for each in results),
    }


def _lines(contract: Contract, kpi: _Kpi, first: str, last: str) -> list[dict[str, Any]]:
    """The exceptions of a KPI; each is told by its rule, state, months and how long it had held by the last of them."""
    due = kpi.results
    inside = [place for place, each in enumerate(due) if each["month"] >= first]
    if not inside:
        return []
    stands = [each["contractual"] for each in due]
    has_ended = kpi.row.in_force_to is not None and key(kpi.row.in_force_to) < last
    is_met = not has_ended and stands[inside[-1]] == "target_met"
    counted = MISSES if contract.below_target_is_exception else ("below_minimum",)
    lines = []

    def tell(rule: str, state: str, places: Sequence[int], run: int) -> None:
        lines.append(
            {
                "kpi": kpi.row.code,
                "rule": rule,
                "state": state,
                "months": [due[place]["month"] for place in places],
                "run_length": run,
                "relief": due[places[-1]]["relief"],
            }
        )

    def run_to(place: int, held: Sequence[bool]) -> int:
        length = 0
        while place - length >= 0 and held[place - length]:
            length += 1
        return length

    for rule in (*counted, "missing", "not_measured"):
        places = [place for place in inside if stands[place] == rule]
        if not places:
            continue
        run = run_to(places[-1], [each == rule for each in stands])
        if rule not in MISSES:
            tell(rule, "new" if places[-1] - run + 1 >= inside[0] else "continuing", places, run)
            continue
        spell = run_to(places[-1], [each in MISSES for each in stands])
        state = "new" if places[-1] - spell + 1 >= inside[0] else "continuing"
        if state == "continuing" and rule == "below_minimum" and stands[inside[0] - 1] == "below_target":
            state = "worsening"
        tell(rule, "recovered" if is_met else state, places, run)
    covered = [place for place in inside if due[place]["relief"]]
    if covered:
        run = run_to(covered[-1], [bool(each["relief"]) for each in due])
        begun = min(due[place]["relief_from"] for place in range(covered[-1] - run + 1, covered[-1] + 1))
        state = "new" if begun >= first else "continuing"
        tell("relief", "recovered" if is_met and covered[-1] != inside[-1] else state, covered, run)
    if not lines and is_met and inside[0] and stands[inside[0] - 1] in counted:
        tell("recovered", "recovered", [inside[0] - 1], run_to(inside[0] - 1, [each in counted for each in stands]))
    return lines


def _since_last(lines: Sequence[Json], kpis: Iterable[_Kpi], first: str, last: str) -> dict[str, int]:
    gravest: dict[str, str] = {}
    for rule in (*LINES, "recovered"):
        for line in lines:
            if line["rule"] == rule:
                gravest.setdefault(line["kpi"], line["state"])
    states = Counter(gravest.values())
    moved: Counter[str] = Counter()
    for kpi in kpis:
        covered = [place for place, each in enumerate(kpi.results) if each["month"] >= first and each["relief"]]
        if covered:
            place = covered[-1]
            begun = []
            while place >= 0 and kpi.results[place]["relief"]:
                begun.append(kpi.results[place]["relief_from"])
                place -= 1
            ends = kpi.results[covered[-1]]["relief_to"]
            moved["reliefs_begun"] += min(begun) >= first
            moved["reliefs_ended"] += ends is not None and ends <= last
            moved["reliefs_continuing"] += min(begun) < first and (ends is None or ends > last)
    told = {state: states[state] for state in ("recovered", "new", "worsening", "continuing")}
    return told | {name: moved[name] for name in ("reliefs_continuing", "reliefs_begun", "reliefs_ended")}


def _reliefs(contract: Contract, kpis: Sequence[_Kpi], first: str, last: str) -> Iterator[dict[str, Any]]:
    found = Relief.objects.filter(contract=contract, decision="granted").order_by("from_month", "reference")
    for relief in found:
        begins, ends = key(relief.from_month), key(relief.to_month) if relief.to_month else None
        if begins > last or (ends is not None and ends < first):
            continue
        excused = {
            kpi.row.code
            for kpi in kpis
            for each in kpi.results
            if each["month"] >= first and each["relief"] == relief.reference
        }
        named = set(relief.kpis.values_list("code", flat=True))
        age = max(0, _number(last) - _number(begins) + 1)
        yield {
            "reference": relief.reference,
            "kpis": sorted(excused if relief.is_blanket else named),
            "from_month": begins,
            "to_month": ends,
            "age_months": age,
            "is_stale": ends is None and age > contract.stale_relief_months,
        }
