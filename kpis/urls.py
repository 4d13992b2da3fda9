"""Addresses of the pages about a contract's KPIs, their monthly returns and their reliefs."""

from django.urls import include, path

from kpis import definition_urls, dispute_urls, evidence_urls, kpi_urls, relief_urls, returns_urls
from kpis.views import areas, matrix

app_name = "kpis"
urlpatterns = [
    path("kpis/", matrix.matrix, name="matrix"),
    path("kpis.csv", matrix.matrix_file, name="matrix_file"),
    path("kpis/<printable:code>/", include(kpi_urls.urlpatterns)),
    path("areas/<printable:area>/", areas.area, name="area"),
    path("returns/", include(returns_urls.urlpatterns)),
    path("reliefs/", include(relief_urls.urlpatterns)),
    path("decisions/", include(dispute_urls.urlpatterns)),
    path("evidence/", include(evidence_urls.urlpatterns)),
    path("definitions/", include(definition_urls.urlpatterns)),
]
