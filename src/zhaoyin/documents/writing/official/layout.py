"""An official document on the page: GB/T 9704-2012 §7, part by part, from the red head to the imprint."""

from collections.abc import Iterable, Sequence
from datetime import date

from ..measures import PORTRAIT, SMALL_POINTS, Page, em_width, twips
from ..package import clean
from ..styles import exact_lines, indent
from ..tables import fit, grid, printed
from ..word import Part, blank_lines, paragraph, table, table_cell, table_row, write_docx
from .model import Block, Figures, Heading, Names, OfficialDocument, Text
from .numbering import HeadingNumbers, chinese_date
from .titles import broken

_HEAD_WIDTH = 400  # points the characters of the red head are spread over, of the 442 there are
_HEAD_LARGEST = 62  # points: 22 mm, the tallest the standard has ever allowed
_KEEP = "<w:keepNext/>"


def write_official(document: OfficialDocument) -> bytes:
    """The .docx of an official document. The same document gives the same bytes on every machine."""
    parts = [
        *_head(document.red_head, document.number),
        Part(blank_lines(2) + title_lines(document.title) + blank_lines(1) + _addressees(document.addressees)),
    ]
    tables = TableNumbers()
    body = block_parts(document.body, tables)
    parts += body
    parts.append(
        Part(annex_note([annex.title for annex in document.annexes]) + signature(document.signer, document.signed_on))
    )
    printable = [annex for annex in document.annexes if annex.body]
    for annex in printable:
        place = document.annexes.index(annex) + 1 if len(document.annexes) > 1 else None
        parts += annex_parts(annex.title, place, block_parts(annex.body, tables), after=parts[-1].page)
    parts += _imprint(document)
    return write_docx(
        parts,
        title=document.title.replace("\n", ""),
        creator=document.signer,
        dated=document.signed_on,
        demo=document.demo,
        compress=False,
    )


def _head(red_head: str, number: str | None) -> list[Part]:
    """Red head 35 mm below the top of the text area (7.2.4), number two lines below it, red rule 4 mm below that."""
    pitch = _HEAD_WIDTH / max(em_width(red_head), 1)
    points = min(_HEAD_LARGEST, int(pitch * 0.9))
    apart = min(pitch - points, points / 2)
    line = round(points * 1.3)
    spacing = exact_lines(line * 20, before=twips(35) - (line - points) * 10)
    look = f'<w:spacing w:val="{round(apart * 20)}"/><w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'
    return [
        Part(
            paragraph("RedHead", red_head, properties=spacing, run_properties=look)
            + blank_lines(2)
            + paragraph("NumberRuled", number or "")
        )
    ]


def title_lines(title: str) -> str:
    """The title in 二号小标宋, centred (7.3.1)."""
    return paragraph("DocTitle", "\n".join(broken(title)))


def _addressees(addressees: Sequence[str]) -> str:
    """主送机关: flush left, ending in a full-width colon (7.3.2)."""
    return paragraph("Flush", "，".join(addressees) + "：") if addressees else ""


class TableNumbers:
    """Numbers tables through the whole document: 表1, 表2 …"""

    def __init__(self) -> None:
        self._count = 0

    def next(self) -> str:
        """The words before the next caption."""
        self._count += 1
        return f"表{self._count}"


def block_parts(blocks: Iterable[Block], tables: TableNumbers) -> list[Part]:
    """Headings, text, names and tables in order; a table too wide for the upright page stands on one across."""
    numbers = HeadingNumbers()
    parts: list[Part] = []
    for block in blocks:
        match block:
            case Heading(level, text, numbered):
                parts.append(Part(paragraph(f"Heading{level}", (numbers.next(level) if numbered else "") + text)))
            case Text(text):
                parts += [Part(paragraph("Body", line)) for line in clean(text).splitlines() if line.strip()]
            case Names(names, lead, nothing):
                parts.append(Part(paragraph("Body", f"{lead}{'、'.join(names) or nothing}。")))
            case Figures():
                parts.append(_figures(block, tables.next()))
    return parts


