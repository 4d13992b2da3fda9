"""Two papers are compared as printed: whatever a reader would find changed is told, and nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.differences import Difference, differences
from reports.render.document import Card, Cell, Document, Facts, Paragraph, Subheading, Table
from reports.render.printable import printable
from reports.render.words import document
from reports.snapshot import BoardPaper, RemarkLine, Words
from tests.reports import samples
from tests.reports.papers import kpi, month, paper

PAPERS: tuple[Callable[[], BoardPaper], ...] = (
    samples.small,
    samples.disputed,
    samples.nothing_failed,
    samples.many_failures,
    samples.empty,
    samples.long_history,
    samples.hostile,
)
PORTFOLIO = (samples.board_projects, samples.many_projects, samples.first_projects, samples.no_projects)
WORDS = Words(
    item="7",
    introduction="These are the figures of the winter.\nThey are as the supplier gave them.",
    recommendation="That the report be noted.",
    implications="None.",
    consultation="The supplier was asked.",
    background=("Returns of the supplier, November 2017 to January 2018",),
    author="Head of Contracts",
    lateness="The figures came late.",
    background_until=date(2022, 3, 29),
)
BEGIN = month("2017-08")


def one(found: tuple[Difference, ...], place: str) -> Difference:
    (it,) = [each for each in found if each.place == place]
    return it


def of_rows(*rows: str) -> BoardPaper:
    return paper([kpi(row, BEGIN) for row in rows])


@pytest.mark.parametrize("make", [*PAPERS, *PORTFOLIO, samples.month_of_projects], ids=lambda make: make.__name__)
def test_a_paper_does_not_differ_from_itself(make: Callable[[], BoardPaper]) -> None:
    assert differences(make(), make()) == ()


@pytest.mark.parametrize("make", [samples.small, samples.board_projects], ids=lambda make: make.__name__)
def test_status_revision_and_day_are_no_differences(make: Callable[[], BoardPaper]) -> None:
    later = replace(make(), status="published", revision=4, made_on=date(2018, 3, 20))
    assert differences(make(), later) == ()


def test_a_count_of_the_summary_is_told_by_month_and_status_with_its_share() -> None:
    before, after = of_rows("CSC_KPI_01 gggggg", "CSC_KPI_02 gggggg"), of_rows("CSC_KPI_01 gggggg", "CSC_KPI_02 gggggr")
    found = differences(before, after)
    assert one(found, "Summary by month, January 2018, target met").in_words() == "2 before, 1 now"
    assert one(found, "Summary by month, January 2018, target met, share").in_words() == "100% before, 50% now"
    assert one(found, "Summary by month, January 2018, below minimum").in_words() == "0 before, 1 now"
    assert not [each for each in found if each.place.startswith("Summary by month, December 2017")]


def test_a_figure_is_told_where_it_stands_in_the_appendix_with_its_status() -> None:
    before, after = of_rows("CSC_KPI_01 gggggg"), of_rows("CSC_KPI_01 ggagGg")
    found = differences(before, after)
    place = "Results by service area, CSC_KPI_01 Calls abandoned, of all calls, October 2017"
    assert (one(found, f"{place}, result").before, one(found, f"{place}, result").after) == ("2.79%", "9.40%")
    assert one(found, f"{place}, status").in_words() == "Target met before, Below target now"
    provisional = one(found, place.replace("October", "December") + ", result")
    assert provisional.in_words() == "2.79% before, 2.79% (provisional) now"


def test_an_exception_that_entered_is_told_once_and_one_that_left_too() -> None:
    before, after = of_rows("CSC_KPI_01 gggggg"), of_rows("CSC_KPI_01 gggggr")
    place = "Exceptions, CSC_KPI_01 Calls abandoned, of all calls"
    entered = one(differences(before, after), place)
    assert entered.is_entry
    assert "Below minimum new: January 2018" in entered.after
    assert [each.place for each in differences(before, after) if each.place.startswith(place)] == [place]
    left = one(differences(after, before), place)
    assert (left.is_exit, left.before) == (True, entered.after)


def test_an_exception_that_changed_its_state_is_told_by_its_rule() -> None:
    before, after = of_rows("CSC_KPI_01 ggggrr"), of_rows("CSC_KPI_01 gggrrr")
    rule = one(differences(before, after), "Exceptions, CSC_KPI_01 Calls abandoned, of all calls, Below minimum")
    assert "second month running" in rule.before
    assert "third month running" in rule.after


def test_the_headline_and_what_moved_since_the_last_meeting_are_told() -> None:
    before, after = of_rows("CSC_KPI_01 gggggg"), of_rows("CSC_KPI_01 gggggr")
    found = differences(before, after)
    assert one(found, "Headline").after == after.headline
    assert "one new exception" in one(found, "Front page, since the Board last met").after
    assert one(found, "Exceptions, how many").in_words() == "0 before, 1 now"


def test_words_and_remarks_are_told() -> None:
    before = samples.small()
    after = replace(before, words=WORDS, remarks=(RemarkLine("kpi", "CSC_KPI_04", "The Board was told."),))
    found = {each.place: each for each in differences(before, after)}
    assert found["Exceptions, CSC_KPI_04 Calls abandoned, of all calls, remark"].after == "The Board was told."
    told = {each.after for each in found.values()}
    written = {WORDS.item, WORDS.implications, WORDS.consultation, WORDS.author, WORDS.lateness, *WORDS.background}
    assert told >= written | set(WORDS.introduction.splitlines())
    again = replace(after, words=replace(WORDS, introduction="These are the figures of the winter.\nAll are final."))
    (only,) = differences(after, again)
    assert (only.place, only.after) == ("Introduction, paragraph 2", "All are final.")


def test_a_project_that_entered_changed_or_left_is_told() -> None:
    before, after = samples.board_projects(), samples.board_projects()
    first, *others = after.projects.exceptions
    left = replace(after, projects=replace(after.projects, exceptions=tuple(others)))
    gone = [each for each in differences(before, left) if each.is_exit and first.reference in each.place]
    assert gone
    changed = replace(first, delay_cause="The data centre was flooded.")
    moved = replace(after, projects=replace(after.projects, exceptions=(changed, *others)))
    (only,) = differences(before, moved)
    assert only.place == f"Projects that need attention, {first.reference} {first.title}, why"
    assert only.after == "The data centre was flooded."


def test_a_request_that_was_answered_is_told() -> None:
    before = samples.small()
    first, *others = before.requests
    after = replace(before, requests=(replace(first, status="answered", answer="None could not."), *others))
    (only,) = differences(before, after)
    assert only.place == "Open requests of the Board, R-2017-11, where it stands"
    assert "None could not." in only.after


def test_a_numerator_is_told_where_the_data_tables_print_it() -> None:
    before = samples.small()
    after = replaced(before, lambda result: replace(result, numerator="12", denominator="400"))
    told = {each.place: each.after for each in differences(before, after)}
    place = "Data tables, CSC_KPI_04 Calls abandoned, of all calls"
    assert told[place] == "September 2017, numerator 12; September 2017, denominator 400"


def replaced(whole: BoardPaper, change: Callable[[Any], Any]) -> BoardPaper:
    """With one figure of one KPI in another state."""
    areas = tuple(
        replace(
            area,
            kpis=tuple(
                replace(
                    line,
                    results=tuple(
                        change(each) if line.kpi == "CSC_KPI_04" and each.month == month("2017-09") else each
                        for each in line.results
                    ),
                )
                for line in area.kpis
            ),
        )
        for area in whole.areas
    )
    return replace(whole, areas=areas)


def test_a_paragraph_that_comes_before_others_does_not_make_them_differ() -> None:
    before = samples.small()
    words = replace(WORDS, implications="First.\nSecond.\nThird.")
    pushed = replace(before, words=replace(words, implications="New.\nFirst.\nSecond.\nThird."))
    (only,) = differences(replace(before, words=words), pushed)
    assert (only.place, only.before, only.after) == ("Implications, new paragraph 1", "", "New.")


def test_months_that_one_paper_alone_shows_are_told_once_each() -> None:
    rows = ["CSC_KPI_01 ggggggg", "CSC_KPI_02 gggggrg"]
    histories = [kpi(row, BEGIN) for row in rows]
    before = paper(histories, history=("2017-08", "2018-01"), review=("2017-11", "2018-01"))
    after = paper(histories, history=("2017-09", "2018-02"), review=("2018-02", "2018-02"))
    found = differences(before, after)
    months = [each for each in found if "August 2017" in each.place or "February 2018" in each.place]
    assert [(each.place, each.is_exit) for each in months] == [
        ("Summary by month, February 2018", False),
        ("Summary by month, August 2017", True),
    ]


@pytest.mark.parametrize("one_of", [PAPERS, PORTFOLIO], ids=["report", "projects"])
def test_no_place_is_told_twice_in_any_comparison(one_of: tuple[Callable[[], BoardPaper], ...]) -> None:
    for before, after in permutations([make() for make in one_of], 2):
        places = [each.place for each in differences(before, after)]
        assert len(places) == len(set(places))
        assert all(each.place.startswith(each.section) for each in differences(before, after))


LETTERS = st.text("garn-", min_size=6, max_size=6)


@given(before=st.lists(LETTERS, min_size=1, max_size=4), after=st.lists(LETTERS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_everything_that_is_printed_otherwise_is_reached(before: list[str], after: list[str]) -> None:
    """Every text that only one of the papers prints is a side of a difference, or part of what entered or left."""
    old, new = (
        of_rows(*(f"CSC_KPI_{number:02} {letters}" for number, letters in enumerate(rows, start=1)))
        for rows in (before, after)
    )
    found = differences(old, new)
    was, now = set(texts(old)), set(texts(new))
    assert (was == now) == (not found)
    for only, side in ((was - now, "before"), (now - was, "after")):
        sides = [getattr(each, side) for each in found]
        wholes = [each.place for each in found if each.is_entry or each.is_exit]
        for code, text in only:
            assert any(text in each or each in text for each in sides if each) or any(code in each for each in wholes)


def texts(shown: BoardPaper) -> Iterator[tuple[str, str]]:
    """Everything printed but the status, each with what it stands beside."""
    made: Document = document(printable(shown))
    yield "", made.headline
    yield "", made.since_last
    for section in made.sections:
        for block in section.blocks:
            yield from _texts(block)


def _texts(block: Any) -> Iterator[tuple[str, str]]:
    match block:
        case Paragraph():
            yield "", block.text
        case Subheading():
            yield "", block.text
        case Facts():
            yield from block.rows
        case Table():
            for row in block.rows:
                yield from ((row[0].text, said) for cell in row for said in _said(cell))
        case Card():
            yield block.code, block.title
            for part in (*block.facts, *block.tables, *block.details):
                yield from ((block.code, text) for _, text in _texts(part))
            yield from ((block.code, mark.more) for mark in block.marks)


def _said(cell: Cell) -> Iterator[str]:
    yield from (text for text in (cell.text, cell.note) if text)


@pytest.mark.parametrize("make", [samples.small, samples.board_projects], ids=lambda make: make.__name__)
def test_changing_any_text_that_is_printed_makes_a_difference(make: Callable[[], BoardPaper]) -> None:
    """Leaf by leaf: where the document changes, a difference is told, and only there."""
    whole = replace(make(), words=WORDS)
    plain = _flat(whole)
    for path in _leaves(whole):
        if path[0] in ("status", "revision", "schema", "kind", "audience", "made_on"):
            continue
        changed = _with(whole, path, "altered text")
        try:
            found, is_printed = differences(whole, changed), _flat(changed) != plain
        except (ArithmeticError, KeyError, ValueError):
            continue  # a figure or a key, which no text may stand for
        assert bool(found) >= is_printed, path


def _flat(shown: BoardPaper) -> list[tuple[str, str]]:
    return list(texts(shown))


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield path
    elif isinstance(value, tuple):
        for place, item in enumerate(value[:2]):
            yield from _leaves(item, (*path, place))
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _leaves(getattr(value, each.name), (*path, each.name))


def _with(value: Any, path: tuple[Any, ...], text: str) -> Any:
    if not path:
        return text
    head, *rest = path
    if isinstance(value, tuple):
        return tuple(_with(item, tuple(rest), text) if place == head else item for place, item in enumerate(value))
    return replace(value, **{head: _with(getattr(value, head), tuple(rest), text)})
