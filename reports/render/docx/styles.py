"""
Which styles a Word paper takes: those of the council's template where it has them, by their names, and ours where not.

Word keeps the names of its own styles in English in every language, while their ids are translated, so names are what
is looked for. What the template lacks is added in its manner: our spacing, in the fonts and colours of its normal
style.
"""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.render.templates import Match

SOURCE: Final = Path(__file__).with_name("styles.xml")
WANTED: Final = {
    "Title": "Title of the paper",
    "Subtitle": "Board and date",
    "Heading1": "Headings of sections",
    "Heading2": "Headings of KPIs and projects",
    "Normal": "Text",
    "TOCHeading": "Title of the contents",
    "TOC1": "Contents",
    "TOC2": "Contents of long reports",
    "Caption": "Captions of tables",
    "Header": "Header",
    "Footer": "Footer",
    "Headline": "The headline",
    "Note": "Notes",
    "Mark": "Status lines",
    "Fact": "Terms with what is said of them",
    "FactSmall": "Terms under the title",
    "TableText": "Text in tables",
    "TableTextSmall": "Text in wide tables",
    "Quiet": "Quiet words in a line",
    "Hyperlink": "Links",
}
"""Our styles by id, and what each is for."""
CHARACTERS: Final = frozenset({"Quiet", "Hyperlink"})
TABLE: Final = "Tables"
PLAIN_TABLES: Final = frozenset({"normal table", "table normal"})
KNOWN_TABLES: Final = ("table grid", "table grid light", "grid table 1 light", "plain table 1")


@dataclass(frozen=True, slots=True)
class Styles:
    """The id that each of our styles has in a file, and the table style of the template, if it has one."""

    ids: dict[str, str]
    table: str
    matches: tuple[Match, ...]

    def is_councils(self, key: str) -> bool:
        """Whether the template has this style of ours itself, and so decides how it looks."""
        return key in self.ids and any(match.found and match.purpose == WANTED[key] for match in self.matches)

    def apply(self, block: Any) -> Any:
        """A paragraph or table of ours in the styles of the file."""
        for kind in ("w:pStyle", "w:rStyle"):
            for style in block.iter(qn(kind)):
                name = style.get(qn("w:val"))
                style.set(qn("w:val"), self.ids.get(name, name))
        return block


OURS: Final = Styles({}, "", ())
"""In the plain file that ships every style is ours, under its own id."""


def plain_styles() -> Any:
    """All of our styles as they ship."""
    return parse_xml(SOURCE.read_bytes())


def adopt(styles: Any) -> Styles:
    """Finds our styles in the template's, and adds to it what it lacks."""
    ours = {style.get(qn("w:styleId")): style for style in plain_styles().iter(qn("w:style"))}
    own = list(styles.iter(qn("w:style")))
    by_name = {(_type(style), _name(style).casefold()): style for style in own}
    normal = next((_id(style) for style in own if _type(style) == "paragraph" and _is_default(style)), "Normal")
    ids, matches, lacking = {"Normal": normal}, [], []
    for key, purpose in WANTED.items():
        kind = "character" if key in CHARACTERS else "paragraph"
        found = by_name.get((kind, _name(ours[key]).casefold()))
        if found is not None:
            ids[key] = _id(found)
        elif key != "Normal":
            lacking.append(key)
        matches.append(Match(purpose, _name(ours[key]), "" if found is None else _name(found)))
    taken = {_id(style) for style in own}
    ids |= {key: key if key not in taken else f"Scrutineer{key}" for key in lacking}
    for key in lacking:
        styles.append(_added(ours[key], ids))
    table = _table_style(own)
    name = next((_name(style) for style in own if _id(style) == table), "")
    return Styles(ids, table, (*matches, Match(TABLE, "a table style", name)))


def _added(style: Any, ids: dict[str, str]) -> Any:
    """Ours on the template's: its own fonts and colours come from what the style is based on."""
    made = deepcopy(style)
    made.set(qn("w:styleId"), ids[_id(style)])
    for kind in ("w:basedOn", "w:next"):
        for other in made.iter(qn(kind)):
            other.set(qn("w:val"), ids.get(other.get(qn("w:val")), ids["Normal"]))
    for colour in list(made.iter(qn("w:color"))):
        colour.getparent().remove(colour)
    return made


def _table_style(styles: list[Any]) -> str:
    """The council's own if it has one, or the grid that it uses; its default one where that is more than bare cells."""
    tables = [style for style in styles if _type(style) == "table" and _name(style).casefold() not in PLAIN_TABLES]
    by_default = [style for style in tables if _is_default(style)]
    custom = [style for style in tables if style.get(qn("w:customStyle")) in ("1", "true")]
    known = [style for name in KNOWN_TABLES for style in tables if _name(style).casefold() == name]
    return next((_id(style) for style in (*by_default, *custom, *known)), "")


def _is_default(style: Any) -> bool:
    return style.get(qn("w:default")) in ("1", "true")


def _type(style: Any) -> str:
    return str(style.get(qn("w:type")))


def _id(style: Any) -> str:
    return str(style.get(qn("w:styleId")))


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val")))
