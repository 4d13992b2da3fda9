"""
Reads the words back out of rendered files, in every place where a file can hold some: what is to be read, what is
only heard, and what a file says of itself.

For comparing files with what they may say. Numbers that only place or size something are no words.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import ZipFile

import pikepdf
from docx.oxml import parse_xml
from python_calamine import CalamineWorkbook

Attributes = list[tuple[str, str | None]]

SPOKEN: Final = frozenset({"alt", "title", "aria-label", "aria-description", "content", "href", "id", "summary"})
"""Attributes of a web page that hold words, or names made of them."""
PARTS_IN_WORDS: Final = frozenset({"descr", "title", "name", "alt", "instr", "Target", "author", "initials", "anchor"})
SHAPED: Final = ("tblCaption", "tblDescription", "alias", "tag")
"""Elements of Word whose value is text and no measure."""
SHOWS_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
PADDED_NAME: Final = re.compile(r"(?:^|/)sharedStrings\.xml$|worksheets/sheet\d+\.xml$")


def words_in(name: str, content: bytes) -> str:
    """Everything that a file says, by the ending of its name. Raises ``ValueError`` for a file of another kind."""
    ending = name.rpartition(".")[2]
    if ending not in READERS:
        raise ValueError(f"{name}: files of this kind cannot be read back.")
    return "\n".join(READERS[ending](content))


def _html(content: bytes) -> Iterator[str]:
    page = _Page()
    page.feed(content.decode())
    page.close()
    yield from page.said


class _Page(HTMLParser):
    """The text of a page, its comments, and those attributes that are words; not its style and not its drawings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._is_style = tag == "style"
        self.said += [value for name, value in attrs if value and (name in SPOKEN or name.startswith("data-"))]

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.said.append(data)


def _csv(content: bytes) -> Iterator[str]:
    for row in csv.reader(StringIO(content.decode(), newline="")):
        yield from row


def _json(content: bytes) -> Iterator[str]:
    def leaves(value: Any) -> Iterator[str]:
        if isinstance(value, Mapping):
            for key, each in value.items():
                yield str(key)
                yield from leaves(each)
        elif isinstance(value, list):
            for each in value:
                yield from leaves(each)
        elif value is not None:
            yield str(value)

    yield from leaves(json.loads(content))


def _docx(content: bytes) -> Iterator[str]:
    yield from _parts(content)


def _xlsx(content: bytes) -> Iterator[str]:
    """Cells as a reader of spreadsheets sees them; of the other parts, what they say."""
    yield from _parts(content, leaves_out=PADDED_NAME)
    with ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if PADDED_NAME.search(name):
                root = parse_xml(packed.read(name))
                yield from (each.text for each in root.iter() if isinstance(each.tag, str) and _is_prose(each))
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for sheet in book.sheet_names:
        yield sheet
        for row in book.get_sheet_by_name(sheet).to_python():
            yield from (_cell(value) for value in row if value not in ("", None))


def _is_prose(node: Any) -> bool:
    return bool(node.text) and _local(node.tag) in {"t", "oddHeader", "oddFooter", "evenHeader", "f"}


def _cell(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _parts(content: bytes, leaves_out: re.Pattern[str] | None = None) -> Iterator[str]:
    """The words of every XML part of an Office file, its names, and the addresses it points to."""
    with ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name
            if not name.endswith((".xml", ".rels")) or (leaves_out and leaves_out.search(name)):
                continue
            yield from _xml(packed.read(name))


def _xml(content: bytes) -> Iterator[str]:
    """Text that stands together in a paragraph is one line, however many runs it is cut into."""
    line: list[str] = []
    for node in parse_xml(content).iter():
        if not isinstance(node.tag, str):
            yield str(node.text or "")
            continue
        tag = _local(node.tag)
        if tag in ("p", "tc", "br", "tab"):
            yield "".join(line)
            line = []
        for key, value in node.attrib.items():
            named = _local(key)
            if named in PARTS_IN_WORDS or (named == "val" and tag in SHAPED):
                yield str(value)
        if node.text and node.text.strip():
            line.append(node.text) if tag == "t" else line.extend(["\n", node.text, "\n"])
    yield "".join(line)


def _local(name: str) -> str:
    """Without its namespace."""
    return name.rpartition("}")[2]


def _pdf(content: bytes) -> Iterator[str]:
    """What the pages show by the fonts' own maps, the words for what is drawn, bookmarks, and the properties."""
    with pikepdf.open(BytesIO(content)) as pdf:
        yield from (str(value) for value in pdf.docinfo.values())
        if "/Metadata" in pdf.Root:
            yield from _xml(pdf.Root.Metadata.read_bytes())
        fonts: dict[Any, tuple[dict[bytes, str], int]] = {}
        for page in pdf.pages:
            yield "".join(_shown(page, fonts))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                for key in ("/Alt", "/ActualText", "/E", "/T", "/Title", "/Contents"):
                    value = thing.get(key)
                    if isinstance(value, pikepdf.String):
                        yield str(value)


def _shown(page: Any, fonts: dict[Any, tuple[dict[bytes, str], int]]) -> Iterator[str]:
    letters, size = dict[bytes, str](), 2
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tf":
                font = page.Resources.Font[str(operands[0])]
                letters, size = fonts.setdefault(font.objgen, _letters(font))
            case "ET" | "T*":
                yield " "
            case shows if shows in SHOWS_TEXT:
                strings = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                codes = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
                yield "".join(letters.get(codes[at : at + size], "\ufffd") for at in range(0, len(codes), size))


def _letters(font: Any) -> tuple[dict[bytes, str], int]:
    """What each code of a font stands for, and how many bytes a code has: from its map to Unicode."""
    found: dict[bytes, str] = {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    return found, 2 if str(font.Subtype) == "/Type0" else 1


READERS: Final[Mapping[str, Callable[[bytes], Iterator[str]]]] = {
    "html": _html,
    "csv": _csv,
    "json": _json,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
}
