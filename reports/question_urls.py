"""Addresses of the pages about the Board's questions; reports/urls.py takes them in."""

from django.urls import path

from reports.views import questions

urlpatterns = [
    path("", questions.questions, name="questions"),
    path("ask/", questions.ask, name="ask_question"),
    path("<slug:reference>/", questions.question, name="question"),
    path("<slug:reference>/answer/", questions.answer, name="answer_question"),
    path("<slug:reference>/hand/", questions.hand, name="hand_question"),
    path("<slug:reference>/withdraw/", questions.withdraw, name="withdraw_question"),
    path("<slug:reference>/minute/", questions.minute, name="minute_question"),
]
