"""A change of several projects: what it asks, and the plan that was shown, sealed until it is confirmed.

What is confirmed is what was shown: the page carries it under a seal that names the contract and the person, with the
version of every project.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.signing import BadSignature, dumps, loads

from contracts.models import Contract, Person, ServiceArea
from projects.forms.register import STAGES
from projects.rules.facts import Stage
from projects.services.several import Plan, Wanted

SALT: Final = "a change of several projects"
HOLDS_FOR: Final = timedelta(hours=1)
LEAVE: Final = "Leave as it is"


class SealBroken(Exception):
    """What was sent is not what was shown to this person, or too long ago."""


class SeveralForm(forms.Form):
    """What the chosen projects are to have; a blank leaves what each has."""

    stage = forms.ChoiceField(label="Stage", choices=[("", LEAVE), *STAGES], required=False)
    sponsor = forms.CharField(
        label="Sponsor", required=False, max_length=200, help_text="Leave blank to leave each as it is."
    )
    scrutiny_area = forms.CharField(
        label="Scrutiny area", required=False, max_length=120, help_text="Leave blank to leave each as it is."
    )
    service_area = forms.ModelChoiceField(
        label="Service area", queryset=ServiceArea.objects.none(), required=False, empty_label=LEAVE
    )
    why = forms.CharField(
        label="Why",
        help_text="Kept in the history of each project.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why these projects change."},
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ServiceArea.objects.filter(contract=contract).in_order()
        self.fields["service_area"].queryset = own  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.wanted.values():
            self.add_error("stage", "Choose a stage, or enter something else that is to change.")
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """What was entered."""
        given = self.cleaned_data
        stage = Stage(given["stage"]) if given.get("stage") else None
        return Wanted(stage, given.get("sponsor", ""), given.get("scrutiny_area", ""), given.get("service_area"))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A plan as it comes back: what is wanted of which versions, and why."""

    wanted: Wanted
    why: str
    versions: Mapping[int, int]


def seal(plan: Plan, wanted: Wanted, why: str, contract: Contract, person: Person) -> str:
    """What would change, to be sent back by the page that shows it."""
    values = wanted.values()
    if wanted.service_area:
        values["service_area"] = wanted.service_area.pk
    rows = [[each.pk, each.version] for each in plan.planned]
    return dumps([values, why, rows], salt=_salt(contract, person), compress=True)


def unseal(sealed: str, contract: Contract, person: Person) -> Sealed:
    """What was shown. Raises SealBroken."""
    try:
        values, why, rows = loads(sealed, salt=_salt(contract, person), max_age=HOLDS_FOR)
    except BadSignature:
        raise SealBroken from None
    area = ServiceArea.objects.filter(contract=contract, pk=values.pop("service_area", None)).first()
    stage = Stage(values.pop("stage")) if "stage" in values else None
    return Sealed(Wanted(stage, service_area=area, **values), why, dict(rows))


def _salt(contract: Contract, person: Person) -> str:
    return f"{SALT}: {contract.pk} {person.pk}"
