"""Asking for an addendum, and declaring a month publishable as provisional."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from contracts.rules.months import Month, month_key, month_long, parse_month

LONGEST: Final = 2000


class AddendumForm(forms.Form):
    """Why an addendum is wanted."""

    reason = forms.CharField(
        label="Why it is wanted",
        help_text="Kept with the addendum. After the cut-off day it is printed in it.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )


class PublishableForm(forms.Form):
    """The month that need not wait, and why."""

    month = forms.TypedChoiceField(label="Month", coerce=parse_month)
    reason = forms.CharField(
        label="Why it does not wait to be verified",
        help_text="The addendum prints these words, and says that the figures are provisional.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, months: Sequence[Month], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(month_key(month), month_long(month)) for month in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]
