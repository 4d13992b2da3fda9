"""Nominations: members ask for projects of the area they chair to be key projects, and see what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.fields import choice_constraint
from contracts.models import Contract
from contracts.models.traces import History
from projects.models.key import KeyList
from projects.models.project import Project


class ScrutinyChair(models.Model):
    """The member who chairs a scrutiny area, and so may nominate its projects."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="scrutiny_chairs")
    scrutiny_area = models.CharField("scrutiny area", max_length=120)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scrutiny_chairs")

    history = History()

    class Meta:
        ordering = ["contract", "scrutiny_area"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "scrutiny_area"],
                name="scrutiny_chair_once_per_area",
                violation_error_message="This scrutiny area already has a chair.",
            ),
            models.CheckConstraint(
                condition=~Q(scrutiny_area=""),
                name="scrutiny_chair_names_an_area",
                violation_error_message="Say which scrutiny area is chaired.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} chairs {self.scrutiny_area}"


class Nomination(models.Model):
    """A member's wish, with the reason, and what became of it."""

    class Outcome(models.TextChoices):
        OPEN = "", "not answered yet"
        TAKEN_UP = "taken up", "taken up"
        DECLINED = "declined", "declined"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="nominations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations")
    scrutiny_area = models.CharField("scrutiny area", max_length=120)
    reason = models.TextField("why it should be a key project")
    nominated_at = models.DateTimeField("nominated at")
    outcome = models.CharField("outcome", max_length=8, choices=Outcome.choices, default=Outcome.OPEN, blank=True)
    taken_up_in = models.ForeignKey(
        KeyList, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations_taken_up"
    )
    answer = models.TextField("why it was declined", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations_answered"
    )
    answered_on = models.DateField("answered on", null=True, blank=True)

    history = History()

    class Meta:
        ordering = ["-nominated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "scrutiny_area"],
                condition=Q(outcome=""),
                name="nomination_open_once_per_project_and_area",
                violation_error_message="This project is already nominated for that scrutiny area.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="nomination_has_a_reason",
                violation_error_message="Say why members should watch this project.",
            ),
            choice_constraint(
                "outcome",
                ["", "taken up", "declined"],
                name="nomination_outcome_is_known",
                message="A nomination is open, taken up or declined.",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="taken up") & Q(taken_up_in__isnull=False))
                | (~Q(outcome="taken up") & Q(taken_up_in__isnull=True)),
                name="nomination_taken_up_names_the_list",
                violation_error_message="A nomination that was taken up names the list it is on, and only such a one.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(answer=""),
                name="nomination_is_declined_with_a_reason",
                violation_error_message="Say why the nomination is declined: the member reads it.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(answered_on__isnull=False),
                name="nomination_is_answered_on_a_day",
                violation_error_message="An answered nomination says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference} for {self.scrutiny_area}"
