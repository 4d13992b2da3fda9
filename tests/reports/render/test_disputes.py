"""A disputed figure is marked with its note wherever a paper prints it; where nothing is disputed nothing is said."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from reports.render import render
from reports.render.document import Card, Facts, Table
from reports.render.html import render as render_html
from reports.render.words import document
from reports.snapshot import BoardPaper, KpiLine, from_json, to_dict, to_json
from tests.reports.render.rendered import content, csv_named, paper, words
from tests.reports.render.test_words import part
from tests.reports.render.test_xlsx import rows

NOTES = {
    "Sep 2017": (
        "Two weekends were counted that the contract leaves out. The supplier holds 9.40% to be right."
        " Not upheld: The contract leaves out bank holidays only."
    ),
    "Dec 2017": "A day of the log was counted twice. Upheld, and not corrected yet: The log bears this out.",
    "Jan 2018": (
        "The council's own exchange cut these calls off.\nIts log was sent on 5 February."
        " The supplier holds 6.31% to be right. Not answered yet."
    ),
}
COLUMNS = ["disputed", "dispute_note", "dispute_claimed", "dispute_answer"]


def card() -> Card:
    blocks = part(words("disputed"), "exceptions").blocks
    return next(block for block in blocks if isinstance(block, Card) and block.code == "CSC_KPI_04")


def test_the_card_prints_each_note_beside_the_figure() -> None:
    assert card().facts[-1] == Facts(tuple(NOTES.items()), title="Disputed by the supplier")
    marked = [cell.note for cell in card().tables[0].rows[0][1:]]
    assert marked == ["", "disputed", "", "", "disputed", "disputed"]


def test_the_appendix_marks_the_cells_and_lists_the_notes_under_the_table() -> None:
    blocks = part(words("disputed"), "results").blocks
    (told,) = [block for block in blocks if isinstance(block, Facts)]
    assert told.title == "3 figures disputed by the supplier"
    assert told.rows == tuple((f"CSC_KPI_04, {month}", note) for month, note in NOTES.items())
    table = blocks[blocks.index(told) - 1]
    assert isinstance(table, Table)
    assert [cell.note for cell in table.rows[0][2:]] == ["", "disputed", "", "", "disputed", "disputed"]


def test_page_one_counts_the_disputed_figures() -> None:
    assert "3 figures are disputed by the supplier; they count as they stand." in words("disputed").notes


def test_a_dispute_moves_no_number_and_no_status() -> None:
    plain, disputed = to_dict(paper("small")), to_dict(paper("disputed"))
    for line in (*disputed["exceptions"], *(kpi for area in disputed["areas"] for kpi in area["kpis"])):
        for result in line["results"]:
            result.pop("dispute", None)
    assert disputed == plain


def test_what_recovered_says_which_of_its_figures_is_disputed() -> None:
    """The recovered line of the many failures, with the figure of its last miss disputed."""
    sample = paper("many_failures")
    line = next(each for each in sample.exceptions if each.rule == "recovered")
    dispute = next(each.dispute for each in paper("disputed").exceptions[0].results if each.dispute)
    results = tuple(replace(each, dispute=dispute) if each.month in line.months else each for each in line.results)
    changed = tuple(replace(each, results=results) if each is line else each for each in sample.exceptions)
    section = part(document(replace(sample, exceptions=changed)), "exceptions")
    *_, table, told = section.blocks
    assert isinstance(table, Table)
    assert isinstance(told, Facts)
    assert told.title == "1 figure disputed by the supplier"
    assert [row[2].note.endswith(", disputed") for row in table.rows if row[0].text == line.kpi] == [True]


@pytest.mark.parametrize("format", ["html", "json"])
def test_a_paper_without_a_dispute_does_not_speak_of_any(format: str) -> None:
    said = content("small", format).decode().replace("Undisputed invoices", "")
    assert "disput" not in said.lower()


def test_the_tables_have_columns_for_disputes_only_where_there_are_some() -> None:
    def read(sample: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(csv_named(sample, "results").decode())))

    assert not set(COLUMNS) & set(read("small")[0])
    told = {row["month"]: [row[name] for name in COLUMNS] for row in read("disputed") if row["disputed"]}
    assert told["2017-09"] == [
        "not upheld", "Two weekends were counted that the contract leaves out.", "9.40%",
        "The contract leaves out bank holidays only.",
    ]  # fmt: skip
    assert told.keys() == {"2017-09", "2017-12", "2018-01"}
    assert "Disputed by the supplier" not in rows("small", "Results")[0]
    assert [row["Disputed by the supplier"] for row in rows("disputed", "Results") if row["KPI"] == "CSC_KPI_04"] == [
        "", "not upheld", "", "", "upheld", "open",
    ]  # fmt: skip


def test_the_json_keeps_the_dispute_and_reads_back_as_it_was() -> None:
    text = to_json(paper("disputed"))
    assert from_json(text) == paper("disputed")
    (area,) = [area for area in json.loads(text)["areas"] if area["code"] == "CSC"]
    by_month = {each["month"]: each for each in area["kpis"][0]["results"]}
    assert by_month["2018-01"]["dispute"] == {
        "state": "open",
        "note": "The council's own exchange cut these calls off.\nIts log was sent on 5 February.",
        "claimed": "6.31%",
        "answer": "",
        "raised_on": "2018-02-20",
        "settled_on": None,
    }
    assert "dispute" not in by_month["2017-08"]


def test_a_paper_stored_before_there_were_disputes_is_read_and_written_as_it_was() -> None:
    text = to_json(paper("small"))
    assert '"dispute"' not in text
    stored: BoardPaper = from_json(text)
    assert stored.areas[0].kpis[0].results[0].dispute is None
    assert to_json(stored) == text


EVIL = '=HYPERLINK("http://evil.example") <script>alert(1)</script>'


def with_evil_notes(kpi: KpiLine) -> KpiLine:
    results = tuple(
        replace(each, dispute=replace(each.dispute, note=EVIL)) if each.dispute else each for each in kpi.results
    )
    return replace(kpi, results=results)


def test_a_note_cannot_act_as_markup_or_as_a_formula() -> None:
    sample = paper("disputed")
    areas = tuple(replace(area, kpis=tuple(map(with_evil_notes, area.kpis))) for area in sample.areas)
    evil = replace(sample, areas=areas)
    shown = render_html(document(evil)).decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    (table,) = [file.content.decode() for file in render(evil, "csv") if file.name.endswith("-results-public.csv")]
    assert EVIL.partition(" ")[0].replace('"', '""') in table
    assert ',"=HYPERLINK' not in table
