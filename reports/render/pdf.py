"""The paper as tagged PDF/UA-1: typst sets it from `typst/paper.typ`, then pikepdf marks the row headers.

Nothing of the outside gets in: fonts are the vendored ones, the date is the paper's, and the words travel as JSON, so
the same document gives the same bytes and no text can act as markup.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import pikepdf
from django.utils.safestring import SafeString

from config.ui.status import LOOKS
from reports.render.document import Document
from reports.render.glyphs import drawable
from reports.render.typesetting import typeset


def render(document: Document) -> bytes:
    """The PDF's bytes."""
    plain = _plain(document, drawable)
    plain["occasion"] = drawable(document.occasion)
    plain["looks"] = {
        key: {"word": look.word, "colour": look.colour, "svg": _svg(look.svg)} for key, look in LOOKS.items()
    }
    made_at = datetime.combine(document.made_on, time(), UTC)
    (compiled,) = typeset("paper.typ", plain, format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()))
    return _with_row_headers(compiled)


def _plain(value: Any, text: Callable[[str], str]) -> Any:
    """A block and everything in it as JSON's own kinds; its `type` says which it is."""
    if isinstance(value, SafeString):
        return str(value)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, tuple):
        return [_plain(item, text) for item in value]
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name), text) for field in fields(value)}
        kind = getattr(type(value), "type", None)
        return named | {"type": kind} if isinstance(kind, str) else named
    return value if isinstance(value, bool | int | float | None) else str(value)


def _svg(drawing: str) -> str:
    """A shape of the pages as a file of its own."""
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _with_row_headers(compiled: bytes) -> bytes:
    """Makes the first cell of every row of a table's body a header of its row.

    typst lists each cell's headers one by one, and only those of columns; without the lists every reader works them out
    from the scopes, those of the rows included.
    """
    with pikepdf.open(BytesIO(compiled)) as pdf:
        for row in _rows(pdf.Root.StructTreeRoot.K):
            for place, cell in enumerate(_children(row)):
                if place == 0:
                    cell.S = pikepdf.Name.TH
                    cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
                elif "/A" in cell:
                    del cell.A
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _rows(node: Any) -> Iterator[Any]:
    for child in _children(node):
        if child.S == "/TBody":
            yield from _children(child)
        elif child.S not in ("/P", "/TR", "/L", "/Figure"):
            yield from _rows(child)


def _children(node: Any) -> list[Any]:
    """The structure elements right under one, without the marks of its content."""
    inside = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else node
    listed = list(inside) if isinstance(inside, pikepdf.Array | list) else [inside]
    return [child for child in listed if isinstance(child, pikepdf.Dictionary) and "/S" in child]
