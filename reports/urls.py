"""Addresses of what the Board opens and asks: exceptions, meetings, papers, questions."""

from django.urls import include, path

from reports import question_urls
from reports.views import exceptions, imports, key_lists, operational, pages

app_name = "reports"
urlpatterns = [
    path("", exceptions.exceptions, name="exceptions"),
    path("import/", imports.import_page, name="import_workbook"),
    path("key-projects/put/", key_lists.put_key_list, name="put_key_list"),
    path("meetings/", pages.meetings, name="meetings"),
    path("meetings/<int:meeting>/", pages.meeting, name="meeting"),
    path("meetings/<int:meeting>/<slug:kind>/progress/", pages.progress, name="progress"),
    path("meetings/<int:meeting>/<slug:kind>/write/", pages.write, name="write_paper"),
    path("operational-reports/", operational.reports, name="operational_reports"),
    path("operational-reports/write/", operational.write, name="write_operational_report"),
    path("operational-reports/<month:month>/", operational.report, name="operational_report"),
    path("operational-reports/<month:month>/progress/", operational.progress, name="operational_progress"),
    path("questions/", include(question_urls.urlpatterns)),
    path("papers/<int:paper>/", pages.paper, name="paper"),
    path("papers/<int:paper>/files/<printable:name>", pages.file, name="file"),
]
