"""The paper as tagged PDF/UA-1: typst sets it from `typst/paper.typ`, then pikepdf mends what typst does not tag.

Nothing of the outside gets in: fonts are the vendored ones, the date is the paper's, and the words travel as JSON, so
the same document gives the same bytes and no text can act as markup.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, Final

import pikepdf
from django.utils.safestring import SafeString

from config.ui.status import LOOKS
from reports.render.document import Document
from reports.render.glyphs import drawable
from reports.render.typesetting import typeset

HOLDERS: Final = ("/Document", "/Div")
"""Elements in which tables may lie."""


def render(document: Document) -> bytes:
    """The PDF's bytes."""
    plain = _plain(document, drawable)
    plain["occasion"] = drawable(document.occasion)
    plain["looks"] = {
        key: {"word": look.word, "colour": look.colour, "svg": _svg(look.svg)} for key, look in LOOKS.items()
    }
    made_at = datetime.combine(document.made_on, time(), UTC)
    (compiled,) = typeset("paper.typ", plain, format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()))
    return _mended(compiled)


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


def _mended(compiled: bytes) -> bytes:
    """Makes the first cell of every row a header of its row, and puts every caption into its table.

    typst lists each cell's headers one by one, and only those of columns; without the lists every reader works them
    out from the scopes, those of the rows included. A caption that it moved to the next page with its table it leaves
    beside the table.
    """
    with pikepdf.open(BytesIO(compiled)) as pdf:
        for table in _tables(pdf.Root.StructTreeRoot):
            for part in _children(table):
                if part.S == "/TBody":
                    for row in _children(part):
                        _give_row_header(row)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _give_row_header(row: Any) -> None:
    header, *others = _children(row)
    header.S = pikepdf.Name.TH
    header.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    for cell in others:
        if "/A" in cell:
            del cell.A


def _tables(node: Any) -> Iterator[Any]:
    """The tables under an element, in order; on the way, a stray caption goes into the table that follows it."""
    stray = None
    for child in _children(node):
        if child.S == "/Caption":
            stray = child
            continue
        for table in [child] if child.S == "/Table" else list(_tables(child)) if child.S in HOLDERS else []:
            if stray is not None:
                _move(stray, node, table)
                stray = None
            yield table


def _move(caption: Any, place: Any, table: Any) -> None:
    place.K = pikepdf.Array([child for child in _children(place) if child.objgen != caption.objgen])
    caption.P = table
    table.K = pikepdf.Array([caption, *_children(table)])


def _children(node: Any) -> list[Any]:
    """The structure elements right under one, without the marks of its content."""
    inside = node.get("/K", [])
    listed = list(inside) if isinstance(inside, pikepdf.Array) else [inside]
    return [child for child in listed if isinstance(child, pikepdf.Dictionary) and "/S" in child]
