"""What is marked as not for publication goes into a second paper from the next building on, and nowhere else."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from reports.build.halves import Mark
from reports.models import Edition, ExemptMark, Narrative, Paper, PaperFile, PaperRun
from reports.queries.exempt import is_parted_as_marked, load_exempt_page, marks_of, state_of
from reports.render import Rendered, render_all
from reports.render.reading import words_in
from reports.services import editions
from reports.services.acts import NotAsItStands
from reports.services.exempt import MarksChanged, MarksRefused, NoLongerDraft, NotYours, mark_exempt
from reports.services.papers import AttemptFailed, edition_run, write_paper
from reports.services.sign_off import sign_off
from reports.snapshot import BoardPaper, from_json
from tests.reports.cases import DRAFT_ON
from tests.reports.exempt.conftest import ASKED, AT, built_again, page_of

REQUESTS = Mark("requests", 3, "It would weaken the council in the talks.")
NOTHING = state_of([])
MOST_QUERIES = 6
MARK = "Not for publication: paragraph 3 of Part 1 of Schedule 12A"
POSTED = {
    "requests-withheld": "on",
    "requests-paragraph": "3",
    "requests-interest": "It would weaken the council in the talks.",
}


def address(draft: Paper) -> str:
    return reverse("reports:exempt", args=[draft.contract.reference, draft.pk])


def mark(draft: Paper, by: Person, *marks: Mark, shown: str = NOTHING) -> bool:
    return mark_exempt(paper=draft, by=by, at=AT, shown=shown, marks=marks)


def test_a_mark_takes_effect_when_the_draft_is_built_again(draft: Paper, manager: Person) -> None:
    assert not draft.has_exempt_part
    posted = page_of(manager).post(address(draft), {"state": NOTHING, **POSTED})
    assert posted.status_code == 302
    later = built_again(draft)
    assert (later.revision, later.has_exempt_part) == (2, True)
    assert ASKED not in later.snapshot
    assert ASKED in later.exempt_snapshot
    (line,) = from_json(later.snapshot).exempt
    assert (line.section, line.paragraph, line.public_interest) == ("requests", 3, REQUESTS.public_interest)


def test_the_files_of_both_halves_lie_side_by_side_and_only_the_exempt_ones_say_it(
    draft: Paper, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "render_all", render_all)
    mark(draft, manager, REQUESTS)
    page_of(manager).post(reverse("reports:rebuild", args=[draft.contract.reference, draft.pk]))
    later = built_again(draft)
    by_audience: dict[str, list[PaperFile]] = {"public": [], "exempt": []}
    for file in later.files.all():
        by_audience[file.audience].append(file)
    assert {file.format for file in by_audience["public"]} == {file.format for file in by_audience["exempt"]}
    for audience, own in by_audience.items():
        for file in own:
            text = words_in(file.name, (Path(settings.PAPERS_DIR) / file.path).read_bytes())
            assert f"-{audience}." in file.name
            if audience == "public":
                assert "48,250" not in text, file.name
            elif file.format not in ("csv",):
                assert "48,250" in text, file.name
                assert file.format == "json" or MARK in text.replace("\n", " "), file.name


def test_taking_the_mark_away_makes_it_public_again_and_history_keeps_it(draft: Paper, manager: Person) -> None:
    assert mark(draft, manager, REQUESTS)
    assert mark(draft, manager, shown=state_of([REQUESTS]))
    assert marks_of(draft) == ()
    assert list(ExemptMark.history.values_list("history_type", flat=True)) == ["-", "+"]


def test_saving_the_same_marks_changes_nothing_and_builds_nothing(draft: Paper, manager: Person) -> None:
    mark(draft, manager, REQUESTS)
    assert not mark(draft, manager, REQUESTS, shown=state_of([REQUESTS]))
    runs = PaperRun.objects.count()
    page_of(manager).post(address(draft), {"state": state_of([REQUESTS]), **POSTED})
    assert PaperRun.objects.count() == runs


def test_a_stale_page_is_refused_with_both_shown(draft: Paper, manager: Person) -> None:
    mark(draft, manager, REQUESTS)
    with pytest.raises(MarksChanged):
        mark(draft, manager, Mark("kpis", 3, "Other."))
    typed = {"kpis-withheld": "on", "kpis-paragraph": "5", "kpis-interest": "Legal advice."}
    refused = page_of(manager).post(address(draft), {"state": NOTHING, **typed})
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert REQUESTS.public_interest in shown
    assert "Legal advice." in shown
    again = page_of(manager).post(address(draft), {"state": state_of([REQUESTS]), **typed})
    assert again.status_code == 302
    assert [each.part for each in marks_of(draft)] == ["kpis"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("requests-paragraph", "Choose the paragraph for “Open requests of the Board”."),
        ("requests-interest", "Say why withholding “Open requests of the Board” serves the public better"),
    ],
)
def test_a_mark_gives_its_ground(draft: Paper, manager: Person, missing: str, said: str) -> None:
    typed = {key: text for key, text in POSTED.items() if key != missing}
    refused = page_of(manager).post(address(draft), {"state": NOTHING, **typed})
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not Narrative.objects.exists()


@pytest.mark.parametrize(
    "bad", [Mark("reading", 3, "x"), Mark("requests", 8, "x"), Mark("requests", 3, "  "), Mark("money", 3, "x")]
)
def test_what_the_law_or_the_paper_does_not_know_is_refused(draft: Paper, manager: Person, bad: Mark) -> None:
    with pytest.raises(MarksRefused):
        mark(draft, manager, bad)
    assert not ExemptMark.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.BOARD_MEMBER, Role.SUPPLIER])
def test_only_those_who_write_papers_mark(draft: Paper, person: object, role: Role) -> None:
    with pytest.raises(NotYours):
        mark(draft, person(role), REQUESTS)  # type: ignore[operator]


def test_what_is_signed_off_stays_as_it_was_parted(draft: Paper, manager: Person) -> None:
    draft.status = Paper.Status.SIGNED_OFF
    draft.save(update_fields=["status"])
    with pytest.raises(NoLongerDraft):
        mark(draft, manager, REQUESTS)
    client = page_of(manager)
    assert "signed off" in client.get(address(draft)).content.decode()
    assert client.post(address(draft), {"state": NOTHING, **POSTED}).status_code == 409


def test_a_draft_that_is_not_parted_as_marked_is_not_signed_off(draft: Paper, manager: Person) -> None:
    assert is_parted_as_marked(draft)
    mark(draft, manager, REQUESTS)
    assert not is_parted_as_marked(draft)
    with pytest.raises(NotAsItStands, match="not for publication changed since it was built"):
        sign_off(draft, by=manager, at=AT, on=DRAFT_ON, accepted={})
    page_of(manager).post(reverse("reports:rebuild", args=[draft.contract.reference, draft.pk]))
    assert is_parted_as_marked(built_again(draft))


def test_a_leak_keeps_the_whole_paper_from_being_stored(
    draft: Paper, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever put it there, the worker stores nothing, and the run says in plain words what stands where."""
    mark(draft, manager, REQUESTS)
    page_of(manager).post(reverse("reports:rebuild", args=[draft.contract.reference, draft.pk]))

    def print_with_a_leak(
        paper: BoardPaper, formats: Iterable[str], template: bytes | None = None
    ) -> Iterator[tuple[str, Rendered]]:
        for format, file in render_all(paper, formats, template):
            if format == "csv" and paper.audience == "public":
                yield format, Rendered(file.name, file.content + f'"{ASKED}"\r\n'.encode())
            else:
                yield format, file

    monkeypatch.setattr(editions, "render_all", print_with_a_leak)
    (run,) = PaperRun.objects.filter(state=PaperRun.State.QUEUED)
    with pytest.raises(AttemptFailed, match="not for publication stands in files that are"):
        write_paper(run.pk, on=DRAFT_ON)
    assert not PaperFile.objects.filter(paper__revision=2).exists()
    run.refresh_from_db()
    assert "Tell the Board what the rebate" in run.error


