"""A project's form after somebody else was quicker: what they changed beside what was typed, and nothing typed lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from config.ui.formats import day, money
from config.ui.forms import DateWidget
from projects.forms.project import ProjectForm


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed. It is contested where something else was typed into it here."""

    label: str
    yours: str
    theirs: str
    is_contested: bool


def merge(form: ProjectForm, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """
    Lets every box that nobody touched here show what is on record now, and tells every difference.

    ``before`` is what the page showed and ``now`` what is on record, both by field name; what is not in ``before``
    counts as touched where it differs. The form must have been validated.
    """
    data = form.data.copy()  # type: ignore[attr-defined]
    found = []
    for name, field in form.fields.items():
        if name not in now or (name in before and _same(before[name], now[name])):
            continue
        typed = form.cleaned_data.get(name)
        is_new = field.widget.value_omitted_from_data(form.data, {}, name)
        is_touched = not is_new and (name not in before or not _same(typed, before[name]))
        if not is_touched:
            _put(data, name, field, now[name])
        if _same(typed, now[name]) and not is_new:
            continue
        found.append(Difference(form.told(name), "" if is_new else _shown(typed), _shown(now[name]), is_touched))
    form.data = data
    return found


def _same(one: Any, other: Any) -> bool:
    return bool((one or None) == (other or None) if isinstance(one or other, str) else one == other)


def _put(data: Any, name: str, field: forms.Field, value: Any) -> None:
    if isinstance(field.widget, DateWidget):
        for part, text in field.widget.boxes(value).items():
            data[f"{name}_{part}"] = text
        return
    plain = field.prepare_value(value)
    data[name] = "" if plain is None else str(plain)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "Nothing"
    if isinstance(value, date):
        return day(value)
    return money(value) if isinstance(value, Decimal) else str(value)
