"""Sample papers, printed once for all tests that look at them."""

from functools import cache

from reports.render import Rendered, render
from reports.render.document import Document
from reports.render.names import part_of_name
from reports.render.printable import printable
from reports.render.words import document
from reports.snapshot import BoardPaper
from tests.reports import samples
from tests.reports.render import kinds


@cache
def paper(sample: str) -> BoardPaper:
    made: BoardPaper = getattr(kinds if hasattr(kinds, sample) else samples, sample)()
    return made


@cache
def words(sample: str) -> Document:
    return document(printable(paper(sample)))


@cache
def files(sample: str, format: str) -> tuple[Rendered, ...]:
    return render(paper(sample), format)


def content(sample: str, format: str) -> bytes:
    """The one file of a format, or the first of CSV."""
    return files(sample, format)[0].content


def csv_named(sample: str, ending: str) -> bytes:
    (found,) = (file.content for file in files(sample, "csv") if part_of_name(file.name, 1) == ending)
    return found
