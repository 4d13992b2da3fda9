"""
The tables that together are the audit, and how each says who did what, when, from where and why.

Every model with a history is among them by itself. Their order is part of the addresses of pages: it is by name.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models

from contracts.models import Access
from reports.models import PaperAct, UploadedEdition

ACT_ON_A_PAPER: Final = "reports.paperact"
UPLOAD: Final = "reports.uploadededition"
ACCESS: Final = "contracts.access"


@dataclass(frozen=True, slots=True)
class Source:
    """``thing`` is the model that is told of, ``model`` the one that keeps what is told; the rest are lookups."""

    key: str
    noun: str
    thing: type[models.Model]
    model: type[models.Model]
    at: str
    person: str
    done: str
    why: str
    address: str
    request: str

    @property
    def is_history(self) -> bool:
        return self.model is not self.thing

    @property
    def pk(self) -> str:
        return str(self.model._meta.pk.name)

    @property
    def rows(self) -> "models.QuerySet[Any]":
        found: models.QuerySet[Any] = self.model._base_manager.all()
        return found

    @property
    def fields(self) -> "tuple[models.Field[Any, Any], ...]":
        """What is told of the thing."""
        if self.is_history:
            tracked: list[models.Field[Any, Any]] = self.model.tracked_fields  # type: ignore[attr-defined]
            return tuple(tracked)
        return tuple(field for field in self.model._meta.concrete_fields if not isinstance(field, models.BinaryField))


def _history(thing: type[models.Model]) -> Source:
    return Source(
        key=thing._meta.label_lower,
        noun=str(thing._meta.verbose_name),
        thing=thing,
        model=thing.history.model,  # type: ignore[attr-defined]
        at="history_date",
        person="history_user",
        done="history_type",
        why="history_change_reason",
        address="history_address",
        request="history_request",
    )


def keeps_history(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute")


def _sources() -> tuple[Source, ...]:
    told = [_history(model) for model in apps.get_models() if keeps_history(model)]
    told.append(
        Source(
            ACT_ON_A_PAPER,
            "paper",
            PaperAct,
            PaperAct,
            "at",
            "by",
            "kind",
            "words",
            "origin__history_address",
            "origin__history_request",
        )
    )
    told.append(
        Source(
            UPLOAD,
            "edited file of a paper",
            UploadedEdition,
            UploadedEdition,
            "uploaded_at",
            "uploaded_by",
            "",
            "note",
            "origin__history_address",
            "origin__history_request",
        )
    )
    told.append(
        Source(ACCESS, "sign-in or reading", Access, Access, "at", "person", "kind", "subject", "address", "request")
    )
    return tuple(sorted(told, key=lambda source: source.key))


SOURCES: Final = _sources()
