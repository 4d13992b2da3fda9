"""Addresses of the pages about the Board's meetings and its calendar; reports/urls.py takes them in."""

from django.urls import path

from reports.views import (
    calendar,
    calendar_files,
    calendar_months,
    calendar_series,
    calendar_settings,
    pages,
    templates,
)

urlpatterns = [
    path("", pages.meetings, name="meetings"),
    path("closed-days/", calendar_settings.closed_days, name="closed_days"),
    path("closed-days/<int:day>/remove/", calendar_settings.remove_closed_day, name="remove_closed_day"),
    path("boards/<int:board>/", calendar.board_calendar, name="board_calendar"),
    path("boards/<int:board>/add/", calendar.add, name="add_meeting"),
    path("boards/<int:board>/series/", calendar_series.series, name="add_series"),
    path("boards/<int:board>/settings/", calendar_settings.settings, name="board_settings"),
    path("boards/<int:board>/template/", templates.template, name="paper_template"),
    path("boards/<int:board>/template/preview/", templates.preview, name="template_preview"),
    path("boards/<int:board>/template/<int:template>/", templates.file, name="template_file"),
    path("boards/<int:board>/calendar.ics", calendar_files.board_ics, name="board_ics"),
    path("<int:meeting>/", pages.meeting, name="meeting"),
    path("<int:meeting>/change/", calendar.change, name="change_meeting"),
    path("<int:meeting>/cancel/", calendar.cancel, name="cancel_meeting"),
    path("<int:meeting>/plan-again/", calendar.again, name="plan_meeting_again"),
    path("<int:meeting>/months/", calendar_months.months, name="meeting_months"),
    path("<int:meeting>/held/", calendar.hold, name="hold_meeting"),
    path("<int:meeting>/calendar.ics", calendar_files.meeting_ics, name="meeting_ics"),
    path("<int:meeting>/<slug:kind>/progress/", pages.progress, name="progress"),
    path("<int:meeting>/<slug:kind>/write/", pages.write, name="write_paper"),
]
