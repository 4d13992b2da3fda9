"""A papers' folder for every test, the news seen instead of sent, and one small file in place of all the formats."""

import pytest

from reports.services import editions
from reports.services.storage import PrintedFile
from tests.reports.services.conftest import papers_folder, sent

__all__ = ["papers_folder", "quick_print", "sent"]


@pytest.fixture
def quick_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real formats are tested where they are made."""

    def print_one(halves: editions.Halves) -> list[PrintedFile]:
        return [PrintedFile("html", "paper.html", halves.public.headline.encode())]

    monkeypatch.setattr(editions.Halves, "print", print_one)
