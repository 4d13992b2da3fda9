"""What a paper says: positive where nothing failed, frank where nobody explained, no list of what went well."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reports.models.paper import Kind
from reports.render.document import Block, Card, Document, Paragraph, Section, Subheading, Table
from reports.render.words import document
from reports.snapshot import ErratumLine, NearMiss
from tests.reports.papers import kpi, month, paper, relief
from tests.reports.portfolio import late_project, project, section
from tests.reports.render.rendered import paper as sample
from tests.reports.render.rendered import words

BEGIN = month("2017-08")
OWN_TITLES = {Kind.REPORT: "small", Kind.PROJECTS: "board_projects", Kind.OPERATIONAL: "month_of_projects"}
SECTIONS = [
    "1. Open requests of the Board",
    "2. Month by month",
    "3. Exceptions (0)",
    "4. Mitigation relief (0)",
    "5. KPI changes (0)",
    "6. Projects that need attention (0)",
    "7. Key projects (0)",
    "Appendix A: Results by service area",
    "Appendix B: All projects",
    "Appendix C: How to read this paper",
]


def part(shown: Document, key: str) -> Section:
    return next(section for section in shown.sections if section.key == key)


def cards(shown: Document, key: str) -> list[Card]:
    return [block for block in part(shown, key).blocks if isinstance(block, Card)]


def facts(card: Card) -> dict[str, str]:
    return {term: text for group in card.facts for term, text in group.rows}


def paragraphs(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (cell.text for row in block.rows for cell in row)
    if isinstance(block, Card):
        yield from (block.title, block.code)


def of(row: str, *reliefs: object, **changes: object) -> Document:
    history = kpi(row, BEGIN, *reliefs, **changes)  # type: ignore[arg-type]
    return document(paper([history], *reliefs))  # type: ignore[arg-type]


def test_the_paper_stands_in_the_order_the_board_reads_it() -> None:
    assert [section.title for section in words("empty").sections] == SECTIONS
    assert [section.key for section in words("empty").sections if section.is_appendix] == [
        "results",
        "projects",
        "reading",
    ]


def test_a_paper_without_errata_does_not_claim_that_nothing_was_ever_wrong() -> None:
    assert "errata" not in {section.key for section in words("empty").sections}
    wrong = ErratumLine("Summary by month, June 2017, target met", "29", "30", "one log was read twice")
    because, table = part(document(replace(paper([]), errata=(wrong,))), "errata").blocks
    assert isinstance(because, Paragraph)
    assert because.text == wrong.because
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["Summary by month, June 2017, target met", "29", "30"]


def test_a_section_without_content_says_so_in_a_sentence() -> None:
    for shown in words("empty").sections:
        assert paragraphs(shown), shown.key


def test_no_exceptions_is_a_positive_sentence() -> None:
    (sentence,) = paragraphs(part(words("nothing_failed"), "exceptions"))
    assert sentence == "Nothing was below minimum or below target without relief, and no figure is missing."


def test_it_does_not_claim_that_nothing_was_below_target_where_that_is_no_exception() -> None:
    history = kpi("CSC_KPI_01 gggaag", BEGIN)
    lenient = replace(paper([history]), exceptions=())
    (sentence,) = paragraphs(part(document(lenient), "exceptions"))
    assert sentence == "Nothing was below minimum without relief, and no figure is missing."


def test_what_went_well_is_listed_in_the_appendices_only() -> None:
    shown = words("nothing_failed")
    named = {"ACF_KPI_01", "ACF_KPI_02"}
    well = {line.kpi for area in sample("nothing_failed").areas for line in area.kpis} - named
    said = {each.key: {text for block in each.blocks for text in texts(block)} for each in shown.sections}
    assert {key for key, found in said.items() if well & found} == {"results"}
    assert well <= said["results"]
    assert len(well) == 39


def test_an_exception_says_rule_run_months_levels_and_answers() -> None:
    (card,) = cards(of("CSC_KPI_04 gggarr"), "exceptions")
    assert [(mark.look, mark.word, mark.more) for mark in card.marks] == [
        ("below_minimum", "Below minimum", "new, second month running: December 2017 to January 2018"),
        ("below_target", "Below target", "new: November 2017"),
    ]
    assert (card.code, card.title) == ("CSC_KPI_04", "Calls abandoned, of all calls")
    (table,) = card.tables
    assert [row[0].text for row in table.rows] == ["Result", "Target, at most", "Minimum, at most", "Status"]
    assert [cell.text for cell in table.rows[0][1:]] == ["2.79%", "2.79%", "2.79%", "9.40%", "14.20%", "14.20%"]
    assert [cell.look for cell in table.rows[3][4:]] == ["below_target", "below_minimum", "below_minimum"]
    assert list(facts(card)) == ["Cause", "Effect on council services", "Remedy", "Expected recovery"]
    assert facts(card)["Expected recovery"] == "April 2018"


def test_an_exception_nobody_explained_says_so_for_each_question() -> None:
    (card,) = cards(of("CSC_KPI_04 gggggr", is_explained=False), "exceptions")
    assert set(facts(card).values()) == {"not explained when published"}


def test_a_kpi_that_recovered_inside_the_period_says_when() -> None:
    (card,) = cards(of("CSC_KPI_04 gggrgg"), "exceptions")
    assert facts(card)["Expected recovery"] == "recovered: target met in January 2018"


def test_a_picture_has_its_history_in_words() -> None:
    (card,) = cards(of("CSC_KPI_04 gggarr"), "exceptions")
    assert card.picture
    assert "lowest 2.79% (August 2017), highest 14.20%" in card.picture.alt
    assert card.picture.alt.endswith("Target at most 7%, minimum at most 12%.")


def test_a_gap_gives_its_reason_or_says_that_there_is_none() -> None:
    (unmeasured,) = cards(of("CSC_KPI_04 gggggn"), "exceptions")
    assert facts(unmeasured) == {"Why": "The telephone system kept no log that month."}
    (missing,) = cards(of("CSC_KPI_04 ggggg-"), "exceptions")
    assert facts(missing) == {"Why": "No figure and no reason had been given when this paper was made."}


def test_a_kpi_that_recovered_is_one_line() -> None:
    (table,) = (block for block in part(of("CSC_KPI_04 garggg"), "exceptions").blocks if isinstance(block, Table))
    ((code, how_long, missed, latest, target),) = table.rows
    assert (code.text, how_long.text, target.text) == ("CSC_KPI_04", "Recovered after two months", "at most 7%")
    assert (missed.text, missed.note, latest.text, latest.note) == ("14.20%", "Oct 2017", "2.79%", "Jan 2018")


def test_relief_stands_with_its_age_and_what_was_measured_all_the_same() -> None:
    granted = relief("REL-1", "2017-10", None, "ACF_KPI_01")
    record, kpi_card = cards(of("ACF_KPI_01 ggrrra", granted), "reliefs")
    assert [(mark.word, mark.more) for mark in record.marks] == [("Relief in force", "four months old")]
    assert facts(record)["Note"] == "open-ended and four months old: it is time to set its last month"
    status = kpi_card.tables[0].rows[3]
    assert [(cell.look, cell.note) for cell in status[3:]] == [
        *[("relief_granted", "below minimum")] * 3,
        ("relief_granted", "below target"),
    ]


def test_a_blanket_relief_names_who_met_the_target_and_who_has_no_figure() -> None:
    blanket = relief("REL-1", "2018-01", "2018-01")
    histories = [kpi(row, BEGIN, blanket) for row in ("PM_KPI_01 gggggg", "PM_KPI_02 ggggg-", "PM_KPI_03 gggggr")]
    record, *others = cards(document(paper(histories, blanket)), "reliefs")
    assert facts(record)["KPIs"] == "all of the contract (3)"
    assert facts(record)["Met target all the same"] == "PM_KPI_01"
    assert facts(record)["Without a figure"] == "PM_KPI_02"
    assert [card.code for card in others] == ["PM_KPI_03"]


def test_every_month_of_the_summary_adds_up() -> None:
    for name in ("nothing_failed", "many_failures", "long_history", "large"):
        tables = [block for block in part(words(name), "months").blocks if isinstance(block, Table)]
        assert sum(len(table.rows[0]) - 1 for table in tables) == len(sample(name).history.months)
        for table in tables:
            columns = list(zip(*[[cell.text.split(" ")[0] for cell in row[1:]] for row in table.rows], strict=True))
            assert all(sum(map(int, column[:-1])) == int(column[-1]) for column in columns)


def test_an_earlier_failure_is_noted_under_the_table() -> None:
    notes = paragraphs(part(words("nothing_failed"), "months"))
    assert notes[0] == "September 2017: two below minimum, reported on 21 December 2017."


def test_provisional_figures_are_counted_and_their_areas_named() -> None:
    shown = of("CSC_KPI_04 gggggG")
    assert shown.notes[0].endswith("not yet verified by the contract manager: Customer Service Centre. Each is marked.")
    assert "Provisional: 1 of 1 in Jan 2018." in paragraphs(part(shown, "months"))


def test_a_late_project_answers_what_members_ask() -> None:
    late = late_project("P001", cost_effect="", knock_on="")
    shown = document(paper([], projects=section([late])))
    (card,) = cards(shown, "attention")
    assert [(mark.word, mark.more) for mark in card.marks] == [("Red", "declared amber, red by its dates")]
    assert facts(card)["How far behind"] == (
        "56 days late against the original 30 Mar 2018 (8.0 weeks, 31.3% of the time first planned); "
        "14 days late against the agreed 11 May 2018; forecast 25 May 2018"
    )
    assert facts(card)["Not answered"] == "what it costs and what it holds up"
    assert facts(card)["Green again"] == "30 April 2018"


def test_the_key_list_says_whether_the_board_decided_it() -> None:
    key = [project("P001", key_rank=1, rationale="Payroll waits for it.")]
    proposed = document(paper([], projects=section(key)))
    decided = document(paper([], projects=section(key, key_decided_on=month("2018-03"))))
    assert paragraphs(part(proposed, "key"))[0].startswith("Proposed by officers; the Board has not yet decided")
    assert paragraphs(part(decided, "key"))[0].startswith("As the Board decided on 1 March 2018.")


def test_the_key_list_says_what_was_considered_and_not_chosen() -> None:
    made = section([project("P001", key_rank=1, rationale="Payroll waits for it.")])
    near = replace(made, near_misses=(NearMiss("P002", "Agresso upgrade", "It has only begun."),))
    *_, table = part(document(paper([], projects=near)), "key").blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["P002", "It has only begun."]]
    assert not any(isinstance(block, Subheading) for block in part(document(paper([], projects=made)), "key").blocks)


def test_every_project_of_the_register_stands_in_appendix_b() -> None:
    tables = [block for block in part(words("nothing_failed"), "projects").blocks if isinstance(block, Table)]
    listed = [row[0].text for table in tables[:-1] for row in table.rows]
    assert sorted(listed) == sorted(line.reference for line in sample("nothing_failed").projects.register)


def test_every_result_stands_in_appendix_a() -> None:
    tables = [block for block in part(words("nothing_failed"), "results").blocks if isinstance(block, Table)]
    assert sum(len(table.rows) for table in tables) == 41
    assert {len(row) for table in tables for row in table.rows} == {8}


def test_a_month_in_which_a_kpi_is_not_due_says_so() -> None:
    tables = [block for block in part(words("long_history"), "results").blocks if isinstance(block, Table)]
    quarterly = [row for table in tables for row in table.rows if row[0].text == "PM_KPI_06"]
    assert [cell.text for cell in quarterly[-1][2:]] == [
        "not due",
        "45 seconds",
        "not due",
        "not due",
        "2:05",
        "not due",
    ]


@pytest.mark.parametrize(
    ("status", "mark", "standing"),
    [
        ("draft", "DRAFT", "Draft 1 of 14 March 2018, not signed off; to be published by Wednesday 21 March 2018"),
        (
            "signed off",
            "SIGNED OFF, NOT YET PUBLISHED",
            "Revision 1 of 14 March 2018, signed off and not yet published; to be published by Wednesday 21 March 2018",
        ),
        ("published", "", "Revision 1, as published"),
    ],
)
def test_a_paper_is_marked_until_it_is_final(status: str, mark: str, standing: str) -> None:
    shown = document(paper([], status=status))
    assert shown.mark == mark
    assert dict(shown.facts.rows)["Status"] == standing


def test_a_period_without_a_meeting_names_no_board() -> None:
    shown = words("without_meeting")
    assert shown.occasion == ""
    assert shown.since_last.startswith("Compared with the months before November 2017: one new exception;")


def test_a_first_paper_says_that_it_is_the_first() -> None:
    base = paper([])
    first = replace(base, since_last=replace(base.since_last, last_meeting_on=None))
    assert (
        document(first).since_last
        == "This is the first paper on this contract, so everything in it is new to the Board."
    )


def test_the_title_block_gives_the_period_with_its_contract_months() -> None:
    rows = dict(words("nothing_failed").facts.rows)
    assert rows["Review period"] == "November 2017 to January 2018 (contract months 32 to 34)"
    assert words("nothing_failed").occasion == "Overview and Scrutiny Management Board, Thursday 29 March 2018"


@pytest.mark.parametrize("kind", OWN_TITLES)
def test_a_paper_is_called_what_the_pages_about_it_call_it(kind: Kind) -> None:
    assert document(sample(OWN_TITLES[kind])).title == f"Corporate Support Services Contract: {kind.label}"
