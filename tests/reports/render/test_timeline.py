"""The timeline of the key projects, from a frozen paper to a picture that PDF and Word take."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from reports.render.document import Picture
from reports.render.docx.drawings import as_png
from reports.render.words.timeline import key_timeline, timeline_key_picture
from reports.snapshot import ProjectSection
from tests.reports.portfolio import ON, late_project, project, projects, section
from tests.reports.samples import HOSTILE


@pytest.fixture(scope="module")
def twenty() -> ProjectSection:
    return section(projects(40))


def colours_of(picture: Picture) -> set[tuple[int, ...]]:
    (png,) = as_png([picture])
    image = Image.open(BytesIO(png)).convert("RGBA")
    assert image.width == pytest.approx(picture.width * 0.75 / 72 * 300, abs=2)
    counted = image.getcolors(maxcolors=image.width * image.height) or []
    return {colour[:3] for number, colour in counted if number > 200 and isinstance(colour, tuple) and colour[3] == 255}


def test_twenty_key_projects_are_one_drawing_with_its_words(twenty: ProjectSection) -> None:
    (picture,) = key_timeline(twenty, ON)
    assert picture.alt.startswith("Timeline of the key projects: ")
    assert picture.svg.count('font-weight="700"') == 2
    assert all(key.reference in picture.svg for key in twenty.key)


def test_the_drawing_survives_typst_with_its_colours(twenty: ProjectSection) -> None:
    (picture,) = key_timeline(twenty, ON)
    assert {(0xB1, 0x0E, 0x1E), (0x0B, 0x0C, 0x0C), (0xD5, 0xDA, 0xE0)} <= colours_of(picture)
    assert {(0xB1, 0x0E, 0x1E), (0x00, 0x70, 0x3C)} <= colours_of(timeline_key_picture())


def test_more_than_a_sheet_of_them_are_several_drawings() -> None:
    pictures = key_timeline(section(projects(60, key_count=60)), ON)
    assert len(pictures) == 3
    assert len({picture.svg.partition('id="')[2].partition('"')[0] for picture in pictures}) == 3


def test_an_overdue_milestone_and_days_late_stand_in_it() -> None:
    (picture,) = key_timeline(section([late_project("P1", key_rank=1), project("P2", key_rank=2)]), ON)
    assert "+56 days" in picture.svg
    assert "P1 by 56 days" in picture.alt


def test_no_dates_make_no_drawing() -> None:
    bare = dict.fromkeys(("original_start", "original_finish", "agreed_finish", "forecast_finish", "actual_finish"))
    assert key_timeline(section([project("P1", key_rank=1, milestones=(), **bare)]), ON) == ()
    assert key_timeline(section([]), date(2018, 1, 1)) == ()


def test_hostile_titles_are_printed_all_the_same() -> None:
    hostile = [
        project(f"P{number}", title=title, key_rank=number)
        for number, title in enumerate(HOSTILE, start=1)
        if title.isprintable()
    ]
    assert len(as_png(key_timeline(section(hostile), ON))) == len(key_timeline(section(hostile), ON)) == 1
