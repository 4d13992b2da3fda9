"""Two papers beside each other: which one a paper is compared with, and what the pages say of it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from kpis.models import Result
from reports.models import Meeting, Paper, PaperRun
from reports.queries.comparison import changes_since_last, load_comparison
from tests.reports.cases import DRAFT_ON, LAST, a_meeting, a_run
from tests.reports.drafts.conftest import paper_of, written
from tests.reports.drafts.test_narratives import built_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(draft: Paper, officer: Person) -> Paper:
    """The draft built again after a correction."""
    Result.objects.filter(month=LAST).update(value="71")
    built_again(draft, officer)
    return paper_of(PaperRun.objects.get(revision=2))


def at(paper: Paper, query: str = "") -> str:
    return reverse("reports:compare", args=["CSS", paper.pk]) + query


def test_a_draft_is_compared_with_the_revision_before(second: Paper, officer: Person) -> None:
    shown = load_comparison(second, officer)
    assert shown is not None
    assert shown.before == "exception report for 29 Mar 2018, revision 1 (draft)"
    assert shown.after == "exception report for 29 Mar 2018, revision 2 (draft)"
    told = {each.place: each.in_words() for part in shown.parts for each in part.differences}
    assert told["Summary by month, January 2018, target met"] == "1 before, 0 now"
    assert shown.number == len(told)
    assert all(each.place.startswith(part.section) for part in shown.parts for each in part.differences)


def test_a_first_revision_is_compared_with_the_last_published_paper_of_its_kind(
    draft: Paper, officer: Person, person: Callable[[Role], Person]
) -> None:
    assert load_comparison(draft, officer).before == ""  # type: ignore[union-attr]
    earlier = written(draft.contract, a_meeting(draft.contract, on=DRAFT_ON), "report")
    assert load_comparison(draft, officer).before == ""  # type: ignore[union-attr]
    Paper.objects.filter(pk=earlier.pk).update(status="published")
    written(draft.contract, draft.meeting, "projects")
    shown = load_comparison(draft, officer)
    assert shown is not None
    assert shown.before == "exception report for 14 Mar 2018, revision 1 (published)"


def test_an_addendum_is_compared_with_one_before_it_and_not_with_its_report(draft: Paper, officer: Person) -> None:
    Paper.objects.filter(pk=draft.pk).update(status="published")
    first, later = (bound(draft, number) for number in (1, 2))
    assert changes_since_last(first, officer) is None
    assert changes_since_last(later, officer) is None, "the first one is not published yet"
    Paper.objects.filter(pk=first.pk).update(status="published")
    found = changes_since_last(later, officer)
    assert found is not None
    assert found.since == "addendum 1 for 29 Mar 2018, revision 1 (published)"


def bound(report: Paper, number: int) -> Paper:
    """An addendum to the report; what it prints is of no matter here."""
    of = {"contract": report.contract, "meeting": report.meeting, "kind": "addendum", "number": number, "of": report}
    run = PaperRun.objects.create(**of, state=PaperRun.State.FINISHED, due_on=DRAFT_ON)
    names = ("review_from", "review_to", "headline", "snapshot", "sha256", "made_on")
    return Paper.objects.create(**of, run=run, **{name: getattr(report, name) for name in names})


def test_the_older_one_stands_before_whichever_was_asked_for(draft: Paper, second: Paper, officer: Person) -> None:
    shown = load_comparison(draft, officer, wanted=str(second.pk))
    assert shown is not None
    assert (shown.before[-18:], shown.after[-18:]) == ("revision 1 (draft)", "revision 2 (draft)")
    assert shown.chosen == str(second.pk)


def test_papers_of_another_kind_or_contract_and_removed_ones_are_not_offered(
    draft: Paper, second: Paper, officer: Person
) -> None:
    projects = written(draft.contract, draft.meeting, "projects")
    Paper.objects.filter(pk=draft.pk).update(status="removed")
    shown = load_comparison(second, officer)
    assert shown is not None
    assert (shown.before, [each.pk for each in shown.choices]) == ("", ["now"])
    assert load_comparison(second, officer, wanted=str(projects.pk)) is None
    assert load_comparison(second, officer, wanted=str(draft.pk)) is None


def test_the_page_shows_every_place_with_both_texts(second: Paper, officer_page: Client) -> None:
    page = officer_page.get(at(second)).content.decode()
    assert "places differ." in page
    assert "Summary by month" in page
    assert "January 2018, below target, share" in page
    assert "80.50%" in page
    assert "71.00%" in page


def test_a_draft_is_compared_with_what_would_be_built_now(draft: Paper, officer_page: Client) -> None:
    assert "Nothing differs" in officer_page.get(at(draft, "?with=now")).content.decode()
    Result.objects.filter(month=LAST).update(value="71")
    page = officer_page.get(at(draft, "?with=now")).content.decode()
    assert "Built now" in page
    assert "71.00%" in page
    Paper.objects.filter(pk=draft.pk).update(status="published")
    assert officer_page.get(at(draft, "?with=now")).status_code == 404


def test_what_cannot_be_built_now_says_why(draft: Paper, officer_page: Client) -> None:
    Meeting.objects.update(status="cancelled")
    answer = officer_page.get(at(draft, "?with=now"))
    assert answer.status_code == 200
    assert "could not be built now" in answer.content.decode()


def test_a_paper_that_is_not_there_is_not_found(draft: Paper, officer_page: Client) -> None:
    assert officer_page.get(at(draft, "?with=99999")).status_code == 404
    assert officer_page.get(at(draft, "?with=nonsense")).status_code == 404


def test_members_compare_published_papers_and_see_no_drafts(
    draft: Paper, second: Paper, person: Callable[[Role], Person]
) -> None:
    Paper.objects.filter(pk=second.pk).update(status="published")
    member = Client()
    member.force_login(person(Role.BOARD_MEMBER))
    page = member.get(at(second)).content.decode()
    assert "There is no earlier paper to compare with." in page
    assert "revision 1" not in page
    assert member.get(at(second, f"?with={draft.pk}")).status_code == 404
    assert member.get(at(draft)).status_code == 404


def test_the_desk_says_how_much_differs_and_leads_there(second: Paper, officer: Person, officer_page: Client) -> None:
    changes = changes_since_last(second, officer)
    assert changes is not None
    page = officer_page.get(reverse("reports:paper", args=["CSS", second.pk])).content.decode()
    assert f">{changes.number} places differ</a> from the exception report for 29 Mar 2018, revision 1 (draft)." in page
    assert at(second) in page


def test_counting_it_a_second_time_reads_no_paper(second: Paper, officer: Person) -> None:
    first = changes_since_last(second, officer)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert changes_since_last(second, officer) == first
    assert not [each for each in queries.captured_queries if '"reports_paper"."snapshot"' in each["sql"]]


def test_the_number_of_queries_does_not_grow_with_the_papers(
    second: Paper, officer_page: Client, officer: Person
) -> None:
    officer_page.get(at(second))
    with CaptureQueriesContext(connection) as few:
        officer_page.get(at(second))
    for revision in range(3, 9):
        run = a_run(second.contract, second.meeting, revision=revision, state="finished")
        values = {
            f.name: getattr(second, f.name) for f in Paper._meta.fields if f.name not in ("id", "run", "revision")
        }
        Paper.objects.create(run=run, revision=revision, **values)
    with CaptureQueriesContext(connection) as many:
        officer_page.get(at(second))
    assert len(many) == len(few)
