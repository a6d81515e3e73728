"""A plain list of projects, of any shape: where its head is, what each column seems to mean, its rows as text.

Nothing is decided here that a person could not see and change: a column whose heading nobody foresaw has the role "".
"""

from dataclasses import dataclass

from zhaoyin.documents.reading.files.rows import NumberedTable

from .columns import find_head
from .grid import Grid, own_cells, table_grid
from .headings import PARTS_OF_WHOLE, heading
from .passage import squeezed

_LOOK_AHEAD = 15
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its place from 0, its heading as printed, its role (see `headings.Heading`) and the unit it names."""

    index: int
    label: str
    role: str
    money: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list: its columns, and (number in the sheet, texts in the columns' order) of every row below the head."""

    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    name: str = ""


def read_list(numbered: NumberedTable) -> ReadList | None:
    """The table as a list; None where it has no head with rows below."""
    grid = table_grid(numbered.table, 0)
    head = find_head(grid) or _any_head(grid)
    if head is None or head[1] >= len(grid.rows):
        return None
    columns = _columns(grid, head)
    rows = []
    for position in range(head[1], len(grid.rows)):
        line = grid.rows[position]
        cells = tuple(line[c.index].text.strip() if c.index in line else "" for c in columns)
        if any(cells) and not _is_band(grid, position):
            rows.append((numbered.numbers[position], cells))
    return ReadList(columns, tuple(rows), grid.name) if rows else None


def _is_band(grid: Grid, position: int) -> bool:
    """A row of one cell across the list: a section's title, or a remark below."""
    cells = own_cells(grid, position)
    return len(cells) == 1 and cells[0].colspan > 1 and cells[0].colspan >= grid.width - 1


def _any_head(grid: Grid) -> tuple[int, int] | None:
    """Of the first rows the one with most headings that are known, else the first with two cells or more."""
    best: tuple[int, int] | None = None
    for row in range(min(_LOOK_AHEAD, len(grid.rows))):
        cells = own_cells(grid, row)
        if len(cells) < 2 or any(len(cell.text) > _LONGEST_HEADING for cell in cells):
            continue
        known = sum(1 for cell in cells if heading(cell.text).role)
        if best is None or known > best[0]:
            best = known, row
    return (best[1], best[1] + 1) if best else None


def _columns(grid: Grid, head: tuple[int, int]) -> tuple[ListColumn, ...]:
    columns: list[ListColumn] = []
    taken: dict[str, tuple[int, int]] = {}  # role → rank, place in `columns`
    for index in range(grid.width):
        stack = []
        for row in range(*head):
            cell = grid.rows[row].get(index)
            if cell is not None and cell.text.strip() and cell not in stack:
                stack.append(cell)
        label = "·".join(squeezed(cell.text.strip()) for cell in stack)
        if not label and not any(
            index in grid.rows[row] and grid.rows[row][index].text.strip() for row in range(head[1], len(grid.rows))
        ):
            continue
        read = [heading(cell.text) for cell in reversed(stack)]
        meaning = next((one for one in read if one.role), None)
        role = meaning.role if meaning else ""
        money = next((one.money for one in read if one.money), None)
        area = next((one.area for one in read if one.area), None)
        if meaning and role in PARTS_OF_WHOLE:
            # Of two columns with one role the better heading takes it; the other keeps its words.
            before = taken.get(role)
            if before and before[0] <= meaning.rank:
                role = "other"
            else:
                if before:
                    loser = columns[before[1]]
                    columns[before[1]] = ListColumn(loser.index, loser.label, "other", loser.money, loser.area)
                taken[role] = meaning.rank, len(columns)
        columns.append(ListColumn(index, label[:100], role, money, area))
    return tuple(columns)
