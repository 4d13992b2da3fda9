"""
The key projects: a governed list, proposed by officers and decided by the Board.

What the Board decided stays as it was decided: services refuse to change it, and so does the database.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models import Contract
from contracts.models.traces import History
from projects.models.project import Project


class KeyList(models.Model):
    """One version of the key list: a proposal until the Board decides on it, and put to a meeting before that."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="key_lists")
    size_reason = models.TextField("why it is longer than agreed", blank=True)
    put_to_board_on = models.DateField("put to the meeting on", null=True, blank=True)
    board = models.CharField("board", max_length=200, blank=True)
    decided_on = models.DateField("decided by the Board on", null=True, blank=True)
    decision = models.TextField("what the Board decided, in its words", blank=True)
    amendments = models.TextField("what the Board changed of the proposal", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="key_lists_recorded"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()

    class Meta:
        ordering = ["contract", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(decided_on__isnull=True),
                name="key_list_has_one_proposal",
                violation_error_message="This contract already has a proposal that the Board has not decided.",
            ),
            models.UniqueConstraint(
                fields=["contract", "decided_on"],
                name="key_list_decided_once_a_day",
                violation_error_message="The Board already decided on this contract's key list that day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.reference} key projects, {self.decided_on or 'proposed'}"


class KeyEntry(models.Model):
    """A project on a key list: its rank, and in words why members should watch it."""

    key_list = models.ForeignKey(KeyList, on_delete=models.CASCADE, related_name="entries")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="key_entries")
    rank = models.PositiveSmallIntegerField("rank")
    rationale = models.TextField("rationale")

    history = History()

    class Meta:
        ordering = ["key_list", "rank"]
        verbose_name_plural = "key entries"
        constraints = [
            models.UniqueConstraint(
                fields=["key_list", "project"],
                name="key_entry_once_per_project",
                violation_error_message="This project is already on the list.",
            ),
            models.UniqueConstraint(
                fields=["key_list", "rank"],
                name="key_entry_once_per_rank",
                violation_error_message="Another project already holds that rank.",
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1),
                name="key_entry_rank_counts_from_1",
                violation_error_message="Ranks count from 1.",
            ),
            models.CheckConstraint(
                condition=~Q(rationale=""),
                name="key_entry_has_a_rationale",
                violation_error_message="Say why members should watch this project.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.project.reference}"


class KeyExit(models.Model):
    """A project that leaves the list with this version of it, and why."""

    key_list = models.ForeignKey(KeyList, on_delete=models.CASCADE, related_name="exits")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="key_exits")
    reason = models.TextField("why it leaves")

    history = History()

    class Meta:
        ordering = ["key_list", "project"]
        constraints = [
            models.UniqueConstraint(
                fields=["key_list", "project"],
                name="key_exit_once_per_project",
                violation_error_message="This list already says why the project leaves it.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="key_exit_has_a_reason",
                violation_error_message="Say why the project leaves the list.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference} leaves"


class NearMiss(models.Model):
    """A project that was considered for this version of the list and is not on it, and why."""

    key_list = models.ForeignKey(KeyList, on_delete=models.CASCADE, related_name="near_misses")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="near_misses")
    reason = models.TextField("why it was not chosen")

    history = History()

    class Meta:
        ordering = ["key_list", "pk"]
        verbose_name_plural = "near misses"
        constraints = [
            models.UniqueConstraint(
                fields=["key_list", "project"],
                name="near_miss_once_per_project",
                violation_error_message="This list already says why the project is not on it.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="near_miss_has_a_reason",
                violation_error_message="Say why the project was considered and not chosen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference} was considered"
