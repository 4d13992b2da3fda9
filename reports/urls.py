"""Addresses of what the Board opens and asks: exceptions, meetings, papers, questions."""

from django.urls import include, path

from reports import calendar_urls, paper_urls, question_urls, request_urls
from reports.views import addenda, exceptions, imports, key_lists, operational, work

app_name = "reports"
urlpatterns = [
    path("", exceptions.exceptions, name="exceptions"),
    path("import/", imports.import_page, name="import_workbook"),
    path("key-projects/put/", key_lists.put_key_list, name="put_key_list"),
    path("operational-reports/", operational.reports, name="operational_reports"),
    path("operational-reports/write/", operational.write, name="write_operational_report"),
    path("operational-reports/<month:month>/", operational.report, name="operational_report"),
    path("operational-reports/<month:month>/progress/", operational.progress, name="operational_progress"),
    path("meetings/", include(calendar_urls.urlpatterns)),
    path("provisional-months/", addenda.publishable, name="publishable"),
    path("provisional-months/<month:month>/withdraw/", addenda.withdraw, name="withdraw_publishable"),
    path("papers/", include(paper_urls.urlpatterns)),
    path("requests/", include(request_urls.urlpatterns)),
    path("work/", work.work, name="work"),
    path("work/<int:run>/again/", work.again, name="run_again"),
    path("questions/", include(question_urls.urlpatterns)),
]
