"""Forms about mitigation relief. What is refused for the sake of other reliefs or people is the service's to say."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from config.ui.forms import MonthField
from contracts.rules.months import Month, parse_month
from kpis.models import Kpi
from kpis.rules.relief import Cause, Decision

NARROW: Final = {"rows": 4}
MONTHS: Final = frozenset({"from_month", "to_month"})


def first_month_field() -> MonthField:
    return MonthField(label="First month", help_text="The first month it excuses, for example 2 2018.")


def last_month_field(*, is_required: bool = False) -> MonthField:
    return MonthField(
        label="Last month",
        required=is_required,
        help_text="The last month it excuses." if is_required else "Leave both boxes empty for an open-ended relief.",
    )


class AskReliefForm(forms.Form):
    """A request for one KPI, several, or all of them."""

    SOME, ALL = "some", "all"

    scope = forms.ChoiceField(
        label="Which KPIs?",
        choices=[(SOME, "The KPIs chosen below"), (ALL, "All KPIs of the contract")],
        widget=forms.RadioSelect,
    )
    kpis = forms.MultipleChoiceField(label="KPIs", required=False, widget=forms.CheckboxSelectMultiple)
    from_month = first_month_field()
    to_month = last_month_field()
    cause = forms.ChoiceField(
        label="Where did the cause lie?",
        choices=[(cause.value, cause.value.capitalize()) for cause in Cause],
        widget=forms.RadioSelect,
    )
    narrative = forms.CharField(
        label="What happened",
        help_text="Why the supplier could not help it, and what is being done. The Board’s paper prints this.",
        max_length=4000,
        widget=forms.Textarea(NARROW),
    )

    def __init__(self, *args: Any, kpis: Sequence[Kpi], **options: Any) -> None:
        super().__init__(*args, **options)
        self._by_code = {kpi.code: kpi for kpi in kpis}
        self.fields["kpis"].choices = [(kpi.code, f"{kpi.code} {kpi.name}") for kpi in kpis]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("scope") == self.SOME and not cleaned.get("kpis") and "kpis" not in self.errors:
            self.add_error("kpis", "Choose the KPIs that relief is asked for, or all of them.")
        return cleaned

    @property
    def is_blanket(self) -> bool:
        return bool(self.cleaned_data["scope"] == self.ALL)

    @property
    def chosen(self) -> list[Kpi]:
        return [self._by_code[code] for code in self.cleaned_data["kpis"]]


class DecideReliefForm(forms.Form):
    """Granting or refusing, for the months asked for or others."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=[(Decision.GRANTED.value, "Grant it"), (Decision.REFUSED.value, "Refuse it")],
        widget=forms.RadioSelect,
    )
    from_month = first_month_field()
    to_month = last_month_field()
    reason = forms.CharField(
        label="Reason", help_text="The supplier reads it.", max_length=4000, widget=forms.Textarea(NARROW)
    )


class EndReliefForm(forms.Form):
    """The last month of a granted relief."""

    to_month = last_month_field(is_required=True)
    reason = forms.CharField(label="Why it ends", max_length=4000, widget=forms.Textarea(NARROW))


class WithdrawReliefForm(forms.Form):
    """A request taken back."""

    reason = forms.CharField(label="Why it is withdrawn", max_length=4000, widget=forms.Textarea(NARROW))


def asked_before(query: Any, kpis: Iterable[Kpi]) -> dict[str, Any]:
    """What a link says already: ``?kpi=CSC_KPI_04&from=2018-02``; what it gets wrong is left out."""
    chosen = [kpi.code for kpi in kpis if kpi.code in query.getlist("kpi")]
    initial: dict[str, Any] = {"scope": AskReliefForm.SOME, "kpis": chosen} if chosen else {}
    try:
        initial["from_month"] = parse_month(query.get("from", ""))
    except ValueError:
        return initial
    return initial


def typed_span(form: forms.Form, fallback: tuple[Month, Month | None]) -> tuple[Month, Month | None]:
    """The months typed where they are understood and in order, else the others."""
    if not form.is_bound or MONTHS & form.errors.keys():
        return fallback
    first, last = form.cleaned_data.get("from_month", fallback[0]), form.cleaned_data.get("to_month")
    return fallback if last is not None and last < first else (first, last)


def keep_errors_of_months(form: forms.Form) -> None:
    """Who only wants to see what the months would do is not asked yet for the rest."""
    for name in [name for name in form.errors if name not in MONTHS]:
        del form.errors[name]
