"""Sending the files of papers from the papers' folder: as what they are, and only as long as they are whole."""

from pathlib import PurePath
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404

from contracts.uploads import KINDS
from reports.models import FrozenFile, PaperFile

UNKNOWN: Final = "application/octet-stream"
CONTENT_TYPES: Final = {suffix: kind.content_type for kind in KINDS.values() for suffix in kind.suffixes} | {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}


def content_type_of(name: str) -> str:
    return CONTENT_TYPES.get(PurePath(name).suffix.lower(), UNKNOWN)


def stored_file(file: PaperFile | FrozenFile) -> FileResponse:
    """The file to be saved. One that is gone, or cut short on the disk, is not found: `verify_papers` tells of it."""
    path = settings.PAPERS_DIR / file.path
    if not path.is_file() or path.stat().st_size != file.size:
        raise Http404(f"The file {file.name} is not in the papers’ folder as it was stored.")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=file.name, content_type=content_type_of(file.name)
    )
