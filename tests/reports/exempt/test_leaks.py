"""A secret that gets into a public file is found wherever it stands, and nothing else is taken for one."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pikepdf
import pytest

from reports.build.halves import Halves, Mark, split
from reports.render import FORMATS, render_all
from reports.render.document import Card, Document, Table
from reports.render.leaks import leaks, secrets_of
from reports.render.printable import printable
from reports.render.reading import words_in
from reports.render.words import document
from reports.services.exempt import LeakFound, refuse_leaks
from reports.snapshot import RequestLine
from tests.reports.exempt.halves import PARTS, files, marked, parted, whole

SECRET = "The supplier offered a rebate of £48,250"
FIGURE = "1250000.00"


def with_secret() -> Halves:
    """A report whose exempt request tells of an amount, and names a day."""
    paper = whole("report")
    told = RequestLine(
        reference="R-2018-77",
        kind="request",
        raised_on=date(2016, 2, 29),
        raised_by="the Chairman",
        text=f"{SECRET} for the second year.",
        owner="Head of Procurement",
        due_meeting=None,
        status="open",
        answer=FIGURE,
    )
    return split(replace(paper, requests=(told,)), marked("requests"))


@pytest.fixture(scope="module")
def halves() -> Halves:
    return with_secret()


@pytest.fixture(scope="module")
def public(halves: Halves) -> dict[str, bytes]:
    return files(halves.public)


def found_in(halves: Halves, name: str, content: bytes) -> list[str]:
    assert halves.exempt is not None
    return leaks(halves.exempt, halves.public, [(name, content)])


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_a_parted_paper_leaks_nothing(kind: str, part: str) -> None:
    made = parted(kind, part)
    assert made.exempt is not None
    refuse_leaks(made.public, made.exempt, files(made.public).items())


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_the_whole_paper_under_a_public_name_is_found_in_every_format(kind: str, part: str) -> None:
    made = parted(kind, part)
    assert made.exempt is not None
    for format, file in render_all(whole(kind), FORMATS):
        if format != "csv" and secrets_of(made.exempt, made.public):
            assert leaks(made.exempt, made.public, [(file.name, file.content)]), format


def test_the_secrets_are_those_of_the_exempt_half_alone(halves: Halves) -> None:
    assert halves.exempt is not None
    assert set(secrets_of(halves.exempt, halves.public)) == {
        f"{SECRET} for the second year.",
        FIGURE,
        "R-2018-77",
        "2016-02-29",
        "Head of Procurement",
        "the Chairman",
    }


@pytest.mark.parametrize("said", [f"{SECRET} for the second year.", "£1,250,000", "29 February 2016", "R-2018-77"])
@pytest.mark.parametrize("ending", ["html", "csv", "json"])
def test_a_planted_text_is_found_in_plain_files(halves: Halves, said: str, ending: str) -> None:
    planted = {
        "html": f"<p>So: {said.replace(' ', '</b> <b>')}</p>",
        "csv": f'"item","text"\r\n"Note","{said}"\r\n',
        "json": f'{{"notes": ["{said}"]}}',
    }
    assert len(found_in(halves, f"paper.{ending}", planted[ending].encode())) == 1


@pytest.mark.parametrize(
    "page",
    [
        f"<!-- {SECRET} for the second year. -->",
        f'<img alt="{SECRET} for the second year.">',
        f"<svg><title>{SECRET} for the second year.</title></svg>",
        f'<meta name="description" content="{SECRET} for the second year.">',
    ],
)
def test_a_planted_text_is_found_where_no_reader_sees_it(halves: Halves, page: str) -> None:
    assert found_in(halves, "paper.html", page.encode())


def test_a_key_of_the_json_may_not_tell_it_either(halves: Halves) -> None:
    assert found_in(halves, "paper.json", b'{"R-2018-77": 1}')


@pytest.mark.parametrize("field", ["title", "keywords", "comments", "category"])
def test_it_is_found_in_the_properties_of_a_word_file(halves: Halves, public: dict[str, bytes], field: str) -> None:
    name = next(name for name in public if name.endswith(".docx"))
    file = docx.Document(BytesIO(public[name]))
    setattr(file.core_properties, field, "About R-2018-77")
    assert found_in(halves, name, _saved(file)) == [f"{name} says “R-2018-77”."]


def test_it_is_found_in_a_word_file_across_runs_in_headers_and_alt_texts(
    halves: Halves, public: dict[str, bytes]
) -> None:
    name = next(name for name in public if name.endswith(".docx"))
    file = docx.Document(BytesIO(public[name]))
    line = file.add_paragraph("Head of Pro")
    line.add_run("curement").bold = True
    assert found_in(halves, name, _saved(file))
    file = docx.Document(BytesIO(public[name]))
    file.sections[0].header.paragraphs[0].text = "Head of Procurement"
    assert found_in(halves, name, _saved(file))
    file = docx.Document(BytesIO(public[name]))
    file.inline_shapes[0]._inline.docPr.set("descr", "1,250,000 in all")
    assert found_in(halves, name, _saved(file))


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_it_is_found_in_every_part_of_a_spreadsheet(halves: Halves, public: dict[str, bytes], part: str) -> None:
    name = next(name for name in public if name.endswith(".xlsx"))
    changed = BytesIO()
    with ZipFile(BytesIO(public[name])) as source, ZipFile(changed, "w") as target:
        for each in source.namelist():
            content = source.read(each)
            if each == part:
                for old in (b">Scrutineer<", b'name="Requests"', b'name="Paper"', b"<t>Note</t>", b"<t>Mark</t>"):
                    new = b'name="R-2018-77"' if old.startswith(b"name") else old.split(b">")[0] + b">R-2018-77<"
                    new += old.partition(b">")[2].partition(b"<")[2] if b"<t>" in old else b""
                    content = content.replace(old, new, 1)
            target.writestr(each, content)
    assert found_in(halves, name, changed.getvalue())


@pytest.mark.parametrize("place", ["properties", "bookmark", "alt text", "page"])
def test_it_is_found_in_a_pdf(halves: Halves, public: dict[str, bytes], place: str) -> None:
    name = next(name for name in public if name.endswith("-r1-public.pdf"))
    out = BytesIO()
    with pikepdf.open(BytesIO(public[name])) as pdf:
        if place == "properties":
            pdf.docinfo["/Keywords"] = "R-2018-77"
        elif place == "bookmark":
            with pdf.open_outline() as outline:
                outline.root[0].title = "R-2018-77"
        elif place == "alt text":
            next(
                each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
            ).Alt = pikepdf.String("Head of Procurement")
        else:
            whole_paper = halves.exempt
            assert whole_paper is not None
            _, other = next(render_all(replace(whole_paper, audience="public", exempt=()), ["pdf"]))
            with pikepdf.open(BytesIO(other.content)) as source:
                pdf.pages.extend(source.pages)
        pdf.save(out)
    assert found_in(halves, name, out.getvalue())


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
@pytest.mark.parametrize("kind", ["report", "projects"])
def test_reading_a_file_back_finds_every_text_of_the_paper(kind: str, format: str) -> None:
    """What is not read back could never be found."""
    paper = whole(kind)
    _, file = next(render_all(paper, [format]))
    said = _letters(words_in(file.name, file.content))
    lost = [text for text in _printed(document(printable(paper))) if _letters(text) not in said]
    assert lost == []


def test_a_file_that_cannot_be_read_back_is_no_file_without_leaks(halves: Halves) -> None:
    with pytest.raises(ValueError, match="cannot be read back"):
        found_in(halves, "paper.odt", b"")


def test_words_that_every_paper_uses_are_nobodys_secret(halves: Halves) -> None:
    told = RequestLine(
        "R1", "request", whole("report").made_on, "", "Mitigation relief", "Target met", None, "open", ""
    )
    assert halves.exempt is not None
    exempt = replace(halves.exempt, requests=(told,))
    assert "Mitigation relief" not in secrets_of(exempt, halves.public)
    assert "Target met" not in secrets_of(exempt, halves.public)


def test_what_the_template_says_itself_is_no_leak(halves: Halves) -> None:
    assert halves.exempt is not None
    assert leaks(halves.exempt, halves.public, [("a.csv", b'"Head of Procurement"\r\n')], "Head of Procurement") == []


def test_a_leak_is_refused_in_plain_words(halves: Halves) -> None:
    planted = [(f"{number}.csv", b'"R-2018-77"\r\n') for number in range(7)]
    with pytest.raises(LeakFound, match=r"0\.csv says “R-2018-77”\..* in 2 more places\. Take it out"):
        refuse_leaks(halves.public, halves.exempt, planted)


def test_data_left_behind_in_the_public_half_are_refused(halves: Halves) -> None:
    assert halves.exempt is not None
    with pytest.raises(LeakFound, match="still has data of a section that is withheld"):
        refuse_leaks(replace(halves.public, requests=halves.exempt.requests), halves.exempt, [])


def test_a_text_that_stands_in_a_public_part_too_is_no_secret() -> None:
    paper = whole("report")
    assert paper.words is not None
    said = replace(paper, words=replace(paper.words, implications="That the report be noted."))
    made = split(said, [Mark("implications", 5, "Legal advice.")])
    assert made.exempt is not None
    assert secrets_of(made.exempt, made.public) == {}


def _saved(file: object) -> bytes:
    out = BytesIO()
    file.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _printed(shown: Document) -> list[str]:
    texts = [shown.title, shown.headline, *shown.introduction, *(text for row in shown.facts.rows for text in row)]
    for section in shown.sections:
        texts.append(section.title)
        for block in section.blocks:
            tables: tuple[Table, ...] = (block,) if isinstance(block, Table) else ()
            if isinstance(block, Card):
                texts.append(block.title)
                tables = (*block.tables, *block.details)
            texts += [cell.text for table in tables for row in table.rows for cell in row]
            texts += [text] if (text := getattr(block, "text", "")) else []
    return [text for text in texts if text]
