"""Tables sort, page and escape, and their cells come from frozen rows."""

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.template import engines
from django.test import RequestFactory

from config.ui.formats import month_short
from config.ui.querystring import querystring
from config.ui.tables import Column, DateColumn, LinkColumn, NumberColumn, StatusColumn, Table


@dataclass(frozen=True, slots=True)
class Place:
    area: str


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    title: str
    place: Place
    finish_on: date | None
    days: int | None
    confidence: str
    gravity: int
    address: str = "/projects/"


class Projects(Table):
    caption = "Projects"
    noun = "project"
    reference = LinkColumn("Reference", href="address", is_row_header=True)
    title = Column("Title", cell=lambda record: record.title.upper())
    area = Column("Area", accessor="place__area")
    finish_on = DateColumn("Finish")
    month = Column("Month", cell=lambda record: month_short(record.finish_on), orderable=False)
    days = NumberColumn("Days late")
    confidence = StatusColumn("Confidence", order_by="gravity")


ROWS = [
    Row("P1", "Payroll", Place("PM"), date(2018, 3, 30), 56, "red", 0),
    Row("P2", "archive", Place("IMT"), None, None, "green", 2),
    Row("P3", "Portal", Place("ACF"), date(2017, 10, 2), 8, "amber", 1),
    Row("P4", "Zones", Place("ACF"), date(2018, 1, 9), 0, "unrated", 3),
]


def table(query: str = "", rows: list[Row] = ROWS, **options: object) -> Projects:
    return Projects(rows, request=RequestFactory().get(f"/projects/?{query}"), **options)


def markup(shown: Table) -> str:
    page = engines["jinja2"].from_string("{% include table.template_name %}")
    return page.render({"table": shown})


def order(query: str) -> list[str]:
    return re.findall(r">(P\d+)</a>", markup(table(query)))


def test_a_row_prints_its_cells_in_the_order_of_the_columns() -> None:
    first = next(table().row_markup())
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", first)]
    assert cells == ["P1", "PAYROLL", "PM", "30 Mar 2018", "Mar 2018", "56", "Red"]


def test_a_value_that_is_not_there_is_a_dash_and_nought_is_nought() -> None:
    html = markup(table())
    assert html.count('data-label="Days late">—</td>') == 1
    assert html.count('data-label="Days late">0</td>') == 1


def test_the_row_has_a_header_and_figures_stand_to_the_right() -> None:
    html = markup(table())
    assert html.count('<th scope="row"') == len(ROWS)
    assert html.count('class="govuk-table__cell govuk-table__cell--numeric" data-label="Days late"') == len(ROWS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["P1", "P2", "P3", "P4"]),
        ("sort=title", ["P2", "P1", "P3", "P4"]),
        ("sort=-title", ["P4", "P3", "P1", "P2"]),
        ("sort=area", ["P3", "P4", "P2", "P1"]),
        ("sort=finish_on", ["P3", "P4", "P1", "P2"]),
        ("sort=-finish_on", ["P1", "P4", "P3", "P2"]),
        ("sort=days", ["P4", "P3", "P1", "P2"]),
        ("sort=-days", ["P1", "P3", "P4", "P2"]),
        ("sort=confidence", ["P1", "P3", "P2", "P4"]),
        ("sort=-confidence", ["P4", "P2", "P3", "P1"]),
        ("sort=month", ["P1", "P2", "P3", "P4"]),
        ("sort=nonsense", ["P1", "P2", "P3", "P4"]),
        ("sort=87.050", ["P1", "P2", "P3", "P4"]),
        ("sort=place__area", ["P1", "P2", "P3", "P4"]),
        ("sort=--title", ["P1", "P2", "P3", "P4"]),
        ("sort=title,-", ["P1", "P2", "P3", "P4"]),
    ],
)
def test_every_column_sorts_both_ways_and_blanks_come_last(query: str, expected: list[str]) -> None:
    assert order(query) == expected


def test_sorting_leaves_the_callers_rows_alone() -> None:
    rows = list(ROWS)
    markup(table("sort=-title", rows))
    assert rows == ROWS


def test_the_head_says_which_way_it_is_sorted_and_turns_it_round() -> None:
    head = markup(table("sort=days&stage=on+hold&page=1")).partition("</thead>")[0]
    assert head.count("aria-sort") == 1
    assert re.search(r'aria-sort="ascending"><a [^>]*href="\?stage=on\+hold&amp;sort=-days">', head)
    assert re.search(r'href="\?stage=on\+hold&amp;sort=title">', head)


def test_of_two_columns_sorted_by_the_first_says_so() -> None:
    assert [head.label for head in table("sort=area&sort=-title").heads() if head.sorted] == ["Area"]


def test_a_column_that_cannot_be_sorted_is_no_link() -> None:
    assert [head.href for head in table().heads() if head.label == "Month"] == [""]


def test_what_people_typed_is_escaped_even_with_braces_in_it() -> None:
    row = replace(ROWS[0], reference="<i>{0}", place=Place("{x} & y"))
    html = markup(table(rows=[row]))
    assert "&lt;i&gt;{0}</a>" in html
    assert "{x} &amp; y</td>" in html


def test_a_label_with_braces_does_not_break_the_rows() -> None:
    class Odd(Table):
        caption = "Odd"
        title = Column("Title {0} <b>")

    html = markup(Odd(ROWS, request=RequestFactory().get("/")))
    assert 'data-label="Title {0} &lt;b&gt;">Payroll</td>' in html


def test_a_long_table_is_paged_and_says_where_one_is() -> None:
    rows = [replace(ROWS[0], reference=f"P{number}") for number in range(120)]
    html = markup(table("page=2&sort=title", rows))
    assert html.count('<th scope="row"') == 50
    assert "51 to 100 of 120 projects" in html
    assert 'href="?sort=title&amp;page=3" rel="next"' in html
    assert 'aria-current="page">2</a>' in html


def test_nobody_asks_for_a_page_of_ten_thousand_rows() -> None:
    rows = [replace(ROWS[0], reference=f"P{number}") for number in range(120)]
    assert markup(table("per_page=10000", rows)).count('<th scope="row"') == 50


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_does_not_exist_is_no_error(page: str) -> None:
    assert "P1" in markup(table(f"page={page}"))


def test_one_page_has_no_pager() -> None:
    html = markup(table())
    assert "govuk-pagination" not in html
    assert "4 projects" in html


def test_an_empty_table_says_what_would_be_here() -> None:
    assert "There are no projects to show." in markup(table(rows=[]))
    assert "Nobody has added a project." in markup(table(rows=[], empty_text="Nobody has added a project."))
    assert "<table" not in markup(table(rows=[]))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"page": 2}, "?stage=on+hold&area=a&area=b&page=2"),
        ({"stage": None}, "?area=a&area=b"),
        ({"area": ["c", "d"]}, "?stage=on+hold&area=c&area=d"),
        ({"q": "a&b"}, "?stage=on+hold&area=a&area=b&q=a%26b"),
    ],
)
def test_the_query_string_keeps_what_is_not_changed(changes: dict[str, object], expected: str) -> None:
    request = RequestFactory().get("/?stage=on+hold&area=a&area=b")
    assert querystring(request, **changes) == expected
