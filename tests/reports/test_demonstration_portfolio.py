"""The demonstration's portfolio tells what the minutes say of its projects, and shows every state there is to show."""

from datetime import date

import pytest

from contracts.models import Contract, Person
from contracts.rules.roles import Role
from contracts.services import grant_role
from projects.checks import breaches
from projects.models import KeyEntry, KeyList, Project
from projects.queries.dependencies import load_dependencies
from projects.queries.key_lists import load_key_page
from projects.queries.portfolio import Portfolio, load_portfolio, thresholds_of
from projects.rules.attention import answers, unanswered
from projects.rules.confidence import Confidence
from projects.rules.facts import ProjectFacts, Stage
from reports.services.demonstration_people import Hands, set_people_to_work
from tests.people import person
from tests.reports.test_demonstration import TODAY, facts

MEETING = date(2018, 3, 29)
NAMED = {
    "Mosaic payroll link": "P056",
    "Agresso upgrade": "P007",
    "Employee life cycle": "P005",
    "Windows 10 roll-out": "P044",
    "OpenText migration": "P107",
    "Corporate refresh programme": "P026",
    "IT equipment for corporate parenting": "P079",
}


@pytest.fixture
def portfolio(demonstration: Contract) -> Portfolio:
    return load_portfolio(demonstration, TODAY)


@pytest.fixture
def known(portfolio: Portfolio) -> dict[str, ProjectFacts]:
    return {each.reference: each for each in portfolio.projects}


@pytest.mark.parametrize("fact", facts("projects"), ids=lambda fact: fact["title"])
def test_every_project_that_the_minutes_name_is_there(
    fact: dict[str, str], known: dict[str, ProjectFacts], demonstration: Contract
) -> None:
    if fact["title"] == "Portfolio":
        assert len(known) == 150
        proposed = load_portfolio(demonstration, TODAY, as_proposed=True).projects
        assert sum(each.is_key for each in proposed) == 20
    else:
        assert known[NAMED[fact["title"]]].title == fact["title"]


def test_the_agresso_upgrade_held_up_the_mosaic_payroll_link_and_was_complete_by_march_2018(
    demonstration: Contract, known: dict[str, ProjectFacts]
) -> None:
    upgrade, link = known["P007"], known["P056"]
    assert upgrade.stage is Stage.COMPLETE
    assert upgrade.actual_finish == date(2018, 3, 2)
    held_up = load_dependencies(demonstration, "P056", TODAY)
    assert [(words, [each.reference for each in joined]) for words, joined in held_up.told()] == [
        ("Is held up by", ["P007"])
    ]
    assert "Agresso upgrade" in link.delay_cause
    assert "Mosaic payroll link" in upgrade.knock_on


def test_the_mosaic_payroll_link_is_the_slippage_that_everybody_works_out_alike(
    demonstration: Contract, known: dict[str, ProjectFacts]
) -> None:
    link = known["P056"]
    late, agreed = link.slippage_original, link.slippage_agreed
    assert (link.original_start, link.original_finish) == (date(2017, 10, 2), date(2018, 3, 30))
    assert late is not None
    assert (late.days, str(late.weeks), str(late.percent)) == (56, "8.0", "31.3")
    assert agreed is not None
    assert (agreed.days, str(agreed.weeks)) == (14, "2.0")
    assert link.computed(thresholds_of(demonstration)) is Confidence.RED
    assert link.declared is Confidence.AMBER


def test_what_has_not_happened_yet_is_not_told(known: dict[str, ProjectFacts]) -> None:
    assert known["P107"].declared is Confidence.GREEN, "it turns red in early 2019"
    assert (known["P044"].forecast_finish or date.max) < date(2020, 1, 14), "support for Windows 7 ends"
    said = [update for each in known.values() for update in (each.updated_on, each.actual_finish) if update]
    assert max(said) <= TODAY


def test_everything_made_up_is_called_so(known: dict[str, ProjectFacts]) -> None:
    assert {each.source for each in known.values()} == {"illustrative"}


