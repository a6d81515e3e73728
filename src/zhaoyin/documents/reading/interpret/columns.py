"""The head of a table: which row or rows it is, and what each column means."""

import re
from dataclasses import dataclass, field

from ..source import Place
from .goals import DatedHeading, dated_heading
from .grid import Grid, GridCell, own_cells
from .headings import PARTS_OF_WHOLE, Heading, heading
from .passage import Sheet, Span, squeezed

_LEAF_NEEDS_GROUP = re.compile(r"名称|姓名|单位|部门|时间|面积|金额|数量|内容|全称")
_UNIT_ONLY = re.compile(r"[(]?(?:单位:)?(?:[亿万]?元|万?美元|亩|公顷|平方米|㎡)[)]?")
_MAX_HEAD = 4
_LOOK_AHEAD = 15


@dataclass(slots=True)
class Columns:
    """Grid column → meaning. `role_at` has each role once, `column_of` leads back from it; `label_at` has the printed
    heading of every column."""

    role_at: dict[int, str]
    column_of: dict[str, int]
    label_at: dict[int, str]
    periods: dict[int, DatedHeading]
    dates: dict[int, str]
    money_unit: str | None
    area_unit: str | None
    width: int
    signature: tuple[str, ...] = field(default=())
    name_with_content: bool = False


def find_head(grid: Grid, start: int = 0) -> tuple[int, int] | None:
    """First and last (exclusive) row of the head of a project table, looked for from row `start`; None when there is none."""
    for row in range(start, min(start + _LOOK_AHEAD, len(grid.rows))):
        if is_head(grid, row):
            return row, row + _depth(grid, row)
    return None


def is_head(grid: Grid, row: int) -> bool:
    """Whether the row is the (first) heading row of a project table: a name and two more known columns."""
    cells = own_cells(grid, row)
    if not 3 <= len(cells) <= 60 or any(len(cell.text) > 60 for cell in cells):
        return False
    roles = [heading(cell.text).role for cell in cells]
    known = {role for role in roles if role in PARTS_OF_WHOLE or role in ("period", "date")}
    below = own_cells(grid, row + 1) if row + 1 < len(grid.rows) else []
    under = {role for cell in below if cell.row == row + 1 and (role := heading(cell.text).role) in PARTS_OF_WHOLE}
    has_name = "name" in known or ("name" in under and any(c.colspan > 1 for c in cells))
    strangers = sum(1 for role in roles if not role)
    return (
        has_name
        and len((known | (under if any(c.colspan > 1 for c in cells) else set())) - {"seq"}) >= 3
        and strangers <= len(cells) / 2 + 1
    )


def _depth(grid: Grid, row: int) -> int:
    """How many rows the head has: as far as its merged cells reach, or as long as rows hold nothing but headings."""
    cells = own_cells(grid, row)
    tallest = max(cell.rowspan for cell in cells)
    if tallest > 1 and any(cell.rowspan < tallest for cell in cells):
        return min(tallest, _MAX_HEAD)
    depth = 1
    while depth < _MAX_HEAD and row + depth < len(grid.rows):
        below = own_cells(grid, row + depth)
        if not below or not all(_heads_like(cell) for cell in below):
            break
        name = next((c.column for c in cells if heading(c.text).role == "name"), None)
        if name is not None and any(cell.column == name for cell in below):
            break
        depth += 1
    return depth


def _heads_like(cell: GridCell) -> bool:
    text = squeezed(cell.text)
    return len(text) <= 16 and (
        bool(heading(text).role)
        or bool(re.fullmatch(r"[(（]?[亿万]?[元亩美]{1,2}[)）]?|[一-龥]{2,6}(?:[(（][^()（）]{1,8}[)）])?", text))
    )


