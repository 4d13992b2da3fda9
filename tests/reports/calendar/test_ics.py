"""The calendar file keeps to RFC 5545: a strict little reader gets back what was written, whatever stands in it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.ics import Event, calendar_file

STAMP = datetime(2018, 3, 14, 9, 30, tzinfo=UTC)
PROPERTY = re.compile(r"(?P<name>[A-Z][A-Z-]*)(?P<params>(?:;[A-Z]+=[A-Z]+)*):(?P<value>.*)", re.DOTALL)
ESCAPES = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n"}
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "X-WR-CALNAME"}
ONCE = {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "STATUS", "TRANSP"}

Read = list[dict[str, str]]


def unfolded(content: bytes) -> Iterator[str]:
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode("utf-8", errors="strict")
    yield from content.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode().split("\r\n")


def text(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "a bare comma or semicolon"
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,n])*", value, re.DOTALL), "a backslash that marks nothing"
    return re.sub(r"\\[\\;,n]", lambda found: ESCAPES[found[0]], value)


def read(content: bytes) -> Read:
    lines = list(unfolded(content))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    events: Read = []
    inside: dict[str, str] | None = None
    for line in lines[1:-1]:
        found = PROPERTY.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            assert inside.keys() >= ONCE
            events.append(inside)
            inside = None
        elif inside is not None:
            assert name not in inside, f"{name} twice"
            inside[name] = text(value) if name in TEXTS else value
    assert inside is None
    return events


def event(**changes: object) -> Event:
    given: dict[str, object] = {
        "uid": "meeting-1@example.org",
        "sequence": 0,
        "at": date(2018, 3, 29),
        "summary": "Board",
    }
    return Event(**{**given, **changes})  # type: ignore[arg-type]


def one(**changes: object) -> dict[str, str]:
    (found,) = read(calendar_file("Board", [event(**changes)], stamp=STAMP))
    return found


def test_a_day_lasts_until_the_next_one_begins() -> None:
    content = calendar_file("Board", [event(at=date(2018, 12, 31))], stamp=STAMP)
    assert b"DTSTART;VALUE=DATE:20181231\r\nDTEND;VALUE=DATE:20190101\r\n" in content


@pytest.mark.parametrize(
    ("at", "start"),
    [
        (datetime(2018, 3, 29, 10, 30, tzinfo=timezone(timedelta(hours=1))), "20180329T093000Z"),
        (datetime(2018, 12, 20, 0, 30, tzinfo=timezone(timedelta(hours=1))), "20181219T233000Z"),
    ],
)
def test_an_instant_is_given_in_utc(at: datetime, start: str) -> None:
    found = one(at=at)
    assert found["DTSTART"] == start
    assert "DTEND" not in found


def test_the_stamp_is_the_one_given_so_the_same_events_are_the_same_bytes() -> None:
    assert one()["DTSTAMP"] == "20180314T093000Z"
    assert calendar_file("A", [event()], stamp=STAMP) == calendar_file("A", [event()], stamp=STAMP)


def test_a_cancelled_meeting_says_so_and_takes_no_time() -> None:
    assert (one()["STATUS"], one(is_busy=True)["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    cancelled = one(is_cancelled=True, is_busy=True, sequence=3)
    assert (cancelled["STATUS"], cancelled["TRANSP"], cancelled["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", "3")


@pytest.mark.parametrize(
    "hazard",
    [
        "Room 1, County Hall; ring the bell\\twice",
        "first line\nsecond line\r\nthird\rfourth",
        "END:VEVENT\r\nBEGIN:VEVENT",
        "é" * 120,
        "\U0001f3db" * 60,
        "a" * 63 + "é" * 40,
        " begins with a blank" + " " * 90 + "x",
        "\x00\x07tab\tstays",
        "\\n is no line break",
    ],
)
def test_what_stands_in_a_text_comes_back_and_ends_no_line(hazard: str) -> None:
    expected = hazard.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x07", "")
    found = one(summary=hazard, location=hazard, description=hazard)
    assert (found["SUMMARY"], found["LOCATION"], found["DESCRIPTION"]) == (expected,) * 3


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_comes_back(summary: str) -> None:
    assert one(summary=summary)["SUMMARY"] == summary


def test_half_a_character_does_not_break_the_file() -> None:
    assert one(summary="half \ud83c")["SUMMARY"] == "half ?"


def test_an_address_is_not_escaped_and_ends_no_line() -> None:
    found = one(url="https://example.org/a,b;c\r\nX-EVIL:1")
    assert found["URL"] == "https://example.org/a,b;cX-EVIL:1"
