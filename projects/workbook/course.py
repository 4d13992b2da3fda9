"""Importing what happened to projects: the sheets `updates` and `rebaselines`, and what `projects` says of it in short.

A row of `projects` that tells a confidence, a forecast or a delay is the project's update of its `updated_on`; together
with a row of `updates` of the same day it is one update, and the two may not contradict each other. Its
`agreed_finish`, where it differs from the latest agreed one, is a re-baseline.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.workbook.cells import quoted
from contracts.workbook.saving import Import, Upsert
from contracts.workbook.sheets import Row, Seen
from projects.models import Rebaseline, Update
from projects.workbook.portfolio import Portfolio

TOLD_IN_SHORT: Final = (
    "confidence", "forecast_finish", "delay_cause", "delay_party", "cost_effect", "returns_to_green_on",
)  # fmt: skip
TOLD: Final = (*TOLD_IN_SHORT, "done", "next", "knock_on")

Day = tuple[str, date | None]  # a project's reference and the day of its update


# --- Updates ---------------------------------------------------------------------------------------------------------


def import_updates(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    """Reads both sheets' updates, one for each project and day, and writes what is new or different."""
    on_record = Update.objects.filter(project__contract_id=importing.contract.pk).select_related("project")
    existing: dict[Day, Update] = {(update.project.reference, update.updated_on): update for update in on_record}
    upsert = Upsert(importing, "updates", Update, existing)
    for key, (row, values) in _updates(portfolio, rows).items():
        reference, updated_on = key
        identity = {"project": portfolio.projects[reference], "updated_on": updated_on}
        upsert.put(key, f"{reference} {updated_on or 'without a day'}", row, identity, values)
    upsert.save()


def _updates(portfolio: Portfolio, rows: Iterable[Row]) -> dict[Day, tuple[Row, dict[str, Any]]]:
    found: dict[Day, tuple[Row, dict[str, Any]]] = {}
    seen = Seen()
    for row in rows:
        project = portfolio.find(row)
        if project is None or not row.is_sound("updated_on"):
            continue
        key = (project.reference, row["updated_on"])
        if seen.is_new(key, row, "updated_on", f"an update of {project.reference} of that day") and row.is_sound():
            found[key] = row, {name: row[name] for name in TOLD if name in row.given}
    for reference, row in portfolio.rows.items():
        if row.is_sound() and any(row[name] for name in (*TOLD_IN_SHORT, "updated_on")):
            _merge(found, (reference, row["updated_on"]), row)
    return found


def _merge(found: dict[Day, tuple[Row, dict[str, Any]]], key: Day, row: Row) -> None:
    told = {name: row[name] for name in TOLD_IN_SHORT if name in row.given}
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
    """Re-baselines while they are read. One is known by project, day and finish: none is ever overwritten."""

    def __init__(self, importing: Import, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.by_project: defaultdict[str, list[Rebaseline]] = defaultdict(list)
        existing: dict[Any, Rebaseline] = {}
        times: Counter[Any] = Counter()
        on_record = Rebaseline.objects.filter(project__contract_id=importing.contract.pk).order_by("pk")
        for rebaseline in on_record.select_related("project"):
            key = (rebaseline.project.reference, rebaseline.agreed_on, rebaseline.agreed_finish)
            times[key] += 1
            existing[*key, times[key]] = rebaseline
            self.by_project[rebaseline.project.reference].append(rebaseline)
        self.upsert = Upsert(importing, "rebaselines", Rebaseline, existing)
        self._times: Counter[Any] = Counter()
        self._seen = Seen()

    def read(self, row: Row) -> None:
        project = self.portfolio.find(row)
        if project is None or not row.is_sound():
            return
        key = (project.reference, row["agreed_on"], row["agreed_finish"])
        named = f"this re-baseline of {project.reference}"
        if row["agreed_on"] and not self._seen.is_new(key, row, "agreed_finish", named):
            return
        values = {name: row[name] for name in ("agreed_by", "reason") if name in row.given}
        self._put(row, project.reference, row["agreed_on"], row["agreed_finish"], values)

    def agree(self, reference: str, row: Row) -> None:
        """The agreed finish of a project's row, where it is not the latest on record or in the sheet."""
        latest = max(self.by_project[reference], key=_order, default=None)  # the later of two of one day
        stands = latest.agreed_finish if latest else self.portfolio.projects[reference].original_finish
        if row["agreed_finish"] == stands:
            return
        # When it was agreed is not known; only beside an earlier one must it be placed, by the day of the row's update.
        agreed_on = row["updated_on"] if latest else None
        if latest and (agreed_on or date.min) < (latest.agreed_on or date.min):
            what = f"it differs from {stands}, which was agreed on {latest.agreed_on}"
            row.problem(
                "agreed_finish", what, "expected that date, or a row in rebaselines that says when this was agreed"
            )
            return
        self._put(row, reference, agreed_on, row["agreed_finish"], {})

    def _put(
        self, row: Row, reference: str, agreed_on: date | None, agreed_finish: date, values: dict[str, Any]
    ) -> None:
        key = (reference, agreed_on, agreed_finish)
        self._times[key] += 1
        identity = {
            "project": self.portfolio.projects[reference], "agreed_on": agreed_on, "agreed_finish": agreed_finish,
        }  # fmt: skip
        is_new = (*key, self._times[key]) not in self.upsert.rows
        rebaseline = self.upsert.put((*key, self._times[key]), f"{reference} {agreed_finish}", row, identity, values)
        if is_new:
            self.by_project[reference].append(rebaseline)


def _order(rebaseline: Rebaseline) -> date:
    return rebaseline.agreed_on or date.min
