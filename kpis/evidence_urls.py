"""Addresses of the pages about evidence; kpis/urls.py takes them in."""

from django.urls import path

from kpis.views import evidence

urlpatterns = [
    path("<int:evidence>/", evidence.file, name="evidence_file"),
    path("<int:evidence>/remove/", evidence.remove, name="remove_evidence"),
    path("relief/<slug:reference>/", evidence.relief_evidence, name="relief_evidence"),
    path("<slug:area>/<month:month>/<printable:code>/", evidence.evidence, name="evidence"),
]
