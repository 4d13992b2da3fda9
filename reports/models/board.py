"""A public board, its meetings, and the months each meeting judges."""

from django.db import models
from django.db.models import F, Q

from contracts.fields import MonthField, month_constraint
from contracts.models import Contract
from contracts.models.traces import History
from reports.querysets import MeetingQuerySet


class Board(models.Model):
    """A board of councillors, with the offsets of the calendar before its meetings (in working days)."""

    name = models.CharField("name", max_length=200, unique=True)
    contracts = models.ManyToManyField(Contract, related_name="boards", blank=True)
    clear_days = models.PositiveSmallIntegerField("clear days before a meeting", default=5)
    draft_days = models.PositiveSmallIntegerField("draft generated, before publication", default=5)
    sign_off_days = models.PositiveSmallIntegerField("sign-off, before publication", default=2)
    with_clerk_days = models.PositiveSmallIntegerField("with the clerk, before publication", default=1)
    addendum_cut_off_days = models.PositiveSmallIntegerField("addendum cut-off, before the meeting", default=1)
    recommendation = models.TextField("recommendation of its papers", default="That the report be noted.")
    author = models.CharField("author of its papers, by job title", max_length=200, blank=True)
    paper_years = models.PositiveSmallIntegerField("papers are kept, in years", default=6)
    background_years = models.PositiveSmallIntegerField("background papers are kept, in years", default=4)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History(m2m_fields=[contracts])

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clear_days__gte=1, clear_days__lte=20),
                name="board_clear_days_are_1_to_20",
                violation_error_message="Between 1 and 20 clear days lie before a meeting.",
            ),
            models.CheckConstraint(
                condition=Q(draft_days__gte=F("sign_off_days"), sign_off_days__gte=F("with_clerk_days")),
                name="board_drafts_before_it_signs_off",
                violation_error_message="The draft comes first, then sign-off, then the clerk: more days before.",
            ),
            models.CheckConstraint(
                condition=Q(draft_days__lte=60, addendum_cut_off_days__lte=20),
                name="board_offsets_are_not_far_off",
                violation_error_message="At most 60 working days before publication, at most 20 before the meeting.",
            ),
            models.CheckConstraint(
                condition=Q(
                    paper_years__gte=1, paper_years__lte=100, background_years__gte=1, background_years__lte=100
                ),
                name="board_keeps_papers_1_to_100_years",
                violation_error_message="Papers are kept between 1 and 100 years.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One meeting of a board: planned, held or cancelled."""

    class Status(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"
        CANCELLED = "cancelled", "cancelled"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    meeting_on = models.DateField("meeting on")
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.PLANNED)
    starts_at = models.TimeField("starts at", null=True, blank=True)
    place = models.CharField("place", max_length=200, blank=True)
    moved_from = models.DateField("moved from", null=True, blank=True)
    reason = models.TextField("why it was moved or cancelled", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["meeting_on", "board"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "meeting_on"],
                name="meeting_once_per_board_and_day",
                violation_error_message="This board already meets on that day.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "held", "cancelled"]),
                name="meeting_status_is_known",
                violation_error_message="A meeting is planned, held or cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True) | ~Q(moved_from=F("meeting_on")),
                name="meeting_moved_from_another_day",
                violation_error_message="A meeting is moved from one day to another.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.meeting_on.isoformat()}"


class ReviewPeriod(models.Model):
    """The months that a meeting judges for a contract, where they were set rather than worked out."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="review_periods")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="review_periods")
    review_from = MonthField("first month")
    review_to = MonthField("last month")

    history = History()

    class Meta:
        ordering = ["contract", "meeting"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "meeting"],
                name="review_period_once_per_contract_and_meeting",
                violation_error_message="This contract already has a review period for that meeting.",
            ),
            month_constraint("review_from", "review_to", name="review_period_is_months"),
            models.CheckConstraint(
                condition=Q(review_to__gte=F("review_from")),
                name="review_period_ends_after_it_begins",
                violation_error_message="The last month of a review period cannot be before its first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_from:%Y-%m} to {self.review_to:%Y-%m}"
