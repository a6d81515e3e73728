"""A table as rows of printed cells by grid column, merged cells spread over the rows and columns they cover."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from zhaoyin.kernel.characters import fold

from ..source import Paragraph, SourceDocument, Table
from .passage import Piece, Sheet, Span

_PIPES = re.compile(r"[|｜]")
_RULE = re.compile(r"[\s|｜:\-—─]+")
_SECTION = re.compile(r"[\s|｜]*[(（]?[一二三四五六七八九十]{1,3}[)）]?(?:[、.．\t]|\s*[|｜]|(?<=[)）]))")
MAX_COLUMNS = 400


@dataclass(slots=True)  # never changed; one for every cell of a sheet
class GridCell:
    """One printed cell. `row` is the row it begins in, `column` its first column; spans as printed.

    `origin` is where it comes from: block, first character, and in a table its row and its cell.
    """

    text: str
    origin: tuple[int, int, int | None, int | None]
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1

    @property
    def folded(self) -> str:
        """The text in one written form, with the same offsets."""
        return fold(self.text)

    @property
    def span(self) -> Span:
        """The whole of it; made anew for each who asks, because a large sheet has more cells than are read at a time."""
        return Sheet(self.text, (Piece(0, len(self.text), *self.origin),)).all()


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows[r]` maps a grid column to the cell that covers it, where one does."""

    rows: tuple[dict[int, GridCell], ...]
    width: int
    block: int
    name: str = ""


def own_cells(grid: Grid, row: int) -> list[GridCell]:
    """The cells that begin in this row and hold words, from left to right, each once."""
    line = grid.rows[row]
    return [
        cell
        for column in sorted(line)
        if (cell := line[column]).row == row and cell.column == column and cell.text.strip()
    ]


def table_grid(table: Table, block: int) -> Grid:
    """The grid of a table of the source."""
    rows: list[dict[int, GridCell]] = []
    below: dict[int, tuple[GridCell, int]] = {}  # column → cell from above and the last row it covers
    width = 0
    for r, cells in enumerate(table.rows):
        below = {column: (cell, last) for column, (cell, last) in below.items() if last >= r}
        line = {column: cell for column, (cell, _) in below.items()}
        for c, (text, first, colspan, rowspan) in enumerate(cells):
            cell = GridCell(text, (block, 0, r, c), r, first, colspan, rowspan)
            end = min(first + colspan, MAX_COLUMNS)
            width = max(width, end)
            for column in range(first, end):
                line[column] = cell
                if rowspan > 1:
                    below[column] = (cell, r + rowspan - 1)
        rows.append(line)
    return Grid(tuple(rows), width, block, table.name)


def ruled_grids(document: SourceDocument) -> Iterator[tuple[int, int, Grid]]:
    """Tables typed into paragraphs with tabs or upright strokes: first block, last block (exclusive) and grid of each."""
    first: int | None = None
    parts: list[list[tuple[int, int]]] = []
    for index in range(len(document.blocks) + 1):
        block = document.blocks[index] if index < len(document.blocks) else None
        cut = _ruled(block.text) if isinstance(block, Paragraph) else None
        section = None
        if first is not None and isinstance(block, Paragraph) and (cut is None or 1 <= len(cut) <= 2):
            section = _section_cut(document, index, block.text, cut)
            cut = section or cut
        if cut is not None and (not parts or abs(len(cut) - len(parts[0])) <= 2 or section is not None or not cut):
            first = index if first is None else first
            parts.append(cut)
        elif isinstance(block, Paragraph) and first is not None and not block.text.strip():
            parts.append([])
        else:
            if first is not None and sum(1 for part in parts if part) >= 2:
                yield first, first + len(parts), _paragraph_grid(document, first, parts)
            first, parts = (index, [cut]) if cut is not None else (None, [])


def _section_cut(
    document: SourceDocument, index: int, text: str, cut: list[tuple[int, int]] | None
) -> list[tuple[int, int]] | None:
    """The cells of a line inside a ruled table that names a section and lost its empty cells; None for any other line."""
    following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    if not (len(text) <= 60 and _SECTION.match(text) and isinstance(following, Paragraph) and _ruled(following.text)):
        return None
    if cut:
        return cut
    edges = [-1, *(i for i, c in enumerate(text) if c == "\t"), len(text)]
    return [(a + 1, b) for a, b in pairwise(edges)]


def _ruled(text: str) -> list[tuple[int, int]] | None:
    """The cells of a line as offsets; None for a line without at least two rulings, empty for a line of strokes only."""
    if "\t" not in text and "|" not in text and "｜" not in text:
        return None
    marks = (
        [m.start() for m in _PIPES.finditer(text)]
        if "|" in text or "｜" in text
        else [i for i, c in enumerate(text) if c == "\t"]
    )
    if not 2 <= len(marks) <= MAX_COLUMNS:
        return None
    if _RULE.fullmatch(text):
        return []
    edges = [-1, *marks, len(text)]
    cells = [(a + 1, b) for a, b in pairwise(edges)]
    if "|" in text or "｜" in text:
        if not text[: cells[0][1]].strip():
            cells = cells[1:]
        if cells and not text[cells[-1][0] :].strip():
            cells = cells[:-1]
    return cells


def _paragraph_grid(document: SourceDocument, first: int, parts: list[list[tuple[int, int]]]) -> Grid:
    rows: list[dict[int, GridCell]] = []
    for offset, cells in enumerate(parts):
        block = document.blocks[first + offset]
        line: dict[int, GridCell] = {}
        if isinstance(block, Paragraph):
            for column, (a, b) in enumerate(cells):
                line[column] = GridCell(block.text[a:b], (first + offset, a, None, None), len(rows), column)
        if cells:
            rows.append(line)
    return Grid(tuple(rows), max((len(c) for c in parts), default=0), first)