def _figures(figures: Figures, number: str) -> Part:
    rows = [[printed(value) for value in row] for row in figures.rows]
    total = [printed(value) for value in figures.total_row] if figures.total_row is not None else None
    how = fit(figures.columns, [*rows, *([total] if total else [])])
    xml = paragraph("Caption", f"{number}　{figures.caption}")
    if figures.as_of_note or figures.unit_note:
        xml += paragraph(
            "TableNote", f"{figures.as_of_note}\t{figures.unit_note}", properties=_KEEP + right_tab(how.page.text_width)
        )
    xml += grid(figures.columns, rows, how, total=total)
    several = len(figures.notes) > 1
    for place, note in enumerate(figures.notes, start=1):
        # 注： before the first, the others below its text.
        count = f"{place}." if several else ""
        mark, left = ("注：", 0) if place == 1 else ("", 2)
        hang = indent(left=left, hanging=em_width(mark + count), points=10.5)
        xml += paragraph("TableNote", mark + count + note, properties=hang)
    return Part(xml + (paragraph("Nothing") if not figures.notes else ""), how.page)


def right_tab(place: int) -> str:
    """`w:tabs` with one stop, `place` twips from the left edge of the text."""
    return f'<w:tabs><w:tab w:val="right" w:pos="{place}"/></w:tabs>'


def annex_note(titles: Sequence[str]) -> str:
    """附件说明: one line below the body, two characters in; names under one another, no mark after them (7.3.4)."""
    lines: list[str] = []
    for place, title in enumerate(titles, start=1):
        count = f"{place}." if len(titles) > 1 else ""
        # 附件： stands two characters in and takes three; the others begin under the first one's number.
        mark, left = ("附件：", 2) if place == 1 else ("", 5)
        hang = indent(left=left, hanging=em_width(mark + count))
        lines.append(paragraph("Flush", mark + count + title, properties=hang))
    return (blank_lines(1) if lines else "") + "".join(lines)


def signature(signer: str, day: date) -> str:
    """署名 and 成文日期 under it, the date four characters in from the right, the signer centred over it (7.3.5.1)."""
    dated = chinese_date(day)
    over = max(4 + (em_width(dated) - em_width(signer)) / 2, 0)
    return (
        blank_lines(2, _KEEP)
        + paragraph("Signature", signer, properties=_KEEP + indent(right=over))
        + paragraph("Signature", dated, properties=indent(right=4))
    )


def annex_parts(title: str, place: int | None, body: Sequence[Part], *, after: Page) -> list[Part]:
    """An annex from a new page: 附件 with its number in 黑体 flush left, its title in the third line (7.3.7).

    It stands on the page its first part needs; `after` is the page of what comes before.
    """
    page = body[0].page if body else PORTRAIT
    mark = f"附件{place or ''}"
    fresh = "<w:pageBreakBefore/>" if page == after else ""
    head = paragraph("AnnexMark", mark, properties=fresh) + blank_lines(1) + title_lines(title) + blank_lines(1)
    return [Part(head, page), *body]


def _imprint(document: OfficialDocument) -> list[Part]:
    """版记 at the foot of the last page: 抄送, then who printed it and when, between rules (7.4)."""
    width = PORTRAIT.text_width
    lines: list[str] = []
    if document.copies_to:
        hang = indent(left=1, right=1, hanging=3, points=SMALL_POINTS)
        lines.append(paragraph("Imprint", f"抄送：{'，'.join(document.copies_to)}。", properties=hang))
    if document.printed_by:
        words = f"{document.printed_by}\t{chinese_date(document.printed_on or document.signed_on)}印发"
        stop = right_tab(width - SMALL_POINTS * 20)
        lines.append(paragraph("Imprint", words, properties=stop + indent(left=1, points=SMALL_POINTS)))
    if not lines:
        return []
    # 7.4.1: first and last rule 0.35 mm, those between 0.25 mm (in eighths of a point: 8 and 6).
    thick, thin = (f'w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for size in (8, 6))
    # Placed from the page's edge: placed from the margin, LibreOffice leaves a table of full width in the text.
    foot = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{PORTRAIT.left}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    )
    rows = [table_row([table_cell(line, width)]) for line in lines]
    borders = f"<w:top {thick}<w:bottom {thick}<w:insideH {thin}"
    # The anchor follows it: the table stands on the page of this last paragraph.
    return [Part(table(rows, (width,), borders=borders, position=foot) + paragraph("Nothing"))]
