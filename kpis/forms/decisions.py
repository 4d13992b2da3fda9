"""What the contract manager says when a month is verified, sent back or reopened."""

from typing import Any

from django import forms

from contracts.rules.typed import key_sent
from kpis.models import Return

MOST = 9999


class DecisionForm(forms.Form):
    """A decision names the version of the return that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, why: str, version: int) -> None:
        """Says why the decision was not taken; what was typed stays, beside the version that is looked at now."""
        self.add_error(None, why)
        self.data = {**dict(self.data.items()), "version": str(version)}


class VerifyForm(DecisionForm):
    """How a return was checked; a sample says how many results were re-performed."""

    how = forms.ChoiceField(
        label="How was it checked?",
        choices=[(check.value, check.label.capitalize()) for check in Return.Check],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it was checked."},
    )
    sample_size = forms.IntegerField(
        label="Results re-performed",
        help_text="Only for a sample: how many.",
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_sample = cleaned.get("how") == Return.Check.SAMPLE
        size = cleaned.get("sample_size")
        if is_sample and size is None and "sample_size" not in self.errors:
            self.add_error("sample_size", "Say how many results were re-performed.")
        if "how" in cleaned and not is_sample and size is not None:
            self.add_error("sample_size", "Leave this empty, or choose “Sample re-performed” above.")
        return cleaned


class VerifyCleanForm(forms.Form):
    """How all the clean returns of a month were checked; a sample is of one area and is verified there."""

    how = forms.ChoiceField(
        label="How were they checked?",
        choices=[(c.value, c.label.capitalize()) for c in (Return.Check.SOURCE_SEEN, Return.Check.AS_SUPPLIED)],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how they were checked."},
    )

    def versions(self) -> dict[int, int]:
        """The returns that were listed as clean, with the version of each: one field `return-<key>` for each."""
        listed = (
            (key_sent(name.removeprefix("return-")), key_sent(value))
            for name, value in self.data.items()
            if name.startswith("return-")
        )
        return {pk: version for pk, version in listed if pk is not None and version is not None}


class SendBackForm(DecisionForm):
    """Why a submitted return goes back to its service area."""

    reason = forms.CharField(
        label="Why does it go back?",
        help_text="The service area sees this. Name the KPI and what would be right.",
        error_messages={"required": "Say why it goes back."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(DecisionForm):
    """Why a verified month is opened again."""

    reason = forms.CharField(
        label="Why is it reopened?",
        help_text="Kept with every figure that changes, and shown with it.",
        error_messages={"required": "Say why it is reopened."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
