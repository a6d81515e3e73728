"""Several lists as one .xlsx: a sheet each, a header that stays in view, the same to the byte for the same lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import sheets
from .measures import em_width
from .package import (
    CORE_KIND,
    CORE_TYPE,
    OFFICE,
    XML_HEAD,
    UnwritableDocument,
    content_types,
    core_properties,
    escaped,
    pack,
    relationships,
)
from .sheets import MAX_ROWS, Cell, Style, cell, column_letters, text_cell

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SAMPLE = 200  # rows looked at for the widths of columns


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One list: its sheet's name, the headings, the rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_book_xlsx(title: str, lists: Sequence[BookSheet]) -> bytes:
    """The lists as sheets of one workbook. Text that a spreadsheet would run stays text. Raises UnwritableDocument with
    more rows than a sheet holds."""
    numbers = range(1, len(lists) + 1)
    names = "".join(
        f'<sheet name="{escaped(one.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, one in zip(numbers, lists, strict=True)
    )
    book = f'{XML_HEAD}<workbook xmlns="{sheets.MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    parts = [
        ("xl/workbook.xml", f"{KIND}.sheet.main+xml"),
        *((f"xl/worksheets/sheet{number}.xml", f"{KIND}.worksheet+xml") for number in numbers),
        ("xl/styles.xml", f"{KIND}.styles+xml"),
        ("docProps/core.xml", CORE_TYPE),
    ]
    return pack(
        [
            ("[Content_Types].xml", content_types(parts)),
            (
                "_rels/.rels",
                relationships([(f"{OFFICE}/officeDocument", "xl/workbook.xml"), (CORE_KIND, "docProps/core.xml")]),
            ),
            ("docProps/core.xml", core_properties(title=title, creator="", stamp="1980-01-01T00:00:00Z")),
            ("xl/workbook.xml", book),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(
                    [
                        *((f"{OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
                        (f"{OFFICE}/styles", "styles.xml"),
                    ]
                ),
            ),
            ("xl/styles.xml", sheets.STYLES),
            *((f"xl/worksheets/sheet{number}.xml", _sheet(one)) for number, one in zip(numbers, lists, strict=True)),
        ]
    )


def _sheet(one: BookSheet) -> str:
    letters = [column_letters(index) for index in range(len(one.headings))]
    widths = [em_width(heading) for heading in one.headings]
    head = [text_cell(f"{letter}1", text, Style.HEADER) for letter, text in zip(letters, one.headings, strict=True)]
    lines = [f'<row r="1" ht="24" customHeight="1">{"".join(head)}</row>']
    for number, row in enumerate(one.rows, start=2):
        if number > MAX_ROWS:
            raise UnwritableDocument(f"一张表最多 {MAX_ROWS} 行，请缩小范围后再导出。")
        if number <= _SAMPLE:
            for index, value in enumerate(row):
                widths[index] = max(widths[index], em_width(str(value)) if value is not None else 0)
        cells = "".join(cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True))
        lines.append(f'<row r="{number}">{cells}</row>')
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{min(max(2 * ems + 2, 8), 60):g}" customWidth="1"/>'
        for number, ems in enumerate(widths, 1)
    )
    return (
        f'{XML_HEAD}<worksheet xmlns="{sheets.MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        f'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols>'
        f'<sheetData>{"".join(lines)}</sheetData><autoFilter ref="A1:{letters[-1]}{len(lines)}"/></worksheet>'
    )
