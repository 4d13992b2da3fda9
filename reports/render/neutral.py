"""Takes the sting out of text that a spreadsheet would run as a formula, in CSV and in spreadsheets alike."""

import re
from typing import Final

DANGEROUS: Final = frozenset("=+-@\t\r＝＋－＠")
"""With their full-width doubles, which some programs read the same."""
PLAIN_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def neutral(text: str) -> str:
    """The text behind an apostrophe when it begins like a formula, blanks before it or not; plain numbers stay."""
    starts = {text[:1], text.lstrip()[:1]} - {""}
    if not starts.isdisjoint(DANGEROUS) and not PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text
