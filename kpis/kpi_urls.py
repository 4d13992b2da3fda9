"""Addresses of the pages about one KPI; kpis/urls.py takes them in."""

from django.urls import path

from kpis.views import pages, rebases

urlpatterns = [
    path("", pages.kpi, name="kpi"),
    path("history/", pages.kpi_history, name="kpi_history"),
    path("limits/", rebases.rebase, name="rebase"),
    path("limits/<int:rebase>/withdraw/", rebases.withdraw, name="withdraw_rebase"),
]
