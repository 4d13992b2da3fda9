"""What a project holds up, and which urgent transactional work has displaced which project."""

from django.db import models
from django.db.models import F, Q

from contracts.fields import choice_constraint
from contracts.models.traces import History
from projects.models.project import Project
from projects.rules.dependencies import Kind


class Dependency(models.Model):
    """One project stands in another's way: it holds it up until it is done, or it took the people it needs."""

    holder = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="held_up_by_it")
    held_up = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="what_holds_it_up")
    kind = models.CharField("kind", max_length=9, choices=[(kind.value, kind.value) for kind in Kind])
    note = models.CharField("note", max_length=250, blank=True)

    history = History()

    class Meta:
        ordering = ["holder", "held_up", "kind"]
        verbose_name_plural = "dependencies"
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "held_up", "kind"],
                name="dependency_once_per_pair_and_kind",
                violation_error_message="This dependency is already on record.",
            ),
            models.CheckConstraint(
                condition=~Q(holder=F("held_up")),
                name="dependency_joins_two_projects",
                violation_error_message="A project does not stand in its own way: choose another one.",
            ),
            choice_constraint(
                "kind",
                [kind.value for kind in Kind],
                name="dependency_kind_is_known",
                message="A project holds another up, or displaces it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder.reference} {self.kind} {self.held_up.reference}"
