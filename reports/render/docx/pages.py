"""
Where the text goes in a Word file, and how its pages lie: upright, and across for wide tables.

In the plain file the text is everything. In a template it stands in the place of the paragraph `{{paper}}`, or at the
end; paper size, margins, header and footer are those of the place, which wide pages turn and do not change.
"""

from copy import deepcopy
from typing import Any, Final

from docx.oxml.ns import qn

from reports.render.docx.elements import element

MARKER: Final = "{{paper}}"
LATER: Final = ("w:titlePg", "w:pgNumType")
"""What counts for the first page of the text alone: its first header, and where its numbers begin."""
BEFORE_COLUMNS: Final = ("w:lnNumType", "w:pgBorders", "w:paperSrc", "w:pgMar")
"""What page setup says before it says its columns, the last of it first."""
GAP: Final = 400
"""Between two columns, in twentieths of a point."""


class Pages:
    """Puts blocks into the body of a file one after the other; :meth:`turn` begins a new page of either orientation."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self._place, self._is_marker = _place_in(body)
        self._ground = _ground_of(self._place)
        self._is_last = self._place.tag == qn("w:sectPr") or _is_followed_by_nothing(self._place)
        self._has_turned = False
        size = self._ground.find(qn("w:pgSz"))
        self._upright = (int(size.get(qn("w:w"))), int(size.get(qn("w:h"))))
        self.is_wide = False
        self._columns = 1

    @property
    def width(self) -> int:
        """Of a column of the text, in twentieths of a point."""
        margins = self._ground.find(qn("w:pgMar"))
        sides = sum(int(margins.get(qn(f"w:{side}")) or 0) for side in ("left", "right", "gutter"))
        return (self._size(self.is_wide)[0] - sides - GAP * (self._columns - 1)) // self._columns

    @property
    def last(self) -> Any:
        """What was put in last, or stood before the text; nothing at the very beginning."""
        return self._place.getprevious()

    @property
    def is_after_table(self) -> bool:
        return self.last is not None and self.last.tag == qn("w:tbl")

    def since(self, block: Any) -> list[Any]:
        """What was put in after `block`, in order."""
        return list(self._body[0 if block is None else self._body.index(block) + 1 : self._body.index(self._place)])

    def add(self, block: Any) -> None:
        self._place.addprevious(block)

    @property
    def has_columns(self) -> bool:
        return self._columns > 1

    def turn(self, *, is_wide: bool, columns: int = 1) -> None:
        """Ends the pages so far and begins new ones."""
        self._end_pages()
        self.is_wide = is_wide
        self._columns = columns

    def finish(self) -> None:
        """What follows the text in the template stands on pages of its own orientation again."""
        if self.is_wide and not self._is_last:
            self.turn(is_wide=False)
        elif self._is_last and self.is_after_table:
            self._place.addprevious(_least())
        self._lay(self._ground, self.is_wide)
        if self._is_marker:
            _remove_marker(self._place)

    def _end_pages(self) -> None:
        ended = deepcopy(self._ground)
        self._lay(ended, self.is_wide)
        last = self._place.getprevious()
        if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            last = _least()
            self._place.addprevious(last)
        properties = last.find(qn("w:pPr"))
        if properties is None:
            properties = element("w:pPr")
            last.insert(0, properties)
        properties.append(ended)
        if not self._has_turned:
            self._begin_anew()
            self._has_turned = True

    def _begin_anew(self) -> None:
        """The pages after the first turn begin on a new page, and take header and footer from those before them."""
        for name in ("w:headerReference", "w:footerReference", "w:type", *LATER):
            for found in self._ground.findall(qn(name)):
                self._ground.remove(found)
        self._ground.insert(0, element("w:type", w_val="nextPage"))

    def _lay(self, ground: Any, is_wide: bool) -> None:
        if self.has_columns:
            for found in ground.findall(qn("w:cols")):
                ground.remove(found)
            before = next(found for name in BEFORE_COLUMNS for found in ground.findall(qn(name)))
            before.addnext(element("w:cols", w_num=self._columns, w_space=GAP))
        width, height = self._size(is_wide)
        size = ground.find(qn("w:pgSz"))
        size.set(qn("w:w"), str(width))
        size.set(qn("w:h"), str(height))
        if width > height:
            size.set(qn("w:orient"), "landscape")
        elif qn("w:orient") in size.attrib:
            del size.attrib[qn("w:orient")]

    def _size(self, is_wide: bool) -> tuple[int, int]:
        width, height = self._upright
        return (max(width, height), min(width, height)) if is_wide else (width, height)


def _least() -> Any:
    """The paragraph that Word wants where pages end with a table: of no height, so that it makes no page of its own."""
    spacing = element("w:spacing", w_before=0, w_after=0, w_line=20, w_lineRule="exact")
    return element("w:p", element("w:pPr", spacing, element("w:rPr", element("w:sz", w_val=2))))


def has_marker(body: Any) -> bool:
    return _place_in(body)[1]


def _place_in(body: Any) -> tuple[Any, bool]:
    for paragraph in body.findall(qn("w:p")):
        if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip() == MARKER:
            return paragraph, True
    return body.find(qn("w:sectPr")), False


def _ground_of(place: Any) -> Any:
    """The page setup that holds where the text goes: the next one said."""
    for each in (place, *place.itersiblings()):
        if each.tag == qn("w:sectPr"):
            return each
        within = each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if within is not None:
            return within
    raise ValueError("The template says nothing of its pages.")


def _is_followed_by_nothing(place: Any) -> bool:
    return all(each.tag == qn("w:sectPr") for each in place.itersiblings()) and (
        place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None
    )


def _remove_marker(paragraph: Any) -> None:
    """It goes, unless it also ends the pages of its part of the template: then its words do."""
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)
        return
    for words in paragraph.findall(qn("w:r")):
        paragraph.remove(words)
