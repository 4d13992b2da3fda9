"""Addresses of the pages about a contract's KPIs, their monthly returns and their reliefs."""

from django.urls import include, path

from kpis import definition_urls, dispute_urls, evidence_urls, relief_urls, returns_urls
from kpis.views import pages

app_name = "kpis"
urlpatterns = [
    path("kpis/", pages.matrix, name="matrix"),
    path("kpis/<printable:code>/", pages.kpi, name="kpi"),
    path("returns/", include(returns_urls.urlpatterns)),
    path("reliefs/", include(relief_urls.urlpatterns)),
    path("decisions/", include(dispute_urls.urlpatterns)),
    path("evidence/", include(evidence_urls.urlpatterns)),
    path("definitions/", include(definition_urls.urlpatterns)),
]
