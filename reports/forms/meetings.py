"""Forms about a board's calendar. What may be done with a meeting, and by whom, is the service's to say."""

from datetime import date, time
from typing import Any, Final

from django import forms

from config.ui.formats import MONTHS
from config.ui.forms import DateField, MonthField
from contracts.rules.months import Month, MonthNotUnderstood, parse_month
from reports.models import Board, Meeting
from reports.rules.series import WEEKDAYS, Ordinal, Series
from reports.services.meetings import Details

TIMES: Final = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]
SHORT: Final = {"rows": 3}
EVERY: Final = [("1", "Every month"), ("2", "Every second month"), ("3", "Every third month"), ("6", "Twice a year")]
LONGEST: Final = 2000


class _Start(forms.TimeField):
    """A time of the day, as people write it: 10:30, 2pm."""

    def to_python(self, value: Any) -> time | None:
        typed = "".join(str(value or "").lower().split())
        understood: time | None = super().to_python(typed)
        return understood


def _start() -> _Start:
    return _Start(
        label="Start time",
        help_text="For example 10:30. Leave it empty if it is not known yet.",
        input_formats=TIMES,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Start time must be a time, like 10:30"},
    )


def _place() -> forms.CharField:
    return forms.CharField(label="Place", max_length=200, required=False)


class _WithDetails(forms.Form):
    @property
    def details(self) -> Details:
        return Details(self.cleaned_data["starts_at"], self.cleaned_data["place"])


class AddForm(_WithDetails):
    """One meeting."""

    day = DateField(label="Day of the meeting", help_text="For example 29 3 2018")
    starts_at = _start()
    place = _place()


class ChangeForm(_WithDetails):
    """Another day, time or place; a reason where it is another day."""

    day = DateField(label="Day of the meeting", help_text="For example 29 3 2018")
    starts_at = _start()
    place = _place()
    reason = forms.CharField(
        label="Why it is moved",
        help_text="Only if the day changes. Everybody who opens the meeting reads it.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(SHORT),
    )

    @classmethod
    def begin(cls, meeting: Meeting) -> dict[str, Any]:
        """What the form shows before anything is typed."""
        starts = meeting.starts_at.strftime("%H:%M") if meeting.starts_at else ""
        return {"day": meeting.meeting_on, "starts_at": starts, "place": meeting.place}


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label="Why it is cancelled",
        help_text="Everybody who opens the meeting reads it.",
        max_length=LONGEST,
        widget=forms.Textarea(SHORT),
    )


class AgainForm(forms.Form):
    """The day for which a cancelled meeting is planned again."""

    day = DateField(label="Day of the meeting", help_text="The old day, or another one")


class SeriesForm(_WithDetails):
    """A rule in plain words, from which the days are worked out."""

    ordinal = forms.TypedChoiceField(
        label="Which one in the month",
        choices=[(str(each.value), each.name.capitalize()) for each in Ordinal],
        coerce=int,
        initial=str(Ordinal.LAST.value),
    )
    weekday = forms.TypedChoiceField(
        label="Day of the week",
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS[:5])],
        coerce=int,
        initial="3",
    )
    every = forms.TypedChoiceField(label="How often", choices=EVERY, coerce=int, initial="1")
    first = DateField(label="From", help_text="For example 1 4 2018")
    last = DateField(label="To", help_text="For example 31 3 2019")
    skipped = forms.TypedMultipleChoiceField(
        label="Months to leave out",
        choices=[(str(number), name) for number, name in enumerate(MONTHS, start=1)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = _start()
    place = _place()

    @property
    def series(self) -> Series:
        """Raises :class:`reports.rules.series.SeriesNotPossible`."""
        asked = self.cleaned_data
        return Series(
            Ordinal(asked["ordinal"]),
            asked["weekday"],
            asked["first"],
            asked["last"],
            frozenset(asked["skipped"]),
            asked["every"],
        )


class BoardForm(forms.ModelForm):
    """The dates before a board's meetings, and what its papers say and how long they are kept."""

    class Meta:
        model = Board
        fields = (
            "clear_days",
            "draft_days",
            "sign_off_days",
            "with_clerk_days",
            "addendum_cut_off_days",
            "recommendation",
            "author",
            "paper_years",
            "background_years",
        )
        labels = {
            "clear_days": "Clear days before a meeting",
            "draft_days": "Draft written, working days before publication",
            "sign_off_days": "Signed off, working days before publication",
            "with_clerk_days": "With the clerk, working days before publication",
            "addendum_cut_off_days": "Addendum cut-off, working days before the meeting",
            "recommendation": "Recommendation of its papers",
            "author": "Author of its papers, by job title",
            "paper_years": "Years for which papers are kept",
            "background_years": "Years for which background papers are kept",
        }
        help_texts = {
            "clear_days": "Whole working days between publication and the meeting. The law asks for five.",
        }
        widgets = {
            name: forms.NumberInput({"class": "govuk-input--width-3"})
            for name in (
                "clear_days",
                "draft_days",
                "sign_off_days",
                "with_clerk_days",
                "addendum_cut_off_days",
                "paper_years",
                "background_years",
            )
        } | {"recommendation": forms.Textarea(SHORT)}

    @property
    def settings(self) -> dict[str, Any]:
        """What was asked for, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ClosedDayForm(forms.Form):
    """A day on which the council closes."""

    day = DateField(label="Day", help_text="For example 24 12 2018")
    reason = forms.CharField(label="Why the council is closed", help_text="For example Christmas Eve", max_length=120)


class OpenDayForm(forms.Form):
    """Why the council works on a day after all."""

    reason = forms.CharField(label="Why the council is open on this day", max_length=80)


def days_chosen(values: list[str]) -> frozenset[date]:
    """The days that were ticked; what is no day is left out."""
    found = set()
    for value in values:
        try:
            found.add(date.fromisoformat(value))
        except ValueError:
            continue
    return frozenset(found)


class MonthsForm(forms.Form):
    """The months that a meeting judges."""

    first = MonthField(label="First month", help_text="For example 11 2017")
    last = MonthField(label="Last month", help_text="For example 1 2018")
    reason = forms.CharField(label="Why these months", max_length=80)


def months_seen(text: str) -> tuple[Month, Month] | None:
    """The months that a page showed, as it sends them back: `2017-11 2018-01`; nothing for anything else."""
    first, _, last = text.partition(" ")
    try:
        return parse_month(first), parse_month(last)
    except MonthNotUnderstood:
        return None
