"""Model fields and constraints that every app shares: a month is a date on day 1, a figure is an exact decimal."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q


def _is_first_of_month(day: date) -> None:
    if day.day != 1:
        raise ValidationError(
            f"{day.isoformat()} is not a month: give its first day, {day.replace(day=1).isoformat()}."
        )


class MonthField(models.DateField):
    """A calendar month, kept as the date of its first day. Pair it with :func:`month_constraint`."""

    default_validators = (_is_first_of_month,)


def month_constraint(*fields: str, name: str) -> models.CheckConstraint:
    """The database's own refusal of a month that is not on day 1 (an empty month passes)."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__day": 1})
    return models.CheckConstraint(
        condition=condition, name=name, violation_error_message="A month is kept as the date of its first day."
    )


def choice_constraint(field: str, choices: Iterable[str], *, name: str, message: str) -> models.CheckConstraint:
    """The database's own refusal of a word that is not among the choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(choices)}), name=name, violation_error_message=message
    )


class FigureField(models.DecimalField):
    """A measured figure: at most 15 significant digits and 6 after the point, exactly what both databases keep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 21)
        kwargs.setdefault("decimal_places", 6)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        figure: Decimal | None = super().to_python(value)
        if figure is not None and len(figure.normalize().as_tuple().digits) > 15:
            raise ValidationError("A figure has at most 15 significant digits.")
        return figure


class MoneyField(models.DecimalField):
    """Pounds and pence, never negative."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)
