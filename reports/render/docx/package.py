"""The Word file round the text: properties, settings, and a container with the same bytes for the same paper."""

from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.render.document import Document
from reports.render.docx.elements import element

STYLES: Final = Path(__file__).with_name("styles.xml")
WORD_2013: Final = "15"
UNUSED: Final = ("stylesWithEffects", "customXml", "thumbnail")
"""Parts of the library's template that this paper does without."""


def blank(document: Document) -> Any:
    """An empty file with our styles and the paper's properties."""
    file = docx.Document()
    styles = file.styles.element
    styles.clear()
    styles.extend(parse_xml(STYLES.read_bytes()))
    for owner in (file.part, file.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED:
                owner.rels.pop(name)
    _set_settings(file.settings.element)
    _set_properties(file.core_properties, document)
    return file


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


def _set_properties(properties: Any, document: Document) -> None:
    made_at = datetime.combine(document.made_on, time(), UTC)
    properties.title = document.title[:255]
    properties.subject = document.occasion[:255]
    properties.author = "Scrutineer"
    properties.last_modified_by = "Scrutineer"
    properties.comments = ""
    properties.language = document.language
    properties.created = properties.modified = made_at
    properties.revision = 1


def _set_settings(settings: Any) -> None:
    """Today's layout rules of Word instead of its compatibility mode, and British English."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD_2013)
    for language in list(settings.iter(qn("w:themeFontLang"))):
        language.getparent().replace(language, element("w:themeFontLang", w_val="en-GB"))
