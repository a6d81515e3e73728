"""Excel files (.xlsx): every visible sheet with content is a table, its cells as they are printed.

Source: ECMA-376 part 1, SpreadsheetML. Sheets are walked as a stream, because a sheet may declare a million rows and
hold ten, and because a reader that lays out the whole declared area can be made to use up all memory.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from zhaoyin.documents.reading.files.archive import DAMAGED, Archive, Node
from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.limits import MAX_CELLS, Allowance, check_rows
from zhaoyin.documents.reading.files.number_formats import Printer, plain_number, printer
from zhaoyin.documents.reading.files.sheet_grid import Area, Sheet, table_of
from zhaoyin.documents.reading.source import Block, UnreadableFile

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true"})
_NAMED = 5  # how many places a note names
_LONGEST_CELL = 1_000_000  # characters; Excel itself allows 32,767
_MOST_MERGED = 200_000
_MOST_COLUMN_RUNS = 2_000


def read_sheets(path: Path, allowance: Allowance) -> tuple[list[Block], list[str]]:
    """One table per visible sheet of an .xlsx, and notes about what was left out. Raises UnreadableFile."""
    blocks: list[Block] = []
    notes: list[str] = []
    for sheet, said in visible_sheets(path, allowance):
        if sheet is None:
            notes += said()
        elif table := table_of(sheet, allowance):
            blocks.append(table)
            notes += said()
    return blocks, notes


def visible_sheets(path: Path, allowance: Allowance) -> Iterator[tuple[Sheet | None, Callable[[], list[str]]]]:
    """Every visible sheet with its cells as they are printed, and what gives the notes about it; None for a note about the
    workbook. Raises UnreadableFile."""
    archive = Archive(path)
    try:
        main = archive.main_part()
        book = archive.tree(main)
        relations = archive.relations(main)
        if book.name != "workbook":
            raise UnreadableFile(DAMAGED)
        parts = {relation.kind: relation.part for relation in relations.values() if relation.part in archive}
        properties = book.first("workbookPr")
        from_1904 = properties is not None and properties.attributes.get("date1904") in _TRUE
        printers = _printers(archive.tree(parts["styles"]) if "styles" in parts else None, from_1904)
        shared = _shared_strings(archive, parts["sharedStrings"], allowance) if "sharedStrings" in parts else []
        if from_1904:
            yield None, lambda: ["工作簿使用 1904 日期系统，日期已按此换算。"]
        listed = book.first("sheets")
        for entry in listed.all("sheet") if listed else []:
            relation = relations.get(entry.attributes.get("id", ""))
            if relation is None or relation.kind != "worksheet":
                continue
            name = entry.attributes.get("name", "")
            if entry.attributes.get("state", "visible") != "visible":
                hidden = f"隐藏的工作表“{name}”没有读取。"
                yield None, lambda hidden=hidden: [hidden]  # type: ignore[misc]
                continue
            walk = _SheetWalk(Sheet(name), shared, printers, allowance)
            archive.walk(relation.part, walk.start, walk.end, walk.text)
            yield walk.sheet, walk.notes
    finally:
        archive.close()


def _printers(root: Node | None, from_1904: bool) -> list[Printer]:
    """What prints a number, by the style number of its cell."""
    if root is None:
        return []
    formats = root.first("numFmts")
    codes = {
        _whole(n.attributes.get("numFmtId")): n.attributes.get("formatCode", "")
        for n in (formats.all("numFmt") if formats else [])
    }
    styles = root.first("cellXfs")
    made: dict[int, Printer] = {}
    found: list[Printer] = []
    for style in styles.all("xf") if styles else []:
        number = _whole(style.attributes.get("numFmtId"))
        if number not in made:
            made[number] = printer(number, codes, from_1904)
        found.append(made[number])
    return found


def _shared_strings(archive: Archive, part: str, allowance: Allowance) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    taking = phonetic = False
    prefix: str | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal taking, phonetic, prefix
        if prefix is None:
            prefix = name[: name.find(":") + 1]
        name = name[len(prefix) :]
        if name == "t":
            taking = not phonetic
        elif name == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal taking, phonetic
        name = name[len(prefix or "") :]
        if name == "t":
            taking = False
        elif name == "rPh":
            phonetic = False
        elif name == "si":
            text = "".join(pieces)
            pieces.clear()
            allowance.take_characters(len(text))
            strings.append(_text(text))

    def text(data: str) -> None:
        if taking:
            pieces.append(data)

    archive.walk(part, start, end, text)
    return strings


def _text(stored: str) -> str:
    if "_x" in stored:
        stored = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), stored)
    return printed(stored)


def _whole(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else 0


class _Places:
    """Counts places and remembers the first ones, for a note."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []

    def add(self, place: str) -> None:
        self.count += 1
        if self.count <= _NAMED:
            self.first.append(place)

    def __str__(self) -> str:
        return "、".join(self.first) + ("等" if self.count > _NAMED else "")


