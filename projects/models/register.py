"""
The register as it is listed: each project with all that is shown, sorted and searched, worked out beforehand.

Derived, and the one such table of the portfolio: sorting 15,000 projects by their slippage needs it. It is written by
:mod:`projects.services.register` alone, in the transaction of whatever moves it, and `check_register` recounts it.

A row holds for a span of days. What was said with a day that is still to come opens a further row from that day on, so
the register is right on each coming day and nothing has to run at midnight. What depends on the day alone (silent,
overdue) is no column: it is asked of `updated_on` and `earliest_due_on`.
"""

from datetime import date
from typing import Final

from django.db import models
from django.db.models import F, Q

from contracts.models import Contract, ServiceArea
from projects.models.project import Project
from projects.querysets import RegisterQuerySet

EVER: Final = date.max
"""The end of a row that nothing is known to end."""


class RegisterRow(models.Model):
    """A project as the register lists it from one day until before another. Blank text and ``None`` are not known."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="register_rows")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="register_rows")
    from_on = models.DateField("holds from")
    until_on = models.DateField("holds until before", default=EVER)
    # What the computed rating was judged by: with other thresholds in the contract the row is out of date.
    green_days = models.PositiveSmallIntegerField("days until which it is green")
    amber_months = models.PositiveSmallIntegerField("months until which it is amber")

    reference = models.CharField("reference", max_length=40)
    title = models.CharField("title", max_length=250)
    kind = models.CharField("kind", max_length=16)
    stage = models.CharField("stage", max_length=12)
    scrutiny_area = models.CharField("scrutiny area", max_length=120, blank=True)
    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.CASCADE, null=True, blank=True, related_name="register_rows"
    )
    sponsor = models.CharField("sponsor", max_length=200, blank=True)
    manager = models.CharField("project manager", max_length=200, blank=True)
    declared = models.CharField("declared confidence", max_length=5, blank=True)
    computed = models.CharField("confidence by its dates", max_length=5, blank=True)
    original_finish = models.DateField("original finish", null=True, blank=True)
    agreed_finish = models.DateField("agreed finish", null=True, blank=True)
    forecast_finish = models.DateField("forecast finish", null=True, blank=True)
    finish = models.DateField("forecast or actual finish", null=True, blank=True)
    days_late = models.IntegerField("days late against the original finish", null=True, blank=True)
    days_late_agreed = models.IntegerField("days late against the agreed finish", null=True, blank=True)
    percent_late = models.DecimalField("lateness in percent", max_digits=12, decimal_places=1, null=True, blank=True)
    rebaselined = models.PositiveIntegerField("times re-baselined", default=0)
    key_rank = models.PositiveSmallIntegerField("key rank", null=True, blank=True)
    updated_on = models.DateField("latest update", null=True, blank=True)
    earliest_due_on = models.DateField("earliest unfinished milestone", null=True, blank=True)
    unanswered = models.PositiveSmallIntegerField("questions unanswered", default=0)
    is_archived = models.BooleanField("archived", default=False)
    is_illustrative = models.BooleanField("illustrative", default=False)

    # What its columns are sorted by, where that is not what they show, and what its words are sought in.
    reference_order = models.BinaryField()
    title_order = models.BinaryField()
    scrutiny_order = models.BinaryField(null=True)
    sponsor_order = models.BinaryField(null=True)
    manager_order = models.BinaryField(null=True)
    stage_order = models.PositiveSmallIntegerField()
    declared_order = models.PositiveSmallIntegerField(null=True)
    computed_order = models.PositiveSmallIntegerField(null=True)
    words = models.TextField("words")
    sponsor_words = models.TextField("words of the sponsor", blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "reference_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "from_on"],
                name="register_row_once_per_project_and_day",
                violation_error_message="The register already has a row of this project from that day on.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="register_row_ends_after_it_begins",
                violation_error_message="A row of the register holds for a day at least.",
            ),
        ]
        indexes = [
            models.Index(fields=["contract", "is_archived", "reference_order"], name="register_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} from {self.from_on.isoformat()}"


class RegisterCount(models.Model):
    """
    How many rows of a contract's register have something in common, from a day on.

    The database itself writes them as the register's rows come and go (see the migration that sets its triggers), so
    they hold whoever writes, and in the very transaction. Nobody waits for anybody: what comes and what goes are rows
    of their own, and the sum of all until a day is the number on that day. Now and then several are gathered into one;
    then it holds from the latest of their days on, and an earlier day has to be counted from the register's rows.
    """

    class What(models.TextChoices):
        """What the rows have in common. All but the first two are said of rows that are not archived."""

        AREA = "area", "names this scrutiny area"
        ARCHIVED = "archived", "archived"
        STANDING = "standing", "stage, declared and computed rating"
        ILLUSTRATIVE = "illustrative", "illustrative"
        KEY = "key", "key projects"
        SLIPPED = "slipped", "active, and slipped"
        REBASELINED = "rebaselined", "active, and re-baselined"
        DUE = "due", "active, with its earliest unfinished milestone on this day"
        UPDATED = "updated", "active, with its latest update on this day"

    # A row is written while its contract may be on its way out: when a table is emptied, the database counts that too.
    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="register_counts", db_constraint=False
    )
    from_on = models.DateField("counts from")
    green_days = models.PositiveSmallIntegerField("days until which it is green")
    amber_months = models.PositiveSmallIntegerField("months until which it is amber")
    what = models.CharField("what they have in common", max_length=12, choices=What)
    word = models.CharField("its word", max_length=120, blank=True)
    day = models.DateField("its day", default=date.min)
    number = models.IntegerField("how many come, or go")
    is_gathered = models.BooleanField("gathered", default=False, db_default=False)

    class Meta:
        ordering = ["contract", "what", "word", "day", "from_on", "pk"]

    def __str__(self) -> str:
        return f"{self.number:+} {self.what} {self.word} from {self.from_on.isoformat()}"
