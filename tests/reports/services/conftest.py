"""Every test here has a papers' folder of its own, and sees the news instead of sending it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from reports.services import news


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
