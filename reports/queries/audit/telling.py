"""A line of the audit in words: who, when, from where, which thing, from what to what, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.utils import timezone

from contracts.fields import MonthField
from contracts.models import Access
from contracts.origin import BY_HAND
from contracts.rules.months import Month, day_short, month_long
from reports.models import PaperAct
from reports.queries.audit.names import NAMINGS, Name, Names, load_names
from reports.queries.audit.reading import Read, joined_fields, read
from reports.queries.audit.sources import Source
from reports.queries.audit.subjects import FIELDS
from reports.rules.audit import CHANGED, IN_WORDS, REMOVED, Position

UNTOLD: Final = frozenset({"id", "version"})
NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Moved:
    """A field of the thing, from what to what."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """
    ``who`` is a job title, empty where nobody signed in did it; ``done`` says what was done to a thing of a ``kind``.

    Of an access ``kind`` alone says what happened, and ``thing`` with what, or what was opened.
    """

    at: datetime
    who: str
    email: str
    by: str
    """Where no person did it: the server by hand, or a worker."""
    address: str
    request: str
    kind: str
    thing: str
    href: str
    done: str
    is_change: bool
    moved: tuple[Moved, ...]
    why: str


def tell(found: Iterable[Position]) -> tuple[AuditLine, ...]:
    """The lines at these places in words. Three queries."""
    lines = read(found)
    names = load_names(_mentioned(lines))
    return tuple(_line(each, names) for each in lines)


def _mentioned(lines: Iterable[Read]) -> dict[type[models.Model], set[int]]:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for line in lines:
        if line.source.thing in NAMINGS:
            wanted[line.source.thing].add(line.now["id"])
        for field in line.source.fields:
            if (model := _led_to(field)) is not None:
                wanted[model] |= {key for row in (line.now, line.before) if (key := row.get(field.attname)) is not None}
        for joined in joined_fields(line.source):
            for own in (line.joined, line.joined_before):
                wanted[_led_to(joined) or joined.model] |= own.get(joined.name, frozenset())
    return wanted


def _led_to(field: Any) -> type[models.Model] | None:
    model: type[models.Model] | None = field.related_model if field.is_relation else None
    return model


def _line(line: Read, names: Names) -> AuditLine:
    source, now = line.source, line.now
    thing = _thing(line, names)
    request = now["_request"] or ""
    return AuditLine(
        at=line.at.at,
        who=now["_who"] or now["_email"] or "",
        email=now["_email"] or "",
        by="" if now["_person"] else _machine(source, request),
        address=now["_address"] or "",
        request=request,
        kind=_capital(_done(source, now["_done"]) if source.thing is Access else source.noun),
        thing=thing.words,
        href="" if now["_done"] == REMOVED else thing.href,
        done="" if source.thing is Access else _done(source, now["_done"]),
        is_change=now["_done"] == CHANGED,
        moved=tuple(_moved(line, names)) if source.is_history else (),
        why="" if source.thing is Access else now["_why"] or "",
    )


def _machine(source: Source, request: str) -> str:
    if request.startswith(BY_HAND):
        return "Somebody on the server"
    if source.thing is Access:
        return "Nobody who is known"
    return "The application itself" if request else "Not recorded"


def _done(source: Source, done: str) -> str:
    if source.thing is Access:
        return str(Access.Kind(done).label)
    if source.thing is PaperAct:
        return str(PaperAct.Kind(done).label)
    return IN_WORDS[done]


def _thing(line: Read, names: Names) -> Name:
    """By its own name where it has one; otherwise by what it belongs to, which is then where it is shown."""
    source = line.source
    if source.thing is Access:
        return Name(line.now["_why"] or "")
    own = names.get((source.thing, line.now["id"]))
    if own is not None and own.words:
        return own
    told = FIELDS.get(source.key, ())
    fields = {field.name: field for field in source.fields}
    parts = [_name(fields[name], line.now, names) for name in told if name in fields]
    words = ", ".join(part.words for part in parts if part.words)
    href = next((part.href for part in parts if part.href), "")
    return Name(words or f"number {line.now['id']}", href)


def _name(field: Any, row: Any, names: Names) -> Name:
    key = row.get(field.attname)
    if field.is_relation and key is not None:
        return names.get((field.related_model, key)) or Name(f"number {key}")
    return Name("" if key in (None, "") else _words(field, key))


def _moved(line: Read, names: Names) -> Iterator[Moved]:
    is_gone = line.now["_done"] == REMOVED
    before, now = (line.now, {}) if is_gone else (line.before if line.now["_done"] == CHANGED else {}, line.now)
    for field in line.source.fields:
        if field.name in UNTOLD or before.get(field.attname) == now.get(field.attname):
            continue
        was, became = _name(field, before, names).words, _name(field, now, names).words
        if was != became:
            yield Moved(_heading(field), was or NOTHING, became or NOTHING)
    for joined in joined_fields(line.source):
        was, became = (
            ", ".join(sorted(_called(joined, key, names) for key in own.get(joined.name, ())))
            for own in (line.joined_before, line.joined)
        )
        if was != became:
            yield Moved(_heading(joined), was or NOTHING, became or NOTHING)


def _called(joined: Any, key: int, names: Names) -> str:
    name = names.get((joined.related_model, key))
    return name.words if name else f"number {key}"


def _heading(field: Any) -> str:
    words = str(field.verbose_name)
    if field.is_relation and words == field.name.replace("_", " ") == field.related_model._meta.model_name:
        words = str(field.related_model._meta.verbose_name)
    return _capital(words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _words(field: Any, kept: Any) -> str:
    """What a column holds, as people say it. The database hands it over as JSON: days are texts there."""
    if isinstance(field, models.JSONField):
        return "; ".join(f"{name}: {said}" for name, said in kept.items()) if isinstance(kept, dict) else str(kept)
    value = field.to_python(kept)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, MonthField):
        return month_long(Month(value))
    if isinstance(value, datetime):
        there = timezone.localtime(value if value.tzinfo else value.replace(tzinfo=UTC))
        return f"{day_short(there.date())}, {there:%H:%M}"
    if isinstance(value, date):
        return day_short(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
