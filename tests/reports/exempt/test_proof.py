"""
What cannot be looked for in a file is proven: a small figure that got into the public half, or into one of its files.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pikepdf
import pytest

from reports.build.halves import BLANKS, Halves, split
from reports.build.proof import NEVER_PUBLIC, OPEN, OWN_WAY, OWNED, unproven
from reports.render import FORMATS, render_all
from reports.render.leaks import leaks
from reports.services.editions import Halves as Printed
from reports.services.exempt import LeakFound, refuse_leaks
from reports.snapshot import BoardPaper, ExemptText, from_json, to_json
from tests.reports.exempt.halves import PARTS, marked, parted, whole

SMALL = "7"
SECRET = "The supplier offered a rebate of £48,250"


@pytest.fixture(scope="module")
def halves() -> Halves:
    text = ExemptText("The offer of March", f"{SECRET}.\n- first item\n- second item", 3, "A tender is at stake.")
    return split(replace(whole("report"), exempt_appendices=(text,)), marked("projects"))


@pytest.fixture(scope="module")
def files(halves: Halves) -> dict[str, bytes]:
    return {file.name: file.content for _, file in render_all(halves.public, FORMATS)}


def name_of(files: dict[str, bytes], ending: str) -> str:
    return next(name for name in files if name.endswith(f"-public.{ending}"))


def refused(halves: Halves, files: dict[str, bytes], name: str, content: bytes) -> str:
    with pytest.raises(LeakFound) as found:
        refuse_leaks(halves.public, halves.exempt, [(name, content)], reprinted=files)
    return str(found.value)


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_the_public_half_is_proven_place_by_place(kind: str, part: str) -> None:
    made = parted(kind, part)
    assert made.exempt is not None
    assert unproven(made.public, made.exempt) == []


def test_every_place_of_a_paper_is_given_to_a_part_or_public_by_name() -> None:
    placed = OPEN | OWN_WAY | NEVER_PUBLIC | {place.partition(".")[0] for each in OWNED.values() for place in each}
    assert {field.name for field in fields(BoardPaper)} == placed
    assert OWNED.keys() == BLANKS.keys()


def test_a_figure_of_one_digit_left_behind_is_found() -> None:
    made = parted("report", "projects")
    assert made.exempt is not None
    left = replace(made.public, since_last=replace(made.public.since_last, projects_slipped=2))
    assert unproven(left, made.exempt) == [
        "“since_last.projects_slipped” is withheld, and the public half has something there."
    ]
    counted = replace(made.public, projects=replace(made.public.projects, by_stage={"in flight": 3}))
    assert "“projects” is withheld" in unproven(counted, made.exempt)[0]


def test_a_withheld_figure_that_was_put_into_an_open_place_is_found() -> None:
    made = parted("report", "projects")
    assert made.exempt is not None
    assert made.public.words is not None
    smuggled = replace(made.public, words=replace(made.public.words, background=("2 projects slipped",)))
    assert unproven(smuggled, made.exempt) == [
        "“words.background” is not withheld, and the public half has something else there than the whole."
    ]


def test_a_remark_on_what_is_withheld_is_found() -> None:
    made = parted("report", "projects")
    assert made.exempt is not None
    assert unproven(replace(made.public, remarks=made.exempt.remarks), made.exempt) == [
        "The remarks are not those that the withheld parts leave."
    ]


def test_an_exempt_appendix_in_the_public_half_is_found(halves: Halves) -> None:
    assert halves.exempt is not None
    left = replace(halves.public, exempt_appendices=halves.exempt.exempt_appendices)
    assert "“exempt_appendices” is withheld" in unproven(left, halves.exempt)[0]
    with pytest.raises(LeakFound):
        refuse_leaks(left, halves.exempt, [])


def test_the_public_files_are_what_the_text_of_the_public_snapshot_prints(
    halves: Halves, files: dict[str, bytes]
) -> None:
    again = {file.name: file.content for _, file in render_all(from_json(to_json(halves.public)), FORMATS)}
    assert again == files
    refuse_leaks(halves.public, halves.exempt, files.items(), reprinted=again)


def test_a_paper_with_an_exempt_half_is_printed_again_before_it_is_kept(halves: Halves) -> None:
    printed = Printed(halves.public, halves.exempt, ("html", "json")).print()
    assert [file.audience for file in printed] == ["public", "public", "exempt", "exempt"]


def custom_property(content: bytes, said: str) -> bytes:
    """A Word file with a property of somebody's own."""
    out = BytesIO()
    part = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Note">'
        f"<vt:lpwstr>{said}</vt:lpwstr></property></Properties>"
    )
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for each in source.namelist():
            target.writestr(each, source.read(each))
        target.writestr("docProps/custom.xml", part)
    return out.getvalue()


