"""
Meetings and their dates as an iCalendar file (RFC 5545), for the calendars that people keep.

Written out here, because the part of the standard we need is small: lines end with CR LF and are folded at 75 octets
of UTF-8, text is escaped, instants are in UTC, so that no time zone has to be described. The clock is an argument: the
same events at the same instant are the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

PRODUCT: Final = "-//Scrutineer//Calendar of meetings//EN"
MOST_OCTETS: Final = 75
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """
    One entry. ``at`` is a day, which it then lasts, or an aware instant, at which it begins.

    ``uid`` stays the same for ever, ``sequence`` grows with each change: that is how a calendar knows its own entry
    again and takes the newer one.
    """

    uid: str
    sequence: int
    at: date | datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_busy: bool = False
    """Whether it takes up time, as a meeting does; a date by which something is due does not."""


def calendar_file(name: str, events: Iterable[Event], *, stamp: datetime) -> bytes:
    """The file; ``stamp`` is the aware instant at which it is made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _lines_of(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line break are marked, other control characters left out."""
    one_break = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = one_break.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(sign for sign in marked if sign == "\t" or (sign >= " " and sign != "\x7f"))


def folded(line: str) -> bytes:
    """The line with its end; one of more than 75 octets goes on after a blank, and no character is cut in two."""
    parts: list[bytes] = []
    part = b""
    for sign in line:
        octets = sign.encode("utf-8", errors="replace")
        room = MOST_OCTETS if not parts else MOST_OCTETS - 1
        if len(part) + len(octets) > room:
            parts.append(part)
            part = b""
        part += octets
    parts.append(part)
    return b"\r\n ".join(parts) + b"\r\n"


def _lines_of(event: Event, stamp: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{_instant(stamp)}",
        f"SEQUENCE:{event.sequence}",
    ]
    if isinstance(event.at, datetime):
        lines.append(f"DTSTART:{_instant(event.at)}")
    else:
        lines += [f"DTSTART;VALUE=DATE:{event.at:%Y%m%d}", f"DTEND;VALUE=DATE:{event.at + DAY:%Y%m%d}"]
    lines.append(f"SUMMARY:{escaped(event.summary)}")
    texts = (("DESCRIPTION", event.description), ("LOCATION", event.location))
    lines += [f"{name}:{escaped(text)}" for name, text in texts if text]
    if event.url:
        lines.append(f"URL:{_address(event.url)}")
    return [
        *lines,
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'OPAQUE' if event.is_busy and not event.is_cancelled else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _address(url: str) -> str:
    """An address is no text and is not escaped; what could end the line is left out."""
    return "".join(sign for sign in url if sign > " " and sign != "\x7f")
