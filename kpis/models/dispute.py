"""What the supplier says against a verified figure. A dispute never changes a figure, a status or a count."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.fields import FigureField, choice_constraint
from contracts.models.traces import History
from kpis.models.returns import Result
from kpis.rules.disputes import State


class Dispute(models.Model):
    """
    The supplier's note on one verified figure, and the contract manager's answer.

    It keeps the figure that it is about: once another stands there, the dispute is about the past. ``settled_*`` say
    who ended it, by an answer or by withdrawing it.
    """

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="disputes")
    value = FigureField("value disputed", null=True, blank=True)
    numerator = FigureField("numerator disputed", null=True, blank=True)
    denominator = FigureField("denominator disputed", null=True, blank=True)
    not_measured_reason = models.TextField("reason disputed why there is no figure", blank=True)
    note = models.TextField("what is wrong with the figure")
    claimed = models.CharField("figure the supplier holds to be right", max_length=100, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField("raised at")
    state = models.CharField(
        "state", max_length=10, choices=[(state.value, state.value) for state in State], default=State.OPEN.value
    )
    answer = models.TextField("answer", blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField("settled at", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()

    class Meta:
        ordering = ["result", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["result"],
                condition=Q(state="open"),
                name="dispute_is_open_once_per_result",
                violation_error_message="This figure is disputed already.",
            ),
            choice_constraint(
                "state",
                ["open", "upheld", "not upheld", "withdrawn"],
                name="dispute_state_is_known",
                message="A dispute is open, upheld, not upheld or withdrawn.",
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="dispute_says_what_is_wrong",
                violation_error_message="Say what is wrong with the figure.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "not upheld"]) | ~Q(answer=""),
                name="dispute_is_answered_with_words",
                violation_error_message="Say why the dispute is upheld or not upheld.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="dispute_is_settled_by_somebody",
                violation_error_message="A dispute that is not open any more says who settled it and when.",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | Q(state__in=["open", "withdrawn"])
                | ~Q(settled_by=F("raised_by")),
                name="dispute_is_not_answered_by_who_raised_it",
                violation_error_message="Nobody answers a dispute they raised.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result}: disputed, {self.state}"
