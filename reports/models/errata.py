"""
What moved after a paper was issued.

A correction of a verified figure moves numbers that stand printed in papers: each makes an :class:`Erratum`, grouped by
the correction. A month can be declared publishable before every area of it is verified: then an addendum may tell it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.fields import MonthField, choice_constraint, month_constraint
from contracts.models import Contract
from contracts.models.traces import History
from kpis.models import Correction
from reports.models.paper import Audience, Paper


class Erratum(models.Model):
    """
    One printed number that a correction moved: where it stands, what it says, what it should say, and why.

    What stands in the exempt part of a paper alone is as exempt as the part itself.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="errata")
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="errata")
    position = models.PositiveIntegerField("order in which the numbers stand in the paper")
    place = models.CharField("where it stands", max_length=300)
    printed = models.TextField("as printed")
    should_read = models.TextField("should read")
    because = models.TextField("because")
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.PUBLIC)
    found_at = models.DateTimeField("found at")

    class Meta:
        ordering = ["paper", "correction", "position", "pk"]
        verbose_name_plural = "errata"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "correction", "place"],
                name="erratum_once_per_place_and_correction",
                violation_error_message="This erratum is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(place=""),
                name="erratum_names_its_place",
                violation_error_message="Say where the number stands.",
            ),
            choice_constraint(
                "audience",
                ["public", "exempt"],
                name="erratum_audience_is_known",
                message="An erratum is public or exempt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: should read {self.should_read} instead of {self.printed}"


class TypedWords(models.Model):
    """
    A sentence that people wrote into an issued paper, in which a number stands that a correction has moved.

    What it should say instead is for the contract manager to write, or why it may stay: no machine words it. Until
    then it waits; once worded it is an :class:`Erratum` like any other.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "to be looked at"
        WORDED = "worded", "should read otherwise"
        STAYS = "stays", "stays as it is"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="typed_words")
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="typed_words")
    position = models.PositiveIntegerField("order in which they stand in the paper")
    place = models.CharField("where it stands", max_length=300)
    says = models.TextField("as printed")
    moved = models.TextField("which number of it moved")
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.PUBLIC)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    should_read = models.TextField("should read", blank=True)
    reason = models.TextField("why it may stay", blank=True)
    erratum = models.OneToOneField(Erratum, on_delete=models.PROTECT, null=True, blank=True, related_name="typed_words")
    found_at = models.DateTimeField("found at")

    history = History()

    class Meta:
        ordering = ["paper", "correction", "position", "pk"]
        verbose_name_plural = "typed words"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "correction", "place"],
                name="typed_words_once_per_place_and_correction",
                violation_error_message="These words are put before somebody already.",
            ),
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(says=""),
                name="typed_words_say_where_and_what",
                violation_error_message="Say where the words stand, and what they say.",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", should_read="", reason="", erratum__isnull=True)
                | (Q(state="worded", reason="", erratum__isnull=False) & ~Q(should_read=""))
                | (Q(state="stays", should_read="", erratum__isnull=True) & ~Q(reason="")),
                name="typed_words_are_worded_or_stay_for_a_reason",
                violation_error_message="Write what the words should say, or why they may stay.",
            ),
            choice_constraint(
                "audience",
                ["public", "exempt"],
                name="typed_words_audience_is_known",
                message="Words are public or exempt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.says[:60]}"


class CheckedCorrection(models.Model):
    """A correction whose errata were looked for in a paper: there once, whether it moved a number or none."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="checked_papers")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="checked_corrections")
    checked_at = models.DateTimeField("checked at")

    class Meta:
        ordering = ["correction", "paper"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "paper"],
                name="correction_checked_once_per_paper",
                violation_error_message="This correction was looked at already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction} in {self.paper}"


class PublishableMonth(models.Model):
    """
    A month that may be told as provisional: somebody declared it, and why it does not wait.

    It can be withdrawn as long as no paper went out that tells it; the row stays, and the month can be declared again.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="publishable_months")
    month = MonthField("month")
    reason = models.TextField("why it does not wait to be verified")
    declared_at = models.DateTimeField("declared at")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("withdrawn at", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = History()

    class Meta:
        ordering = ["contract", "month", "declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "month"],
                condition=Q(withdrawn_at=None),
                name="publishable_month_once",
                violation_error_message="This month is declared publishable already.",
            ),
            month_constraint("month", name="publishable_month_is_a_month"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="publishable_month_gives_a_reason",
                violation_error_message="Say why the month does not wait to be verified.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="publishable_month_is_withdrawn_by_somebody",
                violation_error_message="What is withdrawn says when, and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.reference} {self.month:%Y-%m}"
