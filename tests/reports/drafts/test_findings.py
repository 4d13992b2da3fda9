"""What is found in a draft before it is signed off, and what of it blocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from kpis.models import Kpi, Level, Result, Return
from projects.models import Project, Update
from reports.models import Board, BoardRequest, Meeting, Paper, PaperRun, ReviewPeriod
from reports.queries.readiness import load_findings
from reports.rules.readiness import Finding
from reports.services.narratives import Written
from reports.snapshot import DisputeLine, from_json, to_json
from tests.reports.cases import COMMENCED_ON, DRAFT_ON, FIRST, LAST, MEETING_ON
from tests.reports.drafts.conftest import paper_of, written
from tests.reports.drafts.test_narratives import built_again, save

pytestmark = pytest.mark.django_db
EXPLAINED = {
    "cause": "Staff left.",
    "effect": "Care waited.",
    "remedy": "New staff.",
    "recovery_month": date(2018, 4, 1),
}


def found(paper: Paper, kind: str, on: date = DRAFT_ON) -> list[Finding]:
    return [each for each in load_findings(paper, on) if each.kind == kind]


def again(paper: Paper, by: Person) -> Paper:
    built_again(paper, by)
    newest = Paper.objects.latest("revision")
    return paper_of(newest.run)


def miss(**fields: object) -> None:
    """January is a miss without a word, or with these."""
    Result.objects.filter(month=LAST).update(value="71", **fields)


def test_a_draft_in_order_has_no_finding(draft: Paper, officer: Person) -> None:
    Project.objects.all().delete()
    Board.objects.update(author="Head of Contracts")
    save(draft, officer, words=Written(background="Returns of Adult Care Finance"), ACF_KPI_01="Seen.")
    assert load_findings(again(draft, officer), DRAFT_ON) == ()


def test_a_corrected_figure_makes_the_draft_stale_and_that_blocks(draft: Paper, officer: Person) -> None:
    assert found(draft, "stale") == []
    miss(**EXPLAINED)
    (stale,) = found(draft, "stale")
    assert stale.blocks
    assert " places: Summary by month, January 2018, target met; " in stale.what
    assert stale.place == "What differs"
    assert stale.href == reverse("reports:compare", args=["CSS", draft.pk]) + "?with=now"
    assert found(again(draft, officer), "stale") == []


def test_words_saved_after_it_was_built_make_it_stale(draft: Paper, officer: Person) -> None:
    save(draft, officer, words=Written(implications="Of money."))
    (stale,) = found(draft, "stale")
    assert stale.blocks
    assert "in 1 place: Implications, new paragraph 1. Build it again." in stale.what


def test_a_later_revision_blocks_the_earlier_one(draft: Paper, officer: Person) -> None:
    later = again(draft, officer)
    (stale,) = found(draft, "stale")
    assert (stale.what, stale.blocks) == ("Revision 2 was built: sign that one off.", True)
    PaperRun.objects.filter(pk=later.run_id).update(state="failed")
    assert found(draft, "stale") == []


def test_what_is_known_since_the_day_of_the_draft_may_be_accepted(draft: Paper) -> None:
    later = DRAFT_ON + timedelta(days=3)
    project = Project.objects.get()
    Update.objects.create(project=project, updated_on=later, confidence="red", delay_cause="Flood.")
    assert found(draft, "stale", later) == []
    (newer,) = found(draft, "newer", later)
    assert not newer.blocks
    assert "from what was known on 14 March 2018 in " in newer.what


def test_a_meeting_that_was_cancelled_blocks(draft: Paper) -> None:
    Meeting.objects.update(status="cancelled")
    (stale,) = found(paper_of(draft.run), "stale")
    assert stale.blocks
    assert "cancelled" in stale.what


def test_an_exception_without_its_explanation_or_a_remark_is_found(draft: Paper, officer: Person) -> None:
    Result.objects.filter(month=FIRST).update(**EXPLAINED)
    miss()
    draft = again(draft, officer)
    (unexplained,) = found(draft, "unexplained")
    assert "no cause, effect on services, remedy and expected recovery, and no remark" in unexplained.what
    assert unexplained.href.endswith("#id_remark-kpi-ACF_KPI_01")
    assert not unexplained.blocks
    miss(**EXPLAINED)
    draft = again(draft, officer)
    assert found(draft, "unexplained") == []
    miss(cause="", effect="", remedy="", recovery_month=None)
    save(draft, officer, ACF_KPI_01="Still being looked into.")
    assert found(again(draft, officer), "unexplained") == []


def test_words_that_say_a_miss_met_its_target_are_found(draft: Paper, officer: Person) -> None:
    miss(**EXPLAINED | {"cause": "The team met its target."})
    (contradiction,) = found(again(draft, officer), "contradiction")
    assert "is below target, and what is said of it reads “met its target”" in contradiction.what
    assert contradiction.href == reverse("kpis:kpi", args=["CSS", "ACF_KPI_01"])
    assert not contradiction.blocks


def test_words_that_speak_of_a_miss_where_the_target_was_met_are_found(draft: Paper, officer: Person) -> None:
    Result.objects.filter(month=LAST).update(cause="It fell below its minimum for want of staff.")
    (contradiction,) = found(again(draft, officer), "contradiction")
    assert "met its target, and what is said of it reads “fell below its minimum”" in contradiction.what
    assert contradiction.place == "January 2018"


def test_a_remark_that_contradicts_the_figures_is_found(draft: Paper, officer: Person) -> None:
    save(draft, officer, ACF_KPI_01="It is still below target.")
    (contradiction,) = found(again(draft, officer), "contradiction")
    assert "its remark reads “is still below target”" in contradiction.what


def test_a_headline_with_another_count_of_failed_kpis_is_found(draft: Paper, officer: Person) -> None:
    save(draft, officer, words=Written(headline="No KPI failed in this period.", introduction="Two KPIs failed."))
    told = {each.place: each for each in found(again(draft, officer), "headline")}
    assert told["Headline"].what == "It says “No KPI failed”; counted in the review period: one."
    assert told["Introduction"].href.endswith("#id_introduction")


def test_a_month_that_is_open_again_is_told_and_its_figures_are_provisional(draft: Paper, officer: Person) -> None:
    Return.objects.filter(month=LAST).update(state=Return.State.SUBMITTED)
    draft = again(draft, officer)
    (unverified,) = found(draft, "unverified")
    (provisional,) = found(draft, "provisional")
    assert unverified.what == "Not every service area of January 2018 is verified."
    assert provisional.what == "1 of 1 figures are provisional, and marked so."
    assert unverified.href == reverse("kpis:month", args=["CSS", "2018-01"])


def test_a_month_without_any_figure_blocks(draft: Paper, officer: Person) -> None:
    Result.objects.filter(month=LAST).delete()
    (missing,) = found(again(draft, officer), "months")
    assert (missing.what, missing.blocks) == ("Nothing was said of any KPI in January 2018.", True)


def test_one_kpi_without_a_figure_among_others_is_for_people_to_judge(draft: Paper, officer: Person) -> None:
    area = draft.contract.service_areas.get()
    kpi = Kpi.objects.create(
        contract=draft.contract, service_area=area, code="ACF_KPI_02", name="Invoices paid", unit="percent",
        polarity="higher", in_force_from=COMMENCED_ON,
    )  # fmt: skip
    Level.objects.create(kpi=kpi, effective_from=COMMENCED_ON, target=Decimal(75), minimum=Decimal(70))
    draft = again(draft, officer)
    assert found(draft, "months") == []
    assert "ACF_KPI_02 Invoices paid: no figure, and no remark." in {each.what for each in found(draft, "unexplained")}


def test_a_month_that_no_paper_has_judged_blocks(draft: Paper) -> None:
    earlier = Meeting.objects.create(board=Board.objects.get(), meeting_on=date(2017, 9, 28))
    ReviewPeriod.objects.create(
        contract=draft.contract, meeting=earlier, review_from=date(2017, 6, 1), review_to=date(2017, 8, 1)
    )
    (skipped,) = found(draft, "months")
    assert (skipped.what, skipped.blocks) == ("No paper has judged September 2017 to October 2017 yet.", True)


def test_red_and_silent_projects_and_those_without_answers_are_found(draft: Paper, officer: Person) -> None:
    project = Project.objects.get()
    Update.objects.create(project=project, updated_on=DRAFT_ON - timedelta(days=90), confidence="red")
    draft = again(draft, officer)
    (silent,), (unanswered,) = found(draft, "silent red"), found(draft, "unanswered")
    assert "P001 Telephone system is red, and silent" in silent.what
    assert "not answered: " in unanswered.what
    assert unanswered.href == reverse("projects:project", args=["CSS", "P001"])
    save(draft, officer, P001="The programme board has asked for a report.")
    assert found(again(draft, officer), "unanswered") == []


def test_a_request_that_is_due_and_unanswered_is_found(draft: Paper, officer: Person) -> None:
    request = BoardRequest.objects.create(
        contract=draft.contract, reference="B001", kind="request", raised_on=date(2017, 12, 21), text="Why?",
        due_meeting_on=MEETING_ON,
    )  # fmt: skip
    draft = again(draft, officer)
    (due,) = found(draft, "requests")
    assert (due.place, due.blocks) == ("Request B001", False)
    BoardRequest.objects.filter(pk=request.pk).update(due_meeting_on=MEETING_ON + timedelta(days=30))
    assert found(again(draft, officer), "requests") == []


def test_a_disputed_figure_is_found(draft: Paper) -> None:
    paper = from_json(draft.snapshot)
    dispute = DisputeLine("open", "Two days were counted twice.", "", "", date(2018, 2, 1), None)
    area = paper.areas[0]
    kpi = area.kpis[0]
    results = (*kpi.results[:-1], replace(kpi.results[-1], dispute=dispute))
    disputed = replace(paper, areas=(replace(area, kpis=(replace(kpi, results=results),)),))
    Paper.objects.filter(pk=draft.pk).update(snapshot=to_json(disputed))
    draft.refresh_from_db()
    (only,) = found(draft, "disputed")
    assert "the supplier disputes the figure" in only.what
    assert only.place == "January 2018"


def test_late_without_a_reason_is_found(draft: Paper) -> None:
    late_on = DRAFT_ON + timedelta(days=8)
    assert not [each for each in found(draft, "words") if each.place == "Why it is late"]
    (late,) = [each for each in found(draft, "words", late_on) if each.place == "Why it is late"]
    assert not late.blocks


def test_the_projects_paper_is_read_without_kpis(draft: Paper) -> None:
    projects = written(draft.contract, draft.meeting, "projects")
    kinds = {each.kind for each in load_findings(projects, DRAFT_ON)}
    assert kinds == {"words"}


def test_the_page_lists_what_is_found_and_says_whether_it_blocks(draft: Paper, officer_page: Client) -> None:
    address = reverse("reports:readiness", args=["CSS", draft.pk])
    page = officer_page.get(address).content.decode()
    assert "Nothing blocks sign-off" in page
    assert "Neither the paper nor its board gives an author" in page
    Result.objects.filter(month=LAST).update(value="71")
    page = officer_page.get(address).content.decode()
    assert "1 finding blocks sign-off" in page
    assert "Build the draft again" in page


def test_of_a_signed_paper_the_page_says_that_it_is_closed(draft: Paper, officer_page: Client) -> None:
    Paper.objects.filter(pk=draft.pk).update(status="signed off")
    page = officer_page.get(reverse("reports:readiness", args=["CSS", draft.pk])).content.decode()
    assert "This paper is signed off" in page
    assert "Build the draft again" not in page


def test_a_board_member_and_the_supplier_see_no_draft(draft: Paper, person: Callable[[Role], Person]) -> None:
    for role in (Role.BOARD_MEMBER, Role.SUPPLIER):
        client = Client()
        client.force_login(person(role))
        assert client.get(reverse("reports:readiness", args=["CSS", draft.pk])).status_code == 404
        assert client.get(reverse("reports:compare", args=["CSS", draft.pk])).status_code == 404


def test_nothing_is_found_in_a_months_report(draft: Paper) -> None:
    assert load_findings(Paper(contract=draft.contract, kind="operational", month=FIRST), DRAFT_ON) == ()


@pytest.mark.parametrize("days", [0, 4])
def test_however_many_findings_there_are_they_cost_as_few_statements(days: int, draft: Paper) -> None:
    miss()
    with CaptureQueriesContext(connection) as captured:
        assert load_findings(draft, DRAFT_ON + timedelta(days=days))
    assert len([each for each in captured if each["sql"].startswith("SELECT")]) <= 3


def test_what_happens_after_the_last_build_is_on_the_page_when_it_is_next_opened(
    draft: Paper, officer_page: Client
) -> None:
    address = reverse("reports:readiness", args=[draft.contract.reference, draft.pk])
    says = "Built now it would differ"
    assert says not in officer_page.get(address).content.decode()
    miss(**EXPLAINED)
    assert says in officer_page.get(address).content.decode()
