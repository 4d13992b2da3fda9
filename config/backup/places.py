"""Which folders of files belong to an installation, beside its database."""

from pathlib import Path

from django.conf import settings


def folders() -> dict[str, Path]:
    """By the name they have in a backup."""
    return {"papers": Path(settings.PAPERS_DIR), "evidence": Path(settings.EVIDENCE_ROOT)}
