"""Files are added, refused by name and removed, on the way from the entry form and for a relief."""

import re

from django.conf import LazySettings
from django.urls import reverse

from contracts.models import ServiceArea
from contracts.rules.months import parse_month
from kpis.models import Entry, Evidence, Kpi, Relief
from tests import builders
from tests.contracts.uploads.samples import SAMPLES
from tests.kpis.test_evidence_pages.pages import (
    file_of,
    for_relief,
    names,
    of_february,
    page_of,
    removal_of,
    send,
    upload,
)
from tests.kpis.test_returns.pages import at, signed_in, typed
from tests.people import Cast
from tests.reading import links_of, text_of

REFUSED, CLOSED = 422, 409


def test_several_files_of_every_kind_are_added_at_once_and_listed(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    answer = send(officer, page_of(kpi), *(upload(name, make()) for name, make in SAMPLES.values()))
    assert answer.status_code == 302
    assert names() == [name for name, _ in SAMPLES.values()]
    page = officer.get(answer.headers["Location"])
    assert "Added: Report.PDF, report.docx" in text_of(page)
    assert [text for text in links_of(page) if text in names()] == names()
    assert "Added by Officer, 14 March 2018 at" in text_of(page)


def test_good_files_are_kept_and_the_others_named_one_by_one(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    answer = send(
        officer, page_of(kpi), upload(), upload("page.pdf", b"<html>"), upload("empty.txt", b""), upload("setup.exe")
    )
    assert answer.status_code == REFUSED
    assert names() == ["log.txt"]
    said = text_of(answer)
    for words in (
        "Added: log.txt.",
        "“page.pdf” is named as a PDF, and its content is a web page.",
        "“empty.txt” is empty",
        "“setup.exe” ends in",
    ):
        assert words in said
    assert 'href="#id_chosen"' in answer.content.decode()


def test_without_a_file_the_page_asks_for_one(kpi: Kpi, cast: Cast) -> None:
    answer = signed_in(cast.officer).post(page_of(kpi))
    assert answer.status_code == REFUSED
    assert "Choose one file or several." in text_of(answer)


def test_a_file_beyond_the_limit_is_refused_in_words(kpi: Kpi, cast: Cast, settings: LazySettings) -> None:
    settings.UPLOAD_MAX_MB = 1
    answer = send(signed_in(cast.officer), page_of(kpi), upload("all.txt", b"a" * 3 * 1024 * 1024))
    assert answer.status_code == REFUSED
    assert "“all.txt” is larger than 1 MB" in text_of(answer)
    assert names() == []


def test_the_entry_form_lists_evidence_and_saves_what_was_typed_on_the_way_to_it(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    sent = typed(officer, (kpi,), value_0="91", comment_0="Half of it typed") | {"evidence": kpi.code}
    answer = officer.post(at("return_form"), sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(kpi))
    assert Entry.objects.values_list("value", "comment").get() == ("91", "Half of it typed")
    send(officer, page_of(kpi), upload())
    form = officer.get(at("return_form"))
    assert links_of(form)["log.txt"] == file_of(Evidence.objects.get())
    assert f'data-goes="{page_of(kpi)}"' in form.content.decode()
    assert f'href="{at("return_form")}#row-{kpi.pk}"' in officer.get(page_of(kpi)).content.decode()


def test_an_evidence_button_for_a_kpi_that_is_not_there_leads_back_to_the_form(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    answer = officer.post(at("return_form"), typed(officer, (kpi,)) | {"evidence": "../<x>"})
    assert answer.headers["Location"] == at("return_form")


def test_enter_in_a_field_saves_where_no_script_runs(kpi: Kpi, cast: Cast) -> None:
    """A browser presses the first button of a form for it."""
    page = signed_in(cast.officer).get(at("return_form")).content.decode()
    form = page[page.index("data-return") :]
    first = re.search(r"<button[^>]*>", form)
    assert first
    assert 'name="save"' in first[0]


def test_a_closed_month_says_so_and_offers_nothing(kpi: Kpi, cast: Cast) -> None:
    kept = builders.evidence(kpi, cast.officer)
    officer = signed_in(cast.officer)
    page = officer.get(page_of(kpi, "2018-01"))
    assert "The return is closed and takes no evidence." in text_of(page)
    assert 'type="file"' not in page.content.decode()
    assert "Remove" not in text_of(page)
    answer = send(officer, page_of(kpi, "2018-01"), upload())
    assert answer.status_code == CLOSED
    assert "Nothing more was added. The return is closed" in text_of(answer)
    officer.post(removal_of(kept), {"reason": "Wrong."})
    kept.refresh_from_db()
    assert kept.removed_at is None
    assert "was not removed. The return is closed" in text_of(officer.get(page_of(kpi, "2018-01")))


def test_a_draft_is_deleted_and_what_was_submitted_keeps_its_line(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    draft = builders.evidence(kpi, cast.officer, "2018-02", "draft.txt")
    of_february(kpi, "open", 1)
    assert "deleted for good" in text_of(officer.get(removal_of(draft)))
    assert officer.post(removal_of(draft)).headers["Location"] == page_of(kpi)
    assert names() == []
    kept = builders.evidence(kpi, cast.officer, "2018-02", "kept.txt")
    of_february(kpi, "returned", 3, returned_reason="A log is missing.")
    assert officer.post(removal_of(kept), {"reason": ""}).status_code == REFUSED
    assert officer.post(removal_of(kept), {"reason": "It is of January."}).status_code == 302
    page = officer.get(page_of(kpi))
    assert "Removed by Officer, 14 March 2018: It is of January." in text_of(page)
    assert "kept.txt" not in text_of(officer.get(at("return_form")))
    builders.result(kpi, "2018-02", "92")
    of_february(kpi, "submitted", 4)
    month = signed_in(cast.contract_manager).get(reverse("kpis:month", args=["TST", parse_month("2018-02")]))
    assert "removed by Officer, 14 March 2018: It is of January." in text_of(month)


def test_evidence_for_a_relief_is_added_shown_to_who_decides_and_closed_with_the_decision(
    kpi: Kpi, relief: Relief, cast: Cast
) -> None:
    supplier, manager = signed_in(cast.supplier), signed_in(cast.contract_manager)
    assert send(supplier, for_relief(relief), upload("letter.txt")).status_code == 302
    assert send(manager, for_relief(relief), upload("reply.txt", b"Reply.\n")).status_code == 302
    for name in ("relief", "decide_relief"):
        page = manager.get(reverse(f"kpis:{name}", args=["TST", "R001"]))
        assert {"letter.txt", "reply.txt"} <= links_of(page).keys()
        assert for_relief(relief) in links_of(page).values()
    first, second = Evidence.objects.order_by("pk")
    listed = supplier.get(for_relief(relief)).content.decode()
    assert removal_of(first) in listed
    assert removal_of(second) not in listed
    relief.decision, relief.decided_by = "granted", "Contract Manager"
    relief.save()
    page = supplier.get(for_relief(relief))
    assert "R001 is granted: its evidence is closed with the decision." in text_of(page)
    assert 'type="file"' not in page.content.decode()
    assert send(supplier, for_relief(relief), upload("late.txt", b"Late.\n")).status_code == REFUSED
    assert names() == ["letter.txt", "reply.txt"]


def test_a_kpi_that_owes_nothing_in_a_month_has_no_page_for_it(kpi: Kpi, cast: Cast, area: ServiceArea) -> None:
    officer = signed_in(cast.officer)
    yearly = builders.kpi(area, "CSC_KPI_09", due_mask=0b1)
    assert officer.get(page_of(yearly)).status_code == 404
    assert officer.get(page_of(yearly, "2018-01")).status_code == 200
    assert send(officer, page_of(yearly), upload()).status_code == 404