class _SheetWalk:
    """What the elements of a sheet do: cells become text in `sheet`, the rest tells what is hidden or merged."""

    def __init__(self, sheet: Sheet, shared: list[str], printers: list[Printer], allowance: Allowance) -> None:
        self.sheet = sheet
        self._shared = shared
        self._printers = printers
        self._allowance = allowance
        self._prefix: str | None = None
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._row_hidden = False
        self._style: str | None = None
        self._type: str | None = None
        self._value: str | None = None
        self._has_formula = self._taking = self._phonetic = False
        self._uncalculated = _Places()
        self._errors = _Places()
        self._content = self._column_runs = 0
        self._by_type: dict[str | None, Callable[[str], str]] = {
            "s": self._shared_text,
            "inlineStr": _text,
            "str": _text,
            "b": lambda stored: "TRUE" if stored in _TRUE else "FALSE",
            "e": self._error,
            "d": lambda stored: stored.removesuffix("T00:00:00"),
        }

    def notes(self) -> list[str]:
        """What of this sheet was not read, or could not be."""
        name = f"工作表“{self.sheet.name}”"
        rows, columns = _Places(), _Places()
        used: set[int] = set().union(*self.sheet.rows.values())
        for row in sorted(self.sheet.hidden_rows):
            rows.add(f"第 {row} 行")
        for column in sorted(self.sheet.hidden_columns.intersection(used)):
            columns.add(f"{_letters(column)} 列")
        said = (
            (rows, f"{name}有 {rows.count} 个隐藏行没有读取（{rows}）。"),
            (columns, f"{name}有 {columns.count} 个隐藏列没有读取（{columns}）。"),
            (
                self._uncalculated,
                f"{name}有 {self._uncalculated.count} 个公式没有计算结果，按空白读取（{self._uncalculated}）。",
            ),
            (self._errors, f"{name}有 {self._errors.count} 个单元格显示为错误值，照原样读取（{self._errors}）。"),
        )
        return [sentence for places, sentence in said if places.count]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._prefix is None:
            self._prefix = name[: name.find(":") + 1]
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "c":
            self._start_cell(attributes)
        elif name == "v" or name == "t":
            self._taking = not self._phonetic
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self._hide_columns(attributes)

    def end(self, name: str) -> None:
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "v" or name == "t":
            self._taking = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._taking:
            self._value = data if self._value is None else self._value + data
            if len(self._value) > _LONGEST_CELL:
                raise UnreadableFile(DAMAGED)

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        self._column_runs += 1
        if self._column_runs > _MOST_COLUMN_RUNS:
            raise UnreadableFile(DAMAGED)
        first, last = _whole(attributes.get("min")), min(_whole(attributes.get("max")), _LAST_COLUMN)
        self.sheet.hidden_columns.update(range(max(first, 1) - 1, last))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = _whole(number) if number else self._row + 1
        if not 0 < self._row <= _LAST_ROW:
            raise UnreadableFile(DAMAGED)
        self._column = 0
        self._cells = {}
        self._row_hidden = attributes.get("hidden") in _TRUE

    def _end_row(self) -> None:
        if self._cells:
            if self._row_hidden:
                self.sheet.hidden_rows.add(self._row)
            self.sheet.rows.setdefault(self._row, {}).update(self._cells)
            check_rows(len(self.sheet.rows), f"工作表“{self.sheet.name}”")
            self._allowance.take_characters(sum(map(len, self._cells.values())))
            self._content += len(self._cells)
            if self._content > MAX_CELLS:
                self._allowance.take_cells(self._content)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if reference := attributes.get("r"):
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = _column(letters)
            self._column = column
        self._style = attributes.get("s")
        self._type = attributes.get("t")
        self._value = None
        self._has_formula = False

    def _end_cell(self) -> None:
        stored, column = self._value, self._column
        self._column += 1
        if stored is None:
            if self._has_formula and self._type != "str":
                self._uncalculated.add(f"{_letters(column)}{self._row}")
            return
        if not 0 <= column < _LAST_COLUMN:
            raise UnreadableFile(DAMAGED)
        convert = self._by_type.get(self._type)
        text = convert(stored) if convert else self._number(stored)
        if text:
            self._cells[column] = text

    def _number(self, stored: str) -> str:
        if self._style is None:
            return plain_number(stored)
        style = _whole(self._style)
        return self._printers[style](stored) if style < len(self._printers) else plain_number(stored)

    def _shared_text(self, stored: str) -> str:
        index = _whole(stored.strip())
        if index >= len(self._shared):
            raise UnreadableFile(DAMAGED)
        return self._shared[index]

    def _error(self, stored: str) -> str:
        self._errors.add(f"{_letters(self._column - 1)}{self._row} {stored}")
        return stored

    def _merge(self, reference: str) -> None:
        match = _AREA.match(reference)
        if match is None:
            raise UnreadableFile(DAMAGED)
        first, top, last, bottom = match.groups()
        area: Area = (int(top), _column(first), int(bottom or top), _column(last or first))
        self.sheet.merged.append(area)
        if len(self.sheet.merged) > _MOST_MERGED:
            raise UnreadableFile(DAMAGED)


def _column(letters: str) -> int:
    """Column letters to a number from 0."""
    number = 0
    for letter in letters[:4]:
        if not "A" <= letter <= "Z":
            raise UnreadableFile(DAMAGED)
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    written = ""
    column += 1
    while column > 0:
        column, digit = divmod(column - 1, 26)
        written = chr(65 + digit) + written
    return written
