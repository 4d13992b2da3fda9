"""The frozen paper as JSON and back. Keys and their order are the published format's."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from typing import Any, Final

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from contracts.rules.months import Month, month_key, parse_month
from reports.snapshot.kpis import History, ResultLine, Review
from reports.snapshot.paper import BoardPaper, ErratumLine
from reports.snapshot.projects import ProjectException

SCHEMA = 1
LEFT_OUT: Final[tuple[tuple[type, tuple[str, ...]], ...]] = (
    (ResultLine, ("dispute",)),
    (ProjectException, ("is_green_unknown",)),
    (ErratumLine, ("paper",)),
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


def _renamed(cls: type) -> dict[str, Any]:
    return {field.name: override(rename=field.name.rstrip("_")) for field in fields(cls) if field.name.endswith("_")}


def _converter() -> Converter:
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
        converter.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, converter, **_renamed(cls)))
        converter.register_structure_hook(cls, make_dict_structure_fn(cls, converter, **_renamed(cls)))
    for grown, names in LEFT_OUT:
        left_out: dict[str, Any] = {name: override(omit_if_default=True) for name in names}
        converter.register_unstructure_hook(grown, make_dict_unstructure_fn(grown, converter, **left_out))
    return converter


_CONVERTER = _converter()


def to_dict(paper: BoardPaper) -> dict[str, Any]:
    """The paper as plain values, keys in the order of the format."""
    plain: dict[str, Any] = _CONVERTER.unstructure(paper)
    return plain


def to_json(paper: BoardPaper) -> str:
    """The paper as JSON text: UTF-8, indented, always the same bytes for the same paper."""
    return json.dumps(to_dict(paper), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> BoardPaper:
    """The paper that :func:`to_json` wrote. Raises ``ValueError`` for another schema."""
    plain = json.loads(text)
    if plain.get("schema") != SCHEMA:
        raise ValueError(f"This paper has schema {plain.get('schema')!r}; this version reads schema {SCHEMA}.")
    return _CONVERTER.structure(plain, BoardPaper)


def fingerprint(text: str) -> str:
    """SHA-256 of a snapshot's JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
