"""A workbook of records: its rows with their numbers, for whoever says where something is wrong.

Otherwise than a plan's table, rows and columns that somebody hid or filtered away are read too: they are records.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhaoyin.documents.reading.files.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES, Allowance
from zhaoyin.documents.reading.files.sniffing import sniff
from zhaoyin.documents.reading.source import Table, UnreadableFile

DAMAGED = "文件已损坏，无法读取，请打开检查后重新保存再试。"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """One sheet: (row's number from 1, its cells by column from 0) for every row with content, in their order."""

    name: str
    rows: tuple[tuple[int, dict[int, str]], ...]


@dataclass(frozen=True, slots=True)
class NumberedTable:
    """A sheet as a table whose rows know their numbers in the sheet (from 1): `numbers[i]` is that of `table.rows[i]`."""

    table: Table
    numbers: tuple[int, ...]


def read_tables(path: Path, *, name: str) -> tuple[tuple[NumberedTable, ...], Sequence[str]]:
    """The visible sheets of an .xlsx, or the one table of a .csv, and notes about what was not read.

    `name` is what its owner calls the file. A formula is its last result, never computed. Raises UnreadableFile, one
    Chinese sentence, for every other, locked, damaged or too large file.
    """
    try:
        _check_size(path)
        kind = sniff(path, name).format
        if kind == "xlsx":
            return _sheets(path)
        if kind == "csv":
            return _commas(path)
        raise UnreadableFile("请选择 Excel 文件（.xlsx）或 CSV 文件（.csv）。")
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile("文件过大，内存不足，请拆分后再试。") from error
    except Exception as error:
        _log.debug("unforeseen failure while reading a list", exc_info=error)
        raise UnreadableFile(DAMAGED) from error


def _sheets(path: Path) -> tuple[tuple[NumberedTable, ...], Sequence[str]]:
    from zhaoyin.documents.reading.files.sheet_grid import numbered_table_of
    from zhaoyin.documents.reading.files.sheets import visible_sheets

    allowance = Allowance()
    tables: list[NumberedTable] = []
    notes: list[str] = []
    for sheet, said in visible_sheets(path, allowance):
        if sheet is not None:
            sheet.hidden_rows.clear()
            sheet.hidden_columns.clear()
            if found := numbered_table_of(sheet, allowance):
                tables.append(NumberedTable(*found))
        notes += said()
    return tuple(tables), notes


def _commas(path: Path) -> tuple[tuple[NumberedTable, ...], Sequence[str]]:
    from zhaoyin.documents.reading.files.commas import read_commas
    from zhaoyin.documents.reading.files.decoding import decode

    if path.stat().st_size > MAX_TEXT_BYTES:
        raise UnreadableFile(f"文本超过 {MAX_TEXT_BYTES >> 20} MB，超出可读取的范围，请拆分后再试。")
    text, notes = decode(path.read_bytes())
    blocks = [block for block in read_commas(text, Allowance()) if isinstance(block, Table)]
    return tuple(NumberedTable(t, tuple(range(t.line, t.line + len(t.rows)))) for t in blocks), notes


def _check_size(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_FILE_BYTES >> 20} MB，超出可读取的范围。")
    if path.stat().st_size == 0:
        raise UnreadableFile("文件是空的，请确认选对了文件。")


def read_records(path: Path, *, name: str) -> tuple[tuple[RecordSheet, ...], Sequence[str]]:
    """The visible sheets of an .xlsx and notes about what was not read. A formula is its last result, never computed.

    `name` is what its owner calls the file. Raises UnreadableFile, one Chinese sentence, for everything else and for more
    than the limits of reading allow.
    """
    from zhaoyin.documents.reading.files.sheets import visible_sheets

    try:
        _check_size(path)
        if sniff(path, name).format != "xlsx":
            raise UnreadableFile("请选择 Excel 文件（.xlsx）。")
        sheets: list[RecordSheet] = []
        notes: list[str] = []
        for sheet, said in visible_sheets(path, Allowance()):
            if sheet is not None:
                sheets.append(RecordSheet(sheet.name, tuple(sorted(sheet.rows.items()))))
            notes += [note for note in said() if "隐藏行" not in note and "隐藏列" not in note]
        return tuple(sheets), notes
    except UnreadableFile:
        raise
    except Exception as error:
        # Damaged files fail in ways no list foresees; whoever chose the file needs a sentence, the log the reason.
        _log.debug("unforeseen failure while reading a workbook", exc_info=error)
        raise UnreadableFile(DAMAGED) from error
