"""What is not for publication leaves nothing of itself in the public paper, in no format."""

import json
from dataclasses import replace

import pytest

from reports.build.halves import Mark, blanked, split
from reports.render import FORMATS, render
from reports.render.document import Facts
from reports.render.printable import printable
from reports.render.words import document
from reports.rules.exempt import PARTS_OF, part_called
from reports.snapshot import from_json, to_json
from tests.reports import samples
from tests.reports.exempt.halves import INTEREST, PARTS, files, marked, parted, told_otherwise, whole

ALWAYS_PUBLIC = {
    "report": {"recommendation", "background", "author", "reading"},
    "addendum": {"about", "recommendation", "background", "author", "reading"},
    "projects": {"recommendation", "background", "author", "reading"},
    "erratum": {"about"},
}


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_the_public_files_do_not_depend_on_what_is_withheld(kind: str, part: str) -> None:
    """Quite other figures and words in the withheld part give the very same public files, byte for byte."""
    one, other = split(whole(kind), marked(part)).public, split(told_otherwise(kind, part), marked(part)).public
    assert one == other
    assert files(one) == files(other)


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_what_is_told_otherwise_lies_in_the_withheld_sections_alone(kind: str, part: str) -> None:
    """Else the test above would prove little."""
    found = part_called(kind, part)
    assert found is not None
    one, other = (
        {section.key: section for section in document(printable(paper)).sections}
        for paper in (whole(kind), told_otherwise(kind, part))
    )
    differing = {key for key in one | other if one.get(key) != other.get(key)}
    assert differing - {"reading"} <= found.section_keys
    assert found.section_keys - differing <= {"news", "plan", "plan-items"}


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_the_public_paper_says_at_each_place_what_is_missing_and_why(kind: str, part: str) -> None:
    found = part_called(kind, part)
    assert found is not None
    shown = {section.key: section for section in document(printable(parted(kind, part).public)).sections}
    for key, title in found.sections:
        assert shown[key].title.endswith(f" {title}")
        opening, facts = shown[key].blocks
        assert opening.text == "This part is not for publication."  # type: ignore[union-attr]
        assert isinstance(facts, Facts)
        told = dict(facts.rows)
        assert told["Exempt under"].startswith("Paragraph 3 of Part 1 of Schedule 12A")
        assert told["Public interest"] == INTEREST


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_the_exempt_paper_prints_the_withheld_sections_alone_as_the_whole_paper_would(kind: str, part: str) -> None:
    found = part_called(kind, part)
    exempt = parted(kind, part).exempt
    assert found is not None
    assert exempt is not None
    all_of_it = document(printable(whole(kind))).sections
    assert document(printable(exempt)).sections == tuple(
        section for section in all_of_it if section.key in found.section_keys
    )


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_both_halves_number_their_sections_alike(kind: str, part: str) -> None:
    halves = parted(kind, part)
    assert halves.exempt is not None
    public, exempt = (
        {section.key: section.title.partition(" ")[0] for section in document(printable(half)).sections}
        for half in (halves.public, halves.exempt)
    )
    numbers = {key: label for key, label in public.items() if key in exempt}
    assert numbers == exempt


@pytest.mark.parametrize("kind", PARTS_OF)
def test_every_section_of_a_paper_is_in_a_part_or_always_public(kind: str) -> None:
    keys = {section.key for section in document(printable(whole(kind))).sections}
    parts = {key for part in PARTS_OF[kind] for key in part.section_keys}
    assert keys == parts | ALWAYS_PUBLIC[kind]


def test_a_paper_without_marks_is_public_as_it_is() -> None:
    paper = whole("report")
    halves = split(paper, [])
    assert (halves.public, halves.exempt) == (paper, None)


def test_a_mark_on_what_the_paper_does_not_have_parts_nothing() -> None:
    assert split(whole("report"), marked("money")).exempt is None
    assert split(samples.small(), marked("implications")).exempt is None
    assert split(samples.month_of_projects(), marked("projects")).exempt is None


def test_of_two_marks_on_a_section_the_narrower_one_says_why() -> None:
    halves = split(whole("projects"), [Mark("money", 4, "Pay talks."), Mark("projects", 3, INTEREST)])
    grounds = {line.section: (line.paragraph, line.public_interest) for line in halves.public.exempt}
    assert grounds["money"] == (4, "Pay talks.")
    assert grounds["attention"] == (3, INTEREST)


def test_where_no_erratum_stood_none_is_said_to_be_withheld() -> None:
    halves = split(replace(whole("report"), errata=()), marked("kpis"))
    assert "errata" not in {line.section for line in halves.public.exempt}


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_blanking_twice_changes_nothing_and_the_halves_come_back_from_json(kind: str, part: str) -> None:
    halves = parted(kind, part)
    assert halves.exempt is not None
    assert blanked(halves.public) == halves.public
    assert from_json(to_json(halves.public)) == halves.public
    assert from_json(to_json(halves.exempt)) == halves.exempt


def test_all_parts_can_be_withheld_together() -> None:
    for kind, parts in PARTS_OF.items():
        public = parted(kind, *(part.key for part in parts)).public
        assert [section.key for section in document(printable(public)).sections if len(section.blocks) != 2] != []
        assert all(render(public, format) for format in FORMATS)


def test_every_file_of_the_exempt_half_says_that_it_is_exempt() -> None:
    exempt = parted("report", "requests").exempt
    assert exempt is not None
    shown = document(printable(exempt))
    assert shown.mark.endswith(
        "Not for publication: paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972"
    )
    names = list(files(exempt))
    assert names
    assert all(name.partition(".")[0].endswith("-exempt") for name in names)
    plain = json.loads(files(exempt)[next(name for name in names if name.endswith(".json"))])
    assert plain["audience"] == "exempt"
