"""The vocabulary of queries about projects."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


class ProjectQuerySet(models.QuerySet[Any]):
    def with_agreed_finish(self) -> Self:
        """Adds ``agreed_finish``: that of the latest re-baseline, else the original one."""
        latest = self.model.rebaselines.rel.related_model.objects.filter(project=OuterRef("pk")).order_by(
            "-agreed_on", "-pk"
        )
        return self.annotate(agreed_finish=Coalesce(Subquery(latest.values("agreed_finish")[:1]), "original_finish"))
