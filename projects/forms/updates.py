"""The form of the monthly update: copied forward from the last one, every date in one box, every fault at its field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from contracts.rules.months import day_short
from contracts.rules.typed import CellRefused, day_typed
from projects.models import Milestone, Update
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.details import Fault
from projects.rules.facts import MilestoneFacts, ProjectFacts
from projects.rules.updating import ANSWERS, MilestoneSaid, UpdateSaid, is_asked, update_faults

LONGEST: Final = 4000
WORDS: Final = ("done", "next", *ANSWERS)


class DayInput(forms.TextInput):
    """A day in one box: a list of them has three times fewer boxes to pass with the keyboard."""

    def format_value(self, value: Any) -> str | None:
        return day_short(value) if isinstance(value, date) else super().format_value(value)


class DayField(forms.CharField):
    """A day as people write it: 29/3/2018 or 29 March 2018."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs |= {"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> date | None:
        typed = str(super().clean(value))
        if not typed:
            return None
        try:
            return day_typed(typed)
        except CellRefused as refused:
            said = f"{refused.what}: write one such as 29/3/2018 or 29 March 2018"
            raise ValidationError(said.replace("%", "%%")) from None


def _text(label: str, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": rows}))


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone of the form with its two boxes."""

    facts: MilestoneFacts
    is_overdue: bool
    forecast: BoundField
    actual: BoundField


class UpdateForm(forms.Form):
    """One update of one project; ``latest`` is what it is copied from."""

    confidence = forms.ChoiceField(
        label="How confident are you that it will be delivered?",
        required=False,
        choices=[(rating.value, rating.value.capitalize()) for rating in reversed(Confidence)],
        widget=forms.RadioSelect,
    )
    forecast_finish = DayField(label="Forecast finish", help_text="For example 29 March 2018 or 29/3/2018.")
    done = _text("Done since the last update", rows=3)
    next = _text("Planned next", rows=3)
    delay_cause = _text("Why it is late or at risk")
    delay_party = forms.CharField(label="Who caused it", required=False, max_length=200)
    cost_effect = _text("What it costs")
    knock_on = _text("What it holds up")
    returns_to_green_on = DayField(label="When it returns to green")
    is_green_unknown = forms.BooleanField(label="Not known yet", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        project: ProjectFacts,
        thresholds: Thresholds,
        on: date,
        latest: Update | None,
        milestones: Iterable[Milestone],
    ) -> None:
        super().__init__(data, initial=copied_forward(project, latest), auto_id="%s")
        self._project, self._thresholds, self._on = project, thresholds, on
        by_title = {milestone.title: milestone for milestone in project.milestones}
        # One that was finished while this was being written keeps its boxes: what was typed in them is not lost.
        self._rows = [
            (row, by_title[row.title])
            for row in milestones
            if row.title in by_title and (row.actual_on is None or f"actual-{row.pk}" in self.data)
        ]
        for row, facts in self._rows:
            self.fields[f"forecast-{row.pk}"] = DayField(label="Expected on", initial=facts.forecast_on)
            self.fields[f"actual-{row.pk}"] = DayField(label="Done on", initial=facts.actual_on)
        # As the page has them, so that the summary of errors follows it.
        steps = [f"{kind}-{row.pk}" for row, _ in self._rows for kind in ("forecast", "actual")]
        self.order_fields(["confidence", "forecast_finish", *steps])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        unread = set(self.errors)
        if "forecast_finish" in unread and not is_asked(self.confidence_typed, None):
            # What the dates say is not known yet: whether there is anything to answer neither.
            unread |= {*ANSWERS, "returns_to_green_on"}
        for fault in update_faults(self._project, self.said(), self._thresholds, self._on):
            if self.field_of(fault) not in unread:
                self.blame(fault)
        return cleaned

    def said(self) -> UpdateSaid:
        """What was typed, as far as it is understood."""
        typed = self.cleaned_data
        return UpdateSaid(
            confidence=Confidence(typed["confidence"]) if typed.get("confidence") else None,
            forecast_finish=typed.get("forecast_finish"),
            returns_to_green_on=typed.get("returns_to_green_on"),
            is_green_unknown=bool(typed.get("is_green_unknown")),
            milestones=tuple(
                MilestoneSaid(facts.title, typed.get(f"forecast-{row.pk}"), typed.get(f"actual-{row.pk}"))
                for row, facts in self._rows
            ),
            **{name: typed.get(name, "") for name in WORDS},
        )

    def field_of(self, fault: Fault) -> str:
        """The field that a fault is about; blank where it is about none."""
        if fault.place is not None:
            return f"{fault.field}-{self._rows[fault.place][0].pk}"
        return fault.field

    def blame(self, fault: Fault) -> None:
        self.add_error(self.field_of(fault) or None, fault.words)

    @property
    def steps(self) -> list[MilestoneLine]:
        """The milestones in the order of the project's."""
        return [
            MilestoneLine(facts, facts.is_overdue(self._on), self[f"forecast-{row.pk}"], self[f"actual-{row.pk}"])
            for row, facts in self._rows
        ]

    @property
    def finish_typed(self) -> date | None:
        """The forecast finish in the box, where it is understood."""
        if self.is_bound:
            finish: date | None = getattr(self, "cleaned_data", {}).get("forecast_finish")
            return finish
        return self._project.forecast_finish

    @property
    def confidence_typed(self) -> Confidence | None:
        value = self["confidence"].value()
        return Confidence(value) if value in set(Confidence) else None


def copied_forward(project: ProjectFacts, latest: Update | None) -> dict[str, Any]:
    """Last month's words and dates, to be edited; a finish that no update forecast is left blank."""
    update = latest or Update()
    names = ("confidence", *WORDS, "returns_to_green_on", "is_green_unknown")
    return {name: getattr(update, name) for name in names} | {"forecast_finish": project.forecast_finish}
