"""Who sees evidence, where it is listed, and how a file is handed out."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.http import FileResponse
from django.urls import reverse

from contracts.models import Contract
from contracts.rules.months import parse_month
from kpis.models import Evidence, Kpi, Relief
from kpis.services.summary import recount
from tests import builders
from tests.contracts.uploads.samples import SAMPLES
from tests.kpis.test_evidence_pages.pages import (
    file_of,
    of_february,
    page_of,
    send,
    status,
    upload,
)
from tests.kpis.test_returns.pages import at, signed_in
from tests.people import Cast
from tests.reading import text_of

BROKEN = 500


def test_a_strange_name_is_shown_and_handed_out_harmlessly(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    name = '../the "log" <b>\u202eof</b>\nCafé; x=1.txt'
    send(officer, page_of(kpi), upload(name))
    kept = Evidence.objects.get()
    assert not re.search("[\u202e\n/\\\\]", kept.name)
    page = officer.get(page_of(kpi)).content.decode()
    assert "<b>" not in page
    answer = officer.get(file_of(kept))
    assert b"".join(answer) == b"Calls.\n"
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''")
    assert header.isascii()
    assert "\n" not in header


@pytest.mark.parametrize("key", SAMPLES)
def test_a_file_comes_out_as_it_went_in_and_is_never_shown_in_place(key: str, kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    name, make = SAMPLES[key]
    content = make()
    send(officer, page_of(kpi), upload(name, content))
    kept = Evidence.objects.get()
    answer = officer.get(file_of(kept))
    assert isinstance(answer, FileResponse)
    assert b"".join(answer) == content
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert {"default-src 'none'", "sandbox"} <= set(answer.headers["Content-Security-Policy"].split("; "))
    assert answer.headers["Content-Length"] == str(len(content))
    assert "html" not in answer.headers["Content-Type"]


def test_a_file_that_was_changed_is_not_handed_out_and_the_register_says_so(
    kpi: Kpi, cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = builders.evidence(kpi, cast.officer)
    recount(kpi.contract)
    call_command("check_register", "--files")
    place = folder / kept.path
    place.write_bytes(b"x" * kept.size)
    answer = signed_in(cast.officer).get(file_of(kept))
    assert answer.status_code == BROKEN
    assert kept.sha256 in text_of(answer)
    call_command("check_register")
    with pytest.raises(CommandError, match="1 breach found"):
        call_command("check_register", "--files")
    place.unlink()
    with pytest.raises(CommandError, match="1 breach found"):
        call_command("check_register")
    assert "TST: the evidence “calls.txt” of CSC_KPI_01 2018-01" in capsys.readouterr().err


def test_what_is_not_submitted_yet_is_the_areas_own(kpi: Kpi, cast: Cast) -> None:
    kept = builders.evidence(kpi, cast.officer, "2018-02")
    of_february(kpi, "open", 1)
    manager = signed_in(cast.contract_manager)
    month = reverse("kpis:month", args=["TST", parse_month("2018-02")])
    kpi_page = reverse("kpis:kpi", args=["TST", kpi.code])
    for who, sees in ((cast.contract_manager, False), (cast.supplier, True), (cast.administrator, True)):
        client = signed_in(who)
        assert status(client, kept) == (200 if sees else 404)
        assert ("calls.txt" in text_of(client.get(kpi_page))) is sees
        assert ("calls.txt" in text_of(client.get(page_of(kpi)))) is sees
    builders.result(kpi, "2018-02", "92")
    of_february(kpi, "submitted")
    for page in (month, kpi_page, page_of(kpi), at("return_form")):
        assert "calls.txt" in text_of(manager.get(page)), page
    assert status(manager, kept) == 200
    of_february(kpi, "returned", 3, returned_reason="A log is missing.")
    later = builders.evidence(kpi, cast.officer, "2018-02", "mended.txt")
    assert status(manager, kept) == 200
    assert status(manager, later) == 404
    assert "mended.txt" not in text_of(manager.get(page_of(kpi)))


def test_the_board_and_the_clerk_see_no_evidence(kpi: Kpi, relief: Relief, cast: Cast) -> None:
    builders.evidence(kpi, cast.officer)
    builders.evidence(relief, cast.supplier)
    for who in (cast.board_member, cast.clerk, cast.project_manager):
        client = signed_in(who)
        for page in (reverse("kpis:kpi", args=["TST", kpi.code]), reverse("kpis:relief", args=["TST", "R001"])):
            said = text_of(client.get(page))
            assert "calls.txt" not in said
            assert "Evidence" not in said


def test_the_evidence_of_another_contract_is_not_found(kpi: Kpi, cast: Cast, other_contract: Contract) -> None:
    theirs = builders.evidence(builders.kpi(builders.area(other_contract)), cast.other_officer)
    ours = builders.evidence(kpi, cast.officer)
    assert status(signed_in(cast.officer), theirs) == 404
    assert status(signed_in(cast.other_officer), ours) == 404
    assert status(signed_in(cast.administrator), theirs) == 404
