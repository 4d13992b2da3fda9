"""A board's Word template: what is taken, what is refused and why, and which papers are printed with it."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from reports.models import Board, Edition, Paper, PaperTemplate
from reports.render import render, render_all
from reports.services import editions
from reports.services.papers import edition_run
from reports.services.templates import NotYours, TemplateRefused, adopt_template, template_of
from reports.snapshot import from_json
from tests.reports.cases import DRAFT_ON
from tests.reports.exempt.conftest import AT, built_again, page_of
from tests.reports.render.council import council_template


def address(draft: Paper, board: Board, name: str = "paper_template") -> str:
    return reverse(f"reports:{name}", args=[draft.contract.reference, board.pk])


def adopt(board: Board, by: Person, content: bytes, name: str = "Council report.docx", later: int = 0) -> PaperTemplate:
    return adopt_template(board=board, by=by, at=AT + timedelta(minutes=later), name=name, content=content)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The file with one part more, or another one in its place."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w") as target:
        for each in source.namelist():
            if each != name:
                target.writestr(each, source.read(each))
        target.writestr(name, part)
    return out.getvalue()


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as source:
        part = source.read(name)
    assert old in part
    return with_part(content, name, part.replace(old, new, 1))


def test_a_paper_names_the_template_it_was_built_with_and_keeps_it(
    draft: Paper, board: Board, clerk: Person, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = council_template(), council_template(has_marker=False)
    adopt(board, clerk, first)
    page_of(manager).post(reverse("reports:rebuild", args=[draft.contract.reference, draft.pk]))
    later = built_again(draft)
    assert from_json(draft.snapshot).template == ""
    assert from_json(later.snapshot).template == sha256(first).hexdigest()
    adopt(board, clerk, second, later=1)
    later.status = Paper.Status.SIGNED_OFF
    later.save(update_fields=["status"])
    run = edition_run(later, Edition.SIGNED_OFF, by=manager, on=DRAFT_ON, now=AT)
    halves = editions.prepare(run, on=DRAFT_ON)
    assert halves.template == first
    assert template_of(from_json(later.snapshot)) == first
    monkeypatch.setattr(editions, "render_all", render_all)
    (word,) = (file for file in halves.print() if file.format == "docx")
    assert b"Exampleshire: serving everyone" in header_of(word.content)
    assert word.content == render(halves.public, "docx", first)[0].content


def header_of(content: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as file:
        return b"".join(file.read(name) for name in file.namelist() if "/header" in name)


def test_the_same_file_handed_in_again_is_one_template(draft: Paper, board: Board, clerk: Person) -> None:
    content = council_template()
    assert adopt(board, clerk, content) == adopt(board, clerk, content, later=1)
    assert PaperTemplate.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CONTRACT_MANAGER, Role.OFFICER, Role.BOARD_MEMBER])
def test_only_the_clerk_and_the_administrator_keep_it(draft: Paper, board: Board, person: Any, role: Role) -> None:
    with pytest.raises(NotYours):
        adopt(board, person(role), council_template())


def unfit() -> dict[str, tuple[bytes, str, str]]:
    """Files that are no template, with what is said of each."""
    good = council_template()
    relations = "word/_rels/document.xml.rels"
    outside = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="file:///S:/Templates/Corporate.dotm" TargetMode="External"/></Relationships>'
    )
    picture = outside.replace(b"attachedTemplate", b"image").replace(
        b"file:///S:/Templates/Corporate.dotm", b"http://x"
    )
    script = outside.replace(b"attachedTemplate", b"hyperlink").replace(b"file:///S:", b"javascript:")
    tracked = b'<w:ins w:id="1" w:author="A" w:date="2018-01-01T00:00:00Z"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    return {
        "a PDF": (b"%PDF-1.7\n1 0 obj\nendobj\nstartxref\n0\n%%EOF\n", "t.pdf", "a template is a Word document"),
        "text named docx": (b"just words", "t.docx", "is named as a Word document"),
        "nothing": (b"", "t.docx", "is empty"),
        "macros": (with_part(good, "word/vbaProject.bin", b"x"), "t.docx", "macro"),
        "comments": (with_part(good, "word/comments.xml", b"<x/>"), "t.docx", "holds comments"),
        "embedded": (with_part(good, "word/embeddings/oleObject1.bin", b"x"), "t.docx", "holds embedded files"),
        "outside": (replaced(good, relations, b"</Relationships>", outside), "t.docx", "points to something outside"),
        "far picture": (
            replaced(good, relations, b"</Relationships>", picture),
            "t.docx",
            "points to something outside",
        ),
        "script": (replaced(good, relations, b"</Relationships>", script), "t.docx", "points to something outside"),
        "tracked": (replaced(good, "word/document.xml", b"</w:p>", tracked), "t.docx", "holds tracked changes"),
        "no pages": (replaced(good, "word/document.xml", b"<w:pgMar", b"<w:pgX"), "t.docx", "how large its pages are"),
        "dotx": (
            replaced(good, "[Content_Types].xml", b"document.main+xml", b"template.main+xml"),
            "t.docx",
            "“t.docx” is named as a Word document|not a Word document that can be filled",
        ),
    }


def in_the_header(more: str) -> bytes:
    """A template with something more in its header."""
    content = council_template()
    header = next(name for name in ZipFile(BytesIO(content)).namelist() if name.startswith("word/header"))
    return replaced(content, header, b"</w:p>", f"{more}</w:p>".encode())


def field(*pieces: str) -> str:
    """A field whose code comes in pieces."""
    marks = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{marks}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def of_a_kind(name: str, kind: str, content: bytes = b"x") -> bytes:
    """A template that leads to a part of a kind, whatever it is called."""
    types = f'<Override PartName="/word/{name}" ContentType="{kind}"/></Types>'.encode()
    leads = f'<Relationship Id="rId98" Type="http://example.org/anything" Target="{name}"/></Relationships>'.encode()
    made = replaced(council_template(), "[Content_Types].xml", b"</Types>", types)
    return with_part(
        replaced(made, "word/_rels/document.xml.rels", b"</Relationships>", leads), f"word/{name}", content
    )


DTD = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
TRAVELS = {
    "a picture fetched by a field": (in_the_header(field(' INCLUDEPICTURE "http://x/a.png" ')), "could fetch or run"),
    "a program started by a field in pieces": (in_the_header(field("DDE", "AUTO c:/x ", "y")), "could fetch or run"),
    "a field that another one spells": (in_the_header(field(field("QUOTE 68 68 69"), " x")), "could fetch or run"),
    "a simple field": (in_the_header('<w:fldSimple w:instr="INCLUDETEXT a.docx"/>'), "could fetch or run"),
    "a link in a field": (in_the_header(field(' HYPERLINK "file://host/share" ')), "points to something outside"),
    "a picture fetched by a drawing": (
        in_the_header(f'<w:r><w:pict><v:imagedata {VML} src="http://x/a.png"/></w:pict></w:r>'),
        "points to something outside",
    ),
    "changes in the header": (in_the_header('<w:ins w:id="1" w:author="A"/>'), "holds tracked changes"),
    "an object in the header": (in_the_header("<w:r><w:object/></w:r>"), "holds an embedded object"),
    "a program": (of_a_kind("start.exe", "application/octet-stream"), "a part that no paper needs"),
    "macros under another name": (of_a_kind("a.bin", "application/vnd.ms-office.vba&#80;roject"), "contains macros"),
    "comments under another name": (
        of_a_kind("a.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml", b"<x/>"),
        "a part that no paper needs",
    ),
    "a name that leads out": (of_a_kind("..\\..\\start.png", "image/png"), "a part that no paper needs"),
    "words of its own": (of_a_kind("a.xml", "application/xml", DTD + b"<x>&b;</x>"), "defines words of its own"),
    "words of its own in two bytes": (
        of_a_kind("a.xml", "application/xml", "<!DOCTYPE x><x/>".encode("utf-16")), "defines words of its own",
    ),
    "a broken part": (of_a_kind("a.xml", "application/xml", b"<x"), "not a Word document that can"),
    "a broken text": (
        replaced(council_template(), "word/document.xml", b"</w:body>", b""), "not a Word document that can",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TRAVELS)
def test_what_would_go_out_with_every_paper_is_refused(draft: Paper, board: Board, clerk: Person, kind: str) -> None:
    content, said = TRAVELS[kind]
    with pytest.raises(TemplateRefused, match=said):
        adopt(board, clerk, content)
    assert not PaperTemplate.objects.exists()


def test_fields_of_the_paper_itself_are_taken(draft: Paper, board: Board, clerk: Person) -> None:
    page = field(" IF ", field(" PAGE "), ' = 1 "" "Page" ')
    adopt(board, clerk, in_the_header(page + field(' HYPERLINK "https://www.example.org" ')))


@pytest.mark.parametrize("kind", unfit())
def test_what_cannot_be_a_template_is_refused_in_words(draft: Paper, board: Board, clerk: Person, kind: str) -> None:
    content, name, said = unfit()[kind]
    with pytest.raises(TemplateRefused, match=said):
        adopt(board, clerk, content, name)
    assert not PaperTemplate.objects.exists()


def test_a_link_in_the_footer_is_nothing_to_refuse(draft: Paper, board: Board, clerk: Person) -> None:
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        b' Target="https://www.example.org" TargetMode="External"/></Relationships>'
    )
    adopt(board, clerk, replaced(council_template(), "word/_rels/document.xml.rels", b"</Relationships>", link))


def test_the_page_takes_a_file_and_reports_what_it_found(draft: Paper, board: Board, clerk: Person) -> None:
    client = page_of(clerk)
    assert "no Word template of its own" in client.get(address(draft, board)).content.decode()
    handed = SimpleUploadedFile("Council report.docx", council_template())
    assert client.post(address(draft, board), {"file": handed}).status_code == 302
    page = client.get(address(draft, board)).content.decode()
    for said in ("Council report.docx", "Council Table", "In the place of the paragraph", "Not there: ours is used"):
        assert said in page
    assert "board, date, item, recommendation, title" in page
    (kept,) = PaperTemplate.objects.all()
    file = client.get(reverse("reports:template_file", args=[draft.contract.reference, board.pk, kept.pk]))
    assert file.content == bytes(kept.content)
    assert 'filename="Council report.docx"' in file.headers["Content-Disposition"]


def test_a_file_that_is_refused_is_said_so_beside_the_box(draft: Paper, board: Board, clerk: Person) -> None:
    refused = page_of(clerk).post(address(draft, board), {"file": SimpleUploadedFile("t.docx", b"words")})
    assert refused.status_code == 422
    assert "is named as a Word document" in refused.content.decode()
    assert page_of(clerk).post(address(draft, board), {}).status_code == 422


def test_the_preview_is_the_newest_paper_in_the_template(draft: Paper, board: Board, clerk: Person) -> None:
    client = page_of(clerk)
    assert client.get(address(draft, board, "template_preview")).status_code == 404
    adopt(board, clerk, council_template())
    shown = client.get(address(draft, board, "template_preview"))
    file = docx.Document(BytesIO(shown.content))
    assert file.sections[0].header.paragraphs[0].text == "DRAFT"
    assert file.sections[0].header.paragraphs[1].text == "Exampleshire: serving everyone"
    assert "preview-2018-03-29" in shown.headers["Content-Disposition"]


def test_a_template_of_another_board_is_not_found(draft: Paper, board: Board, clerk: Person) -> None:
    other = Board.objects.create(name="Planning Committee")
    kept = PaperTemplate.objects.create(
        board=other, name="x.docx", content=b"x", sha256="0" * 64, uploaded_at=AT, uploaded_by=clerk
    )
    client = page_of(clerk)
    assert client.get(address(draft, other)).status_code == 404
    theirs = reverse("reports:template_file", args=[draft.contract.reference, board.pk, kept.pk])
    assert client.get(theirs).status_code == 404
