"""The key projects: a governed list, proposed by officers and decided by the Board."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from contracts.models import Contract
from projects.models.project import Project


class KeyList(models.Model):
    """One version of the key list: a proposal until the Board decides on it."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="key_lists")
    decided_on = models.DateField("decided by the Board on", null=True, blank=True)

    history = HistoricalRecords()

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

    history = HistoricalRecords()

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