def test_there_are_red_projects_with_every_answer_and_one_with_none(known: dict[str, ProjectFacts]) -> None:
    red = [each for each in known.values() if each.declared is Confidence.RED]
    assert {each.reference: len(unanswered(each)) for each in red} == {"P011": 0, "P016": 0, "P027": 5}
    assert [question for question, answer in answers(known["P027"]) if answer] == ["how far behind"]


def test_there_are_projects_in_every_state_worth_a_look(
    known: dict[str, ProjectFacts], demonstration: Contract
) -> None:
    rebaselined = {each.reference: len(each.rebaselines) for each in known.values() if each.rebaselines}
    assert rebaselined == {"P001": 1, "P005": 1, "P007": 2, "P008": 2, "P036": 1, "P056": 1}
    silent = {
        each.reference
        for each in known.values()
        if each.is_active and each.updated_on and (TODAY - each.updated_on).days >= demonstration.silent_days
    }
    assert silent == {"P028", "P045", "P070"}
    overdue = {
        each.reference
        for each in known.values()
        if each.is_active and any(step.is_overdue(TODAY) for step in each.milestones)
    }
    assert overdue == {"P016", "P054"}
    stages = {stage: sum(each.stage is stage for each in known.values()) for stage in Stage}
    assert list(stages.values()) == [30, 95, 10, 12, 3]
    moved = [
        step
        for each in known.values()
        for step in each.milestones
        if len({said.forecast_on for said in step.forecasts}) > 1
    ]
    assert len(moved) > 30
    archived = Project.objects.archived(TODAY).get(contract=demonstration)
    assert (archived.reference, bool(archived.archived_reason)) == ("P151", True)


def test_the_key_list_has_a_past_and_a_proposal_that_waits_for_the_coming_meeting(demonstration: Contract) -> None:
    october, december, proposal = KeyList.objects.filter(contract=demonstration).order_by("put_to_board_on")
    assert [each.entries.count() for each in (october, december, proposal)] == [8, 12, 20]
    assert (proposal.decided_on, proposal.put_to_board_on) == (None, MEETING)
    entered = KeyEntry.objects.filter(key_list=december).exclude(project__in=october.entries.values("project"))
    assert entered.count() == 5
    for before, after in ((october, december), (december, proposal)):
        gone = before.entries.exclude(project__in=after.entries.values("project")).values_list("project", flat=True)
        assert set(gone) == set(after.exits.values_list("project", flat=True)) != set()
        assert all(after.exits.values_list("reason", flat=True))
    assert december.near_misses.count() == 2
    assert proposal.near_misses.count() == 3


def test_people_have_their_projects_their_chair_and_what_became_of_their_wishes(demonstration: Contract) -> None:
    administrator, manager, member, officer, clerk = (
        person(f"{name}@example.org", name) for name in ("administrator", "manager", "member", "officer", "clerk")
    )
    grant_role(person=administrator, role=Role.ADMINISTRATOR)
    grant_role(person=member, role=Role.BOARD_MEMBER, contract=demonstration)
    set_people_to_work(demonstration, Hands(administrator, manager, member, officer, clerk))
    own = set(manager.managed_projects.values_list("manager", flat=True))
    assert own == {"Digital Services Project Manager"}
    nobodys = Project.objects.filter(contract=demonstration, manager_person=None)
    assert set(nobodys.values_list("stage", flat=True)) == {"pipeline"}
    colleagues = Person.objects.filter(managed_projects__isnull=False).exclude(pk=manager.pk).distinct()
    assert {each.has_usable_password() for each in colleagues} == {False}
    named = {title for each in colleagues for title in each.managed_projects.values_list("manager", flat=True)}
    assert {each.job_title for each in colleagues} == named
    page = load_key_page(demonstration, member, TODAY, TODAY)
    told = {row.reference: (row.outcome, row.is_on_proposal, row.is_near_miss) for row in page.nominations}
    assert told == {
        "P015": ("declined", False, False),
        "P023": ("taken up", False, False),
        "P079": ("", True, False),
        "P089": ("", False, True),
    }
    assert list(breaches(demonstration)) == []
