"""The XmR chart: mean and limits in steps, special causes by shapes of their own, and nothing clipped."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from defusedxml import ElementTree  # type: ignore[import-untyped]
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from config.ui.charts import NARROW, WIDE, Band, Layout, Special, chart_key, control_chart, line_chart, marks
from config.ui.charts.control import LIMIT_DASHES, REBASE_DASHES
from config.ui.charts.line import CHANGE_DASHES
from tests.config.ui.charts.histories import history, money, month, percent
from tests.config.ui.charts.test_drawings import texts
from tests.config.ui.contrast import contrast

POINTS = history(["6.1", "9.9", "17.53", "14.2", None, "3.1", "2.79"])
BEFORE = Band(month(0), month(3), Decimal(12), Decimal(5), Decimal(19))
AFTER = Band(month(5), month(6), Decimal(3), None, Decimal("6.5"))
RULES = ("outside", "trend", "close", "side")


def special(rule: str = "outside", *, is_up: bool = True, is_better: bool = True) -> Special:
    return Special(rule, is_up=is_up, is_better=is_better, words=f"{rule} <limit>")


def drawn(layout: Layout = WIDE, **changes: Any) -> SafeString:
    given: dict[str, Any] = {
        "points": POINTS,
        "bands": [BEFORE, AFTER],
        "specials": {month(2): special()},
        "rebases": [month(5)],
        "id": "signal",
        "title": "Calls: signal or noise",
        "desc": "Normal {variation} & more",
        "show": percent,
        "show_limit": percent,
        "decimals": 2,
        "layout": layout,
    }
    given |= changes
    return control_chart(given.pop("points"), **given)


def outline(mark: str) -> str:
    return mark.partition('"')[2].partition('"')[0]


def test_the_same_chart_is_the_same_bytes() -> None:
    assert drawn() == drawn()


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_is_a_named_picture_that_no_policy_blocks(layout: Layout) -> None:
    svg = drawn(layout)
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert [child.text for child in root][:2] == ["Calls: signal or noise", "Normal {variation} & more"]
    assert not re.search(r"style|<script|<image|href|\bon\w+=", svg)


def test_limits_are_cut_where_they_restart() -> None:
    lines = re.findall(rf'd="M([\d.]+) ([\d.]+)H([\d.]+)" fill="none" [^>]*dasharray="{LIMIT_DASHES}"', drawn())
    assert len(lines) == 3  # both limits before, the upper one after
    (left, _, right), *_, (left_after, _, right_after) = lines
    assert float(left) < float(right) < float(left_after) < float(right_after)


def test_a_restart_is_marked_at_the_beginning_of_its_month() -> None:
    (line,) = re.findall(rf'd="M([\d.]+) [^"]+" fill="none" [^>]*dasharray="{REBASE_DASHES}"', drawn())
    (*_, (left, _, _)) = re.findall(rf'd="M([\d.]+) ([\d.]+)H([\d.]+)" [^>]*dasharray="{LIMIT_DASHES}"', drawn())
    assert line == left
    assert REBASE_DASHES not in drawn(rebases=[month(0)])
    assert REBASE_DASHES not in drawn(rebases=[month(9)])


def test_bands_of_months_that_are_not_shown_are_left_out() -> None:
    early = Band(month(-9), month(-1), Decimal(40), Decimal(30), Decimal(50))
    assert drawn(bands=[early, BEFORE, AFTER]) == drawn()


def test_mean_and_limits_are_named_with_their_figures() -> None:
    for layout in (WIDE, NARROW):
        svg = drawn(layout, bands=[BEFORE])
        for words in ("Mean 12%", "Upper limit 19%", "Lower limit 5%", "Target 7%"):
            assert f">{words}</text>" in svg
    assert "Lower limit" not in drawn(bands=[AFTER])


def test_every_rule_has_a_shape_of_its_own_and_no_status_has_it() -> None:
    shapes = {outline(marks.special(rule, 50, 20, 10, is_up=True)) for rule in RULES}
    statuses = {outline(marks.shape(key, 50, 20, 10)) for key in ("below_target", "below_minimum", "relief_granted")}
    assert len(shapes) == len(RULES)
    assert not shapes & statuses


def test_better_is_filled_and_worse_is_hollow() -> None:
    better = drawn()
    worse = drawn(specials={month(2): special(is_better=False)})
    assert f'<g fill="{marks.BETTER}" stroke="{marks.BETTER}"' in better
    assert f'<g fill="{marks.PAPER}" stroke="{marks.WORSE}"' in worse
    assert marks.WORSE not in better
    assert marks.BETTER not in worse


@pytest.mark.parametrize("rule", ["trend", "side"])
def test_some_shapes_point_where_the_figure_is_pulled(rule: str) -> None:
    up, down = (marks.special(rule, 50, 20, 10, is_up=is_up) for is_up in (True, False))
    assert up != down


def test_an_unknown_rule_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        marks.special("hunch", 0, 0, 10, is_up=True)


@pytest.mark.parametrize("colour", [marks.BETTER, marks.WORSE])
def test_special_causes_stand_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, marks.PAPER) >= 4.5


def test_a_point_says_its_figure_and_its_rule_when_pointed_at() -> None:
    svg = drawn()
    assert "<title>Feb 2017: 17.53%, outside &lt;limit&gt;</title>" in svg
    assert "<title>Jan 2017: 9.9%</title>" in svg


@pytest.mark.parametrize(
    ("points", "bands"),
    [
        pytest.param(history(["5"]), [], id="one month"),
        pytest.param(history([None, None]), [], id="no figure"),
        pytest.param(
            history(["5", "5"], target=None, minimum=None),
            [Band(month(0), month(1), Decimal(5), Decimal(5), Decimal(5))],
            id="all the same",
        ),
    ],
)
def test_a_poor_history_is_drawn_all_the_same(points: Any, bands: Any) -> None:
    for layout in (WIDE, NARROW):
        assert ElementTree.fromstring(drawn(layout, points=points, bands=bands, specials={}, rebases=[])) is not None


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
@given(
    values=st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=130),
    reach=st.decimals(0, 80, places=1),
    target=st.decimals(0, 100, places=1),
    minimum=st.decimals(0, 100, places=1),
    is_bounded=st.booleans(),
    show=st.sampled_from([percent, money]),
)
def test_no_word_is_clipped_or_lies_on_another(
    layout: Layout,
    values: list[Decimal],
    reach: Decimal,
    target: Decimal,
    minimum: Decimal,
    is_bounded: bool,
    show: Callable[[Decimal], str],
) -> None:
    points = history([str(value) for value in values], target=str(target), minimum=str(minimum))
    mean = sum(values, Decimal(0)) / len(values)
    band = Band(month(0), month(len(values) - 1), mean, None if is_bounded else mean - reach, mean + reach)

    def limit(value: Decimal) -> str:
        return show(round(value, 2))

    svg = drawn(layout, points=points, bands=[band], specials={}, show=show, show_limit=limit)
    height = float(ElementTree.fromstring(svg).attrib["height"])
    boxes = texts(svg)
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= layout.width
        assert bottom <= height
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_ten_years_of_months_are_small() -> None:
    points = history([str(90 + place % 7) for place in range(120)])
    band = Band(month(0), month(119), Decimal(93), Decimal(88), Decimal(98))
    specials: dict[date, Special] = {month(place): special(RULES[place % 4]) for place in range(0, 120, 3)}
    for layout, most in ((WIDE, 25_000), (NARROW, 14_000)):
        assert len(drawn(layout, points=points, bands=[band], specials=specials)) < most


def test_a_corrected_figure_is_ringed_and_said_to_be_corrected() -> None:
    points = [replace(point, is_corrected=point.month == month(1)) for point in POINTS]
    plain, ringed = (
        line_chart(each, id="a", title="t", desc="d", show=percent, decimals=2) for each in (POINTS, points)
    )
    ring = f'fill="none" stroke="{marks.INK}" stroke-width="1.5"/></g>'
    assert (plain.count(ring), ringed.count(ring)) == (0, 1)
    assert "<title>Jan 2017: 9.9%, target met, corrected</title>" in ringed


def test_new_levels_are_a_dotted_line_at_the_beginning_of_their_month() -> None:
    later = [replace(point, target=Decimal(5)) if point.month >= month(3) else point for point in POINTS]
    svg = line_chart(later, id="a", title="t", desc="d", show=percent, decimals=2)
    assert svg.count(f'stroke-dasharray="{CHANGE_DASHES}"') == 1
    assert CHANGE_DASHES not in line_chart(POINTS, id="a", title="t", desc="d", show=percent, decimals=2)


def test_the_key_names_each_mark_in_words_that_are_escaped() -> None:
    key = chart_key([("below_minimum", "Below <minimum>"), ("limit", "Limits"), ("trend up better", "Rising: better")])
    assert key.count("<li>") == key.count("<svg") == 3
    assert "Below &lt;minimum&gt;" in key
    assert 'aria-hidden="true"' in key
    assert LIMIT_DASHES in key
    assert marks.BETTER in key


def test_the_key_knows_no_mark_that_is_not_drawn() -> None:
    with pytest.raises(KeyError):
        chart_key([("unicorn", "Unicorn")])
