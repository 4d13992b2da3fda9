"""Importing small workbooks in a test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.workbook import ImportOutcome, import_workbook
from tests import workbooks

Importer = Callable[..., ImportOutcome]


@pytest.fixture
def imported(db: None, tmp_path: Path) -> Importer:
    """Imports sheets from a folder of their own and gives the outcome."""
    folders = iter(range(1000))

    def run(sheets: workbooks.Sheets, **options: Any) -> ImportOutcome:
        return import_workbook(workbooks.folder(tmp_path / f"in{next(folders)}", sheets), **options)

    return run


@pytest.fixture
def small(imported: Importer) -> ImportOutcome:
    """The small contract TST, imported without results."""
    outcome = imported(workbooks.SMALL)
    assert not outcome.problems
    return outcome
