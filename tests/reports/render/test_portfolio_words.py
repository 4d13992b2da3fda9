"""What the two papers about the portfolio say: sections in order, numbers that add up, and no answer left out."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from reports.render import FORMATS, render
from reports.render.document import Block, Card, Document, Paragraph, Picture, Section, Table
from reports.render.printable import printable
from reports.render.sheets import sheets
from reports.render.words import document
from reports.snapshot import BoardPaper, from_json, to_dict, to_json
from tests.reports.render.rendered import content, files, paper, words

BOARD = [
    "1. Open requests of the Board",
    "2. The portfolio in numbers",
    "3. What changed since the last paper",
    "4. Projects that need attention (5)",
    "5. Key projects (2)",
    "6. Forward plan",
    "7. Money against the yearly funding",
    "Appendix A: Forward plan by month",
    "Appendix B: All active projects",
    "Appendix C: How to read this paper",
]
MONTH = [
    "1. The portfolio in numbers",
    "2. Projects at a glance (4)",
    "3. Customer Service Centre (CSC): one project",
    "4. Information Management Technology (IMT): two projects",
    "5. No service area: one project",
    "6. Other projects in which something happened (1)",
    "Appendix A: How to read this paper",
]


RATED = ("Project", "Confidence", "Rating", "Original finish", "Forecast finish", "Against original")
"""The columns that another agreed finish may not change."""


def section(sample: str, key: str) -> Section:
    return next(each for each in words(sample).sections if each.key == key)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def card(sample: str, code: str, key: str = "") -> Card:
    found = [section(sample, key)] if key else words(sample).sections
    return next(each for part in found for each in part.blocks if isinstance(each, Card) and each.code == code)


def told(of: Card) -> dict[str, str]:
    return {term: text for facts in of.facts for term, text in facts.rows}


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(("sample", "titles"), [("board_projects", BOARD), ("month_of_projects", MONTH)])
def test_sections_stand_in_the_order_of_their_readers(sample: str, titles: list[str]) -> None:
    assert [each.title for each in words(sample).sections] == titles


def test_the_first_page_says_how_it_stands_and_what_changed() -> None:
    shown = words("board_projects")
    assert shown.headline == (
        "Of 4 projects in flight or on hold, 2 are red and 1 amber; 2 slipped since the Board was last told, "
        "1 is silent."
    )
    assert shown.since_last == (
        "Since the Board last met, on 21 December 2017: two projects newly red; two projects re-baselined; one project "
        "finished; one project entered the key list and one project left it; five projects need attention or should be "
        "noted."
    )
    assert dict(shown.facts.rows)["As known on"] == "Wednesday 14 March 2018"


def test_stages_and_ratings_add_up_both_ways() -> None:
    for sample in ("board_projects", "many_projects", "month_of_many"):
        (table, *_) = tables(section(sample, "numbers").blocks)
        rows = [[int(cell.text.replace(",", "")) for cell in row[1:]] for row in table.rows]
        *parts, whole = rows
        assert [sum(column) for column in zip(*parts, strict=True)] == whole
        assert all(sum(row[:-1]) == row[-1] for row in rows)
        assert whole[-1] == paper(sample).projects.in_register


def test_entries_and_exits_stand_with_their_reasons() -> None:
    found = tables(section("board_projects", "news").blocks)
    by_caption = {table.caption: cells(table) for table in found}
    assert by_caption["Projects that entered the key list, with the reason for each"] == [
        ["P01", "1", "—", "Everything that waits for the payroll link waits for this."]
    ]
    assert by_caption["Projects that left the key list, with the reason for each"] == [
        ["P06", "—", "2", "It is finished."]
    ]
    assert by_caption["Projects that finished"] == [["P06", "Finished 14 Feb 2018."]]
    assert by_caption["Projects that moved to another stage"] == [
        ["P07", "Cancelled since 9 Jan 2018, in flight before."]
    ]
    assert [row[0] for row in by_caption["Projects that were not red when the Board was last told and are now"]] == [
        "P01",
        "P02",
    ]


def test_a_red_project_answers_every_question_or_says_not_answered() -> None:
    answered, silent = told(card("board_projects", "P01")), told(card("board_projects", "P02"))
    assert answered["Green again"] == "30 April 2018"
    assert answered["Who caused it"] == "the vendor"
    assert silent["Green again"] == "not known yet"
    assert silent["Not answered"] == "why, who caused it, what it costs and what it holds up"
    monthly = told(card("month_of_projects", "P02"))
    assert monthly["When it returns to green"] == "not known yet"
    assert monthly["Not answered"] == silent["Not answered"]


def test_another_delay_says_in_so_many_words_that_nobody_explained_it() -> None:
    (table,) = tables(section("board_projects", "attention").blocks)
    assert [(row[0].text, row[1].text, row[1].note) for row in table.rows] == [
        ("P03", "Overdue milestone: Survey, due 22 Feb 2018.\nSilent: no update for 71 days.", "Not answered: why.")
    ]


def test_a_key_project_says_why_it_is_there_where_it_stands_and_every_step() -> None:
    found = card("board_projects", "P01", "key")
    assert (found.marks[0].word, found.marks[0].more) == ("Red", "rank 1, new to the list, in flight, Value for money")
    assert told(found)["Finish"] == (
        "original 30 Mar 2018, agreed 11 May 2018, forecast 25 May 2018: 56 days late against the original, 14 days "
        "late against the agreed"
    )
    assert told(found)["Re-baselined"] == "one time"
    (steps,) = found.details
    assert [(row[0].text, row[5].text, row[5].note) for row in steps.rows] == [
        ("Design agreed", "7 days late", ""),
        ("Parallel run", "32 days late", "overdue"),
    ]


def test_key_projects_are_drawn_with_the_key_of_the_drawing() -> None:
    drawn = [block for block in section("board_projects", "key").blocks if isinstance(block, Picture)]
    assert [block.alt.partition(":")[0] for block in drawn] == [
        "Key to the timeline",
        "Timeline of the key projects",
    ]
    assert not [block for block in section("no_projects", "key").blocks if isinstance(block, Picture)]


def test_the_plan_counts_what_its_appendix_lists() -> None:
    for sample in ("board_projects", "many_projects"):
        counts = tables(section(sample, "plan").blocks)[-1]
        *parts, whole = [[int(cell.text.replace(",", "")) for cell in row[1:]] for row in counts.rows]
        assert [sum(column) for column in zip(*parts, strict=True)] == whole
        overdue = [table for table in tables(section(sample, "plan").blocks) if table is not counts]
        listed = sum(len(table.rows) for table in (*overdue, *tables(section(sample, "plan-items").blocks)))
        assert listed == whole[-1]


def test_money_adds_up_to_the_register_and_names_what_is_over_budget() -> None:
    years, stages, funds, over = tables(section("board_projects", "money").blocks)
    assert cells(years)[-1] == ["In all", "£3,250,001", "8", "£169,001", "—"]
    assert cells(stages)[-1] == ["In the register", "8", "£191,000", "£169,001", "£91,200"]
    assert [row[0] for row in cells(over)] == ["P01", "P06"]
    assert cells(over)[1][-1] == "£200"
    assert [row[2] for row in cells(funds)] == ["£3,000,000", "£250,001"]
    found = paper("board_projects").portfolio
    assert found is not None
    assert found.money is not None
    assert Decimal(found.money.years[1].left or 0) == Decimal("250000.50") - Decimal("168000.50")


def test_without_funding_it_says_so_and_holds_nothing_against_it() -> None:
    found = section("first_projects", "money")
    assert "No yearly funding is on record." in texts(found.blocks)
    assert {row[1] for row in cells(tables(found.blocks)[0])} <= {"none on record", "—"}


def test_every_active_project_is_listed_and_the_others_are_counted() -> None:
    found = section("board_projects", "projects")
    listed = [row[0] for table in tables(found.blocks) for row in cells(table)]
    assert sorted(listed) == ["P01", "P02", "P03", "P04", "P05", "P06", "P07"]
    assert any(text.startswith("One project was complete or cancelled before") for text in texts(found.blocks))
    first = section("first_projects", "projects")
    assert len([row for table in tables(first.blocks) for row in table.rows]) == 8


def test_a_month_reports_each_project_under_way_with_its_news_and_steps() -> None:
    found = card("month_of_projects", "P01")
    said = told(found)
    assert "Forecast finish moved from 30 Mar 2018 to 25 May 2018, 56 days later." in said["Since the report before"]
    assert (
        "Parallel run: forecast moved from 1 Mar 2018 to 5 Mar 2018, 4 days later." in said["Since the report before"]
    )
    assert (said["Done"], said["Next"]) == ("Interfaces tested with two payrolls.", "Parallel run.\nTraining.")
    assert said["Re-baselined"] == "To 11 May 2018 on 15 Jan 2018 by Programme board: Vendor delay."
    assert [row[0].text for row in found.details[0].rows] == ["Design agreed", "Parallel run"]
    assert told(card("month_of_projects", "P03"))["Silent"].startswith("No update for 64 days")


def test_the_operational_report_is_no_draft_of_a_board_paper() -> None:
    shown = words("month_of_projects")
    assert shown.mark == ""
    assert dict(shown.facts.rows)["Status"].endswith("not a paper of the Board")
    assert [file.name for file in files("month_of_projects", "pdf")] == ["2018-02-css-operational-r1.pdf"]


@pytest.mark.parametrize("sample", ["board_projects", "month_of_projects"])
def test_a_rebaseline_changes_neither_lateness_nor_rating_in_words(sample: str) -> None:
    """The line with another agreed finish differs in that date and in what is held against it alone."""
    whole = paper(sample)
    register = tuple(
        replace(line, agreed_finish=line.forecast_finish, slippage_days_agreed=0, rebaselined=line.rebaselined + 1)
        for line in whole.projects.register
    )
    other = replace(whole, projects=replace(whole.projects, register=register))
    before, after = (_of_rows(document(each)) for each in (whole, other))
    assert before == after


def _of_rows(shown: Document) -> list[list[tuple[str, str]]]:
    """Of the lists of projects, what is rated and counted against the original finish, and not the agreed one."""
    found = []
    for part in shown.sections:
        for table in (block for block in part.blocks if isinstance(block, Table)):
            kept = [place for place, column in enumerate(table.columns) if column.heading in RATED]
            found += [[(row[place].text, row[place].look) for place in kept] for row in table.rows if kept]
    assert any(found)
    return found


@pytest.mark.parametrize("sample", ["board_projects", "first_projects", "month_of_projects", "no_projects"])
def test_a_snapshot_reads_back_as_it_was_written(sample: str) -> None:
    assert from_json(to_json(paper(sample))) == paper(sample)


def test_papers_from_before_read_as_they_were() -> None:
    text = to_json(paper("small"))
    assert "portfolio" not in to_dict(paper("small"))
    assert '"is_green_unknown"' not in text
    old: BoardPaper = from_json(text)
    assert old.portfolio is None
    assert to_json(old) == text


def test_stable_keys_stand_in_every_kind() -> None:
    report, board, monthly = (to_dict(paper(name)) for name in ("small", "board_projects", "month_of_projects"))
    assert set(report) <= set(board)
    assert set(report) <= set(monthly)
    assert (board["kind"], monthly["kind"]) == ("projects", "operational")
    assert board["months"] == monthly["months"] == []


@pytest.mark.parametrize(
    ("sample", "names"),
    [
        (
            "board_projects",
            "Paper; Requests; What changed; Key list changes; Projects to watch; Key projects; Milestones; "
            "Forward plan; Money by year; Money by stage; Funding; Over budget; All projects",
        ),
        (
            "month_of_projects",
            "Paper; What changed; Projects to watch; Updates; Milestones; Re-baselines; All projects",
        ),
    ],
)
def test_there_is_a_sheet_for_each_table(sample: str, names: str) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(content(sample, "xlsx")))
    assert "; ".join(book.sheet_names) == names
    assert files(sample, "csv")[0].name.endswith(("-projects-public.csv", "-operational-r1-projects.csv"))
    for sheet in sheets(printable(paper(sample))):
        assert all(len(row) == len(sheet.columns) for row in sheet.rows)


def test_the_sheet_of_updates_says_not_answered_where_nobody_answered() -> None:
    (updates,) = (sheet for sheet in sheets(paper("month_of_projects")) if sheet.key == "updates")
    keys = [column.key for column in updates.columns]
    assert len(set(keys)) == len(keys)
    by_reference = {row[0]: dict(zip(keys, row, strict=True)) for row in updates.rows}
    assert by_reference["P01"]["who_caused_it"] == "the vendor"
    assert by_reference["P02"]["why"] == by_reference["P02"]["what_it_costs"] == "not answered"
    assert by_reference["P02"]["when_it_returns_to_green"] == "not known yet"
    assert by_reference["P03"]["what_it_costs"] == "", "it is not asked of a green project"


@pytest.mark.parametrize("sample", ["many_projects", "month_of_many"])
def test_150_projects_stay_a_document_that_can_be_sent(sample: str) -> None:
    for name in FORMATS:
        assert sum(len(file.content) for file in render(paper(sample), name)) < 2_500_000, name
