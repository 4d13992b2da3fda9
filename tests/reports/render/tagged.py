"""Reads a tagged PDF the way a screen reader does: by its structure tree, with the text that each element marks."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

SHOWS_TEXT = {"Tj", "TJ", "'", '"'}


@dataclass(slots=True)
class Element:
    """One element of the structure: its kind, its own attributes, and what lies under it, text among it, in order."""

    kind: str
    scope: str = ""
    alt: str = ""
    inside: "list[Element | str]" = field(default_factory=list)

    @property
    def children(self) -> "list[Element]":
        return [each for each in self.inside if isinstance(each, Element)]

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    def all(self, *kinds: str) -> "Iterator[Element]":
        """The elements of these kinds, in reading order."""
        for child in self.children:
            if child.kind in kinds:
                yield child
            yield from child.all(*kinds)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A PDF's structure, its text by page that is in the structure, and the text that is decoration."""

    root: Element
    decoration: list[str]
    stray: list[str]


def read(content: bytes) -> Tagged:
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = [_Page.of(page) for page in pdf.pages]
        by_page = {page.obj.objgen: found for page, found in zip(pdf.pages, pages, strict=True)}
        root = Element("Root")
        _fill(root, pdf.Root.StructTreeRoot.K, None, by_page)
        return Tagged(root, [page.decoration for page in pages], [page.stray for page in pages])


@dataclass(slots=True)
class _Page:
    marked: dict[int, str]
    decoration: str
    stray: str

    @classmethod
    def of(cls, page: Any) -> "_Page":
        marked: defaultdict[int, str] = defaultdict(str)
        decoration = stray = ""
        open_marks: list[tuple[str, int | None]] = []
        letters: dict[bytes, str] = {}
        size = 2
        for instruction in pikepdf.parse_content_stream(page):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "BMC" | "BDC":
                    properties = operands[1] if len(operands) > 1 else {}
                    mcid: Any = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                    open_marks.append((str(operands[0]), None if mcid is None else int(mcid)))
                case "EMC":
                    open_marks.pop()
                case "Tf":
                    letters, size = _letters(page.Resources.Font[str(operands[0])])
                case shows if shows in SHOWS_TEXT:
                    shown = _shown(operands, letters, size)
                    number = next((mark for _, mark in reversed(open_marks) if mark is not None), None)
                    if number is not None:
                        marked[number] += shown
                    elif any(kind == "/Artifact" for kind, _ in open_marks):
                        decoration += shown
                    else:
                        stray += shown
        return cls(dict(marked), decoration, stray)


def _fill(parent: Element, inside: Any, page: Any, by_page: dict[Any, _Page]) -> None:
    for each in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(each, int):
            parent.inside.append(by_page[page].marked.get(each, ""))
        elif each.get("/Type") == "/MCR":
            own = each.get("/Pg")
            parent.inside.append(by_page[own.objgen if own is not None else page].marked.get(int(each.MCID), ""))
        elif "/S" in each:
            own = each.get("/Pg")
            child = Element(str(each.S)[1:], _scope(each), str(each.get("/Alt", "")))
            parent.inside.append(child)
            if "/K" in each:
                _fill(child, each.K, own.objgen if own is not None else page, by_page)


def _scope(node: Any) -> str:
    attributes = node.get("/A", [])
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(each, pikepdf.Dictionary) and "/Scope" in each:
            return str(each.Scope)[1:]
    return ""


def _shown(operands: Any, letters: dict[bytes, str], size: int) -> str:
    strings = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    codes = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
    return "".join(letters.get(codes[place : place + size], "?") for place in range(0, len(codes), size))


def _letters(font: Any) -> tuple[dict[bytes, str], int]:
    """What each code of a font stands for, and how many bytes a code has: from its map to Unicode."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    size = 2 if str(font.Subtype) == "/Type0" else 1
    return found, size
