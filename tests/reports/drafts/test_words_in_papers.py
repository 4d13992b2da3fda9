"""What people wrote is printed in every format, in the customary places, and nowhere where nobody wrote."""

from dataclasses import replace
from io import BytesIO
from json import loads
from zipfile import ZipFile

import pytest

from reports.render import render
from reports.render.document import Card, Paragraph
from reports.render.sheets import sheets
from reports.render.words import document
from reports.snapshot import BoardPaper, ExemptLine, RemarkLine, Words, from_json, to_json
from tests.reports import samples
from tests.reports.papers import kpi, month, paper, relief
from tests.reports.render.tagged import read
from tests.reports.written_words import REMARKS, WORDS

WRITTEN = (
    *WORDS.introduction.splitlines(),
    WORDS.recommendation,
    *WORDS.implications.splitlines(),
    WORDS.consultation,
    *WORDS.background,
    WORDS.author,
)


def titles(shown: BoardPaper) -> list[str]:
    return [section.title.partition(" ")[2].partition(" (")[0] for section in document(shown).sections]


def told(shown: BoardPaper, key: str) -> list[str]:
    (section,) = [each for each in document(shown).sections if each.key == key]
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def printed(shown: BoardPaper, format: str) -> str:
    content = render(shown, format)[0].content
    if format == "docx":
        with ZipFile(BytesIO(content)) as file:
            return file.read("word/document.xml").decode()
    if format == "xlsx":
        with ZipFile(BytesIO(content)) as file:
            return file.read("xl/sharedStrings.xml").decode()
    if format == "pdf":
        return said(read(content).root)
    if format == "csv":
        return "\n".join(file.content.decode() for file in render(shown, format))
    return content.decode()


def said(element: object) -> str:
    inside = getattr(element, "inside", None)
    return str(element) if inside is None else " ".join(said(each) for each in inside)


@pytest.mark.parametrize("format", ["html", "json", "csv", "pdf", "docx", "xlsx"])
def test_every_format_prints_all_of_it(format: str) -> None:
    text = " ".join(printed(samples.written(), format).split())
    for words in (*WRITTEN, *(remark.text for remark in REMARKS), "One KPI failed in January."):
        assert words in text, words


def test_the_json_keeps_the_generated_headline_and_comes_back_as_it_went() -> None:
    shown = samples.written()
    plain = loads(to_json(shown))
    assert (plain["headline"], plain["headline_generated"]) == ("One KPI failed in January.", samples.small().headline)
    assert plain["words"]["background_until"] == "2022-03-29"
    assert plain["remarks"][0] == {"about": "kpi", "subject": "CSC_KPI_04", "text": REMARKS[0].text}
    assert from_json(to_json(shown)) == shown


def test_the_recommendation_stands_near_the_head_and_the_rest_before_the_appendices() -> None:
    assert titles(samples.written())[:2] == ["Open requests of the Board", "Recommendation"]
    closing = ["Implications", "Consultation", "Background papers", "Author"]
    for shown, first in ((samples.written(), "Results by service area"), (samples.written_projects(), None)):
        names = titles(shown)
        sections = document(shown).sections
        begin = next(place for place, section in enumerate(sections) if section.is_appendix)
        assert names[begin - 4 : begin] == closing
        assert first is None or first in sections[begin].title


def test_the_introduction_follows_the_headline_paragraph_by_paragraph() -> None:
    shown = document(samples.written())
    assert shown.introduction == tuple(WORDS.introduction.splitlines())
    html = printed(samples.written(), "html")
    places = [html.index(text) for text in (shown.headline, *shown.introduction, shown.since_last)]
    assert places == sorted(places)


def test_a_paper_from_before_there_were_words_has_no_such_sections() -> None:
    shown = samples.small()
    assert document(shown).introduction == ()
    assert not {"Recommendation", "Background papers", "Author"} & set(titles(shown))
    assert "words" not in loads(to_json(shown))


def test_without_background_papers_the_paper_says_so_and_what_is_blank_is_left_out() -> None:
    bare = replace(samples.small(), words=Words(recommendation="That it be noted."))
    assert told(bare, "background") == ["No background papers were used."]
    assert not {"Implications", "Consultation", "Author"} & set(titles(bare))


def test_background_papers_say_until_when_they_are_open() -> None:
    assert told(samples.written(), "background") == [
        *WORDS.background,
        "They are open to inspection until Tuesday 29 March 2022.",
    ]


def test_item_and_lateness_stand_in_the_title_block() -> None:
    late = replace(samples.small(), words=replace(WORDS, lateness="The figures\ncame late."))
    facts = dict(document(late).facts.rows)
    assert (facts["Agenda item"], facts["Why it is late"]) == ("7", "The figures came late.")
    assert "Why it is late" not in dict(document(samples.written()).facts.rows)


def test_a_remark_ends_the_card_of_its_exception() -> None:
    cards = [
        block
        for section in document(samples.written()).sections
        if section.key == "exceptions"
        for block in section.blocks
        if isinstance(block, Card)
    ]
    remarks = {card.code: card.facts[-1].rows for card in cards if dict(card.facts[-1].rows).get("Remark")}
    assert remarks == {"CSC_KPI_04": (("Remark", REMARKS[0].text),)}


def test_every_remark_stands_once_whatever_rule_its_subject_tripped() -> None:
    """Missed, without a figure, recovered, relieved though missed, relieved and met: each has its place, once."""
    begin = month("2017-08")
    rows = {
        "CSC_KPI_01": "ggggrr",
        "CSC_KPI_02": "gggggn",
        "CSC_KPI_03": "ggrggg",
        "ACF_KPI_01": "gggrgg",
        "ACF_KPI_02": "gggggg",
        "ACF_KPI_03": "rraggg",
    }
    granted = relief("REL-1", "2017-11", None, "ACF_KPI_01", "ACF_KPI_02")
    histories = [
        kpi(f"{code} {letters}", begin, *([granted] if code.startswith("ACF") else []))
        for code, letters in rows.items()
    ]
    remarks = tuple(RemarkLine("kpi", code, f"Remark on {code}, once.") for code in rows)
    text = printed(replace(paper(histories, granted), remarks=remarks), "html")
    assert {code: text.count(f"Remark on {code}, once.") for code in rows} == dict.fromkeys(rows, 1)


def test_every_remark_on_a_project_stands_once() -> None:
    shown = samples.board_projects()
    references = {line.reference for line in shown.projects.exceptions}
    remarks = tuple(RemarkLine("project", each, f"Remark on {each}, once.") for each in sorted(references))
    text = printed(replace(shown, remarks=remarks), "html")
    assert {each: text.count(f"Remark on {each}, once.") for each in references} == dict.fromkeys(references, 1)


def test_the_tables_have_a_column_for_remarks_where_there_are_any() -> None:
    by_key = {sheet.key: sheet for sheet in sheets(samples.written())}
    exceptions = by_key["exceptions"]
    assert exceptions.columns[-1].key == "remark"
    assert {row[0]: row[-1] for row in exceptions.rows if row[-1]} == {
        remark.subject: remark.text for remark in REMARKS if remark.about == "kpi"
    }
    assert by_key["project_exceptions"].rows[0][-1] == REMARKS[2].text
    assert "remark" not in [column.key for sheet in sheets(samples.small()) for column in sheet.columns]


def test_the_exempt_part_leaves_the_introduction_to_the_public_paper() -> None:
    withheld = ExemptLine("requests", "Open requests of the Board", 3, "A tender is under way.")
    exempt = replace(samples.written(), audience="exempt", exempt=(withheld,))
    assert document(exempt).introduction == ()
