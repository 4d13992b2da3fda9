"""KPIs, reliefs and histories for the tests of the rules, written as short as a row of the status matrix.

A history is a string with one letter per month in force: `g` target met, `a` below target, `r` below minimum,
`n` not measured, `-` missing. A capital letter is provisional.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from contracts.rules.months import ALL_MONTHS, Month, add_months, parse_month
from kpis.rules.figures import Polarity, Unit
from kpis.rules.relief import Cause, Decision, Relief
from kpis.rules.status import KpiHistory, KpiTerms, Level, Reading, judge_history

BEGIN = parse_month("2017-01")
LEVEL = Level(parse_month("2015-04"), target=Decimal(90), minimum=Decimal(80))
READINGS: dict[str, Reading | None] = {
    "g": Reading(value=Decimal(95)),
    "a": Reading(value=Decimal(85)),
    "r": Reading(value=Decimal(70)),
    "n": Reading(not_measured_reason="The telephone system kept no log."),
    "-": None,
    "G": Reading(value=Decimal(95), is_provisional=True),
    "A": Reading(value=Decimal(85), is_provisional=True),
    "R": Reading(value=Decimal(70), is_provisional=True),
    "N": Reading(not_measured_reason="The telephone system kept no log.", is_provisional=True),
}


def m(text: str) -> Month:
    return parse_month(text)


def terms(code: str = "CSC_KPI_01", **changes: Any) -> KpiTerms:
    given: dict[str, Any] = {
        "code": code,
        "area": code.split("_")[0],
        "name": f"Name of {code}",
        "unit": Unit.PERCENT,
        "polarity": Polarity.HIGHER,
        "decimals": 2,
        "in_force_from": parse_month("2015-04"),
        "in_force_to": None,
        "due_months": ALL_MONTHS,
        "levels": (LEVEL,),
    }
    return KpiTerms(**(given | changes))


def relief(from_month: str, to_month: str | None = None, *kpis: str, **changes: Any) -> Relief:
    """Granted; blanket when no KPI is named."""
    given: dict[str, Any] = {
        "reference": f"REL-{from_month}",
        "kpis": frozenset(kpis),
        "is_blanket": not kpis,
        "from_month": parse_month(from_month),
        "to_month": parse_month(to_month) if to_month else None,
        "cause": Cause.SYSTEM_IMPLEMENTATION,
        "narrative": "A new social-care system was rolled out.",
        "decision": Decision.GRANTED,
    }
    return Relief(**(given | changes))


def history(
    letters: str, *reliefs: Relief, code: str = "CSC_KPI_01", begin: Month = BEGIN, **changes: Any
) -> KpiHistory:
    """A KPI judged month by month from `begin`; letters of months in which it is not in force are passed over."""
    readings = {
        add_months(begin, place): reading
        for place, letter in enumerate(letters)
        if (reading := READINGS[letter]) is not None
    }
    return judge_history(terms(code, **changes), readings, reliefs, begin, add_months(begin, len(letters) - 1))


def portfolio(rows: Sequence[str], *reliefs: Relief, begin: Month = BEGIN) -> list[KpiHistory]:
    """One KPI per row: `CSC_KPI_01 ggr`."""
    return [history(letters, *reliefs, code=code, begin=begin) for code, letters in (row.split() for row in rows)]


months = st.integers(0, 35).map(lambda place: add_months(BEGIN, place))
values = st.decimals(-(10**6), 10**6, places=6)


@st.composite
def reliefs(draw: st.DrawFn, codes: Sequence[str] = ("CSC_KPI_01", "IMT_KPI_05")) -> Relief:
    first = draw(st.integers(-2, 17))
    length = draw(st.none() | st.integers(0, 8))
    kpis = draw(st.frozensets(st.sampled_from(codes)))
    return Relief(
        reference=draw(st.sampled_from(["REL-1", "REL-2", "REL-3"])),
        kpis=kpis,
        is_blanket=not kpis,
        from_month=add_months(BEGIN, first),
        to_month=None if length is None else add_months(BEGIN, first + length),
        cause=draw(st.sampled_from(Cause)),
        narrative="Because.",
        decision=draw(st.sampled_from(Decision)),
    )


@st.composite
def histories(draw: st.DrawFn, code: str = "CSC_KPI_01", length: int = 16) -> KpiHistory:
    """Any mixture of statuses over `length` months, for KPIs that begin, end, are due quarterly, and have reliefs."""
    letters = "".join(draw(st.lists(st.sampled_from("gggaarrn-GARN"), min_size=length, max_size=length)))
    granted = draw(st.lists(reliefs(), max_size=3))
    begins = draw(st.sampled_from([-12, 0, 3]))
    ends = draw(st.sampled_from([None, length - 6, length - 2]))
    due = draw(st.sampled_from([ALL_MONTHS, frozenset({3, 6, 9, 12}), frozenset({1, 2, 7})]))
    return history(
        letters,
        *granted,
        code=code,
        in_force_from=add_months(BEGIN, begins),
        in_force_to=None if ends is None else add_months(BEGIN, ends),
        due_months=due,
    )
