"""The timeline: deterministic, accessible, inside its frame, and readable in black and white and on paper."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import typst
from defusedxml import ElementTree  # type: ignore[import-untyped]
from django.utils.safestring import SafeString
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ImageFont

from config.ui.charts import TIMELINE_NARROW, TIMELINE_WIDE, Lane, Step, StepState, TimelineLayout, timeline
from config.ui.charts.lanes import MOST_MONTHS, Stretch, describe_lanes, stretch_of
from config.ui.charts.lettering import shortened, width
from config.ui.charts.timeline import MOST_LANES, portions
from config.ui.charts.timeline_key import timeline_key

ON = date(2018, 3, 14)
FONTS = Path(__file__).parents[4] / "reports" / "render" / "fonts"
LINK = Lane(
    reference="P056",
    title="Mosaic <payroll> & {link}",
    rating="red",
    planned_start=date(2017, 10, 2),
    planned_finish=date(2018, 3, 30),
    finish=date(2018, 5, 25),
    steps=(
        Step(date(2017, 11, 24), StepState.DONE),
        Step(date(2018, 3, 9), StepState.OVERDUE),
        Step(date(2018, 5, 25), StepState.DUE),
    ),
)
NEXT = Lane("P121", "Gender pay gap", commission_on=date(2018, 7, 2))
GOOD = replace(LINK, reference="P019", rating="green", finish=LINK.planned_finish, steps=())
FAIR = replace(GOOD, reference="P020", rating="amber")
both = pytest.mark.parametrize("layout", [TIMELINE_WIDE, TIMELINE_NARROW], ids=["wide", "narrow"])


def draw(lanes: Sequence[Lane], layout: TimelineLayout = TIMELINE_WIDE, stretch: Stretch | None = None) -> SafeString:
    stretch = stretch or stretch_of(lanes, ON) or Stretch(date(2018, 3, 1), date(2018, 3, 31))
    return timeline(
        lanes, id="t1", title="Adults", desc=describe_lanes(lanes, ON), stretch=stretch, on=ON, layout=layout
    )


@cache
def font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"LiberationSans-{name}.ttf", 100)


def words_of(svg: str) -> Iterator[tuple[float, float, float, float, str]]:
    """Left, right, top and foot of every text as the font has it, and the text."""

    def read(node: Element, inherited: dict[str, str]) -> Iterator[tuple[float, float, float, float, str]]:
        own = {**inherited, **node.attrib}
        if node.tag.endswith("text"):
            size, x, y = (float(own[name]) for name in ("font-size", "x", "y"))
            face = font("Bold" if own.get("font-weight") == "700" else "Regular")
            words = node.text or ""
            room = face.getlength(words) / 100 * size
            left = x - room / 2 if own.get("text-anchor") == "middle" else x
            yield left, left + room, y - size * 0.75, y + size * 0.2, words
        for child in node:
            yield from read(child, own)

    yield from read(ElementTree.fromstring(svg), {})


def points_of(svg: str) -> Iterator[tuple[float, float]]:
    """Where each absolute command of a path leads to."""
    for d in re.findall(r' d="([^"]+)"', re.sub(r"<defs>.*</defs>", "", svg)):
        x = y = 0.0
        for command, numbers in re.findall(r"([MHV])([-\d. ]+)", d):
            given = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
            x, y = (given[0], y) if command == "H" else (x, given[0]) if command == "V" else (given[0], given[1])
            yield x, y


@both
def test_the_same_projects_are_the_same_bytes(layout: TimelineLayout) -> None:
    assert draw([LINK, NEXT], layout) == draw((LINK, NEXT), layout)


@both
def test_it_is_one_image_with_its_words_and_nothing_the_policy_blocks(layout: TimelineLayout) -> None:
    svg = draw([LINK, FAIR, NEXT], layout)
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "t1-title t1-desc"
    assert [child.text for child in root][:2] == ["Adults", describe_lanes([LINK, FAIR, NEXT], ON)]
    assert not re.search(r"style|<script|<image|href|\bon\w+=", svg)
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(id.startswith("t1-") for id in ids)


def test_a_bar_is_solid_to_the_finish_first_planned_and_hatched_beyond_it() -> None:
    stretch = Stretch(date(2018, 1, 1), date(2018, 12, 31))
    svg = draw([replace(LINK, planned_start=date(2018, 1, 1))], stretch=stretch)
    ((begin, promised),) = re.findall(r'd="M([\d.]+) 80H([\d.]+)v10[^"]*" fill="url\(#t1-red\)"', svg)
    ((late_from, late_to),) = re.findall(r'd="M([\d.]+) 80H([\d.]+)v10[^"]*" fill="url\(#t1-late\)"', svg)
    assert promised == late_from
    days = (float(promised) - float(begin)) / 88
    assert float(late_to) - float(late_from) == pytest.approx(56 * days, abs=0.2)
    assert "+56 days" in [words for *_, words in words_of(svg)]


def test_a_project_in_time_has_neither_hatch_nor_days() -> None:
    svg = draw([GOOD])
    assert "-late" not in svg
    assert not any("days" in words for *_, words in words_of(svg))


def test_ratings_differ_in_black_and_white() -> None:
    svg = draw([LINK, FAIR, GOOD, replace(GOOD, rating="unrated")])
    patterns = re.findall(r'<pattern [^>]*>.*?stroke="[^"]*"', svg)
    assert len({re.sub(r'(id|fill|stroke)="[^"]*"', "", pattern) for pattern in patterns}) == 3
    shapes = re.findall(r'd="M[\d. ]+([a-z]).{0,40}?" fill="(#\w+)" stroke="\2" stroke-width="2"', svg)
    assert {shape for shape, _ in shapes} == {"l", "h", "a"}


def test_milestones_differ_in_shape_and_fill() -> None:
    svg = draw([LINK])
    assert len(re.findall(r'd="M[^"]*l7 7l-7 7l-7-7z" fill="#0b0c0c"', svg)) == 1
    assert len(re.findall(r'd="M[^"]*l7 7l-7 7l-7-7z" fill="#ffffff"', svg)) == 1
    assert len(re.findall(r'd="M[^"]*l8 8m0-8l-8 8" fill="none"', svg)) == 1


def test_a_project_that_only_has_a_finish_is_drawn_at_that_day() -> None:
    svg = draw([replace(LINK, planned_start=None, finish=None, steps=())])
    assert ElementTree.fromstring(svg) is not None
    assert re.search(r'd="M[\d.]+ 72H[\d.]+v6[^"]*" fill="#ffffff"', svg)


def test_what_lies_beyond_the_stretch_is_cut_off_with_an_arrow() -> None:
    stretch = Stretch(date(2018, 1, 1), date(2018, 4, 30))
    svg = draw([LINK], stretch=stretch)
    assert len(re.findall(r"v12l-7-6z", svg)) == 1
    assert len(re.findall(r"v12l7-6z", svg)) == 1
    assert "v12l" not in draw([LINK])


def test_a_title_too_long_for_its_room_is_cut_and_a_short_one_is_whole() -> None:
    words = [words for *_, words in words_of(draw([replace(LINK, title="Word " * 40), NEXT]))]
    assert "Gender pay gap" in words
    assert any(each.startswith("Word Word") and each.endswith("…") for each in words)


def test_a_long_title_takes_two_lines_beside_the_bars_and_is_whole() -> None:
    svg = draw([replace(LINK, title="Card payments by phone without hearing the number"), NEXT])
    words = [words for *_, words in words_of(svg)]
    assert "Card payments by phone without" in words
    assert "hearing the number" in words
    narrow = draw([replace(LINK, title="Card payments by phone without hearing the number")], TIMELINE_NARROW)
    assert any(words.endswith("…") for *_, words in words_of(narrow))


TITLES = st.text(st.characters(max_codepoint=0x24F, categories=("L", "N", "P", "Zs")), max_size=80)
DAYS = st.none() | st.dates(date(2005, 1, 1), date(2032, 12, 31))
LANES = st.builds(
    Lane,
    reference=st.sampled_from(["P1", "CSS-TRANSFORMATION-2018-0001", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"]),
    title=TITLES | st.just("W" * 250) | st.just("ACF & IMT MIGRATION OF MOSAIC RECORDS TO THE HOSTED DATABASE"),
    rating=st.sampled_from(["red", "amber", "green", "unrated"]),
    planned_start=DAYS,
    planned_finish=DAYS,
    finish=DAYS,
    commission_on=DAYS,
    steps=st.lists(st.builds(Step, st.dates(date(2005, 1, 1), date(2032, 12, 31)), st.sampled_from(StepState))).map(
        tuple
    ),
)


@both
@given(lanes=st.lists(LANES, min_size=1, max_size=4), on=st.dates(date(2004, 1, 1), date(2034, 1, 1)))
def test_no_word_and_no_shape_leaves_the_frame_and_no_words_overlap(
    lanes: list[Lane], on: date, layout: TimelineLayout
) -> None:
    stretch = stretch_of(lanes, on)
    if stretch is None:
        return
    svg = timeline(lanes, id="t", title="T", desc="D", stretch=stretch, on=on, layout=layout)
    height = float(ElementTree.fromstring(svg).attrib["height"])
    boxes = list(words_of(svg))
    for left, right, top, foot, words in boxes:
        assert left >= -0.5, words
        assert right <= layout.width + 0.5, words
        assert 0 <= top < foot <= height, words
    for one, other in combinations(boxes, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart, (one, other)
    assert all(0 <= x <= layout.width + 3 and -1 <= y <= height for x, y in points_of(svg))


@example("\N{LATIN CAPITAL LETTER DZ WITH CARON}", 19)
@example("|" * 40, 150)
@given(TITLES, st.integers(min_value=0, max_value=400))
def test_shortened_words_fit_by_the_font_itself(title: str, room: int) -> None:
    words = shortened(title, room, 15, is_bold=True)
    assert font("Bold").getlength(words) * 0.15 <= max(room, 0) + 0.5
    assert font("Regular").getlength(words) * 0.15 <= width(words, 15) + 0.5


def test_ticks_thin_out_with_the_stretch() -> None:
    def ticks(first: date, last: date) -> list[str]:
        return [f"{month}{year}" for _, month, year in Stretch(first, last).ticks(12)]

    year = Stretch(date(2017, 11, 1), date(2018, 10, 31))
    assert [day.month for day, _, _ in year.ticks(12)] == [11, 12, *range(1, 11)]
    assert ticks(date(2017, 11, 1), date(2019, 10, 31)) == [
        "Jan2018", "Apr", "Jul", "Oct", "Jan2019", "Apr", "Jul", "Oct",
    ]  # fmt: skip
    assert ticks(date(2010, 1, 1), date(2017, 12, 31)) == [str(number) for number in range(2010, 2018)]


def test_the_stretch_holds_every_date_and_today_where_it_is_near() -> None:
    assert stretch_of([LINK], ON) == Stretch(date(2017, 10, 1), date(2018, 5, 31))
    assert stretch_of([LINK], date(2018, 9, 3)) == Stretch(date(2017, 10, 1), date(2018, 9, 30))
    assert stretch_of([LINK], date(2030, 1, 1)) == Stretch(date(2017, 10, 1), date(2018, 5, 31))
    assert stretch_of([Lane("P1", "Nothing known")], ON) is None


def test_a_single_far_date_does_not_make_weeks_invisible() -> None:
    far = replace(NEXT, commission_on=date.max)
    found = stretch_of([LINK, far], ON)
    assert found is not None
    assert found.first == date(2017, 10, 1)
    assert found.days < (MOST_MONTHS + 1) * 31


@given(st.integers(min_value=0, max_value=400))
def test_portions_hold_everything_in_its_order_and_are_about_equal(number: int) -> None:
    parts = list(portions(range(number)))
    assert [each for part in parts for each in part] == list(range(number))
    sizes = [len(part) for part in parts]
    assert all(1 <= size <= MOST_LANES for size in sizes)
    assert max(sizes, default=0) - min(sizes, default=0) <= 1


def test_a_drawing_stays_light() -> None:
    lanes = [
        replace(LINK, reference=f"P{number:03}", title="Registration appointments and certificates")
        for number in range(MOST_LANES)
    ]
    for layout in (TIMELINE_WIDE, TIMELINE_NARROW):
        assert len(draw(lanes, layout)) < 600 * MOST_LANES


def test_it_is_described_in_words() -> None:
    assert describe_lanes([LINK, NEXT, Lane("P9", "Nothing known")], ON) == (
        "2 projects, October 2017 to July 2018. 1 finishes later than first planned: P056 by 56 days."
        " Milestones: 1 done, 1 to come, 1 overdue."
    )
    assert (
        describe_lanes([GOOD], ON) == "1 project, October 2017 to March 2018. None finishes later than first planned."
    )


def test_the_key_names_every_shape_and_fits_its_width() -> None:
    for layout in (TIMELINE_WIDE, TIMELINE_NARROW):
        boxes = list(words_of(timeline_key(id="k", layout=layout)))
        assert [words for *_, words in boxes] == [
            "First planned", "Green", "Amber", "Red", "Not rated", "Later than first planned", "Milestone done",
            "Milestone to come", "Milestone overdue", "Expected to be commissioned",
        ]  # fmt: skip
        assert all(right <= layout.width for _, right, *_ in boxes)
        assert all(one[1] < other[0] for one, other in pairwise(boxes) if one[2] == other[2])


@both
def test_typst_prints_it(layout: TimelineLayout, tmp_path: Path) -> None:
    (tmp_path / "t.svg").write_text(draw([LINK, FAIR, NEXT], layout), encoding="utf-8")
    (tmp_path / "t.typ").write_text('#set page(height: auto)\n#image("t.svg", alt: "Timeline")', encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    pdf = typst.compile(str(tmp_path / "t.typ"), font_paths=fonts)
    assert pdf.startswith(b"%PDF")


def test_a_small_one_is_drawn_so() -> None:
    svg = draw([replace(LINK, title="Payroll link")], stretch=Stretch(date(2017, 10, 1), date(2018, 6, 30)))
    golden = Path(__file__).parent / "timeline.svg"
    assert svg == golden.read_text(encoding="utf-8").rstrip("\n")


def test_days_late_are_counted_against_what_was_first_planned() -> None:
    assert LINK.days_late == 56
    assert replace(LINK, finish=LINK.planned_finish).lateness == ""
    assert replace(LINK, finish=date(2018, 3, 31)).lateness == "+1 day"
    assert replace(LINK, finish=date(2018, 3, 30) - timedelta(days=3)).lateness == ""
