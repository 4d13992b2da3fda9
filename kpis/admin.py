"""Setting up KPIs and their levels, with the history shown. Months are given as the date of their first day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from simple_history.admin import SimpleHistoryAdmin

from config.ui.formats import MONTHS, MONTHS_SHORT
from contracts.admin import LookedAt
from contracts.models import Contract
from contracts.rules.months import ALL_MONTHS, mask_of, month_long, months_of
from kpis.models import Kpi, Level, Relief
from kpis.queries import reported_months
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.figures import Polarity
from kpis.rules.levels import level_faults
from kpis.services.summary import recount

JUDGED_BY = frozenset({"contract", "service_area", "unit", "polarity", "decimals"})
"""What a verified figure rests on beside its level."""
TWO_LINES = forms.Textarea(attrs={"rows": 2, "cols": 60})


class LevelFormSet(BaseInlineFormSet):
    """The levels of a KPI: no minimum better than its target, and no more decimals than the KPI is judged to.

    Judged by the KPI as the same page sets it up, so that it holds for a new one and after a change of polarity too.
    """

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get(DELETION_FIELD_NAME)]
        for form in kept:
            self._refuse_impossible(form)
        if self.instance.pk and not any(form.errors for form in self.forms):
            self._refuse_what_moves_the_past([form.cleaned_data for form in kept])

    def _refuse_what_moves_the_past(self, kept: list[dict[str, Any]]) -> None:
        """A figure is never left without a level, and a verified month keeps the one it was judged by."""
        before = [(row.effective_from, row.target, row.minimum) for row in self.instance.levels.all()]
        after = [(row["effective_from"], row["target"], row["minimum"]) for row in kept]
        for month, is_verified in sorted(reported_months(self.instance).items()):
            then, now = _level_at(before, month), _level_at(after, month)
            if now is None:
                raise ValidationError(
                    f"There is a figure for {month_long(month)}: keep a level in force from then or before."
                )
            if is_verified and now != then:
                raise ValidationError(
                    f"{month_long(month)} was verified and keeps the level it was judged by: "
                    "let a new level begin in a later month."
                )

    def _refuse_impossible(self, form: forms.ModelForm) -> None:
        target, minimum = form.cleaned_data.get("target"), form.cleaned_data.get("minimum")
        polarity, decimals = self.instance.polarity, self.instance.decimals
        if target is None or minimum is None or not polarity or decimals is None:
            return
        for field, what in level_faults(target, minimum, Polarity(polarity), decimals):
            form.add_error(field, what)


def _level_at(levels: Iterable[tuple[date, Decimal, Decimal]], month: date) -> tuple[Decimal, Decimal] | None:
    begun = [level for level in levels if level[0] <= month]
    return max(begun)[1:] if begun else None


class LevelForm(forms.ModelForm):
    """A level with its figures as people write them: 85, not 85.000000."""

    class Meta:
        model = Level
        fields = ("effective_from", "target", "minimum", "reason", "agreed_by")
        widgets = {
            "target": forms.TextInput(attrs={"size": 8, "inputmode": "decimal"}),
            "minimum": forms.TextInput(attrs={"size": 8, "inputmode": "decimal"}),
            "reason": forms.Textarea(attrs={"rows": 2, "cols": 30}),
            "agreed_by": forms.TextInput(attrs={"size": 20}),
        }

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        initial = super().get_initial_for_field(field, field_name)
        return Decimal(format(initial.normalize(), "f")) if isinstance(initial, Decimal) else initial


class LevelInline(admin.TabularInline):
    model = Level
    form = LevelForm
    formset = LevelFormSet
    extra = 0
    show_change_link = True


class KpiForm(forms.ModelForm):
    """A KPI whose service area belongs to its contract, with its code in the one spelling that pages and files use."""

    due_months = forms.MultipleChoiceField(
        label="Calendar months due",
        choices=[(str(number), name) for number, name in enumerate(MONTHS, start=1)],
        initial=[str(number) for number in sorted(ALL_MONTHS)],
        widget=forms.CheckboxSelectMultiple,
        help_text="In other months it owes no result: it is neither missing nor not measured.",
    )

    class Meta:
        model = Kpi
        exclude = ("due_mask",)  # noqa: DJ006 - an administrator sets up every other field
        widgets = {"definition": TWO_LINES, "end_reason": TWO_LINES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["due_months"] = [str(month) for month in sorted(months_of(self.instance.due_mask))]

    def clean_due_months(self) -> frozenset[int]:
        months = frozenset(int(month) for month in self.cleaned_data["due_months"])
        self.instance.due_mask = mask_of(months)
        return months

    def clean_code(self) -> str:
        try:
            return normalise_code(self.cleaned_data["code"])
        except CodeNotUnderstood as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        contract, area = cleaned.get("contract"), cleaned.get("service_area")
        if contract is not None and area is not None and area.contract_id != contract.pk:
            raise ValidationError({"service_area": f"{area} belongs to another contract than {contract.reference}."})
        if self.instance.pk:
            self._refuse_what_moves_the_past(cleaned)
        return cleaned

    def _refuse_what_moves_the_past(self, cleaned: dict[str, Any]) -> None:
        """Once figures are verified, what they were judged by stands; months with figures stay in force."""
        reported = reported_months(self.instance)
        if any(reported.values()):
            for field in JUDGED_BY.intersection(self.changed_data):
                self.add_error(field, "Months were verified under this: end the KPI and begin another instead.")
        begins, ends, due = cleaned.get("in_force_from"), cleaned.get("in_force_to"), cleaned.get("due_months")
        for month in sorted(reported):
            if (begins and month < begins) or (ends and month > ends) or (due and month.month not in due):
                raise ValidationError(f"There is a figure for {month_long(month)}: it must stay in force and due then.")


@admin.register(Kpi)
class KpiAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    form = KpiForm
    fields = (
        "contract",
        "service_area",
        "code",
        "name",
        "definition",
        "unit",
        "polarity",
        "decimals",
        "due_months",
        "in_force_from",
        "in_force_to",
        "end_reason",
    )
    list_display = ("code", "name", "service_area", "unit", "polarity", "due_in", "in_force_from", "in_force_to")
    list_filter = ("contract", "service_area", "unit")
    list_select_related = ("service_area",)
    search_fields = ("code", "name")
    inlines = (LevelInline,)

    def save_model(self, request: Any, obj: Kpi, form: Any, change: bool) -> None:
        """Also what a person takes back from the history is counted."""
        stood = Contract.objects.filter(kpis=obj.pk).exclude(pk=obj.contract_id)
        contracts = [obj.contract, *stood]
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            for contract in contracts:
                recount(contract)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        recount(form.instance.contract)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    @admin.display(description="due in")
    def due_in(self, kpi: Kpi) -> str:
        months = months_of(kpi.due_mask)
        if months == ALL_MONTHS:
            return "every month"
        return ", ".join(MONTHS_SHORT[month - 1] for month in sorted(months))


@admin.register(Level)
class LevelAdmin(LookedAt):
    """The history of each level; levels are set on the page of their KPI, where the months they judge are checked."""

    list_display = ("kpi", "effective_from", "target", "minimum", "agreed_by")
    list_filter = ("kpi__contract",)
    list_select_related = ("kpi",)
    search_fields = ("kpi__code", "kpi__name")


@admin.register(Relief)
class ReliefAdmin(LookedAt):
    """Reliefs are read here; they are decided where the effect on the figures is shown."""

    list_display = ("reference", "contract", "from_month", "to_month", "cause", "decision")
    list_filter = ("contract", "decision", "cause")
    search_fields = ("reference", "narrative")
