"""Addresses of the pages that belong to no contract; the front door shows what other apps know, see config.urls."""

from django.urls import path

from contracts.views import kept, messages, pages

urlpatterns = [
    path("kept/", kept.kept, name="kept"),
    path("messages/", messages.mine, name="messages"),
    path("messages/kinds/", messages.choose_kinds, name="choose_kinds"),
    path("messages/all/", messages.everybodys, name="all_messages"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/again/", messages.again, name="send_message_again"),
    path("account/", pages.account, name="account"),
    path("roles/", pages.who_may_do_what, name="who_may_do_what"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("glossary/", pages.glossary, name="glossary"),
]
