"""Commands as they are run by hand: what they print, and how they refuse."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from contracts.services import set_demonstration_day
from reports.render import Rendered, render_all
from reports.snapshot import BoardPaper
from tests.reports.cases import DRAFT_ON

Run = Callable[..., bytes]


def as_json(paper: BoardPaper, formats: Iterable[str], template: bytes | None = None) -> Iterator[tuple[str, Rendered]]:
    """One small file instead of all formats; the others are tested where they are made."""
    return render_all(paper, ("json",), template)


@pytest.fixture
def run_command(db: None, settings: Settings, tmp_path: Path) -> Run:
    """Runs a command on the day on which drafts are due; what it wrote to standard output."""
    settings.PAPERS_DIR = tmp_path / "papers"
    set_demonstration_day(on=DRAFT_ON)

    def run(*arguments: str) -> bytes:
        out = BytesIO()
        text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        call_command(*arguments, stdout=text, stderr=StringIO())
        return out.getvalue()

    return run
