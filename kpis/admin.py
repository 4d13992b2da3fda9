"""Setting up KPIs and their levels, with the history shown. Months are given as the date of their first day."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from simple_history.admin import SimpleHistoryAdmin

from contracts.rules.months import months_of
from kpis.models import Kpi, Level, Relief
from kpis.rules.figures import Polarity


class LevelForm(forms.ModelForm):
    """A level whose minimum may not be better than its target."""

    class Meta:
        model = Level
        fields = ("effective_from", "target", "minimum", "reason", "agreed_by")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        target, minimum = cleaned.get("target"), cleaned.get("minimum")
        polarity = self.instance.kpi.polarity if self.instance.kpi_id else ""
        if target is None or minimum is None or not polarity:
            return cleaned
        is_better = minimum > target if polarity == Polarity.HIGHER else minimum < target
        if is_better:
            side = "above" if polarity == Polarity.HIGHER else "below"
            raise ValidationError({"minimum": f"The minimum cannot lie {side} the target where {polarity} is better."})
        return cleaned


class LevelInline(admin.TabularInline):
    model = Level
    form = LevelForm
    extra = 0


class KpiForm(forms.ModelForm):
    """A KPI whose service area belongs to its contract."""

    class Meta:
        model = Kpi
        fields = "__all__"  # noqa: DJ007 - an administrator sets up every field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        contract, area = cleaned.get("contract"), cleaned.get("service_area")
        if contract is not None and area is not None and area.contract_id != contract.pk:
            raise ValidationError({"service_area": f"{area} belongs to another contract than {contract.reference}."})
        return cleaned


@admin.register(Kpi)
class KpiAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    form = KpiForm
    list_display = ("code", "name", "service_area", "unit", "polarity", "due_in", "in_force_from", "in_force_to")
    list_filter = ("contract", "service_area", "unit")
    list_select_related = ("service_area",)
    search_fields = ("code", "name")
    inlines = (LevelInline,)

    @admin.display(description="due in")
    def due_in(self, kpi: Kpi) -> str:
        months = sorted(months_of(kpi.due_mask))
        return "every month" if len(months) == 12 else "; ".join(str(month) for month in months)


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
