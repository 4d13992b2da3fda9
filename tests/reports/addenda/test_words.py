"""What an addendum says and in which order, and what it leaves to its report."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest

from reports.render.document import Document, Paragraph, Section, Table
from reports.render.names import part_of_name
from reports.render.printable import printable
from reports.render.words import document
from tests.reports.render.rendered import files, paper, words


def part(shown: Document, key: str) -> Section:
    return next(section for section in shown.sections if section.key == key)


def paragraphs(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def table(section: Section) -> list[list[str]]:
    (found,) = (block for block in section.blocks if isinstance(block, Table))
    return [[" ".join(filter(None, (cell.text, cell.look, cell.note))) for cell in row] for row in found.rows]


def test_it_stands_in_the_order_of_the_report_after_why_it_exists() -> None:
    assert [section.title for section in words("addendum").sections] == [
        "1. Why there is an addendum",
        "2. Recommendation",
        "3. What changed since the report",
        "4. Month by month",
        "5. Exceptions (4)",
        "6. Mitigation relief (1)",
        "7. KPI changes (0)",
        "8. Corrections to earlier papers (1)",
        "9. Background papers",
        "10. Author",
        "Appendix A: Results by service area",
        "Appendix B: How to read this paper",
    ]


def test_its_first_page_names_it_and_the_report_it_adds_to() -> None:
    shown = words("addendum")
    facts = dict(shown.facts.rows)
    assert shown.title == "Corporate Support Services Contract: addendum 1 to the exception report"
    assert facts["Adds to"] == (
        "The exception report for Thursday 29 March 2018: revision 2, issued on Wednesday 21 March 2018"
    )
    assert facts["Review period"] == "February 2018 (contract month 35)"
    assert facts["Months shown"] == "August 2017 to February 2018"
    assert facts["Status"] == ("Draft 1 of 22 March 2018, not signed off; to be published by Wednesday 28 March 2018")
    assert shown.headline.startswith("February 2018: ")
    assert shown.since_last == (
        "Since the report: two new exceptions; one exception worsening; one exception continuing; one KPI recovered; "
        "mitigation relief continues on one KPI."
    )


def test_it_says_why_it_exists_where_the_report_can_be_read_and_what_stands_there() -> None:
    about = paragraphs(part(words("addendum"), "about"))
    assert about[0].startswith("February 2018 was verified on 22 March 2018, after")
    assert about[2] == "The report can be read at https://scrutineer.example.org/papers/2018-03-29-css-report-r2/."
    assert "they are not repeated here" in about[3]


def test_what_changed_is_told_kpi_by_kpi_against_the_month_before() -> None:
    changed = part(words("addendum"), "changed")
    assert paragraphs(changed) == [
        "Against January 2018, the last month told before: two new exceptions, one exception worsening, one KPI "
        "recovered.",
        "One exception goes on from the months before: see the exceptions.",
        "Mitigation relief continues on one KPI.",
    ]
    told = {row[0].split()[0]: row[1:] for row in table(changed)}
    assert told["CSC_KPI_04"][:3] == [
        "Below minimum: worsening",
        "9.40% below_target",
        "14.20% below_minimum",
    ]
    assert told["IMT_KPI_05"][:3] == ["Recovered after one month", "6 below_minimum", "1 target_met"]
    assert told["PM_KPI_02"][:3] == ["Not measured: new", "45 seconds target_met", "— not_measured"]
    assert "CSC_KPI_05" not in told, "what goes on has not changed"


def test_a_month_in_which_nothing_changed_says_so() -> None:
    assert paragraphs(part(words("quiet_addendum"), "changed")) == [
        "Nothing: as in January 2018, no KPI is an exception and none is under mitigation relief."
    ]
    assert words("quiet_addendum").since_last == "Since the report: no new exceptions."


@pytest.mark.parametrize("sample", ["addendum", "quiet_addendum"])
def test_it_speaks_of_projects_only_to_say_where_they_stand(sample: str) -> None:
    text = repr(words(sample)).lower()
    assert text.count("project") == text.count("the report's projects") == 1


def test_its_appendix_holds_the_new_month_alone() -> None:
    results = part(words("addendum"), "results")
    assert not results.is_wide
    tables = [block for block in results.blocks if isinstance(block, Table)]
    assert {column.heading for each in tables for column in each.columns} == {
        "KPI",
        "Target and minimum",
        "Feb 2018",
    }


def test_its_tables_as_csv_are_its_own() -> None:
    found = {part_of_name(file.name, 1): file.content.decode() for file in files("addendum", "csv")}
    assert set(found) == {"paper", "months", "exceptions", "reliefs", "kpi-changes", "errata", "results"}
    assert {row["month"] for row in csv.DictReader(StringIO(found["results"]))} == {"2018-02"}
    assert [row["month"] for row in csv.DictReader(StringIO(found["months"]))][-1] == "2018-02"
    said = {row["item"]: row["text"] for row in csv.DictReader(StringIO(found["paper"]))}
    assert said["Since the report"].startswith("Since the report: two new")


def test_its_files_bear_its_number() -> None:
    (file,) = files("addendum", "pdf")
    assert file.name == "2018-03-29-overview-and-scrutiny-management-board-css-addendum-1-r1-public.pdf"


def test_what_waits_until_april_is_told_with_the_month_it_is_from() -> None:
    """A KPI that is not due every month is held against the last month it was due in."""
    found = paper("addendum")
    line = next(each for each in found.exceptions if each.kpi == "CSC_KPI_04")
    january = next(each for each in line.results if each.month == date(2018, 1, 1))
    rare = replace(line, results=tuple(each for each in line.results if each is not january))
    shown = document(printable(replace(found, exceptions=(rare,))))
    ((_, _, before, _, _),) = table(part(shown, "changed"))
    assert before == "2.79% target_met Dec 2017"
