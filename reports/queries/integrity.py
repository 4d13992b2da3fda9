"""Whether the papers are still what they were when they were stored."""

import hashlib
from collections.abc import Iterator

from django.conf import settings

from reports.models import Paper, PaperFile
from reports.snapshot import fingerprint


def damaged_papers() -> Iterator[str]:
    """A plain line for each snapshot and each file that no longer has the SHA-256 of its row."""
    for paper in Paper.objects.select_related("contract", "meeting").order_by("pk").iterator():
        if fingerprint(paper.snapshot) != paper.sha256:
            yield f"{paper}: the snapshot was changed after it was stored"
    for file in PaperFile.objects.order_by("path").iterator():
        if damage := _damage(file):
            yield f"{file.path}: {damage}"


def _damage(file: PaperFile) -> str:
    try:
        with (settings.PAPERS_DIR / file.path).open("rb") as stored:
            digest = hashlib.file_digest(stored, "sha256").hexdigest()
    except OSError as refusal:
        return f"cannot be read ({refusal.strerror})"
    return "" if digest == file.sha256 else "was changed after it was stored"