def read_columns(grid: Grid, head: tuple[int, int], year: int | None, units: tuple[str | None, str | None]) -> Columns:
    """What each column means. `units` were stated above the table and serve where a heading names none."""
    understood: dict[int, tuple[Heading, str, Span]] = {}
    for column in range(grid.width):
        stack: list[GridCell] = []
        for row in range(*head):
            cell = grid.rows[row].get(column)
            if cell is not None and cell.text.strip() and cell not in stack:
                stack.append(cell)
        if stack:
            understood[column] = _understand(stack)
    columns = Columns({}, {}, {}, {}, {}, units[0], units[1], grid.width)
    best: dict[str, tuple[int, int]] = {}
    seen: set[tuple[Place, ...]] = set()
    for column, (meaning, label, printed) in understood.items():
        places = printed.places
        if len(places) == 1 and places in seen:
            continue  # one heading over several columns: they are read as its first, the rest stay by their label
        seen.add(places)
        columns.label_at[column] = label
        if meaning.role in PARTS_OF_WHOLE:
            if meaning.role not in best or meaning.rank < best[meaning.role][0]:
                best[meaning.role] = (meaning.rank, column)
        elif meaning.role == "period":
            if dated := dated_heading(meaning.when, printed, year):
                columns.periods[column] = dated
        elif meaning.role == "date":
            columns.dates[column] = meaning.event
    for column, (_, label, _) in understood.items():
        columns.label_at.setdefault(column, label)
    columns.column_of = {role: column for role, (_, column) in best.items()}
    columns.role_at = {column: role for role, column in columns.column_of.items()}
    for role, column in columns.column_of.items():
        meaning, label, _ = understood[column]
        if role == "investment" and meaning.money:
            columns.money_unit = meaning.money
        if role == "land" and meaning.area:
            columns.area_unit = meaning.area
        if role == "name" and re.search("及.*(?:内容|规模|概况)", label):
            columns.name_with_content = True
    columns.signature = tuple(label for _, label in sorted(columns.label_at.items()))
    return columns


def _bracketed(cell: GridCell) -> str:
    return f"({cell.folded.strip(' ()' + chr(10))})"


def _understand(stack: list[GridCell]) -> tuple[Heading, str, Span]:
    """The meaning of a column whose heading has several rows: the lowest first, with those above where it says too little."""
    own = heading(stack[-1].text)
    while len(stack) > 1 and _UNIT_ONLY.fullmatch(stack[-1].folded.strip()):
        own = Heading(
            "",
            9,
            own.money or heading(f"总投资{_bracketed(stack[-1])}").money,
            own.area or heading(f"用地{_bracketed(stack[-1])}").area,
        )
        stack = stack[:-1]
    leaf = stack[-1].span.strip()
    label = squeezed("".join(cell.text.strip() for cell in stack)) if len(stack) > 1 else squeezed(leaf.text)
    meaning = heading(leaf.text)
    groups = [heading(cell.text) for cell in stack[:-1]]
    if own.money or own.area:
        meaning = Heading(
            meaning.role,
            meaning.rank,
            meaning.money or own.money,
            meaning.area or own.area,
            meaning.when,
            meaning.event,
        )
    if len(stack) > 1:
        bare = re.sub(r"[(（].*", "", squeezed(leaf.text))
        if not meaning.role or _LEAF_NEEDS_GROUP.fullmatch(bare):
            joined = heading(squeezed(stack[-2].text.strip() + leaf.text))
            if joined.role == "content" and not re.search("内容|规模|概况", leaf.folded):
                joined = Heading("")
            if joined.role:
                meaning = joined
        if meaning.role == "period" and any(g.role == "progress" for g in groups):
            meaning = Heading("other")
        money = meaning.money or own.money or next((g.money for g in [heading(label), *groups] if g.money), None)
        area = meaning.area or own.area or next((g.area for g in [heading(label), *groups] if g.area), None)
        meaning = Heading(meaning.role, meaning.rank, money, area, meaning.when, meaning.event)
        label = squeezed("·".join(cell.text.strip() for cell in stack))
    return (
        meaning,
        label,
        leaf if len(stack) == 1 or meaning.when else Sheet.joined([cell.span for cell in stack]).all(),
    )
