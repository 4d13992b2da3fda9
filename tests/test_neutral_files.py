"""
No file that leaves the site holds a text that a spreadsheet would run, in its heads or in its cells.

Everything that people name is named like a formula; then every address that answers with a file is asked for it.
"""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db.models import CharField, Model, TextField
from django.http import HttpResponseBase
from django.test import Client

from contracts.models import Contract, Person, ServiceArea
from kpis.models import Kpi, Relief, Result
from projects.models import Milestone, Project
from tests.addresses import PAGES, Stage
from tests.people import Cast

FORMULA = "=1+1"
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
NAMED: tuple[tuple[type[Model], str], ...] = (
    (Contract, "title"), (ServiceArea, "name"), (Kpi, "name"), (Kpi, "definition"), (Project, "title"),
    (Project, "benefit"), (Milestone, "title"), (Person, "job_title"), (Result, "comment"), (Relief, "narrative"),
)  # fmt: skip
FREE = {"account_logout"}


@pytest.fixture
def named_like_formulas(stage: Stage) -> Stage:
    for model, name in NAMED:
        field = model._meta.get_field(name)
        assert isinstance(field, CharField | TextField)
        model._default_manager.update(**{name: FORMULA})
    return stage


def content(response: HttpResponseBase) -> bytes:
    return b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]


def cells_of_csv(file: bytes) -> set[str]:
    return {cell for row in csv.reader(StringIO(file.decode("utf-8-sig"))) for cell in row}


def texts_of_xlsx(file: bytes) -> set[str]:
    """Every text of the workbook; a formula, which none may have, as it would be typed."""
    with ZipFile(BytesIO(file)) as parts:
        xml = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
    sheets = (part for name, part in xml.items() if "/worksheets/" in name)
    formulas = {f"={found}" for part in sheets for found in re.findall(r"<f[ >][^<]*", part)}
    shared = re.findall(r"<t[^>]*>([^<]*)</t>", xml.get("xl/sharedStrings.xml", ""))
    return formulas | set(shared)


def runs(cell: str) -> bool:
    return cell.startswith(STARTS) and len(cell) > 1 and not NUMBER.fullmatch(cell)


@pytest.mark.walk
def test_no_file_holds_a_text_that_would_run(named_like_formulas: Stage, cast: Cast) -> None:
    """Each address is asked for by one after another until somebody gets what is there, a file or a page."""
    found: dict[str, set[str]] = {}
    files: set[str] = set()
    answered: set[str] = set()
    for _, person in cast.everybody():
        client = Client()
        client.force_login(person)
        for name, rows in PAGES.items():
            for make, _ in rows:
                address = make(named_like_formulas)
                if name in FREE or address in answered:
                    continue
                response = client.get(address)
                file, kind = content(response), response.headers.get("Content-Type", "")
                if response.status_code != 200:
                    continue
                answered.add(address)
                if not ("csv" in kind or "spreadsheetml" in kind):
                    continue
                files.add(address)
                texts = cells_of_csv(file) if "csv" in kind else texts_of_xlsx(file)
                if wrong := {cell for cell in texts if runs(cell)}:
                    found[address] = wrong
                if any(FORMULA in cell for cell in texts):
                    found.setdefault("neutralised", set()).add(address)
    neutralised = found.pop("neutralised", set())
    assert found == {}
    assert len(files) > 5
    assert len(neutralised) >= 3
