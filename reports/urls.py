"""Addresses of what the Board opens: exceptions, meetings, papers."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.exceptions, name="exceptions"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:meeting>/", views.meeting, name="meeting"),
    path("meetings/<int:meeting>/progress/", views.progress, name="progress"),
    path("papers/<int:paper>/", views.paper, name="paper"),
    path("papers/<int:paper>/files/<printable:name>", views.file, name="file"),
]
