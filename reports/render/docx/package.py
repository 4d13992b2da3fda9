"""The Word file round the text: properties, settings, and a container with the same bytes for the same paper."""

from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

from reports.render.docx.elements import element
from reports.render.docx.styles import plain_styles

MARGIN: Final = Cm(2)
ABOVE_HEADER: Final = Cm(0.8)
"""Two lines of header leave room before the text."""
WORD_2013: Final = "15"
UNUSED: Final = ("stylesWithEffects", "customXml", "thumbnail")
"""Parts of the library's template that this paper does without."""


def blank() -> Any:
    """An empty file with our styles, on A4."""
    file = docx.Document()
    styles = file.styles.element
    styles.clear()
    styles.extend(plain_styles())
    for owner in (file.part, file.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED:
                owner.rels.pop(name)
    _set_settings(file.settings.element)
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = page.left_margin = page.right_margin = MARGIN
    page.header_distance = ABOVE_HEADER
    return file


def from_template(template: bytes) -> Any:
    """The council's own file, to be filled."""
    return docx.Document(BytesIO(template))


def saved(file: Any) -> bytes:
    """The bytes, with every entry of the container dated alike."""
    written = BytesIO()
    file.save(written)
    out = BytesIO()
    with ZipFile(written) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _set_settings(settings: Any) -> None:
    """Today's layout rules of Word instead of its compatibility mode, and British English."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD_2013)
    for language in list(settings.iter(qn("w:themeFontLang"))):
        language.getparent().replace(language, element("w:themeFontLang", w_val="en-GB"))
