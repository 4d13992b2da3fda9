"""The audit as a page and as a file: everything in one list, found by every filter, in a bounded number of queries."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Access, Contract, ServiceArea
from contracts.origin import Origin, by_hand, coming_from
from contracts.rules.months import parse_month
from contracts.services.accesses import note_access
from contracts.services.history import delete_with_history, save_with_history
from kpis.models import Entry, Result
from kpis.rules.checks import Typed
from kpis.services.entries import Row, save_entries
from projects.models import Funding
from reports.queries.audit import SOURCES, AuditLine, Scope, all_lines, load_audit
from reports.rules.audit import AuditQuestion, Position, read_position
from tests import builders
from tests.people import Cast

pytestmark = pytest.mark.django_db

AT = datetime(2018, 3, 14, 12, tzinfo=UTC)
EVERYTHING = Scope()


def ask(scope: Scope = EVERYTHING, **asked: Any) -> list[AuditLine]:
    return list(all_lines(AuditQuestion(**asked), scope))


@pytest.fixture
def result(area: ServiceArea, cast: Cast) -> Result:
    """Entered by hand of a command, put right by an officer from somewhere."""
    kpi = builders.kpi(area, "HR_KPI_01")
    with coming_from(by_hand("import_contract")):
        row = builders.result(kpi, "2018-01", "93")
    row.value, row.cause = 94, "A telephone failed."
    with coming_from(Origin("203.0.113.7", "a1b2c3d4")):
        save_with_history(row, by=cast.officer, why="put right: miscounted", at=AT)
    return row


def test_a_line_says_who_when_from_where_what_from_what_to_what_and_why(result: Result, cast: Cast) -> None:
    (line,) = ask(kind="kpis.result", done="~")
    assert (line.who, line.email, line.at, line.by) == (str(cast.officer), cast.officer.email, AT, "")
    assert (line.address, line.request, line.why) == ("203.0.113.7", "a1b2c3d4", "put right: miscounted")
    assert (line.kind, line.thing, line.done) == ("Result", "HR_KPI_01, January 2018", "changed")
    assert line.href == reverse("kpis:kpi", args=["TST", "HR_KPI_01"])
    told = {(moved.field, moved.before, moved.after) for moved in line.moved}
    assert told == {("Value", "93", "94"), ("Cause", "nothing", "A telephone failed.")}


def test_what_was_added_by_hand_on_the_server_says_so(result: Result) -> None:
    (line,) = ask(kind="kpis.result", done="+")
    assert (line.who, line.by) == ("", "Somebody on the server")
    assert line.request.startswith("by hand: import_contract")
    assert ("KPI", "nothing", "HR_KPI_01") in {(moved.field, moved.before, moved.after) for moved in line.moved}


def test_what_was_removed_says_what_it_was(contract: Contract, cast: Cast) -> None:
    delete_with_history(builders.funding(contract), by=cast.contract_manager, why="twice")
    (line,) = ask(kind="projects.funding", done="-")
    assert (line.why, line.href) == ("twice", "")
    assert "IT budget" in {moved.before for moved in line.moved}


def test_what_was_joined_to_a_thing_is_told(contract: Contract, area: ServiceArea) -> None:
    builders.relief(contract, builders.kpi(area), first="2017-10")
    moves = [moved for line in ask(kind="kpis.relief") for moved in line.moved]
    assert ("KPIs", "nothing", "CSC_KPI_01") in {(moved.field, moved.before, moved.after) for moved in moves}


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"person": "officer"}, 1),
        ({"person": "nobody here"}, 0),
        ({"contract": "TST"}, 2),
        ({"contract": "OTH"}, 0),
        ({"reference": "hr_kpi_01"}, 2),
        ({"reference": "HR_KPI"}, 0),
        ({"words": "Miscounted"}, 1),
        ({"address": "203.0.113.7"}, 1),
        ({"request": "a1b2c3d4"}, 1),
        ({"first": date(2018, 3, 14), "last": date(2018, 3, 14)}, 1),
        ({"last": date(2018, 3, 13)}, 0),
        ({"first": date(2018, 3, 15)}, 1),
        ({"done": "~"}, 1),
        ({"done": "signed in"}, 0),
    ],
)
def test_every_filter_finds_what_is_meant_and_nothing_else(asked: dict[str, Any], number: int, result: Result) -> None:
    assert len(ask(kind="kpis.result", **asked)) == number


def test_a_day_is_one_of_the_office_and_not_of_greenwich(cast: Cast) -> None:
    note_access(Access.Kind.SIGNED_IN, person=cast.officer, subject="", at=datetime(2018, 6, 30, 23, 30, tzinfo=UTC))
    assert len(ask(done="signed in", first=date(2018, 7, 1), last=date(2018, 7, 1))) == 1


def test_pages_follow_each_other_without_a_gap_however_many_lines_are_of_one_instant(
    contract: Contract, cast: Cast
) -> None:
    for number in range(9):
        row = builders.funding(contract, purpose=f"Purpose {number}")
        save_with_history(row, by=cast.administrator, why="all at once", at=AT)
        note_access(Access.Kind.ASKED, person=cast.administrator, subject=str(number), at=AT)
    whole = [(line.at, line.kind, line.thing, line.done) for line in ask()]
    read: list[Any] = []
    after: Position | None = None
    while True:
        page = load_audit(AuditQuestion(), EVERYTHING, after=after, size=4)
        read += [(line.at, line.kind, line.thing, line.done) for line in page.lines]
        if page.following is None:
            break
        after = read_position(str(page.following))
        assert after == page.following
    assert read == whole
    assert len(whole) == sum(source.rows.count() for source in SOURCES)
    assert [at for at, *_ in whole] == sorted((at for at, *_ in whole), reverse=True)


@pytest.mark.parametrize(
    "written", ["", "x", "20180314T120000.000000_0", "20181314T120000.000000_0_1", "a_0_1", "1_2_3_4"]
)
def test_a_position_that_is_none_is_none(written: str) -> None:
    assert read_position(written) is None


# --- Whose it is to read ----------------------------------------------------------------------------------------------


def test_a_contract_manager_reads_of_their_own_contracts_alone(
    result: Result, other_contract: Contract, cast: Cast
) -> None:
    builders.funding(other_contract)
    note_access(Access.Kind.SIGNED_IN, person=cast.officer, subject="", at=AT)
    client = Client()
    client.force_login(cast.contract_manager)
    page = client.get(reverse("audit")).content.decode()
    assert "HR_KPI_01, January 2018" in page
    assert "IT budget" not in page
    assert "OTH" not in page
    assert "Signed in" not in page.partition("<ol")[2]
    assert "Nothing in the audit matches" in client.get(reverse("audit"), {"contract": "OTH"}).content.decode()


def test_what_is_being_typed_is_the_service_areas_own(area: ServiceArea, cast: Cast) -> None:
    kpi = builders.kpi(area)
    rows = [Row(kpi.pk, Typed(value="12"), "1.0.0", "not read")]
    save_entries(area=area, month=parse_month("2018-02"), rows=rows, by=cast.officer, at=AT)
    assert Entry.history.exists()
    assert ask(kind="kpis.entry")
    assert not ask(Scope((area.contract_id,)), kind="kpis.entry")


# --- The page and the file --------------------------------------------------------------------------------------------


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_what_the_boxes_get_wrong_is_said_beside_them(administrator: Client) -> None:
    answer = administrator.get(reverse("audit"), {"first": "tomorrow", "address": "here"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("govuk-input--error") == 2
    assert "<ol" not in page


def test_a_page_leads_to_the_next_one(administrator: Client, contract: Contract) -> None:
    for number in range(60):
        builders.funding(contract, purpose=f"Purpose {number}")
    page = administrator.get(reverse("audit"), {"kind": "projects.funding"}).content.decode()
    older = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    following = administrator.get(f"{reverse('audit')}{older}").content.decode()
    assert "Purpose 59" in page
    assert "Purpose 0" in following
    assert "Purpose 59" not in following


def read_file(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def test_the_file_has_what_the_filters_select_and_runs_nothing(
    administrator: Client, contract: Contract, cast: Cast
) -> None:
    row = builders.funding(contract)
    row.purpose = "=HYPERLINK(1)"
    save_with_history(row, by=cast.administrator, why="@SUM(1)", at=AT)
    answer = administrator.get(reverse("audit_file"), {"kind": "projects.funding", "done": "~"})
    assert answer.streaming
    rows = read_file(answer)
    assert {(row["field"], row["to"], row["why"]) for row in rows} == {("What it is for", "'=HYPERLINK(1)", "'@SUM(1)")}
    (access,) = Access.objects.filter(kind=Access.Kind.AUDIT)
    assert (access.person, access.subject) == (cast.administrator, "kind projects.funding, done ~")


@pytest.mark.parametrize("unknown", [None, ""])
def test_where_nobody_knows_it_came_from_stays_blank(
    unknown: str | None, administrator: Client, contract: Contract
) -> None:
    builders.funding(contract)
    Funding.history.update(history_request=unknown, history_address=None)
    asked = {"kind": "projects.funding"}
    page = administrator.get(reverse("audit"), asked).content.decode()
    assert "Not recorded" in page
    assert "app-audit__from" not in page
    rows = read_file(administrator.get(reverse("audit_file"), asked))
    told = {(row["where no person"], row["address"], row["request or task"]) for row in rows}
    assert told == {("Not recorded", "", "")}


def test_the_file_holds_a_few_pages_at_a_time(administrator: Client, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("reports.queries.audit.AT_ONCE", 5)
    for number in range(23):
        note_access(Access.Kind.ASKED, person=cast.officer, subject=str(number), at=AT + timedelta(seconds=number))
    answer = administrator.get(reverse("audit_file"), {"done": "asked"})
    rows = read_file(answer)
    assert [row["thing"] for row in rows] == [str(number) for number in reversed(range(23))]


def test_hostile_words_are_found_or_not_but_never_break_the_page(administrator: Client) -> None:
    for hostile in ("'\"<>&%_\\", "\x00", "=1+1", "9" * 400, "\u202e"):
        for box in ("person", "words", "reference", "request", "address", "first", "after", "kind", "done", "contract"):
            assert administrator.get(reverse("audit"), {box: hostile}).status_code in (200, 422)
