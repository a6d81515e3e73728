"""The plan's project table (重大招商项目推进责任分解表) in its ten columns, as .xlsx and as .docx.

What is written here, `documents.reading` reads back unchanged: unknown is `/`, numbers are plain, progress items are
numbered 1、 2、 where there are several, section rows say how many projects they declare.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .measures import LANDSCAPE
from .official.layout import title_lines
from .official.numbering import chinese_number
from .package import UnwritableDocument
from .sheets import Cell, Style, cell, column_letters, last_words, note_row, printed_mark, text_cell, workbook
from .tables import UNKNOWN, Column, fit, grid, printed
from .word import Part, paragraph, write_docx

# The plan's headings in its order.
COLUMNS = (
    Column("序号", "center"),
    Column("项目名称", "left"),
    Column("总投资（亿元）", "right"),
    Column("用地（亩）", "right"),
    Column("投资方", "left"),
    Column("项目内容", "left"),
    Column("进展情况", "left"),
    Column("全年工作目标", "left"),
    Column("联系市领导", "left"),
    Column("主责单位", "left"),
)
_SIZES = (10.5, 9.0, 7.5)  # 五号, 小五, 六号
# Widths of the sheet's columns in half-width characters; further columns take the last.
_SHEET_WIDTHS = (6, 22, 11, 10, 20, 44, 40, 36, 11, 18)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One project. Money is 亿元, land 亩; `None` is unknown and printed `/`; `extra` maps further headings to text."""

    seq: int | None
    name: str
    investment_yi: Decimal | None = None
    land_mu: Decimal | None = None
    investor: str | None = None
    content: str | None = None
    progress: tuple[str, ...] = ()
    goals: str | None = None
    leaders: tuple[str, ...] = ()
    unit: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableSection:
    """A part of the table under a row of its own; `declared` is the count in that row, `title` "" leaves the row out."""

    title: str
    declared: int | None
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ProjectTable:
    """The whole table. Raises UnwritableDocument when an extra heading repeats one of the ten."""

    title: str
    sections: tuple[TableSection, ...]

    def __post_init__(self) -> None:
        own = {column.heading for column in COLUMNS}
        for heading in self.extra_headings():
            if heading in own:
                raise UnwritableDocument(f"附加列“{heading}”与表中已有的列重名。")

    def extra_headings(self) -> tuple[str, ...]:
        """The headings beyond the ten, in the order they first occur."""
        return tuple(
            dict.fromkeys(heading for section in self.sections for row in section.rows for heading in row.extra)
        )

    def columns(self) -> tuple[Column, ...]:
        """The ten columns and the extra ones."""
        return COLUMNS + tuple(Column(heading) for heading in self.extra_headings())


def section_words(section: TableSection, place: int) -> str:
    """The words of a section row: 一、盯引抓签约项目（33个）."""
    count = f"（{section.declared}个）" if section.declared is not None else ""
    return f"{chinese_number(place)}、{section.title}{count}"


def numbered(items: Sequence[str]) -> str:
    """Several items as 1、… 2、… on lines of their own; a single one as it stands."""
    if len(items) == 1:
        return items[0]
    return "\n".join(f"{place}、{item}" for place, item in enumerate(items, start=1))


def _values(row: TableRow, extras: Sequence[str]) -> list[Cell]:
    """The row's cells in the order of the columns: numbers as numbers, unknown as `/`."""
    ten: list[Cell] = [
        row.seq,
        row.name,
        row.investment_yi,
        row.land_mu,
        row.investor,
        row.content,
        numbered(row.progress),
        row.goals,
        " ".join(row.leaders),
        row.unit,
    ]
    return [
        UNKNOWN if value is None or value == "" else value
        for value in (*ten, *(row.extra.get(each) for each in extras))
    ]


def _lines(table: ProjectTable) -> Iterator[str | list[Cell]]:
    """Section rows as text and project rows as cells, in order."""
    extras = table.extra_headings()
    place = 0
    for section in table.sections:
        if section.title:
            place += 1
            yield section_words(section, place)
        for row in section.rows:
            yield _values(row, extras)


def write_table_xlsx(table: ProjectTable, *, mark: str = "") -> bytes:
    """The table as one sheet: title, headings that stay in view, section rows across. Same table and mark, same bytes.

    `mark` says who took it out of the house: below the table, after an empty row, and on every printed page.
    """
    columns = table.columns()
    letters = [column_letters(index) for index in range(len(columns))]
    last = letters[-1]
    heads = "".join(
        text_cell(f"{letter}2", column.heading, Style.HEADER) for letter, column in zip(letters, columns, strict=True)
    )
    lines = [
        f'<row r="1" ht="32" customHeight="1">{text_cell("A1", table.title, Style.TITLE)}</row>',
        f'<row r="2" ht="32" customHeight="1">{heads}</row>',
    ]
    merged = [f"A1:{last}1"]
    for number, line in enumerate(_lines(table), start=3):
        if isinstance(line, str):
            lines.append(f'<row r="{number}">{text_cell(f"A{number}", line, Style.SECTION)}</row>')
            merged.append(f"A{number}:{last}{number}")
        else:
            cells = "".join(
                cell(f"{letter}{number}", value, Style.TEXT if column.align == "left" else Style.CENTRED)
                for letter, value, column in zip(letters, line, columns, strict=True)
            )
            lines.append(f'<row r="{number}">{cells}</row>')
    if mark:
        lines.append(note_row(len(lines) + 2, last_words(mark)))
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    tail = (
        f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>' + printed_mark(mark)
    )
    widths = [*_SHEET_WIDTHS, *([_SHEET_WIDTHS[-1]] * (len(columns) - len(_SHEET_WIDTHS)))]
    return workbook(table.title, lines, widths, frozen=2, tail=tail)


def table_part(table: ProjectTable) -> Part:
    """The table on A4 across, its header repeated on each page, to stand in a larger document; cut rather than refused."""
    columns = table.columns()
    rows: list[list[str]] = []
    bands: list[tuple[int, str]] = []
    for line in _lines(table):
        if isinstance(line, str):
            bands.append((len(rows), line))
        else:
            rows.append([_text(value) for value in line])
    how = fit(columns, rows, pages=(LANDSCAPE,), sizes=_SIZES, squeezed=True)
    return Part(grid(columns, rows, how, bands=bands), LANDSCAPE)


def _text(value: Cell) -> str:
    return printed(value) if isinstance(value, (int, Decimal)) else str(value)


def write_table_docx(
    table: ProjectTable, *, dated: date = date(1980, 1, 1), demo: bool = False, mark: str = ""
) -> bytes:
    """The table under its title on A4 across, with `mark` in the foot of every page.

    `dated` goes into the file's properties; same table and mark, same bytes.
    """
    head = Part(title_lines(table.title) + paragraph("Flush"), LANDSCAPE)
    return write_docx(
        [head, table_part(table)], title=table.title, creator="", dated=dated, demo=demo, compress=True, mark=mark
    )
