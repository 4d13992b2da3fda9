"""
A project's reference: what can be one, given that it stands in the addresses of the project's pages, and its spellings.

The words that addresses need are listed here, where form, importer and check can read them; a test holds the list
against the addresses themselves.
"""

import re
from typing import Final

PAGES: Final = frozenset(
    {
        "add", "archived", "chairs", "change", "key", "mine", "money", "plan", "plan.csv", "plan.xlsx", "register.csv",
        "register.xlsx", "timeline",
    }
)  # fmt: skip
"""What an address has after the projects of a contract, where a project's reference would stand."""

ACTS: Final = frozenset({"archive", "dependencies", "edit", "nominate", "rebaseline", "take-back", "update"})
"""What an address has after a project's reference."""

LONGEST: Final = 40
APART: Final = "[-_/. ]*"
"""What may stand between the letters and the numbers of a reference, and mean nothing."""

_WRITTEN: Final = re.compile(r"[a-z0-9 _/.-]*[0-9][a-z0-9 _/.-]*", re.IGNORECASE)
_PARTS: Final = re.compile(r"[a-z]+|[0-9]+")


def reference_fault(reference: str) -> str:
    """What hinders this from being a project's reference; blank where nothing does.

    One may have slashes. `key` or `P014/edit` would lie at the address of another page, and `..` at none.
    """
    first, *further = reference.casefold().split("/")
    if not reference.isprintable() or not all((first, *further)) or {".", ".."} & {first, *further}:
        return "A reference has letters, figures and such marks as - or / between them"
    if first in PAGES:
        return f"“{first}” is the address of another page here"
    act = next((each for each in further if each in ACTS), "")
    return f"“/{act}” is the address of what is done to a project" if act else ""


def spelt(typed: str) -> str:
    """What finds the references that are spelt like this one, as a pattern for capitals and small letters alike.

    `p 56`, `P-056` and `p0056` find P056, and `it/2017/3` finds IT-2017-03. Blank for what no reference looks like.
    """
    if len(typed) > LONGEST or not _WRITTEN.fullmatch(typed):
        return ""
    return f"^{APART.join(_part(part) for part in _PARTS.findall(typed.lower()))}$"


def _part(part: str) -> str:
    if not part.isdigit():
        return part
    return f"0*{part.lstrip('0')}" if part.strip("0") else "0+"
