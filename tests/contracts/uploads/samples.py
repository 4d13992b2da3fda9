"""Small files of every kind, made here; those of Office 97 hold no more than what tells them apart."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from struct import pack
from typing import Final

import docx
import xlsxwriter

SECTOR: Final = 512
NO_SECTOR, LAST_SECTOR, TABLE_SECTOR = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
STORAGE, STREAM, ROOT = 1, 2, 5
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
VBA_OF_SLIDES: Final = b"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00"


def pdf(body: bytes = b"1 0 obj<</Type/Catalog>>endobj\n") -> bytes:
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def word() -> bytes:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Calls answered in time.")
    document.save(made)
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "calls")
    return made.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def office(main: str = WORD, also: str = "", encoding: str = "utf-8", **more: str | bytes) -> bytes:
    """
    An Office file of nothing but its list of types, ``also`` being one of them as it is spelled.

    ``more`` are further parts by name, ``__`` being a slash.
    """
    kinds = "".join(f'<Override PartName="/main.xml" ContentType="{each}"/>' for each in (main, also) if each)
    types = f"<Types>{kinds}</Types>".encode(encoding)
    return packed({"[Content_Types].xml": types, **{name.replace("__", "/"): each for name, each in more.items()}})


def open_document(kind: str, **more: str) -> bytes:
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"}
    return packed(parts | {name.replace("__", "/"): each for name, each in more.items()})


def compound(streams: Mapping[str, bytes], *storages: str) -> bytes:
    """A compound file with these streams, each in full sectors, and these empty storages."""
    entries = [("Root Entry", ROOT, LAST_SECTOR, 0)]
    entries += [(name, STORAGE, 0, 0) for name in storages]
    in_directory = -(-(len(entries) + len(streams)) * 128 // SECTOR)
    table = [TABLE_SECTOR, *range(2, 1 + in_directory), LAST_SECTOR]
    contents = b""
    for name, content in streams.items():
        sectors = max(-(-len(content) // SECTOR), 1)
        first = len(table)
        entries.append((name, STREAM, first, sectors * SECTOR))
        table += [*range(first + 1, first + sectors), LAST_SECTOR]
        contents += content.ljust(sectors * SECTOR, b"\0")
    directory = b"".join(_entry(*each) for each in entries).ljust(in_directory * SECTOR, b"\0")
    filled = table + [NO_SECTOR] * (SECTOR // 4 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, *_HEADER)
    )
    return header + pack("<109I", 0, *[NO_SECTOR] * 108) + pack(f"<{SECTOR // 4}I", *filled) + directory + contents


# Sectors of the directory and of the table, where the directory begins, and no small and no further tables.
_HEADER: Final = (0, 1, 1, 0, 4096, LAST_SECTOR, 0, LAST_SECTOR, 0)


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    return spelled.ljust(64, b"\0") + pack("<HB49xIQ", len(spelled), kind, first, size)


def sheets_97(kind: int = 0, *, is_locked: bool = False) -> bytes:
    """The beginning of an Excel 97 workbook with one sheet: 0 is a worksheet, 1 one of macros."""
    lock = pack("<HH", 0x2F, 2) + b"\1\0" if is_locked else b""
    sheet = pack("<IBB", 0, 0, kind) + b"\x01\x00A"
    return compound(
        {
            "Workbook": pack("<HH", 0x809, 4)
            + bytes(4)
            + lock
            + pack("<HH", 0x85, len(sheet))
            + sheet
            + pack("<HH", 10, 0)
        }
    )


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "The call log"
    message.set_content("It is attached.")
    message.add_attachment(b"<html>", maintype="text", subtype="html", filename="log.html")
    return bytes(message)


# A file of every kind that is taken, under a name that fits.
SAMPLES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "pdf": ("Report.PDF", pdf),
    "docx": ("report.docx", word),
    "xlsx": ("report.xlsx", workbook),
    "pptx": ("report.pptx", lambda: office(SLIDES)),
    "odt": ("report.odt", lambda: open_document("text")),
    "ods": ("report.ods", lambda: open_document("spreadsheet")),
    "doc": ("report.doc", lambda: compound({"WordDocument": b"x"})),
    "xls": ("report.xls", sheets_97),
    "ppt": ("report.ppt", lambda: compound({"PowerPoint Document": b"x"})),
    "csv": ("figures.csv", lambda: "Café,£\n1,2\n".encode("cp1252")),
    "txt": ("note.txt", lambda: "Café: <b>no</b> page\n".encode("utf-16")),
    "png": ("screen.png", png),
    "jpeg": ("photo.jpeg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)),
    "eml": ("the log.eml", mail),
    "msg": ("the log.msg", lambda: compound({"__properties_version1.0": b"x"}, "__nameid_version1.0", "Macros")),
}
