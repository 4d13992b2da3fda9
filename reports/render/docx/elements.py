"""Words as Word's own elements: runs, paragraphs, fields and bookmarks, the small parts everything else is made of."""

from collections.abc import Iterable
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from config.ui.status import look

# Typed, unlike on pages and in the PDF: text survives every editor and every conversion.
SHAPES: Final = {
    "target_met": "●",
    "below_target": "▲",
    "below_minimum": "■",
    "relief_granted": "◆",
    "not_measured": "○",
    "missing": "◌",
    "green": "●",
    "amber": "▲",
    "red": "■",
    "unrated": "○",
}
QUIET: Final = "Quiet"
BULLET: Final = 340
"""How far the text of a list stands in, in twentieths of a point."""
CALM: Final = frozenset({"target_met", "green"})
"""Words that need no emphasis: the eye must go to the others."""


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """`element("w:spacing", w_after=60)` is `<w:spacing w:after="60"/>`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), str(value))
    made.extend(children)
    return made


def run(text: str, *, style: str = "", is_bold: bool = False, colour: str = "", underline: str = "") -> Any:
    """A run of one look, `style` being the id of a character style; line breaks in the text become Word's."""
    looks = []
    if style:
        looks.append(element("w:rStyle", w_val=style))
    if is_bold:
        looks.append(element("w:b"))
    if colour:
        looks.append(element("w:color", w_val=colour.lstrip("#")))
    if underline:
        looks.append(element("w:u", w_val=underline))
    made = element("w:r", element("w:rPr", *looks)) if looks else element("w:r")
    for place, line in enumerate(text.split("\n")):
        if place:
            made.append(element("w:br"))
        made.append(_text(line))
    return made


def status(key: str, word: str = "") -> list[Any]:
    """Shape and word of a status in its colour."""
    shown = look(key)
    return [run(f"{SHAPES[key]} {word or shown.word}", is_bold=key not in CALM, colour=shown.colour)]


def paragraph(style: str, *runs: Any, align: str = "", is_kept: bool = False, border: bool = False) -> Any:
    """A paragraph by the id of its style; `is_kept` keeps it on the page of what follows."""
    properties = element("w:pPr", element("w:pStyle", w_val=style))
    if is_kept:
        properties.append(element("w:keepNext"))
    if border:
        rule = element("w:top", w_val="single", w_sz=4, w_space=8, w_color="C5CDD6")
        properties.append(element("w:pBdr", rule))
    if align:
        properties.append(element("w:jc", w_val=align))
    return element("w:p", properties, *runs)


AFTER_SPACING: Final = ("w:ind", "w:contextualSpacing", "w:jc", "w:rPr", "w:sectPr")
"""What follows a paragraph's spacing in its properties."""


def space_before(block: Any, twentieths: int) -> None:
    """Room above a paragraph whatever its style says, as after a table, which has none of its own."""
    spacing = element("w:spacing", w_before=twentieths)
    after = next((each for name in AFTER_SPACING for each in block.pPr.findall(qn(name))), None)
    if after is None:
        block.pPr.append(spacing)
    else:
        after.addprevious(spacing)


def keep_with_next(block: Any) -> None:
    """Every paragraph of a block stays on the page of what follows it."""
    for each in block.iter(qn("w:p")):
        properties = each.find(qn("w:pPr"))
        if properties.find(qn("w:keepNext")) is None:
            properties.find(qn("w:pStyle")).addnext(element("w:keepNext"))


def bullet(style: str, *runs: Any) -> Any:
    """An item of a list. Its mark is typed, as shapes are: a numbering of ours would clash with that of a template."""
    made = paragraph(style, run("•"), tab(), *runs)
    made.pPr.append(element("w:ind", w_left=BULLET, w_hanging=BULLET))
    return made


def lines(*parts: list[Any]) -> list[Any]:
    """Groups of runs, one under the other."""
    joined: list[Any] = []
    for part in parts:
        joined += [element("w:r", element("w:br")), *part] if joined else part
    return joined


def tab() -> Any:
    return element("w:r", element("w:tab"))


def field(instruction: str, shown: Iterable[Any]) -> list[Any]:
    """A field with the result that stands there until the program works it out again."""
    return [
        _field_mark("begin"),
        element("w:r", _instruction(instruction)),
        _field_mark("separate"),
        *shown,
        _field_mark("end"),
    ]


def bookmark(number: int, name: str, *inside: Any) -> list[Any]:
    start = element("w:bookmarkStart", w_id=number, w_name=name)
    return [start, *inside, element("w:bookmarkEnd", w_id=number)]


def _text(line: str) -> Any:
    made = element("w:t")
    made.text = line
    made.set(qn("xml:space"), "preserve")
    return made


def _instruction(instruction: str) -> Any:
    made = element("w:instrText")
    made.text = f" {instruction} "
    made.set(qn("xml:space"), "preserve")
    return made


def _field_mark(kind: str) -> Any:
    return element("w:r", element("w:fldChar", w_fldCharType=kind))
