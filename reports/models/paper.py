"""
The papers, as written.

A paper is for a meeting, but for the operational project report: that one is for a month. A :class:`Paper` is what a
finished run leaves behind: the snapshot, and the files rendered from it. An addendum or a slip of errata has a number
of its own and is bound to the paper it adds to. What the Board may read in public and what it may not stand in two
snapshots; the files say which they were made from.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from contracts.fields import MonthField, choice_constraint, month_constraint
from contracts.models import Contract
from reports.models.board import Meeting
from reports.querysets import PaperQuerySet

if TYPE_CHECKING:
    from reports.models.run import PaperRun


class Kind(models.TextChoices):
    REPORT = "report", "exception report"
    ADDENDUM = "addendum", "addendum"
    PROJECTS = "projects", "projects paper"
    OPERATIONAL = "operational", "operational project report"
    ERRATUM = "erratum", "slip of errata"


class Audience(models.TextChoices):
    PUBLIC = "public", "public"
    EXEMPT = "exempt", "exempt: not for publication"


BOUND = (Kind.ADDENDUM, Kind.ERRATUM)
"""The kinds that have a number of their own and are bound to a paper that was issued before."""
KINDS_IN_WORDS = (
    "A paper is a report, an addendum, a slip of errata, a projects paper or an operational project report."
)


def for_a_meeting_or_a_month(name: str) -> models.CheckConstraint:
    """The operational report has a month and no meeting, every other paper a meeting and no month."""
    return models.CheckConstraint(
        condition=Q(kind="operational", meeting__isnull=True, month__isnull=False)
        | (~Q(kind="operational") & Q(meeting__isnull=False, month__isnull=True)),
        name=name,
        violation_error_message="An operational report is for a month, every other paper for a meeting.",
    )


def bound_constraint(name: str) -> models.CheckConstraint:
    """An addendum and a slip are numbered and bound to a paper; nothing else is."""
    return models.CheckConstraint(
        condition=Q(kind__in=["addendum", "erratum"], number__gte=1, of__isnull=False)
        | (~Q(kind__in=["addendum", "erratum"]) & Q(number=0, of__isnull=True)),
        name=name,
        violation_error_message="An addendum or a slip has a number and the paper it belongs to, nothing else has.",
    )


def name_of_paper(row: "Paper | PaperRun") -> str:
    """`CSS 2018-03-29 addendum 1 r2`: contract, meeting or month, kind, number and revision."""
    number = f" {row.number}" if row.number else ""
    return f"{row.contract.reference} {_when(row.meeting, row.month)} {row.kind}{number} r{row.revision}"


def _when(meeting: Meeting | None, month: date | None) -> str:
    """The day of its meeting, or its month: what tells a paper from others of its kind."""
    if meeting is not None:
        return meeting.meeting_on.isoformat()
    return "" if month is None else month.isoformat()[:7]


class Paper(models.Model):
    """A written paper: its frozen snapshot as JSON text and the text's SHA-256."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        SIGNED_OFF = "signed off", "signed off"
        WITH_CLERK = "with the clerk", "with the clerk"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"
        REMOVED = "removed", "removed"

    run = models.OneToOneField("reports.PaperRun", on_delete=models.PROTECT, related_name="paper")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="papers")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    month = MonthField("month", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REPORT)
    number = models.PositiveSmallIntegerField("number of the addendum or slip", default=0)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="bound")
    revision = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.DRAFT)
    review_from = models.DateField()
    review_to = models.DateField()
    headline = models.TextField()
    snapshot = models.TextField("snapshot as JSON")
    sha256 = models.CharField("SHA-256 of the snapshot", max_length=64)
    exempt_snapshot = models.TextField("snapshot of what is not for publication, as JSON", blank=True)
    exempt_sha256 = models.CharField("SHA-256 of the exempt snapshot", max_length=64, blank=True)
    last_correction = models.PositiveBigIntegerField("latest correction that its figures hold", null=True, blank=True)
    made_on = models.DateField("things are as known on")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "meeting", "kind", "number", "revision"],
                name="paper_once_per_revision",
                violation_error_message="This paper was already written.",
            ),
            models.UniqueConstraint(
                fields=["contract", "month", "kind", "revision"],
                name="paper_once_per_month",
                violation_error_message="This month’s report was already written.",
            ),
            month_constraint("month", name="paper_month_is_a_month"),
            bound_constraint("paper_is_bound_where_it_has_a_number"),
            for_a_meeting_or_a_month("paper_is_for_a_meeting_or_a_month"),
            choice_constraint(
                "kind",
                Kind.values,
                name="paper_kind_is_known",
                message=KINDS_IN_WORDS,
            ),
            choice_constraint(
                "status",
                ["draft", "signed off", "with the clerk", "published", "withdrawn", "removed"],
                name="paper_status_is_known",
                message="A paper is a draft, signed off, with the clerk, published, withdrawn or removed.",
            ),
            models.CheckConstraint(
                condition=Q(review_to__gte=F("review_from")),
                name="paper_review_ends_after_it_begins",
                violation_error_message="The last month of a review period cannot be before its first.",
            ),
        ]

    def __str__(self) -> str:
        return name_of_paper(self)

    @property
    def has_exempt_part(self) -> bool:
        return bool(self.exempt_sha256)


UNFROZEN = [("draft", "draft"), ("signed off", "signed off")]


class PaperFile(models.Model):
    """A file rendered from a paper that is not final yet, under the papers' folder; final ones are frozen files."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    edition = models.CharField(
        max_length=10, choices=[("draft", "draft"), ("signed off", "signed off")], default="draft"
    )
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.PUBLIC)
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    path = models.CharField("path inside the papers' folder", max_length=300, unique=True)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        ordering = ["paper", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "edition", "name"],
                name="paper_file_once_per_name",
                violation_error_message="This paper already has a file of that name.",
            ),
            choice_constraint(
                "edition",
                ["draft", "signed off"],
                name="paper_file_edition_is_known",
                message="Files are of a draft or of a paper that is signed off; final ones are frozen.",
            ),
            choice_constraint(
                "audience",
                ["public", "exempt"],
                name="paper_file_audience_is_known",
                message="A file is public or exempt.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
