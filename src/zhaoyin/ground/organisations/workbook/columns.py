"""The sheets and their columns: one table for writing and reading."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhaoyin.documents.reading.files.rows import RecordSheet

from ..models import TeamSeat, UnitKind
from ..rules import PostKind

EARLIEST, LATEST = date(1900, 3, 1), date(2099, 12, 31)
Check = Callable[[str], Any]


class Unread(ValueError):
    """A cell that says nothing usable; the message is a Chinese phrase that follows the column's name."""


def words(longest: int) -> Check:
    """Text of at most so many characters, on one line."""

    def check(text: str) -> str:
        text = " ".join(text.split())
        if len(text) > longest:
            raise Unread(f"超过 {longest} 个字")
        return text

    return check


def day(text: str) -> date:
    """A day: 2023-01-31, 2023/1/31, 2023.1.31 or 2023年1月31日; a date cell comes in one of these."""
    plain = text.strip().split(" ")[0].split("T")[0]
    for mark in "年月/.":
        plain = plain.replace(mark, "-")
    parts = plain.rstrip("日").split("-")
    try:
        found = date(*(int(part) for part in parts if part.isascii() and part.isdecimal()))
    except (TypeError, ValueError, OverflowError):
        raise Unread(f"“{text[:20]}”不是日期，应形如 2023-01-31") from None
    if len(parts) != 3 or not EARLIEST <= found <= LATEST:
        raise Unread(f"“{text[:20]}”不是 {EARLIEST} 至 {LATEST} 之间的日期")
    return found


def yes_or_no(text: str) -> bool:
    """是 or 否."""
    if text.strip() not in ("是", "否"):
        raise Unread(f"“{text[:20]}”应为“是”或“否”")
    return text.strip() == "是"


def number(text: str) -> int:
    """A whole number from 1."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal() and 0 < len(plain) < 5 and int(plain)):
        raise Unread(f"“{text[:20]}”应为 1 至 9999 的整数")
    return int(plain)


def one_of(choices: Iterable[tuple[str, str]]) -> Check:
    """One of a few words, to the value that it stands for."""
    values = {label: value for value, label in choices}

    def check(text: str) -> str:
        if text.strip() not in values:
            raise Unread(f"“{text[:20]}”应为{'、'.join(values)}之一")
        return values[text.strip()]

    return check


NAME = words(100)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the code, its heading, how a cell is read, whether it must be filled, what a blank cell says."""

    key: str
    heading: str
    check: Check = NAME
    required: bool = False
    blank: Any = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet as read: keys of the columns that the file has → values."""

    sheet: str
    number: int
    values: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def has(self, key: str) -> bool:
        """Whether the file has that column at all."""
        return key in self.values


PLACE = Column("place", "行政区划", words(300))
SINCE, UNTIL = Column("since", "任职日", day, blank=None), Column("until", "离任日", day, blank=None)
CLOSED = Column("closed_on", "撤销日", day, blank=None)
SHEETS: dict[str, tuple[Column, ...]] = {
    "单位": (
        Column("above", "上级", words(600)),
        Column("name", "名称", required=True),
        Column("short_name", "简称", words(30)),
        Column("kind", "类别", one_of(UnitKind.choices), required=True),
        Column("code", "区划代码", words(12)),
        Column("reports", "按月报进展", yes_or_no, blank=False),
        Column("founded_on", "成立日", day, blank=None),
        CLOSED,
        Column("into", "并入", words(300)),
    ),
    "干部": (PLACE, Column("name", "姓名", words(40), required=True)),
    "任职": (
        PLACE,
        Column("name", "姓名", words(40), required=True),
        Column("unit", "单位", required=True),
        Column("post", "职务", words(60), required=True),
        Column("kind", "任职类别", one_of((kind.value, kind.label) for kind in PostKind)),
        SINCE,
        UNTIL,
    ),
    "专业招商组": (
        PLACE,
        Column("number", "组号", number, required=True),
        Column("name", "名称", words(60), required=True),
        CLOSED,
        Column("lead", "牵头领导", words(40)),
        SINCE,
        UNTIL,
    ),
    "专班": (
        PLACE,
        Column("name", "名称", words(60), required=True),
        Column("fund", "基金", words(60)),
        Column("base", "基地", words(60)),
        CLOSED,
    ),
    "专班成员": (
        PLACE,
        Column("team", "专班", words(60), required=True),
        Column("name", "姓名", words(40), required=True),
        Column("seat", "席位", one_of(TeamSeat.choices), required=True),
        SINCE,
        UNTIL,
    ),
}
REMARKS = "说明"  # the sheet that says who exported what, and when


def read_rows(sheets: Iterable[RecordSheet]) -> Iterator[Row | tuple[str, int, str]]:
    """Every row of the known sheets; instead of one that cannot be read (sheet, row, sentence) of the first fault in it."""
    for sheet in sheets:
        if sheet.name in SHEETS:
            yield from rows_of(sheet, SHEETS[sheet.name])
        elif sheet.name != REMARKS:
            yield sheet.name, 1, f"不认识的工作表，应为{'、'.join(SHEETS)}之一。"


def rows_of(sheet: RecordSheet, columns: tuple[Column, ...]) -> Iterator[Row | tuple[str, int, str]]:
    """Every row of one sheet by its columns; see `read_rows`."""
    if not sheet.rows:
        return
    head, titles = sheet.rows[0]
    by_heading = {column.heading: column for column in columns}
    at: dict[int, Column] = {}
    for place, title in titles.items():
        column = by_heading.get(title.strip())
        if column is None or column in at.values():
            why = "不认识的列" if column is None else "重复的列"
            yield sheet.name, head, f"{why}“{title.strip()[:20]}”，应为{'、'.join(by_heading)}。"
            return
        at[place] = column
    missing = [one.heading for one in columns if one.required and one not in at.values()]
    if missing:
        yield sheet.name, head, f"表头缺少“{'、'.join(missing)}”。"
        return
    for number_, cells in sheet.rows[1:]:
        if not any(text.strip() for text in cells.values()):
            continue
        values: dict[str, Any] = {}
        fault = ""
        for place, column in at.items():
            text = cells.get(place, "")
            try:
                if text.strip():
                    values[column.key] = column.check(text)
                elif column.required:
                    fault = fault or f"“{column.heading}”没有填写。"
                else:
                    values[column.key] = column.blank
            except Unread as unread:
                fault = fault or f"“{column.heading}”{unread}。"
        yield (sheet.name, number_, fault) if fault else Row(sheet.name, number_, values)
