"""Importing what was forecast of milestones: the sheet `milestone_forecasts`, and `forecast_on` of `milestones`.

Nothing said before is overwritten. A milestone's `forecast_on` that differs from its latest forecast is a new one: of
the `updated_on` of its project's row, or else of the business day of the import. The first stays without a day: a
workbook that has only the latest does not say when the first was made.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from contracts.workbook.cells import or_nearest, quoted
from contracts.workbook.saving import Import, Upsert
from contracts.workbook.sheets import Row
from projects.models import MilestoneForecast
from projects.workbook.portfolio import Portfolio, Step

Said = tuple[Step, date | None, date]  # a milestone, the day on which its forecast was said, and the date forecast


def import_milestone_forecasts(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    """Reads the forecasts said and then each milestone's latest, and writes those that are new."""
    sheet = _Forecasts(importing, portfolio)
    for row in rows:
        sheet.read(row)
    for step, row in portfolio.milestone_rows.items():
        if row.is_sound() and row["forecast_on"]:
            sheet.forecast(step, row)
    sheet.upsert.save()


class _Forecasts:
    """Forecasts while they are read: known by milestone, day, date and how many of these there are, as A, B, A is."""

    def __init__(self, importing: Import, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.on = importing.on
        self.of_step: defaultdict[Step, list[MilestoneForecast]] = defaultdict(list)
        self._on_record: Counter[Said] = Counter()
        existing: dict[Any, MilestoneForecast] = {}
        on_record = MilestoneForecast.objects.filter(milestone__project__contract_id=importing.contract.pk)
        for forecast in on_record.select_related("milestone__project").order_by("pk"):
            step = (forecast.milestone.project.reference, forecast.milestone.title)
            key = (step, forecast.said_on, forecast.forecast_on)
            self._on_record[key] += 1
            existing[*key, self._on_record[key]] = forecast
            self.of_step[step].append(forecast)
        self.upsert = Upsert(importing, "milestone_forecasts", MilestoneForecast, existing)
        self._read: Counter[Said] = Counter()

    def read(self, row: Row) -> None:
        """A row of the sheet `milestone_forecasts`: the first of its kind is the first on record, and so on."""
        project = self.portfolio.find(row)
        if project is None or not row.is_sound("milestone"):
            return
        step = (project.reference, row["milestone"])
        if step not in self.portfolio.milestones:
            titles = [title for reference, title in self.portfolio.milestones if reference == project.reference]
            right = or_nearest("expected one of the sheet milestones, or already on record", row["milestone"], titles)
            row.problem("milestone", f"{project.reference} has no milestone {quoted(row['milestone'])}", right)
        elif row.is_sound():
            said = (step, row["said_on"], row["forecast_on"])
            self._read[said] += 1
            self._put(row, said, self._read[said])

    def forecast(self, step: Step, row: Row) -> None:
        """The forecast of a milestone's row, where it is not the latest on record or in the sheet."""
        latest = max(reversed(self.of_step[step]), key=_order, default=None)  # the later of two of one day
        if latest and latest.forecast_on == row["forecast_on"]:
            return
        of_project = self.portfolio.rows.get(step[0])
        said_on = ((of_project["updated_on"] if of_project else None) or self.on) if latest else None
        if latest and (said_on or date.min) < _order(latest):
            what = f"it differs from {latest.forecast_on}, which was said on {latest.said_on}"
            right = "expected that date, or a row in milestone_forecasts that says when this was said"
            row.problem("forecast_on", what, right)
            return
        said = (step, said_on, row["forecast_on"])
        self._put(row, said, max(self._on_record[said], self._read[said]) + 1)

    def _put(self, row: Row, said: Said, time: int) -> None:
        step, said_on, forecast_on = said
        identity = {"milestone": self.portfolio.milestones[step], "said_on": said_on, "forecast_on": forecast_on}
        is_new = (*said, time) not in self.upsert.rows
        forecast = self.upsert.put((*said, time), f"{step[0]} {step[1]}", row, identity, {})
        if is_new:
            self.of_step[step].append(forecast)


def _order(forecast: MilestoneForecast) -> date:
    return forecast.said_on or date.min
