"""Every test here has a papers' folder of its own, and sees the news instead of sending it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from reports.render import Rendered
from reports.services import editions, news
from reports.snapshot import BoardPaper


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
    monkeypatch.setattr(editions, "render_all", print_quickly)


def print_quickly(
    paper: BoardPaper, formats: Iterable[str], template: bytes | None = None
) -> Iterator[tuple[str, Rendered]]:
    for name in ("paper.html", "a.csv", "b.csv"):
        yield name.rpartition(".")[2], Rendered(name, f"{name}: {paper.headline}".encode())
