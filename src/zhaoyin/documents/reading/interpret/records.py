"""Projects told without a table of rows: a form of labels and values, or paragraphs such as 项目名称:… 总投资:…"""

import re
from collections.abc import Iterator

from .goals import UNKNOWN
from .grid import Grid, own_cells
from .headings import PARTS_OF_WHOLE, Heading, heading
from .passage import Span
from .rows import Row

_LABELLED = re.compile(r"(?:^|(?<=[\n;。,\s]))\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[、.)]\s?)?\[?(?P<label>[一-龥]{2,12}(?:\([^()\n]{1,8}\))?)\]?\s?:")


def form_row(grid: Grid) -> Row | None:
    """The one project of a form whose cells are label, value, label, value …; None when the table is no such form."""
    row = Row({})
    filled = 0
    for r in range(len(grid.rows)):
        cells = own_cells(grid, r)
        for cell, following in zip(cells, cells[1:], strict=False):
            meaning = heading(cell.span.text)
            if meaning.role and not heading(following.span.text).role:
                filled += _take(row, meaning, cell.span.words, following.span)
    return row if filled >= 4 and "name" in row.cells else None


def labelled_rows(lines: list[Span]) -> Iterator[Row]:
    """Projects of labelled paragraphs: each begins at 项目名称 and has at least three more labelled fields."""
    row: Row | None = None
    filled = 0
    for line in lines:
        labels = [(m, heading(m["label"])) for m in _LABELLED.finditer(line.folded[:20_000])]
        labels = [(m, meaning) for m, meaning in labels if meaning.role]
        for index, (match, meaning) in enumerate(labels):
            end = labels[index + 1][0].start() if index + 1 < len(labels) else len(line)
            if meaning.role == "name":
                if row is not None and filled >= 3:
                    yield row
                row, filled = Row({}), 0
            if row is not None:
                filled += _take(row, meaning, match["label"], line.sub(match.end(), end).strip(";,。 "))
        if not labels and row is not None and line.text.strip() and row.cells.get("goals") and filled >= 3:
            yield row
            row, filled = None, 0
    if row is not None and filled >= 3:
        yield row


def _take(row: Row, meaning: Heading, label: str, value: Span) -> bool:
    if not value.strip():
        return False
    if meaning.role in PARTS_OF_WHOLE and meaning.role not in row.cells:
        row.cells[meaning.role] = value.strip()
        if meaning.role == "investment":
            row.money_unit = meaning.money
        if meaning.role == "land":
            row.area_unit = meaning.area
        return meaning.role != "name"
    if meaning.role == "date":
        row.dates.append((meaning.event, value.strip()))
        return True
    if not UNKNOWN.fullmatch(value.folded):
        row.extra.append((label, value.strip()))
    return True
