"""Forms for restarting the limits of a KPI's XmR chart, and for taking that back."""

from typing import Final

from django import forms

from config.ui.forms import MonthField

NARROW: Final = {"rows": 4}


class RebaseForm(forms.Form):
    """The first month of the new limits, why, and who agreed."""

    from_month = MonthField(
        label="First month of the new limits", help_text="The month in which the change took hold, for example 11 2017."
    )
    reason = forms.CharField(
        label="Reason",
        help_text="What changed in how the work is done or counted. The chart’s page shows it.",
        max_length=2000,
        widget=forms.Textarea(NARROW),
    )
    agreed_by = forms.CharField(
        label="Who agreed", help_text="Job titles, not names: Contract Manager.", max_length=200
    )


class WithdrawRebaseForm(forms.Form):
    """Why the limits should not restart after all."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        help_text="The page keeps it beside what was recorded.",
        max_length=2000,
        widget=forms.Textarea(NARROW),
    )
