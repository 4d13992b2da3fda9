"""
What the audit reads besides the history of each row: where a change came from, who came in, who opened what is exempt.

And the last sign of life of what works without being asked.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from contracts import origin
from contracts.fields import choice_constraint

UNTOLD: Final = frozenset({"last_login"})
LONGEST_NAME: Final = 30
"""Of an index, on every database."""


class Traced(models.Model):
    """Where a change came from. Empty where it was made by a command on the server itself."""

    history_address = models.GenericIPAddressField("from", null=True, editable=False, default=origin.address)
    history_request = models.CharField(  # unknown to lines that are older than the column
        "request or task", max_length=64, null=True, editable=False, default=origin.request_if_known
    )

    class Meta:
        abstract = True


class History(HistoricalRecords):  # type: ignore[misc]
    """The history of a model whose every line says, beside who, when and why, where the change came from."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"bases": (Traced,), **options})

    def post_save(
        self,
        instance: models.Model,
        created: bool,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
        **kwargs: object,
    ) -> None:
        """Coming in is no change of who somebody is: it is an :class:`Access`."""
        if update_fields is not None and set(update_fields) <= UNTOLD:
            return
        super().post_save(instance, created, using=using, **kwargs)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """With the order in which the audit reads, newest first: an import dates many lines alike."""
        options: dict[str, Any] = super().get_meta_options(model)
        name = f"hist_{model._meta.model_name}"[:LONGEST_NAME]
        return options | {"indexes": [models.Index(fields=["-history_date", "-history_id"], name=name)]}


class Access(models.Model):
    """
    Somebody came in, was refused, left, changed how they come in, or opened what not everybody may; or asked the
    machine for something that changes no record of theirs. Written once: the database refuses to change or delete it.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed in", "signed in"
        REFUSED = "refused", "sign-in refused"
        SIGNED_OUT = "signed out", "signed out"
        ACCOUNT = "account", "changed how they sign in"
        EXEMPT = "exempt", "opened what is not for publication"
        AUDIT = "audit", "took the audit away as a file"
        ASKED = "asked", "had the machine do something"

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
                ["signed in", "refused", "signed out", "account", "exempt", "audit", "asked"],
                name="access_kind_is_known",
                message="Somebody signed in or out, was refused, opened something, or had something done.",
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
