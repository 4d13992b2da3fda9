"""The search: everything the person may see, by code in any spelling, name, day or word; and nothing else."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.search import Weight, read_search
from kpis.queries import load_register
from kpis.rules.status import KpiHistory
from reports.queries.search import FEW, NAMES, PER_PAGE, Results, search_everything, search_one_kind
from tests import builders
from tests.people import Cast
from tests.reading import links_of, text_of

TODAY = date(2018, 3, 14)
HOSTILE = (
    "%", "_", "\\", "'", '"', "';--", "\0", "a\0b", "\u202eabc", "\u200f", "אבג", "(", "[", "*", "{{ 7 * 7 }}",
    "<script>alert(1)</script>", "x" * 10_000, "word " * 3_000, "ﷺ" * 200, "İ", "ß", "𝕏", "-" * 200, "0", "2018-00",
    "99 March 2018", "1/1/0001", "٢٩ March 2018", "%00", "\ud83d",
)  # fmt: skip


@pytest.fixture
def searched(cast: Cast, contract: Contract, area: ServiceArea) -> Contract:
    """Something of every kind, and the like in a contract that only some see."""
    fill(contract, area, cast.board_member)
    hidden = Contract.objects.get(reference="OTH")
    fill(hidden, builders.area(hidden, "HID", "Hidden Centre"), cast.board_member)
    return contract


def fill(contract: Contract, area: ServiceArea, asked_by: Person) -> None:
    named = contract.reference
    kpi = builders.kpi(
        area, "CSC_KPI_04", "7", "12", polarity="lower", name=f"Abandoned calls {named}", definition="Hung up."
    )
    builders.kpi(area, "CSC_KPI_14", name=f"Letters sent {named}")
    builders.results(kpi, "2017-11", ["5", "8", "13"])
    builders.returns(area, "2017-11", "2018-01")
    builders.relief(contract, kpi, first="2018-01", reference="R044", narrative=f"The storage array failed, {named}.")
    builders.project(contract, "P063", title=f"Replacement of the storage array {named}")
    builders.question(contract, asked_by, text=f"What became of the storage array {named}?", kpi="CSC_KPI_04")
    board = builders.board(contract, name=f"Management Board {named}")
    builders.meeting(board, date(2018, 3, 29))
    builders.meeting(board, date(2017, 12, 21), "held")


def found(person: Person, typed: str) -> dict[str, list[str]]:
    results = search_everything(person, read_search(typed), TODAY)
    return {group.kind: [hit.code or hit.title for hit in group.hits] for group in results.groups}


@pytest.mark.parametrize("typed", ["CSC_KPI_04", "csc kpi 4", "CSC KPI04", "csc-kpi-4", "cscKPI04", "  Csc  Kpi 4 "])
def test_a_kpi_is_found_by_its_code_in_any_spelling_before_everything_else(
    typed: str, searched: Contract, cast: Cast
) -> None:
    results = search_everything(cast.officer, read_search(typed), TODAY)
    first = results.groups[0].hits[0]
    assert (first.code, first.weight) == ("CSC_KPI_04", Weight.EXACT)
    assert first.href == reverse("kpis:kpi", args=["TST", "CSC_KPI_04"])


@pytest.mark.parametrize("typed", ["P063", "p63", "P-063", " p  63 ", "P/0063"])
def test_a_project_is_found_by_its_reference_in_any_spelling(typed: str, searched: Contract, cast: Cast) -> None:
    first = search_everything(cast.board_member, read_search(typed), TODAY).groups[0].hits[0]
    assert (first.code, first.weight) == ("P063", Weight.EXACT)
    assert first.href == reverse("projects:project", args=["TST", "P063"])


def test_a_project_stands_as_its_last_update_of_the_day_says(searched: Contract, cast: Cast) -> None:
    project = searched.projects.get(reference="P063")
    for number, confidence in ((2, "red"), (1, "green")):
        builders.update(project, date(2018, 3, 7), confidence, number=number)
    hit = search_everything(cast.board_member, read_search("storage array"), TODAY)
    assert [each.look for group in hit.groups if group.kind == "projects" for each in group.hits] == ["red"]


def test_an_exact_hit_is_shown_with_its_latest_status_and_leads_away_only_by_its_link(
    member: Client, searched: Contract
) -> None:
    response = member.get(reverse("search"), {"q": "csc kpi 4"})
    assert response.status_code == 200
    assert "Relief granted January 2018: 13.00%" in text_of(response)
    assert f'href="{reverse("kpis:kpi", args=["TST", "CSC_KPI_04"])}"' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("abandoned", {"kpis": ["CSC_KPI_04"]}),
        ("hung", {"kpis": ["CSC_KPI_04"]}),
        ("CALLS abandoned", {"kpis": ["CSC_KPI_04"]}),
        ("p063", {"projects": ["P063"]}),
        ("r044", {"reliefs": ["R044"]}),
        ("q001", {"questions": ["Q001"]}),
        ("customer service centre", {"areas": ["CSC"]}),
        ("tst", None),
        ("29 March 2018", {"meetings": ["Thursday 29 March 2018"]}),
        ("2018-03-29", {"meetings": ["Thursday 29 March 2018"]}),
        ("March 2018", {"meetings": ["Thursday 29 March 2018"]}),
        ("management dec 2017", {"meetings": ["Thursday 21 December 2017"]}),
        ("sep 2017", {"months": ["September 2017: exceptions"]}),
        ("30 March 2018", {}),
        ("nothing like it", {}),
    ],
)
def test_a_member_finds(typed: str, expected: dict[str, list[str]] | None, searched: Contract, cast: Cast) -> None:
    hits = found(cast.board_member, typed)
    if expected is None:
        assert hits["contracts"] == ["TST"]
        assert set(hits) == {"contracts", "kpis", "projects", "reliefs", "questions", "meetings"}
    else:
        assert {kind: [each.removeprefix("Relief ") for each in names] for kind, names in hits.items()} == expected


def test_a_month_leads_to_its_exceptions_and_its_kpis(member: Client, searched: Contract) -> None:
    said = member.get(reverse("search"), {"q": "sep 2017"}).content.decode()
    for name, query in (("reports:exceptions", "from=2017-09&to=2017-09"), ("kpis:matrix", "to=2017-09")):
        address = f"{reverse(name, args=['TST'])}?{query}"
        assert f'href="{escape(address)}"' in said
        assert member.get(address).status_code == 200


@pytest.mark.parametrize("typed", ["march 2018", "december 2016", "2018-04"])
def test_a_month_that_has_not_ended_or_lies_before_the_contract_is_not_offered(
    typed: str, searched: Contract, cast: Cast
) -> None:
    assert "months" not in found(cast.board_member, typed)


@pytest.mark.parametrize(
    "typed", ["storage", "csc kpi 4", "29 march 2018", "sep 2017", "centre", "OTH", "TST", "board"]
)
def test_nobody_finds_what_they_may_not_see(typed: str, searched: Contract, cast: Cast) -> None:
    everywhere = search_everything(cast.clerk, read_search(typed), TODAY).total
    seen = {
        who: search_everything(getattr(cast, who), read_search(typed), TODAY)
        for who in ("officer", "other_officer", "outsider")
    }
    assert seen["outsider"].total == 0
    assert seen["officer"].total + seen["other_officer"].total == everywhere
    for who, hidden in (("officer", "OTH"), ("other_officer", "TST")):
        said = " ".join(f"{hit.href} {hit.where}" for group in seen[who].groups for hit in group.hits)
        assert hidden not in said


def test_the_supplier_does_not_find_questions_that_are_not_its_own(searched: Contract, cast: Cast) -> None:
    assert "questions" not in found(cast.supplier, "storage array")
    builders.question(searched, cast.board_member, "Q002", owner=cast.supplier, text="Who mended the storage array?")
    assert found(cast.supplier, "storage array")["questions"] == ["Q002"]


def test_the_words_found_are_marked(member: Client, searched: Contract) -> None:
    said = member.get(reverse("search"), {"q": "storage"}).content.decode()
    assert "Replacement of the <mark>storage</mark> array" in said


def test_every_status_of_the_search_is_that_of_the_register(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    """Met, missed, missed by far, under relief, not measured, provisional, retargeted, never reported."""
    values = {"01": "95", "02": "85", "03": "75", "04": "75", "05": "89.995", "06": "89.99"}
    kpis = {number: builders.kpi(area, f"CSC_KPI_{number}") for number in (*values, "07", "08")}
    for number, value in values.items():
        builders.result(kpis[number], "2018-01", value)
    builders.result(kpis["07"], "2018-01", None, not_measured_reason="The meter broke.")
    builders.relief(contract, kpis["04"], first="2018-01", last="2018-01")
    builders.relief(contract, kpis["03"], first="2018-01", last="2018-01", decision="refused")
    builders.level(kpis["02"], "2018-01", "80", "70")
    builders.returns(area, "2018-01", "2018-01", "submitted")
    register = load_register(contract, parse_month("2018-01"), parse_month("2018-01"))
    results = search_one_kind(cast.officer, read_search("csc_kpi"), "kpis", 1, TODAY)
    looks = {hit.code: hit.look for hit in results.groups[0].hits}
    assert looks == {history.terms.code: _status(history) for history in register.histories}
    assert set(looks.values()) == {"target_met", "below_target", "below_minimum", "relief_granted", "not_measured", ""}


def _status(history: KpiHistory) -> str:
    status = history.judgements[-1].contractual.value
    return "" if status == "missing" else status


def test_a_figure_still_private_to_its_area_is_not_found_out(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2018-01", ["95", "12"])
    builders.returns(area, "2018-01", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "open")
    (hit,) = search_everything(cast.clerk, read_search("CSC_KPI_01"), TODAY).groups[0].hits
    assert hit.figure == "January 2018: 95.00%"
    assert kpi.results.filter(value=Decimal(12)).exists()


def test_few_of_a_kind_are_shown_and_the_rest_is_a_page_away(member: Client, cast: Cast, contract: Contract) -> None:
    for number in range(PER_PAGE + 3):
        builders.project(contract, f"P{number:03}", title=f"Payroll {number:03}")
    page = member.get(reverse("search"), {"q": "payroll"})
    assert f"{PER_PAGE + 3} things found" in text_of(page)
    assert text_of(page).count("Services contract TST; in flight") == FEW
    more = member.get(reverse("search") + links_of(page)[f"{PER_PAGE + 3 - FEW} more"])
    assert text_of(more).count("Services contract TST; in flight") == PER_PAGE
    last = member.get(reverse("search") + links_of(more)["Next"])
    assert text_of(last).count("Services contract TST; in flight") == 3
    assert "Page 2 of 2" in text_of(last)
    beyond = member.get(reverse("search"), {"q": "payroll", "kind": "projects", "page": "9"})
    assert beyond.status_code == 200


def test_the_best_fit_comes_first_over_pages_too(cast: Cast, contract: Contract) -> None:
    for title in ("A link to payroll", "Payroll", "The payroll move", "Payroll move"):
        builders.project(contract, f"X{title[:1]}{len(title)}", title=title)
    results = search_one_kind(cast.officer, read_search("payroll"), "projects", 1, TODAY)
    assert [hit.title for hit in results.groups[0].hits] == [
        "Payroll", "Payroll move", "A link to payroll", "The payroll move",
    ]  # fmt: skip
    assert [hit.weight for hit in results.groups[0].hits] == [
        Weight.EXACT, Weight.BEGINS, Weight.IN_TITLE, Weight.IN_TITLE,
    ]  # fmt: skip


def test_a_search_of_nothing_says_what_can_be_searched(member: Client) -> None:
    said = text_of(member.get(reverse("search")))
    assert "What can be searched" in said
    assert "found" not in said.partition("What can be searched")[0]


def test_a_search_that_finds_nothing_says_so_and_what_can_be_searched(member: Client, searched: Contract) -> None:
    said = text_of(member.get(reverse("search"), {"q": "no such thing"}))
    assert "Nothing was found for no such thing" in said
    assert "What can be searched" in said


def test_nothing_that_can_be_typed_breaks_the_search(member: Client, searched: Contract) -> None:
    for typed in HOSTILE:
        sent = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        for kind in ("", *NAMES, "gossip"):
            response = member.get(reverse("search"), {"q": sent, "kind": kind})
            assert response.status_code == 200, (typed[:20], kind)
            assert "<script>alert(1)" not in response.content.decode()


def test_no_number_of_a_page_breaks_the_search(member: Client, searched: Contract) -> None:
    for page in ("0", "-1", "x", "٣", "9" * 400, "1.5", ""):
        for kind in NAMES:
            assert member.get(reverse("search"), {"q": "a", "kind": kind, "page": page}).status_code == 200


def test_a_sign_that_stands_for_any_other_in_the_database_stands_for_itself(searched: Contract, cast: Cast) -> None:
    assert found(cast.board_member, "stor%array") == {}
    assert found(cast.board_member, "st_rage") == {}


def test_every_page_has_the_box_and_who_is_not_signed_in_has_none(member: Client) -> None:
    box = '<input class="app-search__box" id="search" name="q" type="search"'
    assert box in member.get(reverse("glossary")).content.decode()
    assert box not in Client().get(reverse("glossary")).content.decode()


def test_nothing_typed_asks_the_database_nothing(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert search_everything(cast.clerk, read_search(" "), TODAY) == Results(read_search(" "), ())
