"""PDF files with text: lines and tables in order, page by page. Runs in a process of its own, see `confined`."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.limits import MAX_PAGES, Allowance, check_columns, check_rows
from zhaoyin.documents.reading.files.pdf_layout import Char, Line, cell_text, continues, joined, lines_of
from zhaoyin.documents.reading.source import Block, Cell, Paragraph, Table, UnreadableFile

_PAGE_NUMBER = re.compile(r"[-—–－―·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―·\s]*")
# What a browser prints at the head and foot of each page: the day and the title, the address and the page's number.
_RUNNING = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}/\d{1,2}/\d{2,4})[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}.*|(?:https?|f?ile|\ufb01le)://.*"
)
_NAMELESS = re.compile(r"\(cid:\d+\)")
# Some programs name a character by its radical, which looks the same and compares as another character.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
}
_SIMPLE = zip(
    "⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "民见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
    strict=True,
)
_RADICALS |= {ord(radical): character for radical, character in _SIMPLE}
_TOUCH = 2.0  # points: edges nearer than this are one edge
_RULE = 8.0  # points: a shorter stroke is no rule of a table
_OPEN = 3  # upright rules that end together
_NAMED = 8

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


def read_pdf(path: Path, allowance: Allowance) -> tuple[list[Block], list[str]]:
    """The blocks of a PDF, `line` counting printed lines, and notes on pages without text. Raises UnreadableFile."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise UnreadableFile(f"PDF 超过 {MAX_PAGES} 页，超出可读取的范围，请只保留行动方案的页面后再试。")
            if not pdf.pages:
                raise UnreadableFile("PDF 已损坏或没有页面，无法读取，请重新导出后再试。")
            text = _Text(allowance)
            for number, page in enumerate(pdf.pages, 1):
                text.add(page, number)
                page.close()
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            raise UnreadableFile("PDF 设置了打开密码，无法读取，请取消密码后再试。") from error
        raise UnreadableFile("PDF 已损坏，无法读取，请重新导出后再试。") from error
    return text.finish()


