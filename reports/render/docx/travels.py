"""
What a template would carry out with every paper: told by what its parts are, not by what they are called.

Only kinds of parts that a template needs are taken, and only fields that reckon with the paper itself: a field can
fetch a file or start a program without any link to it. A field may be put together from others, so what is not known to
be harmless is refused.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.render.templates import TemplateUnfit

HARMLESS: Final = ("http://", "https://", "mailto:")
"""What a link may lead to: it is followed by whoever clicks on it, and by nobody else."""
TOLD_EACH_OTHER: Final = {
    "w:ins": "tracked changes",
    "w:del": "tracked changes",
    "w:moveFrom": "tracked changes",
    "w:moveTo": "tracked changes",
    "w:commentRangeStart": "comments",
    "w:altChunk": "another file that is drawn in",
    "w:object": "an embedded object",
    "w:control": "a control that runs",
    "w:mailMerge": "a mail merge",
}
NOT_WANTED: Final = {
    "comments.xml": "comments",
    "people.xml": "the names of who commented on it",
    "vbaProject.bin": "macros",
    "embeddings/": "embedded files",
    "activeX/": "controls that run",
}
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
KINDS: Final = (
    *(
        f"{WORD}{part}+xml"
        for part in (
            "document.main", "document.glossary", "styles", "settings", "webSettings", "fontTable", "numbering",
            "header", "footer", "footnotes", "endnotes",
        )
    ),
    *(f"{OFFICE}{part}" for part in ("theme", "drawingml.", "extended-", "custom-properties", "customXmlProperties")),
    f"{OFFICE}obfuscatedFont", "application/vnd.ms-word.stylesWithEffects+xml", "application/x-fontdata",
    "application/vnd.openxmlformats-package.core-properties+xml", "application/vnd.ms-office.drawingml.",
    "application/vnd.ms-office.classificationlabels+xml", "application/xml", "text/xml",
    "image/png", "image/jpeg", "image/jpg", "image/gif", "image/bmp", "image/tiff", "image/x-emf", "image/x-wmf",
)  # fmt: skip
"""How the kinds of parts begin that a template is made of."""
FIELDS: Final = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "TC", "INDEX",
    "XE", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "KEYWORDS", "DOCPROPERTY", "IF",
    "COMPARE", "=", "SYMBOL", "HYPERLINK", "ADVANCE", "EQ", "LISTNUM",
})  # fmt: skip
"""What a field may be: of the paper itself, or a link that somebody clicks on."""
FETCHED: Final = (
    "src",
    "{urn:schemas-microsoft-com:office:office}href",
    "{urn:schemas-microsoft-com:office:office}althref",
)
"""Attributes of drawings by which a picture is fetched without a relationship."""


def refuse_definitions(content: bytes) -> None:
    """Raises for parts that define words of their own, as no Office does: they could stand for files or gigabytes."""
    with ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(name).replace(b"\0", b""):
                raise _holds(f"a part that defines words of its own ({name})")


def refuse_what_travels(file: Any, content: bytes) -> None:
    """Raises for whatever would fetch, run or give something away in the hands of who opens a paper."""
    parts = [file.part.package, *file.part.package.iter_parts()]
    for address in _outside(parts):
        if not address.lower().startswith(HARMLESS):
            raise _points_outside(address)
    with ZipFile(BytesIO(content)) as packed:
        for part, words in NOT_WANTED.items():
            if any(part in name for name in packed.namelist()):
                raise _holds(words)
    for part in parts[1:]:
        if not part.content_type.startswith(KINDS) or "\\" in part.partname:
            raise _holds(f"a part that no paper needs ({part.partname}, {part.content_type})")
        if part.content_type.endswith("xml"):
            _refuse_inside(parse_xml(part.blob))


def _refuse_inside(root: Any) -> None:
    for tag, words in TOLD_EACH_OTHER.items():
        if next(root.iter(qn(tag)), None) is not None:
            raise _holds(words)
    for code in _fields(root):
        name, _, target = " ".join(code.split()).partition(" ")
        if name.upper() not in FIELDS and not name.startswith("="):
            raise _holds(f"a field that could fetch or run something ({f'{name} {target}'.strip()[:60]})")
        if name.upper() == "HYPERLINK" and not target.strip('"').lower().startswith((*HARMLESS, "\\l")):
            raise _points_outside(target)
    for each in root.iter():
        for attribute in FETCHED:
            if each.get(attribute):
                raise _points_outside(each.get(attribute))


def _fields(root: Any) -> Iterator[str]:
    """What each field says itself, before what it shows; not what the fields in it say."""
    begun: list[str] = []
    for each in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        if each.tag == qn("w:fldSimple"):
            yield each.get(qn("w:instr"), "")
        elif each.tag == qn("w:instrText"):
            begun[-1:] = [begun[-1] + (each.text or "")] if begun else []
        elif each.get(qn("w:fldCharType")) == "begin":
            begun.append("")
        elif each.get(qn("w:fldCharType")) == "end" and begun:
            yield begun.pop()
    yield from begun


def _outside(parts: list[Any]) -> Iterator[str]:
    for part in parts:
        for relation in part.rels.values():
            if relation.is_external:
                kind = relation.reltype.rpartition("/")[2]
                yield relation.target_ref if kind == "hyperlink" else f"{kind}: {relation.target_ref}"


def _holds(words: str) -> TemplateUnfit:
    return TemplateUnfit(
        f"The template holds {words}, which would go out with every paper. Accept or remove them, save it again and"
        " choose it anew."
    )


def _points_outside(address: str) -> TemplateUnfit:
    return TemplateUnfit(
        f"The template points to something outside it ({address}), which it would fetch or give away. Put pictures into"
        " the file itself, and detach it from any template of its own."
    )
