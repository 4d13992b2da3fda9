"""A workbook imported by page does exactly what was shown of it, once, for the person it was shown to."""

import re
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, Person
from projects.checks import breaches
from projects.models import Milestone, Project
from reports.forms import workbooks
from reports.models import WorkbookUpload
from reports.services.uploads import KEPT_FOR
from reports.workbook import import_workbook
from tests import builders
from tests.people import Cast
from tests.reading import rows_of, text_of

PROJECTS = b"reference,title,stage,original_start,original_finish\n"
ONE = PROJECTS + b"P001,Payroll link,in flight,2017-10-02,2018-03-30\n"


@pytest.fixture
def address(contract: Contract) -> str:
    return reverse("reports:import_workbook", args=[contract.reference])


@pytest.fixture
def manager(cast: Cast) -> Client:
    return signed_in(cast.contract_manager)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def upload(content: bytes, name: str = "projects.csv", reason: str = "") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "reason": reason}


def confirmation(response: object) -> Mapping[str, str]:
    page = response.content.decode()  # type: ignore[attr-defined]
    return {"confirm": re.findall(r'name="confirm" value="([^"]+)"', page)[0]}


def workbook(sheets: Mapping[str, list[list[str]]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def test_a_workbook_is_shown_then_imported_as_it_was_shown(
    manager: Client, address: str, contract: Contract, cast: Cast
) -> None:
    old = builders.project(contract, "P001", title="Payrol link", scrutiny_area="Adults")
    book = workbook({
        "projects": [["reference", "title", "stage"], ["P001", "Payroll link", "on hold"], ["P002", "New", "pipeline"]],
        "milestones": [["project", "title", "original_on"], ["P002", "Design", "2018-05-01"]],
    })  # fmt: skip
    preview = manager.post(address, upload(book, "plan.xlsx"))
    assert preview.status_code == 200
    assert rows_of(preview) == [
        ["Sheet", "Created", "Changed", "Left alone"],
        ["projects", "1", "1", "0"],
        ["milestones", "1", "0", "0"],
        ["Row", "Of", "Column", "Now", "Will be"],
        ["projects, row 2", "P001", "title", "“Payrol link”", "“Payroll link”"],
        ["projects, row 2", "P001", "stage", "“in flight”", "“on hold”"],
    ]
    assert Project.objects.count() == 1
    done = manager.post(address, confirmation(preview), follow=True)
    assert "Imported: projects 1 created, 1 changed; milestones 1 created." in text_of(done)
    old.refresh_from_db()
    assert (old.title, old.stage, old.scrutiny_area) == ("Payroll link", "on hold", "Adults")
    assert old.history.order_by("history_id").last().history_user == cast.contract_manager
    assert Milestone.objects.get().title == "Design"
    assert not WorkbookUpload.objects.exists()
    assert list(breaches(contract)) == []
    again = manager.post(address, upload(book, "plan.xlsx"))
    assert "Everything in it is in the register already: nothing would change." in text_of(again)
    assert not WorkbookUpload.objects.exists()


def test_every_mistake_is_named_and_nothing_is_kept(manager: Client, address: str) -> None:
    content = PROJECTS + b"P001,,limbo,2017-10-02,2018-03-30\nP002,Fine,pipeline,soon,\n"
    response = manager.post(address, upload(content))
    assert response.status_code == 422
    assert "3 cells or sheets need mending first." in text_of(response)
    assert [row[0] for row in rows_of(response)[1:]] == [
        "projects, row 2, stage", "projects, row 2, title", "projects, row 3, original_start",
    ]  # fmt: skip
    assert not WorkbookUpload.objects.exists()
    assert not Project.objects.exists()


def test_a_file_that_would_do_something_else_by_now_is_shown_again(
    manager: Client, address: str, contract: Contract
) -> None:
    preview = manager.post(address, upload(ONE))
    builders.project(contract, "P001", title="Somebody was quicker")
    refused = manager.post(address, confirmation(preview))
    assert refused.status_code == 409
    assert "Somebody changed the register meanwhile" in text_of(refused)
    assert ["projects, row 2", "P001", "title", "“Somebody was quicker”", "“Payroll link”"] in rows_of(refused)
    assert Project.objects.get().title == "Somebody was quicker"
    manager.post(address, confirmation(refused))
    assert Project.objects.get().title == "Payroll link"


def test_only_who_saw_the_preview_confirms_it_once_and_within_the_hour(
    manager: Client, address: str, cast: Cast
) -> None:
    confirm = confirmation(manager.post(address, upload(ONE)))
    assert "no longer kept" in text_of(signed_in(cast.administrator).post(address, confirm, follow=True))
    WorkbookUpload.objects.update(uploaded_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    assert "no longer kept" in text_of(manager.post(address, confirm, follow=True))
    assert not Project.objects.exists()
    confirm = confirmation(manager.post(address, upload(ONE)))
    assert "Imported" in text_of(manager.post(address, confirm, follow=True))
    assert "no longer kept" in text_of(manager.post(address, confirm, follow=True))
    assert Project.objects.count() == 1


def test_another_file_takes_the_place_of_the_first_and_old_ones_go(manager: Client, address: str, cast: Cast) -> None:
    first = confirmation(manager.post(address, upload(ONE)))
    second = confirmation(manager.post(address, upload(ONE.replace(b"P001", b"P009"))))
    assert "no longer kept" in text_of(manager.post(address, first, follow=True))
    WorkbookUpload.objects.update(uploaded_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    signed_in(cast.administrator).post(address, upload(ONE))
    assert [each.person for each in WorkbookUpload.objects.all()] == [cast.administrator]
    assert second


def test_a_workbook_of_another_contract_is_refused(manager: Client, address: str) -> None:
    content = b"reference,title,authority,supplier,commences_on\nOTH,T,A,S,2017-01-01\n"
    response = manager.post(address, upload(content, "contract.csv"))
    assert response.status_code == 422
    assert "OTH" in text_of(response)


def test_a_check_by_page_says_what_the_command_does(
    manager: Client, address: str, contract: Contract, tmp_path: object
) -> None:
    """The same importer: its outcome is the page's."""
    from pathlib import Path

    path = Path(str(tmp_path)) / "projects.csv"
    path.write_bytes(ONE)
    outcome = import_workbook(path, contract_reference=contract.reference, check=True)
    counted = [[each.replace("_", " "), str(t.created), str(t.changed), str(t.left_alone)]
               for each, t in outcome.tallies.items() if t.created or t.changed or t.left_alone]  # fmt: skip
    assert rows_of(manager.post(address, upload(ONE)))[1:] == counted


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "projects.txt", "Choose an.xlsx or.ods workbook, or a CSV file."),
        (b"x" * 2048, "projects.csv", "The file is larger than 0 MB"),
        (b"not a workbook", "plan.xlsx", "the workbook cannot be read"),
        (b"", "plan.xlsx", "the workbook cannot be read"),
        (b"a,b\n", "nonsense.csv", "there is no such sheet in the format"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(
    content: bytes, name: str, said: str, manager: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if len(content) > 1024:
        monkeypatch.setattr(workbooks, "MOST_MEGABYTES", 0)
    response = manager.post(address, upload(content, name))
    assert response.status_code == 422
    assert said in text_of(response)


def test_no_file_chosen_is_said(manager: Client, address: str) -> None:
    assert "Choose the workbook to import." in text_of(manager.post(address, {}))


def test_a_long_list_of_changes_is_cut_and_says_so(
    manager: Client, address: str, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.imports.SHOWN", 2)
    lines = b""
    for number in range(5):
        builders.project(contract, f"P{number}")
        lines += f"P{number},Renamed {number},in flight,,\n".encode()
    head = b"reference,title,stage,sponsor,manager\n"
    assert "And 3 more rows." in text_of(manager.post(address, upload(head + lines)))
    assert "And 3 more." in text_of(manager.post(address, upload(head + lines.replace(b"in flight", b"limbo"))))
