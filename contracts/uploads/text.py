"""Whether bytes are text that a person can read, and whether that text is a page that a browser would run."""

import codecs
import re
from typing import Final

CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""What no text has in it; tab, line ends and page breaks are text."""
MARKUP: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"<\s*svg[\s>:]", re.I), "an SVG drawing, which can run programs"),
    (re.compile(r"<\s*(!doctype\s+html|html|head|body|script|iframe|meta|table)[\s>/]", re.I), "a web page"),
)
LOOKED_AT: Final = 4096


def decoded(content: bytes) -> str | None:
    """The text, in UTF-8, UTF-16 with its mark, or the Windows alphabet; ``None`` where it is no text."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _read(content, encoding)
    text = _read(content, "utf-8-sig")
    return _read(content, "cp1252") if text is None else text


def is_plain(head: bytes) -> bool:
    """Whether the beginning of a file has no byte in it that text cannot have."""
    return not CONTROLS.search(head.decode("latin-1"))


def is_markup(text: str) -> str:
    """What kind of page it is that begins like one; nothing for text that only speaks of one further down."""
    begin = text[:LOOKED_AT].lstrip("\ufeff \t\r\n\f")
    if not begin.startswith("<"):
        return ""
    return next((words for pattern, words in MARKUP if pattern.search(begin)), "a page of markup")


def _read(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if CONTROLS.search(text) else text
