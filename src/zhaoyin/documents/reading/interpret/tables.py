"""Project tables row by row: title and unit lines, section rows, totals, rows that go on over a page, and projects."""

import re

from .collect import TOTAL, ProjectList, section_title
from .columns import Columns, find_head, is_head, read_columns
from .grid import Grid, GridCell, own_cells
from .items import UNKNOWN
from .passage import Sheet, Span
from .quantities import Figure, land_figure, money_figure, units_stated
from .rows import Row, breaks_off

# A page number, or 续表: what stands between the parts of one table.
PAGE_MARK = re.compile(
    r"[\s\-—–_·*=]*(?:第?\s?\d{1,4}\s?页?(?:\s?[共/,，]*\s?\d{1,4}\s?页?)?)?[\s\-—–_·*=]*|.{0,40}续\s?表?.{0,10}|\(续\)"
)
_NOTE = re.compile(
    r"^\s*(?:注|备注|说明|填表|填报|制表|审核|联系人|附注|※|\*)\s*[:：\d.、]|^\s*(?:填报单位|制表单位|填表人|填报日期|制表日期)"
)
_CHINESE_NUMBER = re.compile(r"\s*\(?[一二三四五六七八九十]{1,3}\)?[、.]?\s*")
_SECTION_LIKE = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]类)|\(\s?(?:共|计)?\s?\d{1,5}\s?(?:个|项)[^()]*\)|(?:项目|类|产业|板块)\s*$"
)
_SEQ_LIKE = re.compile(r"\s*\(?\d{1,6}(?:\.0+|[-－]\d{1,3})?[)、.]?\s*")
_COUNT = re.compile(r"(\d{1,5})\s?(?:个|项)")
_NAME_END = re.compile(r"[:\n。]")


