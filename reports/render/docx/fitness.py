"""
Whether a Word file can be a template, and what of it a paper takes.

It goes out with every paper, to the public too: so nothing in it may fetch or run anything, and nothing that its
authors told each other may travel with it.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from reports.render.docx.frame import controls_of
from reports.render.docx.pages import has_marker
from reports.render.docx.styles import adopt
from reports.render.templates import Examined, TemplateUnfit

HARMLESS: Final = ("http://", "https://", "mailto:")
"""What a link may lead to: it is followed by whoever clicks on it, and by nobody else."""
TOLD_EACH_OTHER: Final = {
    "w:ins": "tracked changes",
    "w:del": "tracked changes",
    "w:commentRangeStart": "comments",
    "w:altChunk": "another file that is drawn in",
    "w:object": "an embedded object",
    "w:control": "a control that runs",
}
NOT_WANTED: Final = {
    "comments.xml": "comments",
    "vbaProject.bin": "macros",
    "embeddings/": "embedded files",
    "activeX/": "controls that run",
}
MOST_BYTES: Final = 5 * 1024 * 1024


def examine(content: bytes) -> Examined:
    """Looks a Word file over. Raises :class:`reports.render.templates.TemplateUnfit`."""
    if len(content) > MOST_BYTES:
        raise TemplateUnfit("A template may have 5 MB at most, as it goes out with every paper: use smaller pictures.")
    try:
        file = docx.Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError) as problem:
        raise TemplateUnfit(
            "This is not a Word document that can be filled. Save it in Word as a document (.docx), not as a template"
            " (.dotx), and choose that."
        ) from problem
    _refuse_what_travels(file, content)
    return Examined(adopt(file.styles.element).matches, has_marker(file.element.body), tuple(controls_of(file)))


def _refuse_what_travels(file: Any, content: bytes) -> None:
    for address in _outside(file):
        if not address.lower().startswith(HARMLESS):
            raise TemplateUnfit(
                f"The template points to something outside it ({address}), which it would fetch or give away. Put"
                " pictures into the file itself, and detach it from any template of its own."
            )
    with ZipFile(BytesIO(content)) as packed:
        held = [words for part, words in NOT_WANTED.items() if any(part in name for name in packed.namelist())]
    inside = [words for tag, words in TOLD_EACH_OTHER.items() if next(file.element.iter(qn(tag)), None) is not None]
    if found := [*held, *inside]:
        raise TemplateUnfit(
            f"The template holds {found[0]}, which would go out with every paper. Accept or remove them, save it again"
            " and choose it anew."
        )
    sections = file.element.body.iter(qn("w:sectPr"))
    if not all(each.find(qn("w:pgSz")) is not None and each.find(qn("w:pgMar")) is not None for each in sections):
        raise TemplateUnfit("The template does not say how large its pages are: set paper size and margins in Word.")
    if file.element.body.find(qn("w:sectPr")) is None:
        raise TemplateUnfit("The template does not say how large its pages are: set paper size and margins in Word.")


def _outside(file: Any) -> Iterator[str]:
    parts = [file.part.package, *file.part.package.iter_parts()]
    for part in parts:
        for relation in part.rels.values():
            if relation.is_external:
                kind = relation.reltype.rpartition("/")[2]
                yield relation.target_ref if kind == "hyperlink" else f"{kind}: {relation.target_ref}"
