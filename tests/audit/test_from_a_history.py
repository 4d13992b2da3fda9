"""From every page that shows a history a link leads to the same thing in the audit, for those who may read it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.rules.held import Held, Post
from contracts.rules.roles import READS_AUDIT, Role
from contracts.services.history import save_with_history
from kpis.models import Kpi
from reports.models import Meeting
from reports.queries.audit import AuditLine, Scope, all_lines
from reports.rules.audit import AuditQuestion, Thing, read_thing
from tests import builders
from tests.builders import issued
from tests.people import Cast
from tests.reading import links_of, text_of

pytestmark = pytest.mark.django_db
AT = datetime(2018, 3, 15, 12, tzinfo=UTC)


def of(thing: object) -> list[AuditLine]:
    """What the audit tells of one thing."""
    return list(all_lines(AuditQuestion(of=read_thing(str(thing))), Scope()))


def named(lines: list[AuditLine]) -> set[tuple[str, str]]:
    return {(line.kind, line.thing) for line in lines}


@pytest.fixture
def kpi(contract: Contract) -> Kpi:
    """With a figure, a relief and a neighbour that has as much."""
    area = builders.area(contract, "HR")
    kpis = [builders.kpi(area, code) for code in ("HR_KPI_01", "HR_KPI_02")]
    for each in kpis:
        builders.result(each, "2018-01", "93")
    builders.returns(area, "2018-01", "2018-01")
    return kpis[0]


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    return builders.meeting(builders.board(contract), date(2018, 3, 29))


@pytest.fixture
def pages(kpi: Kpi, meeting: Meeting, cast: Cast, contract: Contract) -> Mapping[str, tuple[str, str]]:
    """Pages with a history: the address of each, and where its link leads."""
    reference = contract.reference
    relief = builders.relief(contract, kpi, first="2018-01")
    project = builders.project(contract)
    question = builders.question(contract, cast.board_member, kpi=kpi.code)
    request = builders.request(contract)
    dispute = builders.dispute(kpi.results.get(), cast.supplier)
    meeting.place = "Committee room 2"
    save_with_history(meeting, by=cast.clerk, why="moved to another room")
    paper = builders.paper(contract, meeting, date(2018, 3, 14))
    issued.signed_off(paper, cast.contract_manager, AT)
    funding = builders.funding(contract)
    save_with_history(funding, by=cast.administrator, why="agreed")
    audit = reverse("audit")
    return {
        "relief": (reverse("kpis:relief", args=[reference, relief.reference]), f"{audit}?of=kpis.relief.{relief.pk}"),
        "dispute": (reverse("kpis:dispute", args=[reference, dispute.pk]), f"{audit}?of=kpis.dispute.{dispute.pk}"),
        "kpi": (reverse("kpis:kpi_history", args=[reference, kpi.code]), f"{audit}?of=kpis.kpi.{kpi.pk}"),
        "month": (
            reverse("kpis:month", args=[reference, "2018-01"]),
            f"{audit}?of=kpis.return.{kpi.service_area.returns.get().pk}",
        ),
        "funding": (
            reverse("projects:money", args=[reference]),
            f"{audit}?contract={reference}&kind=projects.funding",
        ),
        "project": (
            reverse("projects:project", args=[reference, project.reference]),
            f"{audit}?contract={reference}&reference={project.reference}",
        ),
        "question": (
            reverse("reports:question", args=[reference, question.reference]),
            f"{audit}?of=contracts.question.{question.pk}",
        ),
        "request": (
            reverse("reports:request", args=[reference, request.pk]),
            f"{audit}?of=reports.boardrequest.{request.pk}",
        ),
        "meeting": (
            reverse("reports:meeting", args=[reference, meeting.pk]),
            f"{audit}?of=reports.meeting.{meeting.pk}",
        ),
        "paper": (reverse("reports:paper", args=[reference, paper.pk]), f"{audit}?of=reports.paper.{paper.pk}"),
    }


def seen(person: Person, address: str) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return links_of(answer)


def test_the_link_is_on_each_page_and_the_audit_answers_it(pages: Mapping[str, tuple[str, str]], cast: Cast) -> None:
    manager = Client()
    manager.force_login(cast.contract_manager)
    for name, (address, there) in pages.items():
        assert there in seen(cast.contract_manager, address).values(), name
        assert there in seen(cast.administrator, address).values(), name
        assert "Nothing in the audit matches" not in text_of(manager.get(there)), name


def test_who_may_not_read_the_audit_has_no_link_to_it(pages: Mapping[str, tuple[str, str]], cast: Cast) -> None:
    for name, (address, there) in pages.items():
        assert there not in seen(cast.clerk if name != "month" else cast.officer, address).values(), name


def test_from_a_persons_changes_too(cast: Cast) -> None:
    there = f"{reverse('audit')}?of=contracts.person.{cast.officer.pk}"
    assert there in seen(cast.administrator, reverse("person_changes", args=[cast.officer.pk])).values()
    told = of(Thing("contracts.person", cast.officer.pk))
    assert {line.kind for line in told} == {"Person", "Assignment"}
    assert all("Officer" in line.thing for line in told)


def test_of_a_thing_the_audit_tells_it_and_what_belongs_to_it(kpi: Kpi) -> None:
    told = named(of(Thing("kpis.kpi", kpi.pk)))
    assert {("KPI", "HR_KPI_01"), ("Result", "HR_KPI_01, January 2018")} <= told
    assert not any("HR_KPI_02" in thing for _, thing in told)


def test_whose_contract_it_is_not_is_told_nothing_of_it(kpi: Kpi, cast: Cast) -> None:
    asked = AuditQuestion(of=Thing("kpis.kpi", kpi.pk))
    assert list(all_lines(asked, Scope((kpi.contract.pk,))))
    assert not list(all_lines(asked, Scope((kpi.contract.pk + 1,))))


def test_the_page_says_that_it_shows_one_thing_and_keeps_to_it(kpi: Kpi, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    page = client.get(reverse("audit"), {"of": f"kpis.kpi.{kpi.pk}"})
    assert "Only what was done to one thing (KPI)" in text_of(page)
    assert f'name="of" value="kpis.kpi.{kpi.pk}"' in page.content.decode()


@pytest.mark.parametrize(
    "wrong", ["kpis.kpi", "kpis.kpi.x", "auth.permission.1", ".1", "kpis.kpi.99999999999999999999"]
)
def test_what_is_no_thing_of_the_audit_filters_nothing(wrong: str, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    assert "Only what was done" not in text_of(client.get(reverse("audit"), {"of": wrong}))


def test_whether_the_audit_of_a_contract_is_theirs_goes_by_the_table() -> None:
    for role in Role:
        held = Held(roles=frozenset({role}), posts=frozenset({Post(role, "CSS")}))
        assert held.reads_audit_of("CSS") == held.reads_audit == (role in READS_AUDIT)
        assert not Held(roles=held.roles, posts=held.posts, came_by_code=True).reads_audit_of("CSS")
    assert not Held(posts=frozenset({Post(Role.CONTRACT_MANAGER, "CSS")})).reads_audit_of("OTHER")
