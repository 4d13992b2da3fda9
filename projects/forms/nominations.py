"""The forms about nominations: nominating, declining, and who chairs which scrutiny area."""

from collections.abc import Mapping
from typing import Any

from django import forms

from contracts.models import Person
from projects.queries.key_candidates import Chairs


class NominateForm(forms.Form):
    """Why a project should be a key project."""

    reason = forms.CharField(
        label="Why members should watch this project",
        help_text="In a sentence or two. Officers and everybody who sees the contract read it.",
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )


class DeclineForm(forms.Form):
    """Why a nomination is declined."""

    reason = forms.CharField(
        label="Why it is declined",
        help_text="The member who nominated reads it, and so does everybody who sees the contract.",
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )


class ChairsForm(forms.Form):
    """A choice of members for each scrutiny area."""

    def __init__(self, data: Mapping[str, Any] | None, *, chairs: Chairs) -> None:
        super().__init__(data)
        self._areas = {f"area_{place}": area for place, (area, _) in enumerate(chairs.areas)}
        there = (*chairs.members, *(person for _, person in chairs.areas if person))
        self._people = {str(person.pk): person for person in there}
        choices = [("", "Nobody"), *((key, f"{one.job_title} ({one.email})") for key, one in self._people.items())]
        for name, (area, person) in zip(self._areas, chairs.areas, strict=True):
            initial = str(person.pk) if person else ""
            self.fields[name] = forms.ChoiceField(label=area, choices=choices, required=False, initial=initial)

    @property
    def chosen(self) -> dict[str, Person | None]:
        """Who chairs which area from now on."""
        return {area: self._people.get(self.cleaned_data[name]) for name, area in self._areas.items()}
