"""
Whether a Word file can be a template, and what of it a paper takes.

It goes out with every paper, to the public too: so nothing in it may fetch or run anything, and nothing that its
authors told each other may travel with it.
"""

from io import BytesIO
from typing import Any, Final

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from reports.render.docx.frame import controls_of
from reports.render.docx.pages import has_marker
from reports.render.docx.styles import adopt
from reports.render.docx.travels import refuse_definitions, refuse_what_travels
from reports.render.templates import Examined, TemplateUnfit

MOST_BYTES: Final = 5 * 1024 * 1024


def examine(content: bytes) -> Examined:
    """Looks a Word file over. Raises :class:`reports.render.templates.TemplateUnfit`."""
    if len(content) > MOST_BYTES:
        raise TemplateUnfit("A template may have 5 MB at most, as it goes out with every paper: use smaller pictures.")
    refuse_definitions(content)
    try:
        file = docx.Document(BytesIO(content))
        refuse_what_travels(file, content)
    except TemplateUnfit:
        raise
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as problem:
        raise TemplateUnfit(
            "This is not a Word document that can be filled. Save it in Word as a document (.docx), not as a template"
            " (.dotx), and choose that."
        ) from problem
    _refuse_pages(file)
    return Examined(adopt(file.styles.element).matches, has_marker(file.element.body), tuple(controls_of(file)))


def _refuse_pages(file: Any) -> None:
    sections = file.element.body.iter(qn("w:sectPr"))
    if not all(each.find(qn("w:pgSz")) is not None and each.find(qn("w:pgMar")) is not None for each in sections):
        raise TemplateUnfit("The template does not say how large its pages are: set paper size and margins in Word.")
    if file.element.body.find(qn("w:sectPr")) is None:
        raise TemplateUnfit("The template does not say how large its pages are: set paper size and margins in Word.")
