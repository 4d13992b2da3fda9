"""Addresses of disputes and of what was decided; kpis/urls.py takes them in."""

from django.urls import path

from kpis.views import disputes

urlpatterns = [
    path("", disputes.decisions, name="decisions"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/answer/", disputes.answer, name="answer_dispute"),
    path("disputes/<int:pk>/withdraw/", disputes.withdraw, name="withdraw_dispute"),
    path("disputes/<printable:code>/<month:month>/", disputes.raise_one, name="raise_dispute"),
]
