"""A service area's monthly return, the results in it, and the corrections made after it was verified."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.fields import FigureField, MonthField, choice_constraint, month_constraint
from contracts.models import ServiceArea
from contracts.models.traces import History
from kpis.models.kpi import Kpi
from kpis.querysets import ResultQuerySet, ReturnQuerySet


class Return(models.Model):
    """One service area's month: open, submitted, verified, or returned with a reason and open again."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        SUBMITTED = "submitted", "submitted"
        RETURNED = "returned", "returned"
        VERIFIED = "verified", "verified"

    class Check(models.TextChoices):
        SOURCE_SEEN = "source seen", "source seen"
        SAMPLE = "sample re-performed", "sample re-performed"
        AS_SUPPLIED = "accepted as supplied", "accepted as supplied"

    service_area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="returns")
    month = MonthField("month")
    state = models.CharField("state", max_length=10, choices=State.choices, default=State.OPEN)
    submitted_at = models.DateTimeField("submitted at", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField("verified at", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_how = models.CharField("how it was checked", max_length=24, choices=Check.choices, blank=True)
    sample_size = models.PositiveIntegerField("results re-performed", null=True, blank=True)
    returned_reason = models.TextField("why it was returned", blank=True)
    reopened_at = models.DateTimeField("reopened at", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_reason = models.TextField("why it was reopened", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()
    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["service_area", "month"]
        # How a month stands is asked of ten years at once: the index answers without a look at the rows.
        indexes = [models.Index(fields=["service_area", "month", "state"], name="return_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["service_area", "month"],
                name="return_once_per_area_and_month",
                violation_error_message="This service area already has a return for that month.",
            ),
            month_constraint("month", name="return_is_for_a_month"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "submitted", "returned", "verified"]),
                name="return_state_is_known",
                violation_error_message="A return is open, submitted, returned or verified.",
            ),
            choice_constraint(
                "checked_how",
                ["", "source seen", "sample re-performed", "accepted as supplied"],
                name="return_check_is_known",
                message="Say how it was checked: source seen, sample re-performed, or accepted as supplied.",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                name="return_goes_back_with_a_reason",
                violation_error_message="Say why the return goes back.",
            ),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and a check lets that pass.
                condition=Q(checked_how="sample re-performed", sample_size__isnull=False, sample_size__gte=1)
                | (~Q(checked_how="sample re-performed") & Q(sample_size__isnull=True)),
                name="return_sample_has_a_size",
                violation_error_message="Say how many results were re-performed, and only for a sample.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_area.code} {self.month:%Y-%m}: {self.state}"


class Result(models.Model):
    """
    What one KPI achieved in one month: a figure, or the reason why there is none, with the explanation of a miss.

    Whether it is provisional follows from its return. While that return is open the row is private to the area,
    unless it was imported as provisional (``is_shared``).
    """

    class Source(models.TextChoices):
        ENTERED = "", "entered"
        PUBLISHED = "published", "published"
        ILLUSTRATIVE = "illustrative", "illustrative"

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="results")
    month = MonthField("month")
    value = FigureField("value", null=True, blank=True)
    numerator = FigureField("numerator", null=True, blank=True)
    denominator = FigureField("denominator", null=True, blank=True)
    not_measured_reason = models.TextField("why there is no figure", blank=True)
    cause = models.TextField("cause", blank=True)
    effect = models.TextField("effect on council services", blank=True)
    remedy = models.TextField("remedy and who owns it", blank=True)
    recovery_month = MonthField("expected month of recovery", null=True, blank=True)
    explanation_awaited_on = models.DateField("explanation awaited from the supplier by", null=True, blank=True)
    comment = models.TextField("comment", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField("source", max_length=12, choices=Source.choices, blank=True, default="")
    is_shared = models.BooleanField("shown while its return is open", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()
    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["kpi", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "month"],
                name="result_once_per_kpi_and_month",
                violation_error_message="This KPI already has a result for that month.",
            ),
            month_constraint("month", "recovery_month", name="result_is_for_a_month"),
            choice_constraint(
                "source",
                ["", "published", "illustrative"],
                name="result_source_is_known",
                message="A source is published or illustrative.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="result_rate_is_whole",
                violation_error_message="A rate needs both its numerator and its denominator.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="result_denominator_is_positive",
                violation_error_message="A denominator is above zero; with nothing to count, say why not measured.",
            ),
            models.CheckConstraint(
                condition=(Q(not_measured_reason="") & (Q(value__isnull=False) | Q(denominator__isnull=False)))
                | (~Q(not_measured_reason="") & Q(value__isnull=True, denominator__isnull=True)),
                name="result_is_a_figure_or_a_reason",
                violation_error_message="Give a figure, or the reason why there is none: one of them.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi.code} {self.month:%Y-%m}"


class Correction(models.Model):
    """A change to a verified result: what stood there, what stands there now, who changed it, when and why."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="corrections")
    value_before = FigureField(null=True, blank=True)
    numerator_before = FigureField(null=True, blank=True)
    denominator_before = FigureField(null=True, blank=True)
    not_measured_reason_before = models.TextField(blank=True)
    value_after = FigureField(null=True, blank=True)
    numerator_after = FigureField(null=True, blank=True)
    denominator_after = FigureField(null=True, blank=True)
    not_measured_reason_after = models.TextField(blank=True)
    reason = models.TextField("why")
    corrected_at = models.DateTimeField("corrected at")
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["result", "corrected_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="correction_has_a_reason",
                violation_error_message="A verified figure changes only with a reason.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result}: corrected"
