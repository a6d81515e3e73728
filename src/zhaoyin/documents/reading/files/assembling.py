"""Blocks put together from the events of a walk through a page or a Word file: text, tables, tables within tables."""

from dataclasses import dataclass, field

from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.limits import MAX_DEPTH, Allowance, check_columns, check_rows
from zhaoyin.documents.reading.source import Block, Cell, Paragraph, Table, UnreadableFile


@dataclass(slots=True)
class _OpenCell:
    column: int
    colspan: int
    rowspan: int
    continues: bool = False
    content: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Reach:
    """A cell that reaches down: it fills its columns up to, not including, `until`."""

    cell: _OpenCell
    until: int


@dataclass(slots=True)
class _Frame:
    """A table being read. `cell` is the cell being filled, `row` the row; `None` between them."""

    line: int
    rows: list[list[_OpenCell]] = field(default_factory=list)
    row: list[_OpenCell] | None = None
    cell: _OpenCell | None = None
    column: int = 0
    reaches: list[_Reach] = field(default_factory=list)
    holds_table: bool = False


class Assembler:
    """Takes text and table events in reading order; `blocks` is what came out.

    Tables in cells become lines of the cell's text, unless the outer table only arranges the page: then its contents
    stand in order as if it were not there. Events that do not fit (a cell outside a table) are put right or ignored.
    """

    def __init__(self, allowance: Allowance) -> None:
        self.blocks: list[Block] = []
        self._allowance = allowance
        self._frames: list[_Frame] = []
        self._line = 0

    def paragraph(self, text: str, level: int = 0) -> None:
        """One paragraph; its lines become paragraphs of the same number. A blank one counts but leaves nothing."""
        self._line += 1
        self._allowance.take_characters(len(text))
        for line in text.split("\n"):
            if line := printed(line):
                self._allowance.take_paragraph()
                self._sink().append(Paragraph(line, self._line, level))

    @property
    def in_cell(self) -> bool:
        return bool(self._frames) and self._frames[-1].cell is not None

    def open_table(self) -> None:
        if len(self._frames) >= MAX_DEPTH:
            raise UnreadableFile(f"文件里的表格嵌套超过 {MAX_DEPTH} 层，不是正常的文档，请把内容复制到新文档后再试。")
        self._frames.append(_Frame(self._line + 1))

    def open_row(self) -> None:
        if self._frames:
            self.close_row()
            frame = self._frames[-1]
            frame.row, frame.column = [], 0
            frame.reaches = [reach for reach in frame.reaches if reach.until > len(frame.rows)]

    def skip_columns(self, count: int) -> None:
        """Leave the next `count` columns of the row empty."""
        if self._frames:
            self._frames[-1].column += count

    def open_cell(self, colspan: int = 1, rowspan: int = 1, continues: bool = False) -> None:
        """Begin a cell. `continues`: it is the lower part of the merged cell above it; its own text is not printed."""
        if not self._frames:
            return
        frame = self._frames[-1]
        if frame.row is None:
            self.open_row()
        row = frame.row if frame.row is not None else []
        self.close_cell()
        while reach := next((r for r in frame.reaches if r.cell.column <= frame.column < _end(r.cell)), None):
            frame.column = _end(reach.cell)
        cell = _OpenCell(frame.column, colspan, rowspan, continues)
        frame.cell, frame.column = cell, frame.column + colspan
        check_columns(frame.column, "表格")
        self._allowance.take_cells(1)
        row.append(cell)
        if rowspan > 1:
            frame.reaches.append(_Reach(cell, len(frame.rows) + rowspan))

    def close_cell(self) -> None:
        if self._frames:
            self._frames[-1].cell = None

    def close_row(self, drop: bool = False) -> None:
        """End the row; `drop` forgets it, as a reader who does not see it would."""
        if self._frames and (frame := self._frames[-1]).row is not None:
            self.close_cell()
            if not drop:
                frame.rows.append(frame.row)
                check_rows(len(frame.rows), "表格")
            frame.row = None

    def close_table(self) -> None:
        if not self._frames:
            return
        self.close_row()
        frame = self._frames.pop()
        _merge_down(frame)
        cells = [cell for row in frame.rows for cell in row]
        if not any(cell.content for cell in cells):
            return
        sink = self._sink()
        if len(cells) == 1 or (frame.holds_table and _arranges(frame)):
            for cell in cells:
                sink.extend(cell.content)
            held = any(isinstance(block, Table) for cell in cells for block in cell.content)
        else:
            sink.append(_table(frame))
            held = True
        if held and self._frames:
            self._frames[-1].holds_table = True

    def finish(self) -> list[Block]:
        """Close what is still open and return the blocks."""
        while self._frames:
            self.close_table()
        return self.blocks

    def _sink(self) -> list[Block]:
        for frame in reversed(self._frames):
            if frame.cell is not None:
                return frame.cell.content
        return self.blocks


def _end(cell: _OpenCell) -> int:
    return cell.column + cell.colspan


def _merge_down(frame: _Frame) -> None:
    """Cells that continue the one above are taken into it; one with nothing of its width above stands for itself."""
    above: dict[int, _OpenCell] = {}
    for index, row in enumerate(frame.rows):
        below: dict[int, _OpenCell] = {}
        kept: list[_OpenCell] = []
        for cell in row:
            start = above.get(cell.column) if cell.continues else None
            if start is not None and start.colspan == cell.colspan:
                start.rowspan += 1
            else:
                start = cell
                kept.append(cell)
            below[cell.column] = start
        frame.rows[index], above = kept, below


def _arranges(frame: _Frame) -> bool:
    """A table that holds tables and has fewer than two rows of several filled cells lists nothing by itself."""
    return sum(1 for row in frame.rows if sum(1 for cell in row if cell.content) > 1) < 2


def _table(frame: _Frame) -> Table:
    height = len(frame.rows)
    return Table(
        tuple(
            tuple(Cell(_text(c.content), c.column, c.colspan, min(c.rowspan, height - i)) for c in row)
            for i, row in enumerate(frame.rows)
        ),
        frame.line,
    )


def _text(content: list[Block]) -> str:
    lines: list[str] = []
    for block in content:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines.extend("\t".join(cell.text.replace("\n", " ") for cell in row) for row in block.rows)
    return "\n".join(lines)
