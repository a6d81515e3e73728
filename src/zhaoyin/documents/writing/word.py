"""Paragraphs, tables and sections as WordprocessingML, and the file around them.

Written as XML by hand rather than through a template file: every byte is then decided here, so that the same document
comes out the same twice, and what the standard asks for (the page's grid, fonts per script, odd and even footers) has no
other way in anyhow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .measures import CHARACTER_SPACE, LINE_PITCH, PORTRAIT, Page
from .package import (
    CORE_KIND,
    CORE_TYPE,
    OFFICE,
    XML_HEAD,
    content_types,
    core_properties,
    escaped,
    pack,
    relationships,
)
from .styles import NAMESPACE, font_table, indent, style_sheet

DEMO_MARK = "演示数据"
_HEADERS = ("default", "even")


@dataclass(frozen=True, slots=True)
class Part:
    """A finished piece of the body and the page it stands on."""

    xml: str
    page: Page = PORTRAIT


def run(text: str, properties: str = "") -> str:
    """A `w:r`; line breaks and tabs in `text` become Word's own."""
    pieces: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            pieces.append("<w:br/>")
        for column, piece in enumerate(line.split("\t")):
            if column:
                pieces.append("<w:tab/>")
            if piece:
                pieces.append(f'<w:t xml:space="preserve">{escaped(piece)}</w:t>')
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>"


def paragraph(style: str, text: str = "", *, properties: str = "", run_properties: str = "") -> str:
    """A `w:p` in the named style. `properties` are pPr elements in the schema's order, after the style."""
    content = run(text, run_properties) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def blank_lines(count: int, properties: str = "") -> str:
    """`count` empty lines of the page's pitch."""
    return paragraph("Flush", properties=properties) * count


def table_cell(
    content: str, width: int, *, span: int = 1, no_wrap: bool = False, shade: str = "", align: str = "center"
) -> str:
    """A `w:tc` around finished paragraphs; `width` in twips."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
        + ("<w:noWrap/>" if no_wrap else "")
        + f'<w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>'
    )


def table_row(cells: Iterable[str], *, header: bool = False, least: int = 0) -> str:
    """A `w:tr` that no page break cuts; a `header` row is repeated on every page. `least` is its least height in twips."""
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    repeat = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    rows: Iterable[str], widths: Sequence[int], *, borders: str = "", position: str = "", padding: int = 0
) -> str:
    """A `w:tbl` of fixed column widths (twips), with a thin line around every cell unless `borders` says otherwise;
    `position` makes it float, `padding` is the room left and right in each cell (twips), less above and below."""
    lines = borders or "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    room = (("top", padding * 2 // 5), ("left", padding), ("bottom", padding * 2 // 5), ("right", padding))
    sides = "".join(f'<w:{side} w:w="{length}" w:type="dxa"/>' for side, length in room)
    return (
        f'<w:tbl><w:tblPr>{position}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def section(page: Page, *, demo: bool) -> str:
    """A `w:sectPr`: the page, its grid of 22 lines by 28 characters, footers (and the demo mark) for odd and even pages."""
    first = 4  # styles, settings and the font table take rId1 to rId3
    references = "".join(
        f'<w:{kind}Reference w:type="{side}" r:id="rId{first + 2 * offset + number}"/>'
        for offset, kind in enumerate(("footer", "header") if demo else ("footer",))
        for number, side in enumerate(_HEADERS)
    )
    turned = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        # 7.5: the dashes of the page number stand 7 mm below the text area, in the middle of a line of 20 pt.
        f'w:header="851" w:footer="{max(page.bottom - 397 - 200, 300)}" w:gutter="0"/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}" w:charSpace="{CHARACTER_SPACE}"/></w:sectPr>'
    )


def body_of(parts: Sequence[Part], *, demo: bool) -> str:
    """The parts one after another, with a section break wherever the page turns."""
    pieces: list[str] = []
    for here, following in zip(parts, [*parts[1:], None], strict=True):
        pieces.append(here.xml)
        if following is not None and following.page != here.page:
            pieces.append(paragraph("Nothing", properties=section(here.page, demo=demo)))
    if pieces[-1].endswith("</w:tbl>"):  # Word wants a paragraph after the last table
        pieces.append(paragraph("Nothing"))
    return "".join(pieces) + section(parts[-1].page, demo=demo)


def write_docx(
    parts: Sequence[Part], *, title: str, creator: str, dated: date, demo: bool, compress: bool, mark: str = ""
) -> bytes:
    """The .docx. `dated` (the document's own day) is the only date in it; `demo` marks every page as 演示数据, and `mark` (who
    took it out of the house) stands in the foot of every page.
    """
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    margins = [(f"footer{number}", "footer", _footer(side, mark)) for number, side in enumerate(_HEADERS, 1)]
    if demo:
        margins += [(f"header{number}", "header", _header()) for number, _ in enumerate(_HEADERS, 1)]
    named = [
        ("styles", "styles", style_sheet()),
        ("settings", "settings", _SETTINGS),
        ("fontTable", "fontTable", font_table()),
    ]
    inner = named + margins
    spaces = f'xmlns:w="{NAMESPACE}" xmlns:r="{OFFICE}"'
    document = f"{XML_HEAD}<w:document {spaces}><w:body>{body_of(parts, demo=demo)}</w:body></w:document>"
    types = [("word/document.xml", f"{kind}.document.main+xml"), ("docProps/core.xml", CORE_TYPE)]
    types += [(f"word/{name}.xml", f"{kind}.{what}+xml") for name, what, _ in inner]
    stamp = f"{dated.isoformat()}T00:00:00Z"
    members = [
        ("[Content_Types].xml", content_types(types)),
        (
            "_rels/.rels",
            relationships([(f"{OFFICE}/officeDocument", "word/document.xml"), (CORE_KIND, "docProps/core.xml")]),
        ),
        (
            "docProps/core.xml",
            core_properties(title=title, creator=creator, stamp=stamp, keywords=DEMO_MARK if demo else ""),
        ),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relationships((f"{OFFICE}/{what}", f"{name}.xml") for name, what, _ in inner)),
    ]
    members += [(f"word/{name}.xml", xml) for name, _, xml in inner]
    return pack(members, compress=compress)


def _footer(side: str, mark: str) -> str:
    """— 1 —, 四号 半角宋体: one character in from the right on odd pages, from the left on even ones (7.5); then the mark."""
    place = indent(left=1, points=14) if side == "even" else indent(right=1, points=14)
    align = f'<w:jc w:val="{"left" if side == "even" else "right"}"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'{XML_HEAD}<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="Footer"/>{place}{align}</w:pPr>'
        f"{run('— ')}{field}{run(' —')}</w:p>{_marked(mark)}</w:ftr>"
    )


def _marked(mark: str) -> str:
    """The mark in small grey type, in the middle."""
    if not mark:
        return ""
    small = '<w:color w:val="59636E"/><w:sz w:val="16"/><w:szCs w:val="16"/>'
    return paragraph("Footer", mark, properties='<w:jc w:val="center"/>', run_properties=small)


def _header() -> str:
    box = '<w:bdr w:val="single" w:sz="4" w:space="2" w:color="auto"/>'
    return f'{XML_HEAD}<w:hdr xmlns:w="{NAMESPACE}">{paragraph("Header", DEMO_MARK, run_properties=box)}</w:hdr>'


_SETTINGS = (
    f'{XML_HEAD}<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>'
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
