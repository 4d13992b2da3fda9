"""The frozen paper as JSON and back. Keys and their order are the published format's."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from contracts.rules.months import Month, month_key, parse_month
from reports.snapshot.issue import BoundTo
from reports.snapshot.kpis import History, ResultLine, Review
from reports.snapshot.paper import BoardPaper, ErratumLine
from reports.snapshot.projects import ProjectException

if TYPE_CHECKING:
    from cattrs import Converter

SCHEMA = 1
LEFT_OUT: Final[tuple[tuple[type, tuple[str, ...]], ...]] = (
    (ResultLine, ("dispute",)),
    (ProjectException, ("is_green_unknown",)),
    (ErratumLine, ("paper",)),
    (BoundTo, ("later_from", "later_to")),
    (
        BoardPaper,
        (
            "portfolio",
            "number",
            "of",
            "why",
            "headline_generated",
            "words",
            "remarks",
            "audience",
            "exempt",
            "template",
            "exempt_errata",
            "exempt_appendices",
        ),
    ),
)
"""Keys that came later: the JSON has them only where they say something, so papers from before stay as they are."""


@cache
def _converter() -> "Converter":
    """Made when a process reads or writes its first paper: most pages have none."""
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

    def renamed(cls: type) -> dict[str, Any]:
        known = (field.name for field in fields(cls))
        return {name: override(rename=name.rstrip("_")) for name in known if name.endswith("_")}

    converter = Converter()
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook_func(lambda kind: kind is Month, month_key)
    converter.register_structure_hook_func(lambda kind: kind is Month, lambda text, _: parse_month(text))
    optional_month = Month | None
    converter.register_unstructure_hook_func(
        lambda kind: kind == optional_month, lambda month: None if month is None else month_key(month)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == optional_month, lambda text, _: None if text is None else parse_month(text)
    )
    for cls in (Review, History):
        converter.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, converter, **renamed(cls)))
        converter.register_structure_hook(cls, make_dict_structure_fn(cls, converter, **renamed(cls)))
    for grown, names in LEFT_OUT:
        left_out: dict[str, Any] = {name: override(omit_if_default=True) for name in names}
        converter.register_unstructure_hook(grown, make_dict_unstructure_fn(grown, converter, **left_out))
    return converter


def to_dict(paper: BoardPaper) -> dict[str, Any]:
    """The paper as plain values, keys in the order of the format."""
    plain: dict[str, Any] = _converter().unstructure(paper)
    return plain


def to_json(paper: BoardPaper) -> str:
    """The paper as JSON text: UTF-8, indented, always the same bytes for the same paper."""
    return json.dumps(to_dict(paper), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> BoardPaper:
    """The paper that :func:`to_json` wrote. Raises ``ValueError`` for another schema."""
    plain = json.loads(text)
    if plain.get("schema") != SCHEMA:
        raise ValueError(f"This paper has schema {plain.get('schema')!r}; this version reads schema {SCHEMA}.")
    return _converter().structure(plain, BoardPaper)


def fingerprint(text: str) -> str:
    """SHA-256 of a snapshot's JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