def core_property(content: bytes, said: str) -> bytes:
    file = docx.Document(BytesIO(content))
    file.core_properties.comments = said
    return saved(file)


def docx_alt_text(content: bytes, said: str) -> bytes:
    file = docx.Document(BytesIO(content))
    file.inline_shapes[0]._inline.docPr.set("descr", said)
    return saved(file)


def hidden_cell(content: bytes, said: str) -> bytes:
    """In a row that no reader of the sheet sees."""
    row = f'<row r="999" hidden="1"><c r="A999" t="inlineStr"><is><t>{said}</t></is></c></row></sheetData>'
    return changed(content, "xl/worksheets/sheet1.xml", b"</sheetData>", row)


def sheet_property(content: bytes, said: str) -> bytes:
    return changed(
        content, "docProps/core.xml", b"<dc:creator>", f"<dc:description>{said}</dc:description><dc:creator>"
    )


def changed(content: bytes, part: str, old: bytes, new: str) -> bytes:
    """An Office file with other words in one of its parts."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for each in source.namelist():
            inside = source.read(each)
            assert each != part or old in inside
            target.writestr(each, inside.replace(old, new.encode(), 1) if each == part else inside)
    return out.getvalue()


def pdf_xmp(content: bytes, said: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:description"] = said
        pdf.save(out)
    return out.getvalue()


def pdf_attachment(content: bytes, said: str) -> bytes:
    """A file within the file, which no reader of pages sees."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.attachments["note.txt"] = said.encode()
        pdf.save(out)
    return out.getvalue()


def json_value(content: bytes, said: str) -> bytes:
    return content.replace(b'"schema": 1', f'"schema": 1, "note": "{said}"'.encode(), 1)


def html_alt(content: bytes, said: str) -> bytes:
    return content.replace(b"<body", f'<body data-note="{said}"'.encode(), 1)


def chart_description(content: bytes, said: str) -> bytes:
    assert b"</desc>" in content
    return content.replace(b"</desc>", f" {said}</desc>".encode(), 1)


def saved(file: Any) -> bytes:
    out = BytesIO()
    file.save(out)
    return out.getvalue()


PLANTS: list[tuple[str, Callable[[bytes, str], bytes]]] = [
    ("docx", custom_property),
    ("docx", core_property),
    ("docx", docx_alt_text),
    ("xlsx", hidden_cell),
    ("xlsx", sheet_property),
    ("pdf", pdf_xmp),
    ("pdf", pdf_attachment),
    ("json", json_value),
    ("html", html_alt),
    ("html", chart_description),
]


@pytest.mark.parametrize(("ending", "plant"), PLANTS, ids=lambda each: getattr(each, "__name__", each))
def test_a_single_digit_that_was_put_into_a_public_file_is_found_wherever_it_stands(
    halves: Halves, files: dict[str, bytes], ending: str, plant: Callable[[bytes, str], bytes]
) -> None:
    name = name_of(files, ending)
    assert f"{name} has something in it that does not come from the public paper." in refused(
        halves, files, name, plant(files[name], SMALL)
    )


@pytest.mark.parametrize(
    ("ending", "plant"),
    [each for each in PLANTS if each[1] is not pdf_attachment],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_a_text_of_an_exempt_appendix_is_named_wherever_it_was_put(
    halves: Halves, files: dict[str, bytes], ending: str, plant: Callable[[bytes, str], bytes]
) -> None:
    name = name_of(files, ending)
    assert halves.exempt is not None
    found = leaks(halves.exempt, halves.public, [(name, plant(files[name], "The offer of March"))])
    assert found == [f"{name} says “The offer of March”."]


def test_a_file_that_was_left_out_of_the_second_printing_is_no_proven_file(halves: Halves) -> None:
    assert "does not come from the public paper" in refused(halves, {}, "paper.csv", b'"a"\r\n')


@pytest.fixture
def texts(halves: Halves) -> str:
    return to_json(halves.public)


def test_the_appendix_has_its_place_in_the_public_paper_and_nothing_of_its_words(texts: str) -> None:
    assert '"title": "Exempt appendix"' in texts
    assert "The offer of March" not in texts
    assert "48,250" not in texts
