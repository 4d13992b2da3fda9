"""The project list, with milestones and the history shown. What happened to a project is added, never edited."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.models import F, TextField
from simple_history.admin import SimpleHistoryAdmin

from contracts.queries import today
from projects.models import Milestone, MilestoneForecast, Project, Rebaseline, Update
from projects.services.register import restate

ORIGINALS = ("original_start", "original_finish")
TWO_LINES = forms.Textarea(attrs={"rows": 2, "cols": 60})


class ProjectForm(forms.ModelForm):
    """A project whose service area belongs to its contract."""

    class Meta:
        model = Project
        fields = "__all__"  # noqa: DJ007 - an administrator sets up every field
        widgets = {"benefit": TWO_LINES}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        contract, area = cleaned.get("contract"), cleaned.get("service_area")
        if contract is not None and area is not None and area.contract_id != contract.pk:
            raise ValidationError({"service_area": f"{area} belongs to another contract than {contract.reference}."})
        return cleaned


class MilestoneForm(forms.ModelForm):
    """A milestone whose original date, once given, stays; another forecast is added to those made before."""

    forecast_on = forms.DateField(label="Forecast date", required=False, widget=AdminDateWidget)

    class Meta:
        model = Milestone
        fields = ("title", "original_on", "agreed_on", "actual_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["original_on"].disabled = self.instance.original_on is not None
        if self.instance.pk:
            latest = self.instance.forecasts.order_by(F("said_on").asc(nulls_first=True), "pk").last()
            self.fields["forecast_on"].initial = latest.forecast_on if latest else None


class MilestoneInline(admin.TabularInline):
    model = Milestone
    form = MilestoneForm
    extra = 0


class _LookedAt:
    """What project managers post and contract managers agree, on pages of their own."""

    extra = 0

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class RebaselineInline(_LookedAt, admin.TabularInline):
    model = Rebaseline
    formfield_overrides = {TextField: {"widget": TWO_LINES}}


class UpdateInline(_LookedAt, admin.StackedInline):
    model = Update
    exclude = ("number", "posted_by", "posted_at")
    formfield_overrides = {TextField: {"widget": TWO_LINES}}


@admin.register(Project)
class ProjectAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    form = ProjectForm
    list_display = ("reference", "title", "stage", "scrutiny_area", "sponsor")
    list_filter = ("contract", "stage", "kind", "scrutiny_area")
    search_fields = ("reference", "title")
    inlines = (MilestoneInline, RebaselineInline, UpdateInline)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Another forecast of a milestone is a row of its own."""
        on = today()
        super().save_formset(request, form, formset, change)
        for each in formset.forms if formset.model is Milestone else ():
            forecast_on = each.cleaned_data.get("forecast_on")
            if forecast_on and "forecast_on" in each.changed_data and each.instance.pk:
                MilestoneForecast.objects.create(
                    milestone=each.instance, forecast_on=forecast_on, said_on=on, by=request.user
                )

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """The last of what an edit writes; the register's row follows it."""
        super().save_related(request, form, formsets, change)
        restate([form.instance.pk])

    def save_model(self, request: Any, obj: Project, form: Any, change: bool) -> None:
        """Counts the version on, so that a page opened before is known for a stale one."""
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: Any, obj: Project | None = None) -> tuple[str, ...]:
        """Original dates are given once, a later agreement is a re-baseline; archiving has its own page."""
        given = tuple(name for name in ORIGINALS if obj is not None and getattr(obj, name) is not None)
        return (*given, "archived_on", "archived_reason")