class _Text:
    """The running text of the pages so far. The last line waits, because the next page may carry it on."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._blocks: list[Block] = []
        self._number = 0
        self._open: tuple[str, int] | None = None
        self._last: Line | None = None
        self._right = 0.0
        self._nameless = self._characters = 0
        self._blank_pages: list[int] = []
        self._turned_pages: list[int] = []

    def add(self, page: Any, number: int) -> None:
        """Read one page of pdfplumber."""
        chars = [
            Char(c["text"].translate(_RADICALS), c["x0"], c["x1"], c["top"], c["bottom"])
            for c in page.chars
            if c.get("upright", True) and c["bottom"] > c["top"]
        ]
        if len(chars) < len(page.chars) / 2:
            self._turned_pages.append(number)
        if not any(not c.text.isspace() for c in chars):
            if page.images:
                self._blank_pages.append(number)
            return
        self._characters += len(chars)
        self._allowance.take_characters(len(chars))
        self._nameless += sum(1 for c in chars if _NAMELESS.match(c.text))
        tables = [(table.bbox, list(table.cells)) for table in _tables(page) if len(table.cells) > 1]
        outside = [c for c in chars if not any(_holds(box, c) for box, _ in tables)]
        lines = _without_numbers(lines_of(outside), page.height)
        left = min((line.x0 for line in lines), default=0.0)
        right = max((line.x1 for line in lines), default=0.0)
        waiting = sorted(tables, key=lambda table: table[0][1])
        for line in lines:
            while waiting and waiting[0][0][1] < line.top:
                self._add_table(*waiting.pop(0), chars)
            self._add_line(line, left, right)
        for box, cells in waiting:
            self._add_table(box, cells, chars)

    def finish(self) -> tuple[list[Block], list[str]]:
        self._flush()
        if not self._blocks and self._turned_pages:
            raise UnreadableFile("PDF 的文字转了方向，无法读取，请旋转页面后另存，或提供 Word、Excel 再试。")
        if not self._blocks:
            raise UnreadableFile("PDF 是扫描件或图片，没有可读取的文字，请提供 Word、Excel 或文字版 PDF。")
        if self._nameless > self._characters // 5:
            raise UnreadableFile("PDF 的文字没有编码信息，无法辨认，请提供 Word、Excel 或重新导出的 PDF。")
        said = ((self._blank_pages, "是图片，没有文字可读取。"), (self._turned_pages, "的文字转了方向，没有读取。"))
        return self._blocks, [f"第 {_named(pages)} 页{what}" for pages, what in said if pages]

    def _add_line(self, line: Line, left: float, right: float) -> None:
        self._number += 1
        if self._open and self._last and continues(self._last, line, left, self._right):
            self._open = (joined(self._open[0], line.text), self._open[1])
        else:
            self._flush()
            self._open = (line.text, self._number)
        self._last, self._right = line, right

    def _flush(self) -> None:
        if self._open and (text := printed(self._open[0])):
            self._allowance.take_paragraph()
            self._blocks.append(Paragraph(text, self._open[1]))
        self._open = self._last = None

    def _add_table(self, box: Box, cells: list[Box], chars: list[Char]) -> None:
        self._flush()
        self._allowance.take_cells(len(cells))
        rows = _rows(cells, [c for c in chars if _holds(box, c)])
        if any(cell.text for row in rows for cell in row):
            self._blocks.append(Table(rows, self._number + 1))
            self._number += len(rows)


def _named(pages: list[int]) -> str:
    return "、".join(str(page) for page in pages[:_NAMED]) + ("等" if len(pages) > _NAMED else "")


def _holds(box: Box, char: Char) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (char.x0 + char.x1) / 2 < x1 and top <= char.middle < bottom


def _without_numbers(lines: list[Line], height: float) -> list[Line]:
    """The lines without a page number at the head or foot of the page."""

    def is_number(line: Line) -> bool:
        at_edge = line.bottom < 0.1 * height or line.top > 0.88 * height
        return at_edge and bool(_PAGE_NUMBER.fullmatch(line.text) or _RUNNING.fullmatch(line.text))

    while lines and is_number(lines[-1]):
        lines = lines[:-1]
    while lines and is_number(lines[0]):
        lines = lines[1:]
    return lines


def _tables(page: Any) -> list[Any]:
    """The ruled tables. A row that goes on over the page is left open by some programs: it is closed where the upright
    rules end, so that its words stay in their cells."""
    rules = [e for e in page.edges if e["bottom"] - e["top"] > _RULE]
    across = [e["top"] for e in page.edges if e["x1"] - e["x0"] > _RULE]
    ends: dict[int, set[int]] = {}
    for rule in rules:
        for end in ("top", "bottom"):
            ends.setdefault(round(rule[end]), set()).add(round(rule["x0"] / _TOUCH))
    open_at = [end for end, xs in ends.items() if len(xs) >= _OPEN and all(abs(y - end) > _TOUCH for y in across)]
    found: list[Any] = page.find_tables({"explicit_horizontal_lines": open_at} if open_at else {})
    return found


def _edges(values: Iterator[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return found


def _rows(cells: list[Box], chars: list[Char]) -> tuple[tuple[Cell, ...], ...]:
    """Cells by where they stand: edges that several cells share are the grid, a cell over several of them is merged."""
    across = _edges(x for cell in cells for x in (cell[0], cell[2]))
    down = _edges(y for cell in cells for y in (cell[1], cell[3]))
    check_columns(len(across) - 1, "表格")
    check_rows(len(down) - 1, "表格")

    def index(edges: list[float], value: float) -> int:
        return bisect_left(edges, value - _TOUCH)

    by_row: dict[int, list[Char]] = {}
    for char in chars:
        by_row.setdefault(max(bisect_left(down, char.middle) - 1, 0), []).append(char)
    found: list[tuple[int, int, Box, int, int, list[Line]]] = []
    for cell in cells:
        row, column = index(down, cell[1]), index(across, cell[0])
        height, width = max(index(down, cell[3]) - row, 1), max(index(across, cell[2]) - column, 1)
        inside = [c for r in range(row, row + height) for c in by_row.get(r, ()) if _holds(cell, c)]
        found.append((row, column, cell, height, width, lines_of(inside)))
    # Programs keep the same distance between border and text in every cell of a table.
    margin = min((max(line.x0 - cell[0], 0.0) for _, _, cell, _, _, lines in found for line in lines), default=0.0)
    rows: list[list[Cell]] = [[] for _ in range(len(down) - 1)]
    for row, column, cell, height, width, lines in sorted(found, key=lambda item: (item[0], item[1])):
        text = printed(cell_text(lines, cell[2] - cell[0] - 2 * margin))
        rows[min(row, len(rows) - 1)].append(Cell(text, column, width, height))
    return tuple(tuple(row) for row in rows)
