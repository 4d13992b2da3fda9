"""The forms of what is done to a project: archiving it, agreeing another finish, joining it to another project."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from config.ui.forms import DateField
from projects.rules.facts import MilestoneFacts, RebaselineFacts
from projects.services.dependencies import Relation

NARROW: Final = {"rows": 4}


class ReasonForm(forms.Form):
    """Why a project leaves the register, or comes back into it."""

    reason = forms.CharField(
        label="Reason",
        help_text="Everybody who sees the contract reads it.",
        max_length=1000,
        widget=forms.Textarea(NARROW),
    )


class RebaselineForm(forms.Form):
    """Another finish, with who agreed it, when and why, and the milestones whose dates were agreed with it."""

    agreed_finish = DateField(
        label="New agreed finish",
        help_text="For example 25 5 2018.",
        error_messages={"required": "Enter the new agreed finish"},
    )
    agreed_on = DateField(
        label="Agreed on",
        help_text="The day on which it was agreed.",
        error_messages={"required": "Enter the day on which it was agreed"},
    )
    agreed_by = forms.CharField(
        label="Who agreed", help_text="Job titles, not names: Contract Manager and Service Director.", max_length=200
    )
    reason = forms.CharField(
        label="Why another finish was agreed",
        help_text="The Board’s paper prints it.",
        max_length=2000,
        widget=forms.Textarea(NARROW),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, milestones: Sequence[MilestoneFacts]) -> None:
        super().__init__(data)
        self._steps = [each for each in milestones if each.actual_on is None]
        for place, milestone in enumerate(self._steps):
            self.fields[f"step_{place}"] = DateField(label=milestone.title, required=False)

    @property
    def steps(self) -> list[tuple[MilestoneFacts, Any]]:
        """The milestones that are not done, each with its boxes."""
        return [(milestone, self[f"step_{place}"]) for place, milestone in enumerate(self._steps)]

    @property
    def agreed(self) -> RebaselineFacts:
        said = self.cleaned_data
        return RebaselineFacts(
            said["agreed_finish"], said["agreed_on"], said["agreed_by"].strip(), said["reason"].strip()
        )

    @property
    def milestones(self) -> dict[str, date]:
        """The new agreed dates by title; a box left blank leaves the date that was agreed."""
        typed = {each.title: self.cleaned_data.get(f"step_{place}") for place, each in enumerate(self._steps)}
        before = {each.title: each.agreed_on for each in self._steps}
        return {title: on for title, on in typed.items() if on is not None and on != before[title]}


class DependencyForm(forms.Form):
    """How a project is joined to another one."""

    relation = forms.ChoiceField(
        label="How are the two joined?", choices=[(each.value, each.value) for each in Relation]
    )
    other = forms.CharField(
        label="Reference of the other project",
        help_text="For example P014.",
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-10", "list": "references", "autocomplete": "off"}),
    )
    note = forms.CharField(label="Note", help_text="What it waits for, in a few words.", max_length=250, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, reference: str) -> None:
        super().__init__(data)
        relation = self.fields["relation"]
        relation.widget = forms.RadioSelect()
        relation.choices = [(each.value, f"{reference} {each} the other project") for each in Relation]  # type: ignore[attr-defined]

    def clean_other(self) -> str:
        typed = str(self.cleaned_data["other"])
        if not typed.isprintable():
            raise ValidationError("Enter the reference of a project of this contract.")
        return typed
