"""Words around a paper's figures: they survive every revision, nobody writes over another, and sign-off closes them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from contracts.models import Person
from contracts.rules.roles import Role
from reports.models import Narrative, Paper, PaperAct, Remark
from reports.queries.narratives import in_version, load_words_page, on_record
from reports.services import papers
from reports.services.narratives import NoLongerDraft, NotYours, NoWords, WordsChanged, Written, save_words
from reports.services.rebuilding import rebuild
from reports.snapshot import BoardPaper, from_json
from tests.reports.cases import DRAFT_ON, a_month_run, a_paper
from tests.reports.drafts.conftest import paper_of, written

pytestmark = pytest.mark.django_db
KPI = ("kpi", "ACF_KPI_01")
SAID = Written(
    headline="One KPI failed in November and has met its target since.",
    introduction="This is the first report of its kind.",
    implications="None.",
    background="Returns of Adult Care Finance\r\n\r\nMinutes of 21 December 2017 ",
    author="Head of Contracts",
    item="7",
)


def save(paper: Paper, by: Person, version: int = 0, words: Written = SAID, **remarks: str) -> bool:
    about = {("kpi" if "KPI" in code else "project", code): text for code, text in remarks.items()}
    return save_words(paper=paper, by=by, at=timezone.now(), version=version, words=words, remarks=about)


def built_again(paper: Paper, by: Person) -> BoardPaper:
    run = rebuild(paper=paper, by=by, on=DRAFT_ON, now=timezone.now())
    papers.write_paper(run.pk, on=DRAFT_ON)
    return from_json(paper_of(run).snapshot)


def test_a_draft_without_words_prints_the_boards_recommendation(draft: Paper) -> None:
    words = from_json(draft.snapshot).words
    assert words is not None
    assert (words.recommendation, words.introduction, words.background) == ("That the report be noted.", "", ())
    assert words.background_until is not None
    assert words.background_until.isoformat() == "2022-03-29"


def test_words_survive_building_again_and_stand_in_the_snapshot(draft: Paper, officer: Person) -> None:
    generated = from_json(draft.snapshot).headline
    assert save(draft, officer, ACF_KPI_01="The cause is known.")
    for revision in (2, 3):
        built = built_again(Paper.objects.latest("revision"), officer)
        assert built.revision == revision
        assert (built.headline, built.headline_generated) == (SAID.headline, generated)
        assert built.words is not None
        assert built.words.introduction == SAID.introduction
        assert built.words.background == ("Returns of Adult Care Finance", "Minutes of 21 December 2017")
        assert built.words.author == "Head of Contracts"
        assert [(each.subject, each.text) for each in built.remarks] == [("ACF_KPI_01", "The cause is known.")]


def test_a_headline_of_their_own_that_is_the_generated_one_is_no_override(draft: Paper, officer: Person) -> None:
    save(draft, officer, words=Written(headline=from_json(draft.snapshot).headline))
    assert built_again(draft, officer).headline_generated == ""


def test_a_remark_on_what_the_paper_lists_no_more_is_kept_and_not_printed(draft: Paper, officer: Person) -> None:
    save(draft, officer, ACF_KPI_01="It was.", P999="It is late.")
    built = built_again(draft, officer)
    assert [each.subject for each in built.remarks] == ["ACF_KPI_01"]
    page = load_words_page(draft, DRAFT_ON)
    assert [each.code for each in page.gone] == ["P999"]
    assert set(on_record(draft).remarks) == {KPI, ("project", "P999")}


def test_a_stale_save_is_refused_and_changes_nothing(draft: Paper, officer: Person) -> None:
    save(draft, officer, ACF_KPI_01="First.")
    with pytest.raises(WordsChanged):
        save(draft, officer, version=0, words=Written(implications="Others."), ACF_KPI_01="Second.")
    stands = on_record(draft)
    assert (stands.version, stands.words["implications"], stands.remarks[KPI]) == (1, "None.", "First.")


def test_each_version_can_be_read_as_it_was_saved(draft: Paper, officer: Person) -> None:
    save(draft, officer, ACF_KPI_01="First.")
    save(draft, officer, version=1, words=Written(implications="Some."), ACF_KPI_01="Second.", P001="Late.")
    save(draft, officer, version=2, words=Written(implications="Some."), ACF_KPI_01="")
    assert [in_version(draft, number).remarks for number in (0, 1, 2, 3)] == [
        {},
        {KPI: "First."},
        {KPI: "Second.", ("project", "P001"): "Late."},
        {("project", "P001"): "Late."},
    ]
    assert [in_version(draft, number).words["implications"] for number in (0, 1, 2)] == ["", "None.", "Some."]


def test_saving_the_same_again_changes_nothing(draft: Paper, officer: Person) -> None:
    save(draft, officer, ACF_KPI_01="First.")
    assert not save(draft, officer, version=1, ACF_KPI_01="First.\r\n")
    assert on_record(draft).version == 1
    assert Narrative.history.count() == 1


def test_what_was_changed_and_removed_stays_in_the_history_with_who_did_it(draft: Paper, officer: Person) -> None:
    save(draft, officer, ACF_KPI_01="First.")
    save(draft, officer, version=1, ACF_KPI_01="")
    assert not Remark.objects.exists()
    told = Remark.history.order_by("history_date").values_list("history_type", "text", "history_user")
    assert list(told) == [("+", "First.", officer.pk), ("-", "First.", officer.pk)]


@pytest.mark.parametrize("status", ["signed off", "with the clerk", "published", "withdrawn"])
def test_from_its_signing_off_on_nobody_writes(draft: Paper, officer: Person, status: str) -> None:
    Paper.objects.filter(pk=draft.pk).update(status=status)
    with pytest.raises(NoLongerDraft, match=status):
        save(draft, officer)
    assert status in load_words_page(draft, DRAFT_ON).closed
    assert not Narrative.objects.exists()


def test_a_draft_that_waits_for_its_second_signature_is_closed_until_that_is_taken_back(
    draft: Paper, officer: Person
) -> None:
    act = {"paper": draft, "by": officer}
    PaperAct.objects.create(kind="signed off", at=timezone.now(), **act)
    with pytest.raises(NoLongerDraft, match="second"):
        save(draft, officer)
    PaperAct.objects.create(kind="taken back", at=timezone.now() + timedelta(seconds=1), words="A slip.", **act)
    assert save(draft, officer)


@pytest.mark.parametrize("role", [Role.CLERK, Role.BOARD_MEMBER, Role.SUPPLIER, Role.PROJECT_MANAGER])
def test_those_who_do_not_write_papers_do_not_write_their_words(
    draft: Paper, person: Callable[[Role], Person], role: Role
) -> None:
    with pytest.raises(NotYours):
        save(draft, person(role))


def test_the_contract_manager_writes_too(draft: Paper, person: Callable[[Role], Person]) -> None:
    assert save(draft, person(Role.CONTRACT_MANAGER))


def test_each_kind_of_paper_of_a_meeting_has_words_of_its_own(draft: Paper, officer: Person) -> None:
    projects = written(draft.contract, draft.meeting, "projects")
    save(projects, officer, words=Written(introduction="Of the projects."))
    assert on_record(draft).version == 0
    assert on_record(projects).words["introduction"] == "Of the projects."


def test_an_operational_report_has_no_words(draft: Paper, officer: Person) -> None:
    with pytest.raises(NoWords):
        save(a_paper(a_month_run(draft.contract)), officer)


def test_the_page_says_whether_the_latest_draft_prints_these_words(draft: Paper, officer: Person) -> None:
    assert not load_words_page(draft, DRAFT_ON).is_behind
    save(draft, officer, ACF_KPI_01="Seen.", P999="Not listed, so not printed.")
    assert load_words_page(draft, DRAFT_ON).is_behind
    built_again(draft, officer)
    assert not load_words_page(draft, DRAFT_ON).is_behind


def test_the_reason_for_lateness_is_asked_once_the_day_is_past(draft: Paper) -> None:
    published_by = DRAFT_ON + timedelta(days=7)
    assert not load_words_page(draft, published_by).is_late
    assert load_words_page(draft, published_by + timedelta(days=1)).is_late
