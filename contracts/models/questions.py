"""
What members of the Board ask between the meetings: put to a figure, an exception or a project, answered on its page.

The kernel knows neither KPIs nor projects: a question names what it is about by code or reference. Only what is minuted
at a meeting heads the next paper; the row then says at which.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.fields import MonthField, choice_constraint, month_constraint
from contracts.models.contract import Contract
from contracts.models.traces import History
from contracts.querysets import QuestionQuerySet
from contracts.rules.questions import About, Standing


class Question(models.Model):
    """One question of a board member, its owner, and the answer that stands; earlier answers are in its history."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="questions")
    reference = models.SlugField("reference", max_length=40)
    about = models.CharField("about", max_length=10, choices=[(each.value, f"a {each.value}") for each in About])
    kpi = models.CharField("KPI", max_length=20, blank=True)
    project = models.CharField("project", max_length=40, blank=True)
    month = MonthField("month", null=True, blank=True)
    rule = models.CharField("exception rule", max_length=24, blank=True)
    text = models.TextField("what is asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions_asked")
    asked_at = models.DateTimeField("asked at")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_owned"
    )
    state = models.CharField(
        "state", max_length=10, choices=[(each.value, each.value) for each in Standing], default=Standing.ASKED.value
    )
    answer = models.TextField("answer", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    minuted_by = models.CharField("board that minuted it", max_length=200, blank=True)
    minuted_on = models.DateField("minuted at the meeting of", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "asked_at", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "reference"],
                name="question_reference_once_per_contract",
                violation_error_message="This contract already has a question with that reference.",
            ),
            month_constraint("month", name="question_is_about_a_month"),
            models.CheckConstraint(
                condition=(Q(about="figure", project="", rule="") & ~Q(kpi=""))
                | (Q(about="exception", project="", month__isnull=False) & ~Q(kpi="") & ~Q(rule=""))
                | (Q(about="project", kpi="", rule="", month__isnull=True) & ~Q(project="")),
                name="question_is_about_one_thing",
                violation_error_message="A question is about a KPI, an exception of a month, or a project.",
            ),
            choice_constraint(
                "state",
                ["asked", "answered", "withdrawn"],
                name="question_state_is_known",
                message="A question is asked, answered or withdrawn.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="question_asks_something",
                violation_error_message="Say what you want to know.",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered", answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""))
                | (Q(answer="", answered_at__isnull=True, answered_by__isnull=True) & ~Q(state="answered")),
                name="question_answered_has_an_answer",
                violation_error_message="An answered question says the answer, who gave it and when; no other does.",
            ),
            models.CheckConstraint(
                condition=Q(minuted_by="", minuted_on__isnull=True)
                | (Q(minuted_on__isnull=False) & ~Q(minuted_by="") & ~Q(state="withdrawn")),
                name="question_minuted_names_the_meeting",
                violation_error_message="A minuted question names the board and the day, and is not withdrawn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:60]}"
