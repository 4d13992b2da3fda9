"""How texts stand in a list: P2 before P10, small letters and capitals alike.

The order is a key of bytes, so that every database sorts alike, whatever its language settings.
"""

import re

_NUMBERS = re.compile(r"([0-9]+)")


def order_key(text: str) -> bytes | None:
    """What a list sorts a text by, its numbers as numbers; ``None`` for a blank one, which stands last.

    Text and numbers come by turns, so two keys always compare like with like: a text ends with a byte that stands in no
    text, and a number begins with how many digits it has.
    """
    words = " ".join(text.split()).casefold()
    if not words:
        return None
    parts = _NUMBERS.split(words)
    return b"".join(_number(part) if place % 2 else _text(part) for place, part in enumerate(parts))


def _text(part: str) -> bytes:
    return part.replace("\0", "").encode("utf-8", "replace") + b"\0"


def _number(digits: str) -> bytes:
    significant = digits.lstrip("0") or "0"
    return len(significant).to_bytes(4, "big") + significant.encode("ascii")