def test_the_final_edition_has_each_appendix_as_a_file_of_its_own_in_the_half_it_belongs_to(
    draft: Paper, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(draft, manager, Mark("projects", 3, "It would weaken the council in the talks."))
    page_of(manager).post(reverse("reports:rebuild", args=[draft.contract.reference, draft.pk]))
    later = built_again(draft)
    later.status = Paper.Status.SIGNED_OFF
    later.save(update_fields=["status"])
    monkeypatch.setattr(editions, "render_all", render_all)
    halves = editions.prepare(edition_run(later, Edition.FINAL, by=manager, on=DRAFT_ON, now=AT), on=DRAFT_ON)
    stem = "2018-03-29-overview-and-scrutiny-board-css-report-r2"
    assert [file.name for file in halves.print() if file.format == "appendix"] == [
        f"{stem}-appendix-a-results-public.pdf",
        f"{stem}-appendix-c-reading-public.pdf",
        f"{stem}-appendix-b-projects-exempt.pdf",
    ]


def test_the_page_says_which_sections_go_together_and_costs_the_same_however_much_is_marked(
    draft: Paper, manager: Person
) -> None:
    page = page_of(manager).get(address(draft)).content.decode()
    assert "These go together: Month by month, Exceptions, Mitigation relief" in page
    spent = []
    for marks in ((), (REQUESTS, Mark("kpis", 3, "x"), Mark("projects", 3, "x"))):
        if marks:
            mark(draft, manager, *marks)
        with CaptureQueriesContext(connection) as captured:
            load_exempt_page(draft)
        spent.append(len(captured))
    assert spent[0] == spent[1] <= MOST_QUERIES
