"""Forms about the Board's requests. What may be done with one, and by whom, is the service's and view's to say."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from config.ui.formats import day_long
from contracts.models import Person
from reports.models import BoardRequest, Meeting

LONGEST: Final = 4000
SHORT: Final = {"rows": 4}
SOMEBODY: Final = "Nobody in particular: the contract manager is reminded"

Choices = list[tuple[Any, str]]


def _meetings(meetings: Iterable[Meeting]) -> Choices:
    return [(each.pk, f"{day_long(each.meeting_on)}, {each.board.name}") for each in meetings]


def _people(people: Iterable[Person]) -> Choices:
    return [("", SOMEBODY), *((person.pk, str(person)) for person in people)]


def _choose(form: forms.Form, field: str, choices: Choices) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]


class MinuteRequestForm(forms.Form):
    """What the minutes of a meeting say was resolved, asked or requested."""

    meeting = forms.TypedChoiceField(label="Minuted at the meeting of", coerce=int)
    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind.value, kind.label.capitalize()) for kind in BoardRequest.Kind],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="What the minutes say",
        help_text="The next papers print these words until it is closed.",
        max_length=LONGEST,
        widget=forms.Textarea(SHORT),
    )
    raised_by = forms.CharField(
        label="Raised by",
        help_text="A post, never a name: the Board, Chairman of the Board, Member of the Board.",
        max_length=200,
    )
    owner = forms.CharField(
        label="Who answers", help_text="A post, as the paper prints it, for example Contract Manager.", max_length=200
    )
    assigned_to = forms.TypedChoiceField(label="Who is told and reminded", coerce=int, empty_value=None, required=False)
    due = forms.TypedChoiceField(label="Due at the meeting of", coerce=int, empty_value=None, required=False)
    reference = forms.CharField(
        label="Reference",
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[Meeting],
        coming: Sequence[Meeting],
        people: Sequence[Person],
        free: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.people = {person.pk: person for person in people}
        self.meetings = {each.pk: each for each in (*meetings, *coming)}
        _choose(self, "meeting", _meetings(meetings))
        _choose(self, "due", [("", "No meeting set"), *_meetings(coming)])
        _choose(self, "assigned_to", _people(people))
        self.fields["reference"].help_text = f"Left blank, it is {free}."

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        told = dict(self.cleaned_data)
        return told | {
            "meeting": self.meetings[told["meeting"]],
            "due": self.meetings[told["due"]] if told["due"] else None,
            "assigned_to": self.people[told["assigned_to"]] if told["assigned_to"] else None,
        }


class AnswerRequestForm(forms.Form):
    """The answer, or another one in its place."""

    answer = forms.CharField(
        label="Answer",
        help_text="The next paper prints it, so in words that everybody may read.",
        max_length=LONGEST,
        widget=forms.Textarea(SHORT),
    )


class HandRequestForm(forms.Form):
    """Who answers instead."""

    owner = forms.CharField(label="Who answers", help_text="A post, as the paper prints it.", max_length=200)
    assigned_to = forms.TypedChoiceField(label="Who is told and reminded", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {person.pk: person for person in people}
        _choose(self, "assigned_to", _people(people))

    @property
    def chosen(self) -> Person | None:
        return self._people.get(self.cleaned_data["assigned_to"])


class MoveDueForm(forms.Form):
    """At which meeting the answer is due instead, and why."""

    due = forms.TypedChoiceField(label="Due at the meeting of", coerce=int)
    reason = forms.CharField(label="Why", max_length=LONGEST, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, coming: Sequence[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self._meetings = {each.pk: each for each in coming}
        _choose(self, "due", [("", "Choose a meeting"), *_meetings(coming)])

    @property
    def chosen(self) -> Meeting:
        return self._meetings[self.cleaned_data["due"]]


class ReopenForm(forms.Form):
    """Why a closed request is opened again."""

    reason = forms.CharField(label="Why it is reopened", max_length=LONGEST, widget=forms.Textarea({"rows": 2}))
