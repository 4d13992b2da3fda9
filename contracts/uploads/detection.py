"""
What a file is, by its content alone.

Programs, web pages, drawings and packed folders are told apart only to be called by their names in a refusal. Office
files are opened as far as it takes to see which one they are and whether macros lie in them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32
from struct import error as StructError
from struct import unpack_from
from typing import IO, Any, Final
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from contracts.uploads.archives import UNREADABLE, open_archive
from contracts.uploads.compound import SIGNATURE, BrokenCompound, Compound
from contracts.uploads.kinds import KINDS, Kind
from contracts.uploads.refusals import UploadRefused, damaged, locked, with_macros
from contracts.uploads.text import decoded, is_markup, is_plain

HEAD: Final = 4096
MAX_PART: Final = 1024 * 1024
PACKED: Final = b"PK\x03\x04"
MAIN_PARTS: Final[Mapping[str, str]] = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
OPEN_DOCUMENTS: Final[Mapping[bytes, str]] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
ACTIVE_TYPES: Final = ("macroenabled", "vbaproject", "macrosheet", "activex")
ACTIVE_FOLDERS: Final = ("basic/", "scripts/")
MAIN_STREAMS: Final[Mapping[str, str]] = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "__properties_version1.0": "msg",
}
MACRO_STORAGES: Final = frozenset({"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"})
FOREIGN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"Rar!", "a packed folder"),
    (b"7z\xbc\xaf", "a packed folder"),
    (b"\x1f\x8b", "a packed file"),
    (b"BZh", "a packed file"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, film or WebP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"{\\rtf", "a rich text file"),
    (b"%!PS", "a PostScript file"),
)
PDF_END: Final = re.compile(rb"startxref|%%EOF")
BOUND_SHEET, END_OF_GLOBALS, LOCKED_SHEETS = 0x85, 0x0A, 0x2F
MACRO_SHEETS: Final = frozenset({1, 6})
"""Of the kinds of sheet that an Excel 97 workbook knows: macros, and modules of Visual Basic."""
VBA_IN_SLIDES: Final = re.compile(rb"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00.{4}(.{4})", re.S)


@dataclass(frozen=True, slots=True)
class Found:
    """What the content is. Text may be any of several kinds; where none is taken, ``words`` say what it is."""

    kinds: tuple[Kind, ...]
    words: str


def detect(file: IO[bytes], name: str) -> Found:
    """What the file is by its content. Raises :class:`UploadRefused` for macros, locks, bombs and damage."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(PACKED):
        return _packed(file, name)
    if head.startswith(SIGNATURE):
        return _compound(file, name)
    if head.startswith(b"%PDF-"):
        return _pdf(file, name)
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return _found("png")
    if head.startswith(b"\xff\xd8\xff"):
        return _found("jpeg")
    for signature, words in FOREIGN:
        if head.startswith(signature) and not is_plain(head):
            return Found((), words)
    return _text(file, head)


def _found(*keys: str) -> Found:
    kinds = tuple(KINDS[key] for key in keys)
    return Found(kinds, kinds[0].words)


def _pdf(file: IO[bytes], name: str) -> Found:
    file.seek(0)
    if not PDF_END.search(file.read()[-HEAD:]):
        raise UploadRefused(f"“{name}” is a PDF that ends too early, as if it had been cut short. Choose it again.")
    return _found("pdf")


# --- Packed files ----------------------------------------------------------------------------------------------------


def _packed(file: IO[bytes], name: str) -> Found:
    with open_archive(file, name) as archive:
        names = [entry.filename.lower() for entry in archive.infolist()]
        if len(set(names)) < len(names):
            raise damaged(name)  # which of two parts of one name is meant, each program decides for itself
        if "[content_types].xml" in names:
            return _office(archive, names, name)
        key = OPEN_DOCUMENTS.get(_part(archive, "mimetype", name).strip()) if "mimetype" in names else None
        if key is None:
            return Found((), "a packed folder (zip)")
        if any(each.startswith(ACTIVE_FOLDERS) for each in names):
            raise with_macros(name)
        return _found(key)


def _office(archive: ZipFile, names: list[str], name: str) -> Found:
    told = _types(_part(archive, "[Content_Types].xml", name))
    if any(each in told for each in ACTIVE_TYPES) or any(each.endswith("vbaproject.bin") for each in names):
        raise with_macros(name)
    for part, key in MAIN_PARTS.items():
        if part in told:
            return _found(key)
    return Found((), "a packed folder (zip)")


def _types(listed: bytes) -> str:
    """The kinds of its parts as a program understands them that opens the file, however they are spelled."""
    found: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        found.append(attributes.get("ContentType", "").lower())

    def refuse(*definition: Any) -> None:
        raise ValueError("A list of kinds defines no words of its own.")

    parser = ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, refuse
    try:
        parser.Parse(listed, True)
    except (ExpatError, ValueError, LookupError):
        return ""
    return " ".join(found)


def _part(archive: ZipFile, part: str, name: str) -> bytes:
    """The beginning of a part; nothing where it is missing or spelled differently."""
    if part not in archive.namelist():
        return b""
    try:
        with archive.open(part) as opened:
            return opened.read(MAX_PART)
    except UNREADABLE as problem:
        raise damaged(name) from problem


# --- Compound files --------------------------------------------------------------------------------------------------


def _compound(file: IO[bytes], name: str) -> Found:
    file.seek(0)
    content = file.read()
    try:
        compound = Compound(content)
        if "EncryptedPackage" in compound.names:
            raise locked(name)
        key = next((key for stream, key in MAIN_STREAMS.items() if stream in compound.names), None)
        if key is None:
            return Found((), "an Office file of another kind")
        if key != "msg" and compound.names & MACRO_STORAGES:
            raise with_macros(name)
        if key == "xls":
            _look_at_sheets(compound, name)
    except (BrokenCompound, StructError, IndexError) as problem:
        raise damaged(name) from problem
    if key == "ppt" and any(any(found[1]) for found in VBA_IN_SLIDES.finditer(content)):
        raise with_macros(name)
    return _found(key)


def _look_at_sheets(compound: Compound, name: str) -> None:
    """The list of sheets at the beginning of a workbook names macro sheets, which no folder of macros gives away."""
    stream = "Workbook" if "Workbook" in compound.names else "Book"
    records = compound.beginning_of(stream, MAX_PART)
    place = 0
    while place + 4 <= len(records):
        record, length = unpack_from("<HH", records, place)
        if record == LOCKED_SHEETS:
            raise locked(name)
        if record == END_OF_GLOBALS:
            return
        if record == BOUND_SHEET and records[place + 9] in MACRO_SHEETS:
            raise with_macros(name)
        place += 4 + length


# --- Text ------------------------------------------------------------------------------------------------------------


def _text(file: IO[bytes], head: bytes) -> Found:
    file.seek(0)
    content = file.read()
    text = decoded(content)
    if text is None:
        return Found((), "of a kind that cannot be told")
    if markup := is_markup(text):
        return Found((), markup)
    return _found("eml", "txt", "csv") if _is_mail(head) else _found("txt", "csv")


def _is_mail(head: bytes) -> bool:
    """Whether it begins with the lines that every e-mail begins with: from whom, and when or about what."""
    headers = message_from_bytes(head, policy=compat32)
    return "From" in headers and not {"Date", "Subject", "Received", "Message-ID"}.isdisjoint(headers.keys())
