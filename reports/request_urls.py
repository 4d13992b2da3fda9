"""Addresses of the register of what the Board asked for; reports/urls.py takes them in."""

from django.urls import path

from reports.views import requests

urlpatterns = [
    path("", requests.requests, name="requests"),
    path("register.csv", requests.requests_file, name="requests_csv"),
    path("minute/", requests.minute, name="minute_request"),
    path("<int:request_pk>/", requests.one, name="request"),
    path("<int:request_pk>/answer/", requests.answer, name="answer_request"),
    path("<int:request_pk>/hand/", requests.hand, name="hand_request"),
    path("<int:request_pk>/due/", requests.due, name="move_due"),
    path("<int:request_pk>/reopen/", requests.reopen, name="reopen_request"),
]
