"""The kinds of file that are taken, by the names people know them by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

BYTES_IN_A_KB: Final = 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. ``words`` follow "it is"; the first suffix is given to a file that has none."""

    key: str
    words: str
    content_type: str
    suffixes: tuple[str, ...]

    @property
    def label(self) -> str:
        """As it stands beside a name: `PDF`, `Word document`, `plain text`."""
        return self.words.removeprefix("a ").removeprefix("an ")


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"

KINDS: Final[Mapping[str, Kind]] = {
    kind.key: kind
    for kind in (
        Kind("pdf", "a PDF", "application/pdf", (".pdf",)),
        Kind("docx", "a Word document", f"{_OFFICE}.wordprocessingml.document", (".docx",)),
        Kind("xlsx", "an Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
        Kind("pptx", "a PowerPoint presentation", f"{_OFFICE}.presentationml.presentation", (".pptx",)),
        Kind("odt", "an OpenDocument text", f"{_OPEN}.text", (".odt",)),
        Kind("ods", "an OpenDocument spreadsheet", f"{_OPEN}.spreadsheet", (".ods",)),
        Kind("doc", "a Word 97 document", "application/msword", (".doc",)),
        Kind("xls", "an Excel 97 workbook", "application/vnd.ms-excel", (".xls",)),
        Kind("ppt", "a PowerPoint 97 presentation", "application/vnd.ms-powerpoint", (".ppt",)),
        Kind("csv", "a CSV file", "text/csv", (".csv",)),
        Kind("txt", "plain text", "text/plain", (".txt",)),
        Kind("png", "a PNG image", "image/png", (".png",)),
        Kind("jpeg", "a JPEG image", "image/jpeg", (".jpg", ".jpeg")),
        Kind("eml", "an e-mail", "message/rfc822", (".eml",)),
        Kind("msg", "an Outlook e-mail", "application/vnd.ms-outlook", (".msg",)),
    )
}
ACCEPTED_IN_WORDS: Final = (
    "PDF, Word, Excel and PowerPoint files, OpenDocument texts and spreadsheets, CSV, plain text, PNG and JPEG images,"
    " and e-mails (.eml or .msg)"
)


def kind_by_suffix(suffix: str, kinds: Iterable[Kind]) -> Kind | None:
    return next((kind for kind in kinds if suffix in kind.suffixes), None)


def size_in_words(size: int) -> str:
    """``812 bytes``, ``34 KB``, ``1.2 MB``: as file managers say it, a KB being 1,024 bytes."""
    if size < BYTES_IN_A_KB:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < BYTES_IN_A_KB * BYTES_IN_A_KB:
        return f"{size // BYTES_IN_A_KB} KB"
    tenths = size * 10 // (BYTES_IN_A_KB * BYTES_IN_A_KB)
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} MB"
