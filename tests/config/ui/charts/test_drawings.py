"""Both charts: deterministic, accessible, safe, and readable in black and white and in the PDF."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
import typst
from defusedxml import ElementTree  # type: ignore[import-untyped]
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from config.ui.charts import NARROW, WIDE, Layout, Point, line_chart, marks, sparkline
from config.ui.charts.line import MINIMUM_DASHES
from config.ui.status import GREEN, PURPLE, RED
from tests.config.ui.charts.histories import history, money, month, percent
from tests.config.ui.contrast import contrast

Draw = Callable[[Sequence[Point]], SafeString]
ID = "kpi-4"
TITLE = "Calls <abandoned> {0}"
DESC = 'Below "minimum" & {more}'
FALLING = history(
    ["6.1", "9.9", "17.53", "14.2", None, "3.1", "2.79"],
    statuses={1: "below_target", 2: "below_minimum", 3: "relief_granted", 4: "not_measured"},
    provisional=frozenset({6}),
    relieved=frozenset({3}),
)


def spark(points: Sequence[Point]) -> SafeString:
    return sparkline(points, id=ID, title=TITLE, desc=DESC)


def wide(points: Sequence[Point]) -> SafeString:
    return line_chart(points, id=ID, title=TITLE, desc=DESC, show=percent, decimals=2)


def narrow(points: Sequence[Point]) -> SafeString:
    return line_chart(points, id=ID, title=TITLE, desc=DESC, show=percent, decimals=2, layout=NARROW)


every_chart = pytest.mark.parametrize("draw", [spark, wide, narrow])


def drawn_line(svg: str) -> list[str]:
    return re.findall(rf'd="(M[^"]+)" fill="none" stroke="{marks.INK}"', svg)


@every_chart
def test_the_same_history_is_the_same_bytes(draw: Draw) -> None:
    assert draw(FALLING) == draw(list(FALLING))


@every_chart
def test_the_drawing_is_well_formed_and_its_words_are_escaped(draw: Draw) -> None:
    root = ElementTree.fromstring(draw(FALLING))
    assert root.attrib["role"] == "img"
    assert [child.text for child in root][:2] == [TITLE, DESC]


@every_chart
def test_screen_readers_get_title_and_description_by_ids_of_this_chart(draw: Draw) -> None:
    svg = draw(FALLING)
    assert 'aria-labelledby="kpi-4-title kpi-4-desc"' in svg
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(id.startswith("kpi-4-") for id in ids)


@every_chart
def test_nothing_in_it_is_blocked_by_the_content_security_policy(draw: Draw) -> None:
    assert not re.search(r"style|<script|<image|href|\bon\w+=", draw(FALLING))


@every_chart
def test_a_month_without_a_figure_breaks_the_line(draw: Draw) -> None:
    assert [line.count("L") + 1 for line in drawn_line(draw(FALLING))] == [4, 2]


@every_chart
def test_every_miss_has_its_own_shape(draw: Draw) -> None:
    svg = draw(FALLING)
    for status in ("below_target", "below_minimum", "relief_granted"):
        outline = re.sub(r"[\d. -]+", "#", marks.shape(status, 50, 20, 6).partition('" fill')[0])
        assert outline in re.sub(r"[\d. -]+", "#", svg)


@every_chart
def test_a_provisional_figure_is_hollow(draw: Draw) -> None:
    hollow = f'fill="{marks.PAPER}" stroke="{GREEN}"'
    assert hollow in draw(FALLING)
    assert hollow not in draw(FALLING[:4])


@every_chart
def test_target_is_solid_and_minimum_is_dashed(draw: Draw) -> None:
    target = re.findall(rf'<path [^>]*stroke="{GREEN}"[^>]*>', draw(FALLING))[0]
    minimum = re.findall(rf'<path [^>]*fill="none" stroke="{RED}"[^>]*>', draw(FALLING))[0]
    assert "dasharray" not in target
    assert "dasharray" in minimum


@every_chart
def test_a_level_that_changes_is_a_step_at_the_month_it_takes_effect(draw: Draw) -> None:
    later = [replace(point, target=Decimal(5)) if point.month >= month(3) else point for point in FALLING]
    (before,) = re.findall(rf'd="([^"]+)" fill="none" stroke="{GREEN}"', draw(FALLING))[:1]
    (after,) = re.findall(rf'd="([^"]+)" fill="none" stroke="{GREEN}"', draw(later))[:1]
    assert "V" not in before
    assert after.count("V") == 1


@every_chart
@pytest.mark.parametrize(
    "points",
    [
        pytest.param(history(["5"]), id="one month"),
        pytest.param(history([None, None]), id="no figure"),
        pytest.param(history([None], target=None, minimum=None), id="nothing at all"),
        pytest.param(history(["0", "0", "0"], target="0", minimum="0"), id="all the same"),
        pytest.param(history(["-3", "1000000"], target=None, minimum=None), id="without levels"),
    ],
)
def test_a_poor_history_is_drawn_all_the_same(draw: Draw, points: list[Point]) -> None:
    assert ElementTree.fromstring(draw(points)) is not None


def test_a_sparkline_of_nothing_is_an_empty_picture_with_its_words() -> None:
    root = ElementTree.fromstring(spark([]))
    assert len(root) == 2


def test_a_quarterly_history_keeps_its_distances() -> None:
    points = [
        replace(point, month=month(number)) for point, number in zip(FALLING, (0, 3, 6, 9, 12, 15, 21), strict=True)
    ]
    (line, _) = drawn_line(spark(points))
    places = [float(step.split()[0]) for step in line.removeprefix("M").split("L")]
    steps = [round(right - left) for left, right in pairwise(places)]
    assert len(set(steps)) == 1


def test_each_point_of_the_large_chart_says_its_figure_when_pointed_at() -> None:
    svg = wide(FALLING)
    assert "<title>Feb 2017: 17.53%, below minimum</title>" in svg
    assert "<title>Apr 2017: not measured</title>" in svg
    assert "<title>Jun 2017: 2.79%, target met, provisional</title>" in svg


def test_relieved_months_are_one_shaded_span() -> None:
    points = history(["5"] * 6, relieved=frozenset({1, 2, 3, 5}))
    svg = wide(points)
    assert svg.count('fill="url(#kpi-4-relief)"') == 2
    assert svg.count(">Relief</text>") == 2


def test_the_levels_are_named_with_their_figures() -> None:
    assert ">Target 7%</text>" in wide(FALLING)
    assert ">Minimum 12%</text>" in wide(FALLING)
    assert ">Latest 2.79%</text>" in wide(FALLING)
    assert ">Target 7%</text>" in narrow(FALLING)
    assert MINIMUM_DASHES in narrow(FALLING)


@pytest.mark.parametrize("colour", [marks.INK, marks.QUIET, GREEN, RED, PURPLE])
def test_lines_and_words_stand_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, marks.PAPER) >= 4.5


ARIAL = {"%": 0.89, "M": 0.83, "-": 0.33, **dict.fromkeys(" .,ijlI", 0.28)}


def texts(svg: str) -> list[tuple[float, float, float, float]]:
    """The boxes of all words as Arial sets them: left, top, right, bottom."""
    boxes = []
    for x, y, size, anchor, words in re.findall(
        r'<text x="([^"]+)" y="([^"]+)" font-size="(\d+)" text-anchor="(\w+)"[^>]*>([^<]*)<', svg
    ):
        width = sum(int(size) * ARIAL.get(letter, 0.57) for letter in words)
        left = float(x) - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        boxes.append((left, float(y) - int(size) * 0.72, left + width, float(y)))
    return boxes


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
@given(
    values=st.lists(st.decimals(0, 100, places=2) | st.none(), min_size=1, max_size=130),
    target=st.decimals(0, 100, places=1),
    minimum=st.decimals(0, 100, places=1),
    relieved=st.frozensets(st.integers(0, 130)),
    show=st.sampled_from([percent, money]),
)
def test_no_word_is_clipped_or_lies_on_another(
    layout: Layout,
    values: list[Decimal | None],
    target: Decimal,
    minimum: Decimal,
    relieved: frozenset[int],
    show: Callable[[Decimal], str],
) -> None:
    points = history(
        [None if value is None else str(value) for value in values],
        target=str(target),
        minimum=str(minimum),
        relieved=relieved,
    )
    svg = line_chart(points, id=ID, title=TITLE, desc=DESC, show=show, decimals=2, layout=layout)
    boxes = texts(svg)
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= layout.width
        assert bottom <= layout.height
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_drawings_go_into_a_tagged_pdf() -> None:
    charts = (draw(FALLING) for draw in (spark, wide, narrow))
    images = "\n".join(f'#image(bytes({json.dumps(svg)}), format: "svg", alt: "Chart")' for svg in charts)
    paper = f'#set document(title: "Charts")\n#set text(lang: "en", font: "Liberation Sans")\n{images}'
    assert typst.compile(paper.encode(), pdf_standards=["ua-1"]).startswith(b"%PDF")
