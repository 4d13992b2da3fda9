"""Makes the texts of a snapshot fit to print, before any format sees them.

People paste from everywhere. Control characters break Word files, marks that turn the writing direction can make a
figure read backwards, and neither was meant to be printed. The snapshot itself, and so the JSON, keeps every character.
"""

import re
from dataclasses import fields, is_dataclass
from typing import Any, Final, TypeVar, cast

Frozen = TypeVar("Frozen")

LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NEVER_PRINTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"  # byte order mark, tags, half characters
)
SUSPECT: Final = re.compile(f"{LINE_ENDS.pattern}|{NEVER_PRINTED.pattern}|[\t\n]|  |^ | $")
WITH_LINES: Final = frozenset(
    {
        "answer",
        "because",
        "cause",
        "cost_effect",
        "definition",
        "delay_cause",
        "detail",
        "done",
        "effect",
        "knock_on",
        "narrative",
        "next",
        "note",
    }
    | {"not_measured_reason", "rationale", "reason", "remedy", "text"}
    | {"introduction", "recommendation", "implications", "consultation", "lateness"}
)
"""The fields in which people write paragraphs; everything else is a name or a word and stays on one line."""


def printable(value: Frozen) -> Frozen:
    """The same value, with every text in it cleaned."""
    return cast(Frozen, _cleaned(value, has_lines=False))


def clean(text: str, *, has_lines: bool = True) -> str:
    """One text without what is never printed. Line breaks stay where a text has lines, never two empty lines."""
    if not SUSPECT.search(text):
        return text
    lines = NEVER_PRINTED.sub("", LINE_ENDS.sub("\n", text)).split("\n")
    if not has_lines:
        return " ".join(" ".join(lines).split())
    spaced = "\n".join(re.sub("[ \t]+", " ", line).strip(" ") for line in lines)
    return re.sub("\n{3,}", "\n\n", spaced).strip("\n")


def _cleaned(value: Any, *, has_lines: bool) -> Any:
    if isinstance(value, str):
        return clean(value, has_lines=has_lines)
    if isinstance(value, tuple):
        return tuple(_cleaned(item, has_lines=has_lines) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(
            **{
                field.name: _cleaned(getattr(value, field.name), has_lines=field.name in WITH_LINES)
                for field in fields(value)
            }
        )
    return value
