"""What things are called, and where they are shown: for all that a page of the audit mentions, in one query."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from contracts.models import Contract, Person, Question, ServiceArea
from contracts.rules.months import Month, day_short, month_long
from kpis.models import Kpi, Relief, Result, Return
from projects.models import KeyList, Milestone, Project, Update
from reports.models import Board, BoardRequest, Meeting, Narrative, Paper
from reports.queries.audit.reading import number_of, union


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called, and the address of its page if it has one."""

    words: str
    href: str = ""


Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """How the things of a model are called: which of their columns make the name, and how."""

    columns: tuple[str, ...]
    name: Callable[[int, Texts], Name]


def _plain(*columns: str) -> Naming:
    return Naming(columns, lambda _, texts: Name(", ".join(_said(text) for text in texts if text)))


def _at(page: str, *columns: str) -> Naming:
    """Called by the first column, and shown on a page that takes the contract's reference and that column."""

    def name(_: int, texts: Texts) -> Name:
        contract, own = texts[0], texts[1]
        return Name(own, reverse(page, args=[contract, own]) if contract and own else "")

    return Naming(columns, name)


def _said(text: str) -> str:
    return _day(text) if DAY.fullmatch(text) else text


def _month(text: str) -> str:
    return month_long(Month(date.fromisoformat(text))) if text else ""


def _day(text: str) -> str:
    return day_short(date.fromisoformat(text)) if text else ""


def _of_kpi(_: int, texts: Texts) -> Name:
    contract, code, month = texts
    return Name(f"{code}, {_month(month)}", reverse("kpis:kpi", args=[contract, code]))


def _return(_: int, texts: Texts) -> Name:
    contract, area, code, month = texts
    return Name(f"{area}, {_month(month)}", reverse("kpis:return_form", args=[contract, code, month[:7]]))


def _meeting(key: int, texts: Texts) -> Name:
    board, day, contract = texts
    return Name(f"{board}, {_day(day)}", reverse("reports:meeting", args=[contract, key]) if contract else "")


def _board(key: int, texts: Texts) -> Name:
    name, contract = texts
    return Name(name, reverse("reports:board_calendar", args=[contract, key]) if contract else "")


def _of_project(_: int, texts: Texts) -> Name:
    contract, project, own = texts
    return Name(f"{project}, {_said(own)}", reverse("projects:project", args=[contract, project]))


def _request(key: int, texts: Texts) -> Name:
    contract, own = texts
    return Name(own, reverse("reports:request", args=[contract, key]))


def _paper(key: int, texts: Texts) -> Name:
    contract, kind, day, month, number, revision = texts
    when = _day(day) or _month(month)
    words = f"{contract} {Paper(kind=kind).get_kind_display()}{f' {number}' if number != '0' else ''}, {when}"
    href = reverse("reports:paper", args=[contract, key]) if day else ""
    return Name(f"{words}, revision {revision}", href)


NAMINGS: Final[Mapping[type[models.Model], Naming]] = {
    Contract: Naming(("reference",), lambda _, texts: Name(texts[0], reverse("reports:exceptions", args=texts))),
    Group: _plain("name"),
    Person: _plain("job_title", "email"),
    ServiceArea: Naming(
        ("contract__reference", "code", "name"),
        lambda _, texts: Name(texts[2], reverse("kpis:area", args=texts[:2])),
    ),
    Question: _at("reports:question", "contract__reference", "reference"),
    Kpi: _at("kpis:kpi", "contract__reference", "code"),
    Relief: _at("kpis:relief", "contract__reference", "reference"),
    Result: Naming(("kpi__contract__reference", "kpi__code", "month"), _of_kpi),
    Return: Naming(("service_area__contract__reference", "service_area__name", "service_area__code", "month"), _return),
    Project: _at("projects:project", "contract__reference", "reference"),
    Update: Naming(("project__contract__reference", "project__reference", "updated_on"), _of_project),
    Milestone: Naming(("project__contract__reference", "project__reference", "title"), _of_project),
    KeyList: _plain("contract__reference", "decided_on"),
    Board: Naming(("name", "contracts__reference"), _board),
    Meeting: Naming(("board__name", "meeting_on", "board__contracts__reference"), _meeting),
    Narrative: _plain("kind", "meeting__meeting_on"),
    BoardRequest: Naming(("contract__reference", "reference"), _request),
    Paper: Naming(("contract__reference", "kind", "meeting__meeting_on", "month", "number", "revision"), _paper),
}
"""By model; what is not here is called by its number."""
DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMPTY: Final = Value("", output_field=TextField())
WIDEST: Final = max(len(naming.columns) for naming in NAMINGS.values())

Names = Mapping[tuple[type[models.Model], int], Name]


def load_names(wanted: Mapping[type[models.Model], Collection[int]]) -> Names:
    """By model and key. What is gone is not among them. One query."""
    known = [(model, keys) for model, keys in wanted.items() if model in NAMINGS and keys]
    rows = union(
        model._base_manager.filter(pk__in=keys).values_list(number_of(place), F("pk"), *_columns(NAMINGS[model]))
        for place, (model, keys) in enumerate(known)
    )
    names = {}
    for place, key, *texts in rows:
        model = known[place][0]
        naming = NAMINGS[model]
        names[model, key] = naming.name(key, tuple(texts[: len(naming.columns)]))
    return names


def _columns(naming: Naming) -> list[Any]:
    own: list[Any] = [Coalesce(Cast(F(column), TextField()), EMPTY) for column in naming.columns]
    return own + [EMPTY] * (WIDEST - len(own))
