"""Importing what happened to projects: the sheets `updates` and `rebaselines`, and what `projects` says of it in short.

A row of `projects` that tells a confidence, a forecast or a delay is the project's update of its `updated_on`; together
with a row of `updates` of the same day it is one update, and the two may not contradict each other. Its
`agreed_finish`, where it differs from the latest agreed one, is a re-baseline. What differs and has no day of its own
happened on the business day of the import. Nothing said before is overwritten: what differs from the update of its day
is a further one of that day, which supersedes it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.workbook.cells import quoted
from contracts.workbook.saving import Import, Upsert, is_same
from contracts.workbook.sheets import Row, Seen
from projects.models import Rebaseline, Update
from projects.workbook.portfolio import Portfolio

TOLD_IN_SHORT: Final = (
    "confidence", "forecast_finish", "delay_cause", "delay_party", "cost_effect", "returns_to_green_on",
)  # fmt: skip
TOLD: Final = (*TOLD_IN_SHORT, "done", "next", "knock_on", "is_green_unknown")

Day = tuple[str, date | None]  # a project's reference and the day of its update
Place = tuple[str, date | None, int | None]  # and which of that day's updates; None is the one that stands
Told = tuple[Row, dict[str, Any]]  # an update as a sheet tells it
Agreed = tuple[str, date | None, date]  # a project's reference, the day of a re-baseline, and the finish agreed


# --- Updates ---------------------------------------------------------------------------------------------------------


def import_updates(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    """Reads both sheets' updates and writes those that say something new; none on record is changed."""
    sheet = _Updates(importing, portfolio)
    for row in rows:
        sheet.read(row)
    for reference, row in portfolio.rows.items():
        if row.is_sound() and any(row[name] for name in (*TOLD_IN_SHORT, "updated_on")):
            sheet.tell(reference, row)
    sheet.save()


