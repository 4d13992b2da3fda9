"""
What the audit reads besides the history of each row: where a change came from, who came in, who opened what is exempt.

And the last sign of life of what works without being asked.
"""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from contracts import origin
from contracts.fields import choice_constraint


class Traced(models.Model):
    """Where a change came from. Empty where it was made by a command on the server itself."""

    history_address = models.GenericIPAddressField("from", null=True, editable=False, default=origin.address)
    history_request = models.CharField("request or task", max_length=64, editable=False, default=origin.request)

    class Meta:
        abstract = True


class History(HistoricalRecords):  # type: ignore[misc]
    """The history of a model whose every line says, beside who, when and why, where the change came from."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"bases": (Traced,), **options})


class Access(models.Model):
    """Somebody came in, was refused, left, or opened what not everybody may: written once, and never changed."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed in", "signed in"
        REFUSED = "refused", "sign-in refused"
        SIGNED_OUT = "signed out", "signed out"
        EXEMPT = "exempt", "opened what is not for publication"
        AUDIT = "audit", "took the audit away as a file"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField("at")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="accesses"
    )
    address = models.GenericIPAddressField("from", null=True, blank=True, default=origin.address)
    request = models.CharField("request", max_length=64, blank=True, default=origin.request)
    subject = models.CharField("what was opened, or the address that was tried", max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "access"
        verbose_name_plural = "accesses"
        indexes = [
            models.Index(fields=["at"], name="access_at"),
            models.Index(fields=["person", "at"], name="access_of"),
        ]
        constraints = [
            choice_constraint(
                "kind",
                ["signed in", "refused", "signed out", "exempt", "audit"],
                name="access_kind_is_known",
                message="Somebody signed in, was refused, signed out, or opened what is exempt or the audit.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="refused") | models.Q(person__isnull=False),
                name="access_names_a_person",
                violation_error_message="Only a refused sign-in may be nobody's.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"


class Pulse(models.Model):
    """When beat, or a worker on some machine, was last heard of."""

    of = models.CharField("process", max_length=120, primary_key=True)
    """``beat``, or ``worker`` and the name of its machine."""
    at = models.DateTimeField("last heard of")

    class Meta:
        ordering = ["of"]

    def __str__(self) -> str:
        return f"{self.of} at {self.at:%Y-%m-%d %H:%M:%S}"
