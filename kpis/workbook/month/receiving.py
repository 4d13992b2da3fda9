"""A spreadsheet that somebody hands in for a month: judged by its content, bounded, read, and not kept."""

from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from contracts.models import ServiceArea
from contracts.rules.months import Month
from contracts.uploads import UploadRefused, cleaned_name, refuse_oversize, suffix_of
from contracts.uploads.detection import detect
from contracts.workbook.files import open_workbook
from contracts.workbook.limits import MEGABYTE, Limits
from contracts.workbook.problems import Problems
from kpis.workbook.book import load_book
from kpis.workbook.month.reading import SHEET, Reading, read_month

PACKED: Final = ("xlsx", "ods")
BEGINNING: Final = 4096


def receive(upload: UploadedFile, area: ServiceArea, month: Month) -> Reading:
    """
    What the file says of one area and month. Raises UploadRefused where it is no spreadsheet, or too large a one.

    The limits are the settings ``UPLOAD_MAX_MB``, ``SHEET_MAX_UNPACKED_MB`` and ``SHEET_MAX_ROWS``.
    """
    name = cleaned_name(upload.name or "")
    refuse_oversize(upload.size or 0, name)
    suffix = _suffix(upload, name)
    problems = Problems()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{SHEET}{suffix}"
        upload.seek(0)
        with path.open("wb") as copy:
            copyfileobj(upload, copy)
        sheets = open_workbook(path, problems, limits=_limits(), named=name)
        return read_month(sheets, load_book(area.contract), area, month, problems, name)


def _suffix(upload: UploadedFile, name: str) -> str:
    """Of the kind that the content is, whatever the name says; a CSV file with odd signs below its header is read."""
    found = detect(upload.file, name)  # type: ignore[arg-type]  # Django's files wrap one of these
    keys = {kind.key for kind in found.kinds}
    for key in PACKED:
        if key in keys:
            return f".{key}"
    upload.seek(0)
    is_text = "csv" in keys or (not keys and b"\0" not in upload.read(BEGINNING).partition(b"\n")[0])
    if is_text and suffix_of(name) in ("", ".csv", ".txt"):
        return ".csv"
    raise UploadRefused(f"“{name}” is {found.words}. What is taken: an .xlsx or .ods workbook, or a CSV file.")


def _limits() -> Limits:
    return Limits(
        size=settings.UPLOAD_MAX_MB * MEGABYTE,
        unpacked=settings.SHEET_MAX_UNPACKED_MB * MEGABYTE,
        rows=settings.SHEET_MAX_ROWS,
        lines=settings.SHEET_MAX_ROWS,
    )
