"""The evidence behind a KPI's month or a relief: a file somebody handed in, what it is, and who added or removed it."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from contracts.fields import MonthField, choice_constraint, month_constraint
from contracts.models.traces import History
from contracts.uploads import KINDS
from kpis.models.kpi import Kpi
from kpis.models.relief import Relief
from kpis.querysets import EvidenceQuerySet

KINDS_IN_ORDER: Final = [(kind.key, kind.words) for kind in KINDS.values()]
SHA256_LENGTH: Final = 64
ALREADY_THERE: Final = "This file is there already."


class Evidence(models.Model):
    """
    One file of a KPI's month, or of a relief. It belongs to the month and not to the result, which may come later.

    ``added_in`` is the version of the return (or of the relief) while it was added: as every step of a return moves its
    version on, a file whose return still has that version has never been submitted, and is private to the area. What
    was submitted once is never deleted, only marked removed; its file stays.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    month = MonthField("month", null=True, blank=True)
    relief = models.ForeignKey(Relief, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    added_in = models.PositiveIntegerField("version of the return or relief it was added in")
    name = models.CharField("name", max_length=160)
    kind = models.CharField("kind", max_length=8, choices=KINDS_IN_ORDER)
    size = models.PositiveBigIntegerField("size in bytes")
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    path = models.CharField("where it lies in the folder of evidence", max_length=80, unique=True)
    added_at = models.DateTimeField("added at")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("removed at", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_reason = models.TextField("why it was removed", blank=True)

    history = History()
    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(kpi__isnull=False, month__isnull=False, relief__isnull=True)
                | Q(kpi__isnull=True, month__isnull=True, relief__isnull=False),
                name="evidence_is_of_a_month_or_a_relief",
                violation_error_message="Evidence belongs to a KPI's month or to a relief: one of them.",
            ),
            month_constraint("month", name="evidence_is_for_a_month"),
            choice_constraint(
                "kind", list(KINDS), name="evidence_kind_is_known", message="Choose a kind of file that is taken."
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="evidence_has_a_name", violation_error_message="A file has a name."
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="evidence_is_not_empty",
                violation_error_message="A file of nothing is no evidence.",
            ),
            models.CheckConstraint(
                condition=Exact(Length(F("sha256")), Value(SHA256_LENGTH)),
                name="evidence_sha256_is_whole",
                violation_error_message="A SHA-256 has 64 digits.",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
                name="evidence_is_removed_by_somebody_for_a_reason",
                violation_error_message="What is removed says when, by whom and why.",
            ),
            models.UniqueConstraint(
                fields=["kpi", "month", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_once_per_month",
                violation_error_message=ALREADY_THERE,
            ),
            models.UniqueConstraint(
                fields=["relief", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_once_per_relief",
                violation_error_message=ALREADY_THERE,
            ),
        ]

    def __str__(self) -> str:
        return self.name
