"""Forms about people and their roles. What may be done, and by whom, is the service's to say."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from contracts.models import Contract, Person, ServiceArea
from contracts.queries.people import STATES, PeopleQuestion
from contracts.rules.roles import BY_AREA, EVERYWHERE, Role

LONGEST_REASON: Final = 500
ROLE_CHOICES: Final = [(role.value, role.value) for role in Role]
Choices = Sequence[tuple[Any, Any]]


def read_people_question(query: QueryDict, contracts: Iterable[Contract]) -> PeopleQuestion:
    """What the address asks for; what it gets wrong is left out."""
    role, contract, state = (query.get(name, "") for name in ("role", "contract", "state"))
    return PeopleQuestion(
        role=role if role in {known.value for known in Role} else "",
        contract=contract if contract in {known.reference for known in contracts} else "",
        state=state if state in dict(STATES) else "active",
        words=query.get("q", "").replace("\0", "").strip()[:100],
    )


def _reason(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="It stays in the history, with your job title and the time.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why it is done."""

    def __init__(self, *args: Any, label: str = "Why", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"] = _reason(label)


class PersonForm(forms.Form):
    """How somebody is called, and where their e-mail goes."""

    job_title = forms.CharField(
        label="Job title",
        help_text="Pages and papers show it, never a name: for example Performance officer, Adult Care.",
        max_length=120,
    )
    email = forms.EmailField(label="E-mail address", help_text="They sign in with it.", max_length=254)
    reason = _reason("Why")


class ChangePersonForm(PersonForm):
    """The same, with what the page showed: somebody else may have changed it meanwhile."""

    seen_email = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_title = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, person: Person) -> "ChangePersonForm":
        stands = {"job_title": person.job_title, "email": person.email}
        return cls(initial={**stands, "seen_email": person.email, "seen_title": person.job_title})

    @property
    def seen(self) -> tuple[str, str]:
        return self.cleaned_data["seen_email"], self.cleaned_data["seen_title"]


class GiveRoleForm(forms.Form):
    """Which role, and where it applies."""

    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *ROLE_CHOICES])
    place = forms.ChoiceField(
        label="Where",
        required=False,
        help_text=(
            f"{' and '.join(sorted(EVERYWHERE))} are held everywhere. "
            f"{' and '.join(sorted(BY_AREA))} may be held for one service area; every other role is for a contract."
        ),
    )
    reason = _reason("Why they get it")

    def __init__(self, *args: Any, contracts: Iterable[Contract], areas: Iterable[ServiceArea], **options: Any) -> None:
        super().__init__(*args, **options)
        of_contract: dict[int, list[ServiceArea]] = {}
        for area in areas:
            of_contract.setdefault(area.contract_id, []).append(area)
        self._places: dict[str, tuple[Contract, ServiceArea | None]] = {}
        choices: list[tuple[str, Any]] = [("", "Everywhere")]
        for contract in contracts:
            places: dict[str, tuple[Contract, ServiceArea | None]] = {f"{contract.pk}": (contract, None)}
            places |= {f"{contract.pk}-{area.pk}": (contract, area) for area in of_contract.get(contract.pk, ())}
            self._places |= places
            lines = [(key, str(area) if area else f"All of {contract.reference}") for key, (_, area) in places.items()]
            choices.append((f"{contract.reference}: {contract.title}", lines))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen_place(self) -> tuple[Contract | None, ServiceArea | None]:
        return self._places.get(self.cleaned_data["place"], (None, None))


class DeputyForm(forms.Form):
    """Who does the same work in somebody's place."""

    deputy = forms.TypedChoiceField(
        label="Who stands in",
        help_text="They see and do there what the role sees and does, until you change it.",
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = _reason("Why")

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._by_pk = {person.pk: person for person in people}
        named = [(pk, f"{person.job_title} ({person.email})") for pk, person in self._by_pk.items()]
        self.fields["deputy"].choices = [("", "Nobody"), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person | None:
        pk = self.cleaned_data["deputy"]
        return self._by_pk[pk] if pk else None
