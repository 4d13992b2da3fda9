"""
The numbers of a contract's register: read as the database keeps them, or counted anew from its rows.

Kept they cost the same whatever the number of projects. They are counted from the rows for a day before that from which
on what is kept holds (a demonstration's day may be set back), and to prove what is kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from contracts.models import Contract
from contracts.readings import together
from contracts.rows import Wanted, read
from projects.models import EVER, RegisterCount, RegisterRow
from projects.querysets import ACTIVE
from projects.rules.confidence import Confidence
from projects.rules.counts import UNRATED, PortfolioCounts
from projects.rules.facts import Stage
from projects.rules.standing import Signal, Standing, rating_signals

What = RegisterCount.What
BY_RATINGS: Final = (Signal.DECLARED, Signal.DATES, Signal.RATED_BETTER)
SIGNALS: Final = {
    Signal.OVERDUE: What.DUE,
    Signal.SILENT: What.UPDATED,
    Signal.SLIPPED: What.SLIPPED,
    Signal.REBASELINED: What.REBASELINED,
}
"""What stage and ratings alone do not tell, and how it is counted."""
BY_DAY: Final = """
    projects_registercount WHERE contract_id = %s AND from_on <= %s AND green_days = %s AND amber_months = %s
"""

Tally = tuple[date, int, int, str, str, date]
"""From which day, by which two thresholds, what, its word, its day: under which something is counted."""


@dataclass(frozen=True, slots=True)
class RegisterNumbers:
    """A register in numbers, as known on a day; ``rows`` by what they have in common and its word."""

    rows: Mapping[tuple[str, str], int]
    projects: int
    """Of the contract, whether they have a row or not."""
    scrutiny_areas: tuple[str, ...]
    service_areas: tuple[tuple[str, str], ...]
    standing: Standing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "standing", _standing(self.rows))

    def of(self, what: What) -> int:
        return self.rows.get((what, ""), 0)

    @property
    def is_behind(self) -> bool:
        """Whether a project has no row that holds on the day."""
        return self.standing.counts.in_register + self.of(What.ARCHIVED) != self.projects

    def by_dates(self, computed: str) -> int:
        """How many listed ones have this rating by their dates."""
        wanted = "" if computed == UNRATED else computed
        return sum(
            number
            for (what, word), number in self.rows.items()
            if what == What.STANDING and word.split("/")[2] == wanted
        )


def load_numbers(contract: Contract, on: date) -> RegisterNumbers:
    """In one statement as they are kept; in another where the day lies before that from which on they hold."""
    until = on - timedelta(days=contract.silent_days)
    own, kept = contract.pk, (contract.pk, on.isoformat(), contract.slippage_green_days, contract.slippage_amber_months)
    undated = tuple(what.value for what in What if what not in (What.AREA, What.DUE, What.UPDATED))
    counted = f"""
        FROM (
            SELECT what, word, SUM(number) AS number FROM {BY_DAY}
                AND (what IN ({", ".join(["%s"] * len(undated))})
                    OR what = 'due' AND day < %s OR what = 'updated' AND day <= %s)
            GROUP BY what, word
        ) counted WHERE number <> 0
    """  # noqa: S608 # its parts are literals of ours
    found = read(
        Wanted("what, word, number", counted, (*kept, *undated, on.isoformat(), until.isoformat())),
        Wanted("number", "FROM (SELECT COUNT(*) AS number FROM projects_project WHERE contract_id = %s) own", (own,)),
        Wanted(
            "word",
            """
            FROM (
                SELECT word FROM projects_registercount WHERE contract_id = %s AND what = 'area'
                GROUP BY word HAVING SUM(number) > 0
            ) used
            """,
            (own,),
        ),
        Wanted("id, code, name", "FROM contracts_servicearea WHERE contract_id = %s", (own,)),
        Wanted(
            "id",
            """
            FROM (
                SELECT id FROM projects_registercount WHERE contract_id = %s AND is_gathered AND from_on > %s LIMIT 1
            ) later
            """,
            (own, on.isoformat()),
        ),
    )
    numbers, projects, areas, service, gathered_later = found.tables
    return RegisterNumbers(
        rows=_counted_on(contract, on) if gathered_later else {(what, word): number for what, word, number in numbers},
        projects=projects[0][0],
        scrutiny_areas=tuple(sorted((area for (area,) in areas), key=str.casefold)),
        service_areas=tuple((code, name) for _, code, name in sorted(service)),
    )


def tallies(contract: Contract, on: date) -> tuple[Counter[Tally], Counter[Tally]]:
    """What is kept, and what the rows give, as both were at one moment and as far as it matters from a day on."""
    kept, *counted = together(_asked_kept(contract), *_asked_rows(contract).values())
    return _kept(kept, on), _counted(counted, on)


def _asked_kept(contract: Contract) -> QuerySet[Any, Any]:
    key = ("from_on", "green_days", "amber_months", "what", "word", "day")
    return RegisterCount.objects.filter(contract=contract).order_by().values_list(*key, "number")


def _kept(rows: list[Any], on: date) -> Counter[Tally]:
    found: Counter[Tally] = Counter()
    for from_on, *key, number in rows:
        found[max(from_on, on), *key] += number
    return Counter({key: number for key, number in found.items() if number})


def _asked_rows(contract: Contract) -> dict[What, QuerySet[Any, Any]]:
    """Of everything that is counted how many rows of the register have it in common, by the days they hold for."""
    text: CharField[str, str] = CharField()
    nothing, no_day = Value("", text), Value(date.min, DateField())
    listed = Q(is_archived=False)
    active = listed & ACTIVE
    standing = Concat("stage", Value("/"), "declared", Value("/"), "computed", output_field=text)
    asked = {
        What.AREA: (F("scrutiny_area"), no_day, ~Q(scrutiny_area="")),
        What.ARCHIVED: (nothing, no_day, ~listed),
        What.STANDING: (standing, no_day, listed),
        What.ILLUSTRATIVE: (nothing, no_day, listed & Q(is_illustrative=True)),
        What.KEY: (nothing, no_day, listed & Q(key_rank__isnull=False)),
        What.SLIPPED: (nothing, no_day, active & Q(forecast_finish__gt=F("agreed_finish"))),
        What.REBASELINED: (nothing, no_day, active & Q(rebaselined__gt=0)),
        What.DUE: (nothing, F("earliest_due_on"), active & Q(earliest_due_on__isnull=False)),
        What.UPDATED: (nothing, Coalesce("updated_on", no_day), active),
    }
    rows = RegisterRow.objects.filter(contract=contract).order_by()
    return {
        what: rows.filter(which)
        .annotate(what=Value(what.value, text), word=word, day=day)
        .values("from_on", "until_on", "green_days", "amber_months", "what", "word", "day")
        .annotate(rows=Count("pk"))
        .values_list("from_on", "until_on", "green_days", "amber_months", "what", "word", "day", "rows")
        for what, (word, day, which) in asked.items()
    }


def _counted(of_each: list[list[Any]], on: date) -> Counter[Tally]:
    found: Counter[Tally] = Counter()
    for rows in of_each:
        for from_on, until_on, green, amber, what, word, day, number in rows:
            found[max(from_on, on), green, amber, what, word, day] += number
            if until_on != EVER and what != What.AREA:
                found[max(until_on, on), green, amber, what, word, day] -= number
    return Counter({key: number for key, number in found.items() if number})


def _counted_on(contract: Contract, on: date) -> dict[tuple[str, str], int]:
    """The numbers of a day from the rows that hold on it."""
    until = on - timedelta(days=contract.silent_days)
    by_thresholds = (contract.slippage_green_days, contract.slippage_amber_months)
    found: Counter[tuple[str, str]] = Counter()
    for rows in together(*_asked_rows(contract).values()):
        for from_on, until_on, green, amber, what, word, day, number in rows:
            holds = from_on <= on < until_on and (green, amber) == by_thresholds
            if holds and not (what == What.DUE and day >= on) and not (what == What.UPDATED and day > until):
                found[what, word] += number
    return dict(found)


def _standing(rows: Mapping[tuple[str, str], int]) -> Standing:
    by_stage: Counter[Stage] = Counter()
    by_confidence: Counter[str] = Counter()
    signals: Counter[Signal] = Counter()
    for stage, declared, computed, number in _by_ratings(rows):
        by_stage[stage] += number
        by_confidence[declared or UNRATED] += number
        for signal in rating_signals(stage, declared, computed):
            signals[signal] += number
    return Standing(
        counts=PortfolioCounts(
            in_register=by_stage.total(),
            by_stage={stage: by_stage[stage] for stage in Stage},
            by_confidence={rating: by_confidence[rating] for rating in (*Confidence, UNRATED)},
        ),
        active=by_stage[Stage.IN_FLIGHT] + by_stage[Stage.ON_HOLD],
        signals={
            signal: signals[signal] if signal in BY_RATINGS else rows.get((SIGNALS[signal], ""), 0) for signal in Signal
        },
    )


def _by_ratings(
    rows: Mapping[tuple[str, str], int],
) -> Iterator[tuple[Stage, Confidence | None, Confidence | None, int]]:
    for (what, word), number in rows.items():
        if what == What.STANDING:
            stage, declared, computed = word.split("/")
            yield (
                Stage(stage),
                Confidence(declared) if declared else None,
                Confidence(computed) if computed else None,
                number,
            )
