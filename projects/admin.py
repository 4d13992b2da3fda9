"""The project list, with milestones and the history shown. What happened to a project is added, never edited."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import TextField
from simple_history.admin import SimpleHistoryAdmin

from projects.models import Milestone, Project, Rebaseline, Update

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
    """A milestone whose original date, once given, stays."""

    class Meta:
        model = Milestone
        fields = ("title", "original_on", "agreed_on", "forecast_on", "actual_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["original_on"].disabled = self.instance.original_on is not None


class MilestoneInline(admin.TabularInline):
    model = Milestone
    form = MilestoneForm
    extra = 0


class _AddedOnly:
    """Rows that are superseded by later ones, not edited or deleted."""

    extra = 0

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class RebaselineInline(_AddedOnly, admin.TabularInline):
    model = Rebaseline
    formfield_overrides = {TextField: {"widget": TWO_LINES}}


class UpdateInline(_AddedOnly, admin.StackedInline):
    model = Update
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

    def get_readonly_fields(self, request: Any, obj: Project | None = None) -> tuple[str, ...]:
        """Original dates are given once; a later agreement is a re-baseline."""
        return tuple(name for name in ORIGINALS if obj is not None and getattr(obj, name) is not None)
