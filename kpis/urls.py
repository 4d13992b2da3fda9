"""Addresses of the pages about a contract's KPIs."""

from django.urls import path

from kpis import views

app_name = "kpis"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("<printable:code>/", views.kpi, name="kpi"),
]
