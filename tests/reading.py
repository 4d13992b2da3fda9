"""What a page says, read from its HTML: its text, its tables, its links. Tests compare words, not markup."""

from html.parser import HTMLParser
from typing import Protocol

HIDDEN = ("style", "script", "svg")
VOID = ("br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "line", "use")


class Page(Protocol):
    """What a test client brings back."""

    @property
    def content(self) -> bytes: ...


class _Reader(HTMLParser):
    """Gathers text by element: the whole, each cell of each row, each definition, each link."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.rows: list[list[str]] = []
        self.links: dict[str, str] = {}
        self.facts: list[list[str]] = []
        self.sections: list[str] = []
        self._open: list[str] = []
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "h2":
            self.sections.append("")
        elif tag == "dt":
            self.facts.append(["", ""])
        elif tag == "li" and self.facts:
            self.facts[-1][1] += " "
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if any(tag in self._open for tag in HIDDEN):
            return
        self.text.append(data)
        if "td" in self._open or "th" in self._open:
            self.rows[-1][-1] += data
        if "dt" in self._open or "dd" in self._open:
            self.facts[-1]["dd" in self._open] += data
        if "h2" in self._open:
            self.sections[-1] += data
        if "a" in self._open:
            self.links[_tidy(data)] = self._href


def _read(page: Page) -> _Reader:
    reader = _Reader()
    reader.feed(page.content.decode())
    return reader


def _tidy(text: str) -> str:
    return " ".join(text.split())


def text_of(page: Page) -> str:
    """Everything on the page that can be read, in one line."""
    return _tidy(" ".join(_read(page).text)).replace(" ,", ",").replace(" .", ".")


def rows_of(page: Page) -> list[list[str]]:
    """The rows of the page's tables, heads included, as the text of their cells."""
    return [[_tidy(cell) for cell in row] for row in _read(page).rows]


def facts_of(page: Page) -> dict[str, str]:
    """The terms of the page's description lists, with what is said of each; the last one of a name counts."""
    return {_tidy(term): _tidy(said) for term, said in _read(page).facts}


def links_of(page: Page) -> dict[str, str]:
    """Where the page's links lead, by their text; the last one of a name counts."""
    return _read(page).links


def sections_of(page: Page) -> list[str]:
    """The headings of the page's sections, in their order."""
    return [_tidy(heading) for heading in _read(page).sections]
