"""E-mails the application sends: each is a row first, so that it is sent once whatever dies, and can be looked up."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contracts.models.contract import Contract
from contracts.models.traces import History
from contracts.querysets import MessageQuerySet

FORMER_ADDRESS: Final = "former address:"
"""Begins the occasion of what goes to an address that the person no longer has; the line of their history follows."""


class Message(models.Model):
    """One e-mail to one person. ``key`` names the occasion: asked for twice, it is written once."""

    class Kind(models.TextChoices):
        DUE_SOON = "due soon", "a return is due soon"
        DUE_TODAY = "due today", "a return is due today"
        OVERDUE = "overdue", "a return is overdue"
        RETURNED = "returned", "a return came back"
        VERIFIED = "verified", "a return was verified"
        REOPENED = "reopened", "a month was reopened"
        RELIEF_ASKED = "relief asked", "relief was asked for"
        RELIEF_DECIDED = "relief decided", "relief was decided"
        EXPLANATION_AWAITED = "explanation awaited", "an explanation is awaited"
        CORRECTED = "corrected", "a verified figure was corrected"
        DISPUTED = "disputed", "a figure was disputed, or a dispute withdrawn"
        DISPUTE_ANSWERED = "dispute answered", "a dispute was answered"
        QUESTION_PUT = "question put", "a question is yours to answer"
        QUESTION_ANSWERED = "question answered", "a question you asked was answered"
        QUESTION_WITHDRAWN = "question withdrawn", "a question you were to answer was withdrawn"
        QUESTION_MINUTED = "question minuted", "a question you own was minuted at a meeting"
        NOMINATED = "nominated", "a project was nominated"
        NOMINATION_ANSWERED = "nomination answered", "a nomination was answered"
        KEY_LIST_PUT = "key list put", "a key list was put to a meeting"
        UPDATE_DUE = "update due", "a project’s update is due"
        PROJECT_SILENT = "project silent", "a project is silent"
        PAPER_TO_SIGN = "paper to sign", "a draft is ready for sign-off"
        PAPER_HANDED_OVER = "paper handed over", "a paper was handed to the clerk"
        PAPER_PUBLISHED = "paper published", "a paper was published"
        PAPER_WITHDRAWN = "paper withdrawn", "a paper was withdrawn"
        ERRATA_FOUND = "errata found", "a correction moved numbers in a paper"
        REQUEST_ASSIGNED = "request assigned", "a request of the Board is yours"
        REQUEST_DUE = "request due", "a request of the Board is due soon"
        MEETING_CHANGED = "meeting changed", "a meeting was moved or cancelled"
        ACCOUNT = "account", "your account or your roles were changed"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be sent"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "could not be sent"
        UNSURE = "unsure", "may have been sent"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    key = models.CharField("occasion", max_length=200)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    try_after = models.DateTimeField("not to be tried again before", null=True, blank=True)
    claim = models.CharField("who is sending it", max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField("from when on it may have gone out", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="message_once_per_person_and_occasion",
                violation_error_message="This person was already told.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "failed", "unsure"]),
                name="message_state_is_known",
                violation_error_message="A message is waiting, being sent, sent, failed, or may have been sent.",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | (~Q(claim="") & Q(claimed_at__isnull=False)),
                name="message_is_claimed_while_sending",
                violation_error_message="A message being sent names its sender and since when.",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="message_sent_has_a_time",
                violation_error_message="A sent message says when.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def address(self) -> str:
        """Where it goes: the person's address as it is when it is sent, or the one they had before."""
        if not self.key.startswith(FORMER_ADDRESS):
            return self.person.email
        return str(self.person.history.get(history_id=int(self.key.removeprefix(FORMER_ADDRESS))).email)


class MutedKind(models.Model):
    """A kind of message that a person does not want."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_kinds")
    kind = models.CharField(max_length=24, choices=Message.Kind.choices)

    history = History()

    class Meta:
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="muted_kind_once_per_person",
                violation_error_message="This kind is already turned off.",
            )
        ]

    def __str__(self) -> str:
        return self.kind
