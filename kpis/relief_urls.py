"""Addresses of the pages about mitigation relief; kpis/urls.py takes them in."""

from django.urls import path

from kpis.views import reliefs

urlpatterns = [
    path("", reliefs.reliefs, name="reliefs"),
    path("ask/", reliefs.ask, name="ask_relief"),
    path("<slug:reference>/", reliefs.relief, name="relief"),
    path("<slug:reference>/decide/", reliefs.decide, name="decide_relief"),
    path("<slug:reference>/end/", reliefs.end, name="end_relief"),
    path("<slug:reference>/withdraw/", reliefs.withdraw, name="withdraw_relief"),
]
