"""A Word template as a council might have one: its own styles, a cover with fields, header, footer and page setup."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

GREEN = RGBColor(0x00, 0x5A, 0x3C)
COVER = "Exampleshire County Council"
AFTER = "Published by Democratic Services."


def council_template(
    *, has_marker: bool = True, has_page_number: bool = False, has_first_page: bool = False, is_german: bool = False
) -> bytes:
    """The file's bytes."""
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(3)
    _set_styles(file, is_german=is_german)
    page.header.paragraphs[0].text = "Exampleshire: serving everyone"
    if has_page_number:
        _add_page_number(page.footer.paragraphs[0])
    if has_first_page:
        page.different_first_page_header_footer = True
        page.first_page_header.paragraphs[0].text = "First page of Exampleshire"
    file.add_paragraph(COVER, style="Heading 1" if not is_german else None)
    for name in ("title", "Board", "date of meeting", "Agenda item", "recommendation"):
        file.element.body.insert_element_before(_control(name), "w:sectPr")
    if has_marker:
        file.add_paragraph("{{paper}}")
        file.add_paragraph(AFTER)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _set_styles(file: Any, *, is_german: bool) -> None:
    file.styles["Normal"].font.name = "Georgia"
    file.styles["Normal"].font.size = Pt(11)
    for level in (1, 2):
        style = file.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Georgia", GREEN
        if is_german:
            style.element.set(qn("w:styleId"), f"berschrift{level}")
    table = file.styles.add_style("Council Table", WD_STYLE_TYPE.TABLE)
    table.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>"
            + "".join(f'<w:{side} w:val="single" w:sz="4" w:color="005A3C"/>' for side in ("top", "bottom", "insideH"))
            + '</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
        )
    )
    table.element.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
            '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="005A3C"/></w:tcPr></w:tblStylePr>'
        )
    )


def _control(name: str) -> Any:
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:showingPlcHdr/>'
        f"</w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click to enter </w:t></w:r><w:r><w:t>{name}</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )


def _add_page_number(paragraph: Any) -> None:
    paragraph.add_run("Seite ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
