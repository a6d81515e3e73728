"""Values separated by a sign: one table, the sign found by looking at the first rows."""

import csv
import io
from collections import Counter
from itertools import islice

from zhaoyin.documents.formulas import unguarded
from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.limits import Allowance, check_columns, check_rows
from zhaoyin.documents.reading.source import Block, Cell, Table, UnreadableFile

_SIGNS = ",\t;|"
_LOOK = 50  # rows


def read_commas(text: str, allowance: Allowance) -> list[Block]:
    """The one table of a separated-values text; `line` is that of the first row with anything in it.

    Rows are filled with blank cells to the width of the widest. Raises UnreadableFile for a table larger than a plan.
    """
    allowance.take_characters(len(text))
    sign = None
    if text[:4].lower() == "sep=" and text[4:5]:
        sign = text[4]
        text = text[5:].lstrip("\r\n")
    sign = sign or _sign(text)
    rows: list[list[str]] = []
    first = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        for row in reader:
            # Exports put an apostrophe before what a spreadsheet would run as a formula.
            cells = [printed(unguarded(cell)) for cell in row]
            if not rows and not any(cells):
                first = reader.line_num + 1
                continue
            rows.append(cells)
            check_rows(len(rows), "表格")
    except csv.Error as error:
        raise UnreadableFile("文件里的引号不成对或单元格过长，请用 Excel 打开后另存为 .xlsx 再试。") from error
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((_width(row) for row in rows), default=0)
    check_columns(width, "表格")
    allowance.take_cells(width * len(rows))
    blank = [Cell("", column) for column in range(width)]
    table = tuple(tuple(Cell(row[i], i) if i < len(row) and row[i] else blank[i] for i in range(width)) for row in rows)
    return [Table(table, first)] if table else []


def _width(row: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(row) if cell), default=0)


def _sign(text: str) -> str:
    """The sign by which most of the first rows fall into the same number of cells, more cells before fewer."""
    head = text[: 1 << 16]

    def score(sign: str) -> tuple[int, int]:
        try:
            rows_read = islice(csv.reader(io.StringIO(head, newline=""), delimiter=sign), _LOOK)
            counts = Counter(len(row) for row in rows_read if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, rows = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width

    return max(_SIGNS, key=score)
