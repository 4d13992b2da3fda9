"""A day as three boxes and a month as two, as the GOV.UK Design System asks for dates people know by heart.

The boxes of one field are one value: `{"day": "29", "month": "3", "year": "2018"}` while it is being typed, a `date`
once it is understood. What was typed is given back unchanged beside the message that says what is wrong with it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from config.ui.formats import MONTHS, MONTHS_SHORT

Parts = dict[str, str]

MONTH_NAMES = {
    name.casefold(): number for names in (MONTHS, MONTHS_SHORT) for number, name in enumerate(names, start=1)
}


class PartsWidget(forms.Widget):
    """Text boxes side by side; `field_view` lists them for the template by `boxes()`."""

    use_fieldset = True
    parts: ClassVar[tuple[str, ...]]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Parts:
        return {part: str(data.get(f"{name}_{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.parts)

    def boxes(self, value: Any) -> Parts:
        """The text of each box for a date, for what was typed, or for nothing."""
        if isinstance(value, dict):
            return value
        return {part: str(getattr(value, part)) if value else "" for part in self.parts}

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_{index or self.parts[0]}" if id_ else id_


class DateWidget(PartsWidget):
    parts = ("day", "month", "year")


class MonthWidget(PartsWidget):
    parts = ("month", "year")


class PartsField(forms.Field):
    """The shared half of `DateField` and `MonthField`: empties, numbers, ranges; each error names its boxes."""

    widget: type[PartsWidget]
    thing: ClassVar[str]
    example: ClassVar[str]

    def to_python(self, value: Parts | date | None) -> date | None:
        """The date, or None when every box is empty; ValidationError carries the faulty boxes in `params["parts"]`."""
        if value is None or isinstance(value, date):
            return value
        if not any(value.values()):
            return None
        empty = [part for part in self.widget.parts if not value[part]]
        if empty:
            raise self._error(f"{self._name()} must include a {' and '.join(empty)}", "incomplete", empty)
        return self._date(value)

    def clean(self, value: Any) -> date | None:
        cleaned: date | None = super().clean(value)
        return cleaned

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    def _date(self, value: Parts) -> date:
        month = MONTH_NAMES.get(value["month"].casefold()) or self._number(value, "month")
        year, day = self._number(value, "year"), self._number(value, "day") if "day" in value else 1
        if year < 1900 or year > 2200:
            raise self._error(f"Year must have four figures, like {self.example[-4:]}", "year", ["year"])
        if not 1 <= month <= 12:
            raise self._error("Month must be a number from 1 to 12", "month", ["month"])
        try:
            return date(year, month, day)
        except ValueError:
            raise self._error(f"There is no day {day} in {MONTHS[month - 1]} {year}", "day", ["day"]) from None

    def _number(self, value: Parts, part: str) -> int:
        if not (value[part].isascii() and value[part].isdigit() and len(value[part]) <= 4):
            raise self._error(f"{self._name()} must be a {self.thing}, like {self.example}", "invalid", [part])
        return int(value[part])

    def _name(self) -> str:
        label = str(self.label or self.thing)
        return label[:1].upper() + label[1:]

    @staticmethod
    def _error(message: str, code: str, parts: list[str]) -> ValidationError:
        return ValidationError(message.replace("%", "%%"), code=code, params={"parts": parts})


class DateField(PartsField):
    """A day: 29 3 2018 or 29 March 2018."""

    widget = DateWidget
    thing = "date"
    example = "29 3 2018"
    default_error_messages = {"required": "Enter the date"}


class MonthField(PartsField):
    """A month, as the date of its first day: 3 2018 or March 2018."""

    widget = MonthWidget
    thing = "month"
    example = "3 2018"
    default_error_messages = {"required": "Enter the month and the year"}
