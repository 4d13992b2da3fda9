"""The addresses that the layout and the table tests lead to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, number: int = 0) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("accessibility/", nothing, name="accessibility"),
    path("privacy/", nothing, name="privacy"),
    path("messages/", nothing, name="messages"),
    path("account/", nothing, name="account"),
    path("glossary/", nothing, name="glossary"),
    path("search/", nothing, name="search"),
    path("numbered/<int:number>/", nothing, name="numbered"),
    path("accounts/", include("allauth.urls")),
]
