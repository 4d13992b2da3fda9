"""Addresses of the pages on which KPIs are added, ended and given new levels; kpis/urls.py takes them in."""

from django.urls import path

from kpis.views import definitions

urlpatterns = [
    path("", definitions.definitions, name="definitions"),
    path("add/", definitions.add, name="add_kpi"),
    path("<printable:code>/levels/", definitions.relevel, name="set_level"),
    path("<printable:code>/end/", definitions.end, name="end_kpi"),
]
