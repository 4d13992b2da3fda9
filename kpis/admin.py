"""Setting up KPIs and their levels, with the history shown. Months are given as the date of their first day."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from simple_history.admin import SimpleHistoryAdmin

from config.ui.formats import MONTHS, MONTHS_SHORT
from contracts.rules.months import ALL_MONTHS, mask_of, months_of
from kpis.models import Kpi, Level, Relief
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.figures import Polarity, round_half_up

TWO_LINES = forms.Textarea(attrs={"rows": 2, "cols": 60})


class LevelFormSet(BaseInlineFormSet):
    """The levels of a KPI: no minimum better than its target, and no more decimals than the KPI is judged to.

    Judged by the KPI as the same page sets it up, so that it holds for a new one and after a change of polarity too.
    """

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if not form.cleaned_data.get(DELETION_FIELD_NAME):
                self._refuse_impossible(form)

    def _refuse_impossible(self, form: forms.ModelForm) -> None:
        target, minimum = form.cleaned_data.get("target"), form.cleaned_data.get("minimum")
        if target is None or minimum is None:
            return
        polarity, decimals = self.instance.polarity, self.instance.decimals
        if minimum > target if polarity == Polarity.HIGHER else minimum < target:
            side = "above" if polarity == Polarity.HIGHER else "below"
            form.add_error("minimum", f"The minimum cannot lie {side} the target where {polarity} is better.")
        for field, figure in (("target", target), ("minimum", minimum)):
            if decimals is not None and figure != round_half_up(figure, decimals):
                form.add_error(field, f"This KPI is judged to {decimals} decimals; a level has no more.")


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
        return cleaned


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

    @admin.display(description="due in")
    def due_in(self, kpi: Kpi) -> str:
        months = months_of(kpi.due_mask)
        if months == ALL_MONTHS:
            return "every month"
        return ", ".join(MONTHS_SHORT[month - 1] for month in sorted(months))


@admin.register(Relief)
class ReliefAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Reliefs are read here; they are decided where the effect on the figures is shown."""

    list_display = ("reference", "contract", "from_month", "to_month", "cause", "decision")
    list_filter = ("contract", "decision", "cause")
    search_fields = ("reference", "narrative")

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
