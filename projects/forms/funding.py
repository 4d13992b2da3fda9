"""The forms of the yearly funding: a sum with its year and purpose, and why one is taken away."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from config.ui.forms import DateField
from projects.forms.project import SOURCES, MoneyField
from projects.models import Funding
from projects.rules.money import year_name
from projects.services.funding import FundingDetails

NARROW: Final = {"rows": 3}


class FundingForm(forms.Form):
    """A sum set aside for a year. Give the sum to change one: then why it changes is asked as well."""

    begins_on = forms.TypedChoiceField(label="Financial year", coerce=date.fromisoformat)
    amount = MoneyField(label="Amount", help_text="In pounds, for example £3,000,000.")
    purpose = forms.CharField(
        label="What it is for", help_text="In a few words: the Board’s paper prints it.", max_length=200
    )
    agreed_on = DateField(
        label="Agreed on", help_text="The day on which it was decided, if you know it.", required=False
    )
    agreed_by = forms.CharField(
        label="Who agreed", help_text="A board or a job title, not a name.", max_length=200, required=False
    )
    source = forms.ChoiceField(label="Where it comes from", choices=SOURCES, required=False)
    why = forms.CharField(
        label="Why it changes",
        help_text="Everybody who sees the contract reads it.",
        max_length=1000,
        widget=forms.Textarea(NARROW),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, years: Sequence[date], funding: Funding | None = None
    ) -> None:
        super().__init__(data, initial=_values(funding) if funding else None)
        self.fields["begins_on"].choices = [(year.isoformat(), year_name(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["amount"].required = True
        if funding is None:
            del self.fields["why"]

    @property
    def details(self) -> FundingDetails:
        said = self.cleaned_data
        return FundingDetails(**{name: said[name] for name in said if name != "why"})


class RemoveFundingForm(forms.Form):
    """Why a sum is taken away."""

    why = forms.CharField(
        label="Why it is taken away",
        help_text="Everybody who sees the contract reads it.",
        max_length=1000,
        widget=forms.Textarea(NARROW),
    )


def _values(funding: Funding) -> dict[str, Any]:
    return {
        "begins_on": funding.begins_on.isoformat(),
        "amount": funding.amount,
        "purpose": funding.purpose,
        "agreed_on": funding.agreed_on,
        "agreed_by": funding.agreed_by,
        "source": funding.source,
    }
