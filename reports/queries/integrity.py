"""Whether the papers are still what they were when they were stored: drafts, what was frozen, and what was uploaded."""

import hashlib
from collections.abc import Iterator

from django.conf import settings

from reports.models import FrozenFile, FrozenPaper, Paper, PaperFile, UploadedEdition
from reports.snapshot import fingerprint

REMOVED = Paper.Status.REMOVED
CHANGED = "was changed after it was stored"


def damaged_papers() -> Iterator[str]:
    """
    A plain line for each snapshot and each file that no longer has the SHA-256 of its row.

    Of papers whose contents were removed, one for each thing of them that is still there.
    """
    yield from _drafts()
    yield from _frozen()
    yield from _uploaded()


def _drafts() -> Iterator[str]:
    for paper in Paper.objects.select_related("contract", "meeting").order_by("pk").iterator():
        if paper.status == REMOVED:
            if paper.snapshot or paper.exempt_snapshot:
                yield f"{paper}: the snapshot is still there, though the paper was removed"
            continue
        if fingerprint(paper.snapshot) != paper.sha256:
            yield f"{paper}: the snapshot {CHANGED}"
        if paper.has_exempt_part and fingerprint(paper.exempt_snapshot) != paper.exempt_sha256:
            yield f"{paper}: the snapshot of what is exempt {CHANGED}"
    for file in PaperFile.objects.order_by("path").iterator():
        if damage := _damage(file.path, file.sha256):
            yield f"{file.path}: {damage}"


def _frozen() -> Iterator[str]:
    halves = FrozenPaper.objects.select_related("paper", "snapshot").order_by("pk")
    for half in halves.iterator():
        text = half.snapshot.text if hasattr(half, "snapshot") else None
        if half.paper.status == REMOVED:
            if text is not None:
                yield f"{half.address}: the frozen snapshot is still there, though the paper was removed"
        elif text is None:
            yield f"{half.address}: the frozen snapshot is gone"
        elif fingerprint(text) != half.sha256:
            yield f"{half.address}: the frozen snapshot {CHANGED}"
    for file in FrozenFile.objects.select_related("frozen__paper").order_by("path").iterator():
        if file.frozen.paper.status == REMOVED:
            if (settings.PAPERS_DIR / file.path).exists():
                yield f"{file.path}: is still there, though the paper was removed"
        elif damage := _damage(file.path, file.sha256):
            yield f"{file.path}: {damage}"


def _uploaded() -> Iterator[str]:
    for row in UploadedEdition.objects.select_related("paper__contract", "paper__meeting").order_by("pk").iterator():
        if row.paper.status == REMOVED:
            if row.content:
                yield f"{row.paper}: the uploaded {row.name} is still there, though the paper was removed"
        elif hashlib.sha256(row.content).hexdigest() != row.sha256:
            yield f"{row.paper}: the uploaded {row.name} {CHANGED}"


def _damage(path: str, sha256: str) -> str:
    try:
        with (settings.PAPERS_DIR / path).open("rb") as stored:
            digest = hashlib.file_digest(stored, "sha256").hexdigest()
    except OSError as refusal:
        return f"cannot be read ({refusal.strerror})"
    return "" if digest == sha256 else CHANGED
