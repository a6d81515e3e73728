"""A sheet's cells, wherever they stand, as one table: what is hidden left out, merged cells stored once.

Only rows and columns with content are counted, so a sheet formatted down to its last row costs nothing.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from zhaoyin.documents.reading.files.limits import MAX_CELLS, MAX_COLUMNS, Allowance, check_columns
from zhaoyin.documents.reading.source import Cell, Table, UnreadableFile

_LONGEST_GAP = 20  # blank rows that are kept between two rows; a longer gap is kept as one

Area = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(slots=True)
class Sheet:
    """What was read of one sheet: cells by row (from 1) and column (from 0); blank cells are not there."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)  # only those with content
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


def table_of(sheet: Sheet, allowance: Allowance) -> Table | None:
    """The sheet's visible cells as a table, its rows filled with blank cells; `None` when there are none.

    `line` is the first row's number. Raises UnreadableFile for a sheet too large to be a plan.
    """
    found = numbered_table_of(sheet, allowance)
    return found[0] if found else None


def numbered_table_of(sheet: Sheet, allowance: Allowance) -> tuple[Table, tuple[int, ...]] | None:
    """As `table_of`, with the number that each row of the table has in the sheet."""
    where = f"工作表“{sheet.name}”"
    _show_merged(sheet)
    content = sorted(r for r, cells in sheet.rows.items() if r not in sheet.hidden_rows and _is_seen(cells, sheet))
    if not content:
        return None
    used = sorted({c for r in content for c in sheet.rows[r]} - sheet.hidden_columns)
    check_columns(len(used), where)
    columns = used if used[-1] >= MAX_COLUMNS else [c for c in range(used[-1] + 1) if c not in sheet.hidden_columns]
    numbers = _with_gaps(content, sheet.hidden_rows)
    allowance.take_cells(len(numbers) * len(columns))
    spans, covered = _spans(sheet.merged, numbers, columns, where)
    blank = [Cell("", i) for i in range(len(columns))]
    rows: list[tuple[Cell, ...]] = []
    nothing: dict[int, str] = {}
    for i, number in enumerate(numbers):
        texts = sheet.rows.get(number, nothing)
        row: list[Cell] = []
        for j, column in enumerate(columns):
            if (i, j) in spans:
                height, width = spans[i, j]
                row.append(Cell(texts.get(column, ""), j, width, height))
            elif (i, j) not in covered:
                row.append(Cell(texts[column], j) if column in texts else blank[j])
        rows.append(tuple(row))
    return Table(tuple(rows), numbers[0], sheet.name), tuple(numbers)


def _is_seen(cells: dict[int, str], sheet: Sheet) -> bool:
    return not sheet.hidden_columns.issuperset(cells)


def _show_merged(sheet: Sheet) -> None:
    """A merged cell shows the text of its first cell in the part that is visible, even when that first cell is not."""
    for top, left, bottom, right in sheet.merged:
        if top not in sheet.hidden_rows and left not in sheet.hidden_columns:
            continue
        text = sheet.rows.get(top, {}).get(left)
        row = next((r for r in range(top, min(bottom, top + 1000) + 1) if r not in sheet.hidden_rows), None)
        column = next((c for c in range(left, right + 1) if c not in sheet.hidden_columns), None)
        if text and row is not None and column is not None:
            sheet.rows.setdefault(row, {}).setdefault(column, text)


def _with_gaps(content: list[int], hidden: set[int]) -> list[int]:
    numbers = content[:1]
    for number in content[1:]:
        gap = [n for n in range(numbers[-1] + 1, min(number, numbers[-1] + _LONGEST_GAP + 2)) if n not in hidden]
        numbers += gap if len(gap) <= _LONGEST_GAP else gap[:1]
        numbers.append(number)
    return numbers


def _spans(
    merged: list[Area], numbers: list[int], columns: list[int], where: str
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Height and width of each merged cell by its row and column in the table, and the places it covers."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    left_over = MAX_CELLS
    for top, left, bottom, right in merged:
        i, j = bisect_left(numbers, top), bisect_left(columns, left)
        height, width = bisect_right(numbers, bottom) - i, bisect_right(columns, right) - j
        if height < 1 or width < 1 or height * width == 1 or (i, j) in covered:
            continue
        left_over -= height * width
        if left_over < 0:
            raise UnreadableFile(f"{where}的合并单元格互相重叠，文件可能已损坏，请用 Excel 打开后另存再试。")
        spans[i, j] = (height, width)
        covered.update((i + down, j + across) for down in range(height) for across in range(width))
        covered.discard((i, j))
    return spans, covered
