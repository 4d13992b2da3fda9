"""Every kind that is taken is told by its content; whatever else comes is refused in words that name it."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from contracts.uploads import KINDS, UploadRefused, judge_upload, suffix_of
from tests.contracts.uploads import samples
from tests.contracts.uploads.samples import SAMPLES


def judged(content: bytes, name: str) -> tuple[str, str]:
    file = io.BytesIO(content)
    found = judge_upload(file, name)
    assert found.size == len(content)
    assert file.tell() == 0
    return found.kind.key, found.name


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(UploadRefused) as refused:
        judge_upload(io.BytesIO(content), name)
    return str(refused.value)


def test_there_is_a_sample_of_every_kind() -> None:
    assert SAMPLES.keys() == KINDS.keys()


@pytest.mark.parametrize("key", SAMPLES)
def test_every_kind_is_taken_under_a_name_that_fits(key: str) -> None:
    name, make = SAMPLES[key]
    assert judged(make(), name) == (key, name)


@pytest.mark.parametrize("key", SAMPLES)
def test_a_name_without_a_suffix_takes_that_of_the_content(key: str) -> None:
    content = SAMPLES[key][1]()
    told = "txt" if key == "csv" else key
    assert judged(content, "figures") == (told, f"figures{KINDS[told].suffixes[0]}")


@pytest.mark.parametrize("key", SAMPLES)
def test_every_kind_is_refused_under_the_name_of_another(key: str) -> None:
    other = "png" if key == "pdf" else "pdf"
    said = refusal(SAMPLES[key][1](), f"report.{other}")
    assert said.startswith(f"“report.{other}” is named as {KINDS[other].words}, and its content is ")
    assert KINDS["txt" if key == "csv" else key].words in said


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.exe", "ends in .exe, and its content is a Windows program."),
        (b"MZ\x90\x00\x03\x00\x00\x00", "report.pdf", "is named as a PDF, and its content is a Windows program."),
        (b"MZ\x90\x00\x03\x00\x00\x00", "report", "“report” is a Windows program."),
        (b"\x7fELF\x02\x01\x01\x00", "report.txt", "is named as plain text, and its content is a program."),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", "a.pdf", "named as a PDF, and its content is a web page."),
        (b"\n <html lang=en>", "page.html", "ends in .html, and its content is a web page."),
        (b"<HTML>", "page.txt", "is named as plain text, and its content is a web page."),
        (b"\xef\xbb\xbf<script>alert(1)</script>", "a.csv", "is named as a CSV file, and its content is a web page."),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.png", "content is an SVG drawing"),
        (b"<svg onload=alert(1)>", "drawing.svg", "ends in .svg, and its content is an SVG drawing"),
        ("<html>".encode("utf-16"), "a.txt", "is named as plain text, and its content is a web page."),
        (b"<x/>", "a.txt", "its content is a page of markup."),
        (b"a,b\x00\x01", "figures.csv", "its content is of a kind that cannot be told."),
        (b"plain words", "report.docx", "is named as a Word document, and its content is plain text."),
        (b"plain words", "page.html", "ends in .html, and its content is plain text."),
        (b"plain words", "letter.eml", "is named as an e-mail, and its content is plain text."),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "a.png", "its content is a GIF image."),
        (b"PK\x03\x04" + bytes(40), "a.docx", "“a.docx” is damaged and cannot be opened."),
        (samples.packed({"a.txt": "x"}), "all.zip", "ends in .zip, and its content is a packed folder (zip)."),
        (samples.packed({"a.txt": "x"}), "a.docx", "as a Word document, and its content is a packed folder (zip)."),
        (samples.packed({"[Content_Types].xml": "x"}), "a.docx", "its content is a packed folder (zip)."),
        (samples.open_document("graphics"), "a.odt", "its content is a packed folder (zip)."),
        (samples.compound({"SomethingElse": b"x"}), "a.doc", "its content is an Office file of another kind."),
        (samples.compound({"EncryptedPackage": b"x"}), "a.docx", "“a.docx” is locked by a password"),
        (samples.sheets_97(is_locked=True), "a.xls", "“a.xls” is locked by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "a.doc", "“a.doc” is damaged and cannot be opened."),
        (samples.pdf()[:40], "a.pdf", "as if it had been cut short."),
        (b"", "a.pdf", "“a.pdf” is empty"),
    ],
)
def test_what_is_not_taken_is_called_by_its_name(content: bytes, name: str, said: str) -> None:
    assert said in refusal(content, name)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docm", lambda: samples.office("application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("a.xlsm", lambda: samples.office("application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        ("a.docx", lambda: samples.office("application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("a.docx", lambda: samples.office(**{"word__vbaProject.bin": "x"})),
        ("a.docx", lambda: samples.office(**{"word__VBAproject.bin": "x"})),
        ("a.docx", lambda: samples.office(also="application/vnd.ms-office.activeX+xml")),
        ("a.docx", lambda: samples.office(also="application/vnd.ms-office.vba&#80;roject")),
        ("a.docx", lambda: samples.office(also="application/vnd.ms-office.vbaProject", encoding="utf-16")),
        ("a.xlsx", lambda: samples.office("application/vnd.ms-excel.macrosheet+xml")),
        ("a.odt", lambda: samples.open_document("text", Basic__Standard__Module1="x")),
        ("a.ods", lambda: samples.open_document("spreadsheet", Scripts__python__a="x")),
        ("a.doc", lambda: samples.compound({"WordDocument": b"x"}, "Macros")),
        ("a.xls", lambda: samples.compound({"Workbook": b"\x0a\0\0\0"}, "_VBA_PROJECT_CUR")),
        ("a.xls", lambda: samples.sheets_97(1)),
        ("a.ppt", lambda: samples.compound({"PowerPoint Document": samples.VBA_OF_SLIDES + bytes(4) + b"\1\0\0\0"})),
    ],
)
def test_macros_are_refused_whatever_the_name(name: str, make: Callable[[], bytes]) -> None:
    assert f"“{name}” contains macros" in refusal(make(), name)


def test_two_parts_of_one_name_are_refused_as_programs_differ_in_which_they_open() -> None:
    made = io.BytesIO(samples.office())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("[content_types].XML", "<Types/>")
    assert "“a.docx” is damaged" in refusal(made.getvalue(), "a.docx")


def test_a_list_of_types_that_defines_words_of_its_own_makes_no_office_file() -> None:
    laughs = (
        '<!DOCTYPE Types [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + f'<Types><a ContentType="{samples.WORD}"/></Types>'
    )
    assert "a packed folder (zip)" in refusal(samples.packed({"[Content_Types].xml": laughs}), "a.docx")


def test_slides_that_could_hold_macros_and_hold_none_are_taken() -> None:
    content = samples.compound({"PowerPoint Document": samples.VBA_OF_SLIDES + bytes(8)})
    assert judged(content, "a.ppt")[0] == "ppt"


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(settings: LazySettings) -> None:
    settings.UPLOAD_MAX_MB = 1
    assert judged(b"a" * 1024 * 1024, "a.txt")[0] == "txt"
    assert "“a.txt” is larger than 1 MB" in refusal(b"a" * (1024 * 1024 + 1), "a.txt")


def test_a_compound_file_that_bites_its_own_tail_ends() -> None:
    content = bytearray(samples.compound({"WordDocument": b"x"}))
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")  # the directory is followed by itself
    assert judged(bytes(content), "a.doc")[0] == "doc"


@pytest.mark.parametrize("place", range(0, 512, 4))
def test_a_compound_file_with_a_damaged_header_is_judged_or_refused(place: int) -> None:
    content = bytearray(samples.compound({"WordDocument": b"x"}))
    content[place : place + 4] = b"\xfe\x7f\xff\x7f"
    assert outcome(bytes(content), "a.doc") in {"doc", "refused"}


@given(st.sampled_from(sorted(SAMPLES)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_file_of_any_kind_is_judged_or_refused(key: str, bites: list[tuple[float, int]]) -> None:
    name, make = SAMPLES[key]
    content = bytearray(make())
    for place, byte in bites:
        content[int(place * (len(content) - 1))] = byte
    assert outcome(bytes(content), name) in {key, "refused"}


def outcome(content: bytes, name: str) -> str:
    """Never anything but the kind or a refusal that names the file."""
    try:
        return judge_upload(io.BytesIO(content), name).kind.key
    except UploadRefused as refusal:
        return "refused" if name in str(refusal) else f"refused namelessly: {refusal}"


def test_a_list_of_types_that_is_damaged_is_refused_as_that() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", samples.WORD)
    damaged = made.getvalue().replace(b"main+xml", b"mane+xml", 1)
    assert "“a.docx” is damaged" in refusal(damaged, "a.docx")


@pytest.mark.office
def test_what_an_office_writes_is_told_apart(libreoffice: Path, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(samples.word())
    (tmp_path / "b.xlsx").write_bytes(samples.workbook())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for source, kind in (("a.docx", "doc"), ("a.docx", "odt"), ("b.xlsx", "xls"), ("b.xlsx", "ods")):
        command = [str(libreoffice), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / source)], check=True, capture_output=True, timeout=120)
        made = tmp_path / f"{source[0]}.{kind}"
        assert judged(made.read_bytes(), made.name) == (kind, made.name)
        assert suffix_of(made.name) == f".{kind}"