class _Updates:
    """Updates while they are read. Those without a day find theirs once all the others are known."""

    def __init__(self, importing: Import, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.on = importing.on
        on_record = Update.objects.filter(project__contract_id=importing.contract.pk).select_related("project")
        existing: dict[Any, Update] = {}
        self.stands: dict[Day, Update] = {}  # the last of each day
        self.days: defaultdict[str, set[date | None]] = defaultdict(set)
        for update in on_record.order_by("number", "pk"):
            day = (update.project.reference, update.updated_on)
            self.stands[day] = existing[*day, update.number] = update
            self.days[update.project.reference].add(update.updated_on)
        self.upsert = Upsert(importing, "updates", Update, existing)
        self.dated: dict[Place, Told] = {}
        self.undated: dict[Place, Told] = {}
        self._with_days: set[str] = set()  # projects of which the workbook tells a dated update
        self._current: set[str] = set()  # projects whose undated update the sheet `projects` tells, as of now
        self._seen = Seen()

    def read(self, row: Row) -> None:
        """A row of the sheet `updates`."""
        project = self.portfolio.find(row)
        if project is None or not row.is_sound("updated_on", "number"):
            return
        place = (project.reference, row["updated_on"], row["number"] if row["updated_on"] else None)
        if row["is_green_unknown"] and row["returns_to_green_on"]:
            row.problem("is_green_unknown", "the day is given and said not to be known", "expected one of the two")
        named = f"an update of {project.reference} of that day"
        if self._seen.is_new(place, row, "updated_on", named) and row.is_sound():
            told = {name: row[name] for name in TOLD if name in row.given}
            (self.dated if row["updated_on"] else self.undated)[place] = row, told

    def tell(self, reference: str, row: Row) -> None:
        """What a row of the sheet `projects` tells in short."""
        told = {name: row[name] for name in TOLD_IN_SHORT if name in row.given}
        if row["updated_on"]:
            _merge(self.dated, self._last(reference, row["updated_on"]), row, told)
        else:
            _merge(self.undated, (reference, None, None), row, told)
            self._current.add(reference)

    def save(self) -> None:
        for reference, day, _ in self.dated:
            self.days[reference].add(day)
            self._with_days.add(reference)
        for (reference, _, _), (row, told) in self.undated.items():
            _merge(self.dated, self._last(reference, self._day_of(reference, told)), row, told)
        for place, (row, told) in sorted(self.dated.items(), key=lambda each: each[0][2] or 0):
            self._put(place, row, told)
        self.upsert.save()

    def _put(self, place: Place, row: Row, told: dict[str, Any]) -> None:
        """One on record is left alone; what says something else is the next of its day, with what it leaves unsaid."""
        reference, day, number = place
        stands = self.stands.get((reference, day))
        update = stands if number is None else self.upsert.rows.get(place)
        if update is not None and not _says(update, told):
            if number is not None or day is None:
                which = f"update {number} of that day" if day else "the update without a day"
                what = f"{which} is on record and says something else"
                column = "number" if "number" in row.given else "updated_on"
                row.problem(column, what, "expected a later day or number: updates are superseded, never changed")
                return
            told = {name: getattr(update, name) for name in TOLD} | told
            told["is_green_unknown"] = bool(told["is_green_unknown"] and not told["returns_to_green_on"])
            number = update.number + 1
        elif number is None:
            number = update.number if update else 1
        identity = {"project": self.portfolio.projects[reference], "updated_on": day, "number": number}
        self.upsert.put((reference, day, number), f"{reference} {day or 'without a day'}", row, identity, told)

    def _last(self, reference: str, day: date | None) -> Place:
        """Where what is said of a day belongs: to the last of that day in the workbook, if there is one."""
        numbers = [number or 0 for other, on, number in self.dated if (other, on) == (reference, day)]
        return (reference, day, max(numbers, default=0) or None)

    def _day_of(self, reference: str, told: dict[str, Any]) -> date | None:
        """The day of an update that has none of its own: that of the latest where it says the same, else today.

        The first of a project stays without a day. So does a row of `updates` beside dated ones of its project, and
        one that is on record so: those are its past.
        """
        is_past = reference in self._with_days or self._stands((reference, None), told)
        if is_past and reference not in self._current:
            return None
        known = [day for day in self.days[reference] if day is None or day <= self.on]
        if not known:
            return None
        latest = max(known, key=lambda day: day or date.min)
        return latest if self._stands((reference, latest), told) else self.on

    def _stands(self, key: Day, told: dict[str, Any]) -> bool:
        """Whether the update of that day says all this; beside a row of its own sheet a blank cell says nothing."""
        _, beside = self.dated.get(self._last(*key), (None, {}))
        update = self.stands.get(key)
        if update is None and not beside:
            return False
        stands = {name: getattr(update or Update(), name) for name in told} | beside
        return all(is_same(stands[name], value) or (bool(beside) and not value) for name, value in told.items())


def _says(update: Update, told: dict[str, Any]) -> bool:
    return all(is_same(getattr(update, name), value) for name, value in told.items())


def _merge(found: dict[Place, Told], key: Place, row: Row, told: dict[str, Any]) -> None:
    fuller, values = found.setdefault(key, (row, told))
    for name, value in told.items():
        other = values.get(name)
        if value and other and value != other:
            what = f"{quoted(value)} contradicts {quoted(other)} in {fuller.sheet}, row {fuller.number}"
            row.problem(name, what, "expected the same in both sheets")
        elif value:
            values[name] = value


# --- Re-baselines ----------------------------------------------------------------------------------------------------


def import_rebaselines(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    """Reads the re-baselines and then each project's agreed finish, and writes those that are new."""
    sheet = _Rebaselines(importing, portfolio)
    for row in rows:
        sheet.read(row)
    for reference, row in portfolio.rows.items():
        if row.is_sound() and row["agreed_finish"]:
            sheet.agree(reference, row)
    sheet.upsert.save()


class _Rebaselines:
    """Re-baselines while they are read: none is ever overwritten, and one day may see the same finish twice.

    So one is known by project, day, finish and how many of these there are: agreed A, then B, then A again are three.
    """

    def __init__(self, importing: Import, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.on = importing.on
        self.by_project: defaultdict[str, list[Rebaseline]] = defaultdict(list)
        self._on_record: Counter[Agreed] = Counter()
        existing: dict[Any, Rebaseline] = {}
        rebaselines = Rebaseline.objects.filter(project__contract_id=importing.contract.pk).order_by("pk")
        for rebaseline in rebaselines.select_related("project"):
            key = (rebaseline.project.reference, rebaseline.agreed_on, rebaseline.agreed_finish)
            self._on_record[key] += 1
            existing[*key, self._on_record[key]] = rebaseline
            self.by_project[rebaseline.project.reference].append(rebaseline)
        self.upsert = Upsert(importing, "rebaselines", Rebaseline, existing)
        self._read: Counter[Agreed] = Counter()
        self._before: dict[Day, Row] = {}

    def read(self, row: Row) -> None:
        """A row of the sheet `rebaselines`: the first of its kind is the first on record, and so on."""
        project = self.portfolio.find(row)
        if project is None or not row.is_sound() or not self._is_new(row):
            return
        key = (project.reference, row["agreed_on"], row["agreed_finish"])
        values = {name: row[name] for name in ("agreed_by", "reason") if name in row.given}
        self._read[key] += 1
        self._put(row, key, self._read[key], values)

    def _is_new(self, row: Row) -> bool:
        """Whether it agrees something else than the row before it of the same project and day."""
        day = (row["project"], row["agreed_on"])
        before, self._before[day] = self._before.get(day), row
        if before is None or row["agreed_on"] is None or before["agreed_finish"] != row["agreed_finish"]:
            return True
        what = f"row {before.number} already gives this re-baseline of {row['project']}"
        row.problem("agreed_finish", what, "expected it once")
        return False

    def agree(self, reference: str, row: Row) -> None:
        """The agreed finish of a project's row, where it is not the latest on record or in the sheet."""
        latest = max(reversed(self.by_project[reference]), key=_order, default=None)  # the later of two of one day
        stands = latest.agreed_finish if latest else self.portfolio.projects[reference].original_finish
        if row["agreed_finish"] == stands:
            return
        agreed_on = row["updated_on"] or self.on
        if latest and agreed_on < _order(latest):
            what = f"it differs from {stands}, which was agreed on {latest.agreed_on}"
            row.problem(
                "agreed_finish", what, "expected that date, or a row in rebaselines that says when this was agreed"
            )
            return
        key = (reference, agreed_on, row["agreed_finish"])
        self._put(row, key, max(self._on_record[key], self._read[key]) + 1, {})

    def _put(self, row: Row, key: Agreed, time: int, values: dict[str, Any]) -> None:
        reference, agreed_on, agreed_finish = key
        identity = {
            "project": self.portfolio.projects[reference], "agreed_on": agreed_on, "agreed_finish": agreed_finish,
        }  # fmt: skip
        is_new = (*key, time) not in self.upsert.rows
        rebaseline = self.upsert.put((*key, time), f"{reference} {agreed_finish}", row, identity, values)
        if is_new:
            self.by_project[reference].append(rebaseline)


def _order(rebaseline: Rebaseline) -> date:
    return rebaseline.agreed_on or date.min
