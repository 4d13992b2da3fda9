"""Every test here has a papers' folder of its own, and sees the news instead of sending it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from reports.render import Rendered
from reports.services import news, papers
from reports.snapshot import BoardPaper

FORMATS = ("html", "csv")


@pytest.fixture(autouse=True)
def papers_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PAPERS_DIR = tmp_path / "papers"
    return tmp_path / "papers"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The runs whose news went out."""
    run_ids: list[int] = []
    monkeypatch.setattr(news, "_send", run_ids.append)
    return run_ids


@pytest.fixture
def quick_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats of one and two small files; the real ones are tested where they are made."""
    monkeypatch.setattr(papers, "FORMATS", FORMATS)
    monkeypatch.setattr(papers, "render", print_quickly)


def print_quickly(paper: BoardPaper, format: str) -> tuple[Rendered, ...]:
    names = ("a.csv", "b.csv") if format == "csv" else ("paper.html",)
    return tuple(Rendered(name, f"{name}: {paper.headline}".encode()) for name in names)
