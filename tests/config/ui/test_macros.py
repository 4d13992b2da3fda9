"""The macros of the pages print what they are given: escaped, in order, with nothing empty left standing."""

import re

from django.core.paginator import Paginator
from django.template import engines


def render(source: str, **context: object) -> str:
    start = '{% import "ui/macros.html" as ui %}{% import "ui/inputs.html" as inputs %}'
    return engines["jinja2"].from_string(start + source).render(context)


def test_the_exception_card_reads_rule_then_facts_then_history() -> None:
    html = render(
        '{{ ui.card("below_minimum", "Calls abandoned", code="CSC_KPI_04", href="/k/", run="third month running",'
        ' figures="14.20% against at most 7%", rows=rows, chart="CHART") }}',
        rows=[("Cause", "Platform <replaced>"), ("Remedy", "")],
    )
    parts = ["app-card--below-minimum", "Below minimum", "third month running", "Calls abandoned", "CSC_KPI_04"]
    places = [html.index(part) for part in [*parts, "14.20%", "Cause", "CHART"]]
    assert places == sorted(places)
    assert "Platform &lt;replaced&gt;" in html
    assert "Remedy" not in html


def test_a_card_can_say_recovered_with_the_look_of_target_met() -> None:
    html = render('{{ ui.card("target_met", "Incidents", word="Recovered") }}')
    assert "Recovered</strong>" in html
    assert "Target met" not in html
    assert "app-card--plain" in html


def test_a_call_adds_to_a_card_and_to_a_heading() -> None:
    assert "<p>more</p>" in render('{% call ui.card("missing", "K") %}<p>more</p>{% endcall %}')
    assert "<p>aside</p>" in render('{% call ui.heading("H") %}<p>aside</p>{% endcall %}')
    assert "app-heading__aside" not in render('{{ ui.heading("H") }}')


def test_the_scroller_can_be_reached_and_named() -> None:
    html = render('{% call ui.scroller("By month") %}<table></table>{% endcall %}')
    assert '<div class="app-scroller" role="region" aria-label="By month" tabindex="0">' in html


def test_a_provisional_figure_says_so_in_a_word() -> None:
    assert "provisional" in render('{{ ui.figure("93.10%", true) }}')
    assert render('{{ ui.figure("93.10%") }}').strip() == "93.10%"


def test_the_action_of_a_summary_row_says_what_it_changes() -> None:
    html = render('{{ ui.summary_list([("Supplier", "S", "/s/", "Change"), ("Reference", "CSS")]) }}')
    assert 'href="/s/">Change<span class="govuk-visually-hidden"> (Supplier)</span>' in html
    assert html.count("no-actions") == 1


def test_key_figures_stand_with_what_they_count() -> None:
    html = render('{{ ui.key_figures([(2, "recovered"), (6, "projects slipped", "/p/")]) }}')
    assert re.findall(r"<dt[^>]*>(.*?)</dt>", html) == ["recovered", "projects slipped"]
    assert '<a class="govuk-link" href="/p/">6</a>' in html


def test_the_pager_leaves_out_pages_far_away() -> None:
    page = Paginator(range(1000), 50).page(10)
    html = render("{{ ui.pager(page, query) }}", page=page, query=lambda number: f"?page={number}")
    assert re.findall(r"\?page=(\d+)", html) == ["9", "1", "9", "10", "11", "20", "11"]
    assert html.count("ellipsis") == 2


def test_an_input_of_many_rows_is_named_for_screen_readers() -> None:
    html = render('{{ inputs.text("value-3", "v3", "CSC_KPI_03 figure", "93.1", "numeric", "5", "v3-error", true) }}')
    assert '<label class="govuk-visually-hidden" for="v3">CSC_KPI_03 figure</label>' in html
    assert 'aria-describedby="v3-error"' in html
    assert "govuk-input--error" in html


def test_a_filter_shows_what_is_chosen() -> None:
    html = render(
        '{{ inputs.filter_select("stage", "Stage", [("", "All"), ("in flight", "In flight")], "in flight") }}'
    )
    assert re.findall(r'<option value="([^"]*)" selected>', html) == ["in flight"]