class TableReader:
    """Reads project tables one after another into one list; a table without a head goes on with the columns of the last."""

    def __init__(self, projects: ProjectList) -> None:
        self._projects = projects
        self._columns: Columns | None = None
        self._open: dict[int, list[Span]] = {}

    def captions(self, grid: Grid) -> list[Span]:
        """The rows of one or two cells above the head (of any table): title, unit line, text typed into a sheet."""
        head = find_head(grid)
        found: list[Span] = []
        for row in range(head[0] if head else min(4, len(grid.rows))):
            cells = own_cells(grid, row)
            if head is None and len(cells) > 1:
                break
            if len(cells) in (1, 2):
                found.append(cells[0].span)
        return found

    def headings(self, grid: Grid) -> list[Span]:
        """The cells of the head of a project table."""
        head = find_head(grid)
        return [cell.span for row in range(*head) for cell in own_cells(grid, row)] if head else []

    def captions_head(self, grid: Grid) -> bool:
        """Whether the table has the head of a project table."""
        return find_head(grid) is not None

    def read(self, grid: Grid, units: tuple[str | None, str | None], *, adjacent: bool) -> bool:
        """Read the table if it is a project table, or goes on with the last one (`adjacent`: nothing but page marks
        between them). False when it is neither."""
        head = find_head(grid)
        if head is None:
            if not adjacent or self._columns is None or grid.width != self._columns.width or not self._goes_on(grid):
                return False
            self._rows(grid, 0)
            return True
        for row in range(head[0]):
            for cell in own_cells(grid, row):
                stated = units_stated(cell.folded)
                units = stated[0] or units[0], stated[1] or units[1]
        columns = read_columns(grid, head, self._projects.year, units)
        same = adjacent and self._columns is not None and columns.signature == self._columns.signature
        if not same:
            self.flush()
            self._projects.begin_table(continued=False)
        elif self._columns is not None and columns.label_at != self._columns.label_at:
            self.flush()  # the same headings in other columns, as on the next sheet: no row goes on there
        if same and self._columns is not None and columns.money_unit is None:
            columns.money_unit, columns.area_unit = (
                self._columns.money_unit,
                columns.area_unit or self._columns.area_unit,
            )
        self._columns = columns
        if not same:
            for row in range(head[0]):
                self._caption(own_cells(grid, row))
        self._rows(grid, head[1])
        return True

    def _caption(self, cells: list[GridCell]) -> None:
        if len(cells) == 1 and section_title(cells[0].span)[1] is not None:
            self._projects.section(cells[0].span)

    def _goes_on(self, grid: Grid) -> bool:
        """Whether a table without a head has rows like the last one: numbers in the column of numbers, or a row cut in two."""
        columns = self._columns
        assert columns is not None  # noqa: S101
        seq, name = columns.column_of.get("seq"), columns.column_of.get("name")
        for row in range(min(3, len(grid.rows))):
            line = grid.rows[row]
            if seq is not None and seq in line and _SEQ_LIKE.fullmatch(line[seq].folded):
                return True
            if name is not None and name in line and line[name].text.strip():
                return seq is None or row > 0
        return bool(self._open)

    def _rows(self, grid: Grid, start: int) -> None:
        columns = self._columns
        assert columns is not None  # noqa: S101
        row = start
        while row < len(grid.rows):
            cells = own_cells(grid, row)
            if len(cells) >= 3 and not _SEQ_LIKE.fullmatch(cells[0].text) and is_head(grid, row):
                head = find_head(grid, row)
                if head is not None:
                    self.flush()
                    again = read_columns(grid, head, self._projects.year, (columns.money_unit, columns.area_unit))
                    columns = self._columns = again
                    row = head[1]
                    continue
            if cells:
                self._row(grid, row, cells, columns)
            row += 1

    def _row(self, grid: Grid, row: int, cells: list[GridCell], columns: Columns) -> None:
        first = cells[0]
        if len(cells) <= 2 and (
            _NOTE.match(first.folded) or (len(cells) == 1 and PAGE_MARK.fullmatch(first.folded.strip()))
        ):
            return
        total = next(
            (
                cell
                for cell in cells[:3]
                if len(cell.text) <= 30 and TOTAL.match(cell.folded) and not self._is_project(grid, row, columns, cell)
            ),
            None,
        )
        if total is not None:
            self.flush()
            self._total(grid, row, total.span, cells, columns)
            return
        if self._is_section(grid, row, cells, columns):
            self.flush()
            self._section(grid, row, cells, columns)
            return
        name = columns.column_of.get("name")
        cell = None if name is None else grid.rows[row].get(name)
        begins = cell is not None and cell.row == row and bool(cell.text.strip())
        seq = columns.column_of.get("seq")
        numbered = (
            seq is not None
            and (mark := grid.rows[row].get(seq)) is not None
            and mark.row == row
            and bool(_SEQ_LIKE.fullmatch(mark.folded))
        )
        if begins and seq is not None and not numbered and self._open and not self._alone(grid, row, cells, columns):
            begins = False  # the rest of a name that the page cut in two
        if begins or numbered:
            self.flush()
            self._open = {
                column: [c.span] for column, c in grid.rows[row].items() if c.column == column and c.text.strip()
            }
        elif self._open:
            for c in cells:
                self._open.setdefault(c.column, []).append(c.span)

    def _alone(self, grid: Grid, row: int, cells: list[GridCell], columns: Columns) -> bool:
        """Whether a row without a number is a project of its own: it fills figures or most columns, or its number is merged."""
        seq = columns.column_of.get("seq")
        mark = grid.rows[row].get(seq) if seq is not None else None
        if mark is not None and mark.row < row:
            return True
        figures = [c for c in cells if columns.role_at.get(c.column) in ("investment", "land")]
        return bool(figures) or len(cells) > max(3, len(columns.label_at) // 2)

    def _is_project(self, grid: Grid, row: int, columns: Columns, cell: GridCell) -> bool:
        """Whether a word like 合计 belongs to a project's own name ("总数据中心项目")."""
        match = TOTAL.match(cell.folded)
        rest = cell.folded[match.end() :] if match else ""
        if cell.column == 0 and match and not rest.strip(" ():;"):
            return False  # the bare word at the head of a row, whichever column comes first
        if columns.role_at.get(cell.column) not in ("name", "seq", None):
            return True
        return bool(rest.strip(" ():;") and not _COUNT.search(rest)) or (
            match is not None
            and match["all"] is not None
            and match["all"].startswith(("总数", "全"))
            and len(cell.text) > 4
        )

    def _is_section(self, grid: Grid, row: int, cells: list[GridCell], columns: Columns) -> bool:
        head = cells[0]
        seq, name = columns.column_of.get("seq"), columns.column_of.get("name")
        if len(cells) == 1:
            if head.colspan >= max(3, len(columns.label_at) // 2):
                return len(head.text) <= 120
            return head.column in (seq, name, 0) and bool(_SECTION_LIKE.search(head.folded)) and len(head.text) <= 80
        if seq is not None and head.column == seq and _CHINESE_NUMBER.fullmatch(head.folded):
            filled = {columns.role_at.get(cell.column) for cell in cells}
            return not filled & {"leaders", "investor", "goals"}
        if (
            len(cells) <= 4
            and head.column in (seq, name, 0)
            and _SECTION_LIKE.search(head.folded)
            and not _SEQ_LIKE.fullmatch(head.folded)
        ):
            return all(re.fullmatch(r"[\d.,%/\-\s]+", cell.folded) for cell in cells[1:])
        return False

    def _section(self, grid: Grid, row: int, cells: list[GridCell], columns: Columns) -> None:
        title = cells[0].span.strip()
        if _CHINESE_NUMBER.fullmatch(title.folded) and len(cells) > 1:
            title = Sheet.joined(
                [cells[0].span, cells[1].span], "" if title.folded.endswith((")", "、")) else "、"
            ).all()
        self._projects.section(title)
        figures = self._figures(grid, row, columns)
        if figures:
            self._projects.total(title, figures.get("investment"), figures.get("land"), None)

    def _total(self, grid: Grid, row: int, label: Span, cells: list[GridCell], columns: Columns) -> None:
        figures = self._figures(grid, row, columns)
        counted = next(
            (
                int(m[1])
                for cell in cells
                if columns.role_at.get(cell.column) in (None, "name", "seq") and (m := _COUNT.search(cell.folded))
            ),
            None,
        )
        self._projects.total(label, figures.get("investment"), figures.get("land"), counted)

    def _figures(self, grid: Grid, row: int, columns: Columns) -> dict[str, Figure]:
        found = {}
        for role, figure, unit in (
            ("investment", money_figure, columns.money_unit),
            ("land", land_figure, columns.area_unit),
        ):
            column = columns.column_of.get(role)
            cell = None if column is None else grid.rows[row].get(column)
            if cell is not None and cell.column == column and cell.row == row and cell.text.strip():
                read = figure(cell.span, unit)
                if read.value is not None:
                    found[role] = read
        return found

    def flush(self, *, complete: bool = True) -> None:
        """Close the open row and hand it on as a project."""
        spans, self._open = self._open, {}
        columns = self._columns
        if not spans or columns is None:
            return
        row = Row({}, complete=complete, money_unit=columns.money_unit, area_unit=columns.area_unit)
        for column, parts in spans.items():
            cell = parts[0] if len(parts) == 1 else Sheet.joined(parts).all()
            cell = cell.strip()
            if column in columns.role_at:
                row.cells[columns.role_at[column]] = cell
            elif column in columns.periods:
                row.periods.append((columns.periods[column], cell))
            elif column in columns.dates:
                row.dates.append((columns.dates[column], cell))
            elif not UNKNOWN.fullmatch(cell.folded):
                row.extra.append((columns.label_at.get(column, f"第{column + 1}列"), cell))
        if columns.name_with_content and (name := row.cells.get("name")) and (cut := _NAME_END.search(name.folded)):
            row.cells["name"] = name.sub(0, cut.start()).strip()
            row.cells.setdefault("content", name.sub(cut.end()).strip())
        if not row.cells.get("name") and not row.cells.get("investment") and not row.cells.get("content"):
            return  # a number in an otherwise empty row of a form
        self._projects.project(row)

    def finish(self) -> None:
        """The document ends: a last row that breaks off is not complete."""
        cells = [span for _, parts in sorted(self._open.items()) for span in parts]
        self.flush(complete=not breaks_off(cells))
