"""Addresses of the pages about a contract's projects."""

from django.urls import path

from projects import views

app_name = "projects"
urlpatterns = [
    path("", views.register, name="register"),
    path("<printable_path:reference>/", views.project, name="project"),
]
