"""A day in three boxes and a month in two: understood, or given back with the faulty box named."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from config.ui.forms import DateField, DateWidget, MonthField
from config.ui.forms.view import field_view


class Ask(forms.Form):
    meeting_on = DateField(label="Meeting date", required=False)
    first = MonthField(label="First month", required=False)


def ask(**typed: str) -> Ask:
    return Ask(typed)


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", " March "])
def test_a_day_is_understood_with_the_month_as_number_or_name(month: str) -> None:
    form = ask(meeting_on_day="29", meeting_on_month=month, meeting_on_year="2018")
    assert form.is_valid()
    assert form.cleaned_data["meeting_on"] == date(2018, 3, 29)


def test_a_month_is_its_first_day() -> None:
    form = ask(first_month="2", first_year="2018")
    assert form.is_valid()
    assert form.cleaned_data["first"] == date(2018, 2, 1)


def test_empty_boxes_are_no_date() -> None:
    form = ask()
    assert form.is_valid()
    assert form.cleaned_data == {"meeting_on": None, "first": None}


@pytest.mark.parametrize(
    ("day", "month", "year", "message", "wrong"),
    [
        ("29", "", "2018", "Meeting date must include a month", ["month"]),
        ("", "3", "", "Meeting date must include a day and year", ["day", "year"]),
        ("31", "2", "2018", "There is no day 31 in February 2018", ["day"]),
        ("29", "2", "2017", "There is no day 29 in February 2017", ["day"]),
        ("1", "13", "2018", "Month must be a number from 1 to 12", ["month"]),
        ("1", "0", "2018", "Month must be a number from 1 to 12", ["month"]),
        ("1", "3", "18", "Year must have four figures, like 2018", ["year"]),
        ("1", "3", "9999", "Year must have four figures, like 2018", ["year"]),
        ("x", "3", "2018", "Meeting date must be a date, like 29 3 2018", ["day"]),
        ("1", "Mrz", "2018", "Meeting date must be a date, like 29 3 2018", ["month"]),
        ("1", "3", "٢٠١٨", "Meeting date must be a date, like 29 3 2018", ["year"]),
    ],
)
def test_a_faulty_date_names_the_box(day: str, month: str, year: str, message: str, wrong: list[str]) -> None:
    form = ask(meeting_on_day=day, meeting_on_month=month, meeting_on_year=year)
    assert form.errors["meeting_on"] == [message]
    view = field_view(form["meeting_on"])
    assert [box.label.lower() for box in view.boxes if box.is_wrong] == wrong
    assert [box.value for box in view.boxes] == [day, month, year]


def test_the_boxes_show_the_date_that_is_there_already() -> None:
    view = field_view(Ask(initial={"meeting_on": date(2018, 3, 29)})["meeting_on"])
    assert [(box.name, box.id, box.value) for box in view.boxes] == [
        ("meeting_on_day", "id_meeting_on_day", "29"),
        ("meeting_on_month", "id_meeting_on_month", "3"),
        ("meeting_on_year", "id_meeting_on_year", "2018"),
    ]


def test_only_another_date_counts_as_a_change() -> None:
    initial = {"meeting_on": date(2018, 3, 29)}
    same = {"meeting_on_day": "29", "meeting_on_month": "March", "meeting_on_year": "2018"}
    assert not Ask(same, initial=initial).has_changed()
    assert Ask({**same, "meeting_on_day": "30"}, initial=initial).has_changed()
    assert Ask({**same, "meeting_on_day": "x"}, initial=initial).has_changed()


def test_two_dates_in_prefixed_forms_do_not_meet() -> None:
    form = Ask({"relief-first_month": "5", "relief-first_year": "2017", "first_month": "6"}, prefix="relief")
    assert form.is_valid()
    assert form.cleaned_data["first"] == date(2017, 5, 1)


def test_a_label_with_a_percent_sign_does_not_break_the_message() -> None:
    with pytest.raises(ValidationError) as refusal:
        DateField(label="100% by").clean({"day": "1", "month": "", "year": "2018"})
    assert refusal.value.messages == ["100% by must include a month"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_date_survives_the_boxes(day: date) -> None:
    assert DateField().clean(DateWidget().boxes(day)) == day


@given(st.text(max_size=5), st.text(max_size=9), st.text(max_size=5))
def test_whatever_is_typed_is_understood_or_refused_in_words(day: str, month: str, year: str) -> None:
    form = ask(meeting_on_day=day, meeting_on_month=month, meeting_on_year=year)
    assert form.is_valid() or form.errors["meeting_on"][0]
