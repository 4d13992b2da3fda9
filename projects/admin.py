"""The project list, with milestones and the history shown. What happened to a project is added, never edited."""

from typing import Any

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from projects.models import Milestone, Project, Rebaseline, Update


class MilestoneInline(admin.TabularInline):
    model = Milestone
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


class UpdateInline(_AddedOnly, admin.StackedInline):
    model = Update


@admin.register(Project)
class ProjectAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("reference", "title", "stage", "scrutiny_area", "sponsor")
    list_filter = ("contract", "stage", "kind", "scrutiny_area")
    search_fields = ("reference", "title")
    inlines = (MilestoneInline, RebaselineInline, UpdateInline)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
