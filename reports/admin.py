"""Setting up boards, their meetings and the Board's requests, with the history shown."""

from typing import Any

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from reports.models import Board, BoardRequest, Meeting, ReviewPeriod


@admin.register(Board)
class BoardAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("name", "clear_days", "draft_days", "sign_off_days", "with_clerk_days", "addendum_cut_off_days")
    filter_horizontal = ("contracts",)


class _Kept(SimpleHistoryAdmin):  # type: ignore[misc]
    """What the Board has said or planned is closed or cancelled, and never deleted."""

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class ReviewPeriodInline(admin.TabularInline):
    model = ReviewPeriod
    extra = 0


@admin.register(Meeting)
class MeetingAdmin(_Kept):
    list_display = ("meeting_on", "board", "status")
    list_filter = ("board", "status")
    inlines = (ReviewPeriodInline,)


@admin.register(BoardRequest)
class BoardRequestAdmin(_Kept):
    list_display = ("reference", "kind", "raised_on", "owner", "due_meeting_on", "status")
    list_filter = ("contract", "status")
    search_fields = ("reference", "text")
