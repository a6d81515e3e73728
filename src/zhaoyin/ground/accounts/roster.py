"""Accounts as an .xlsx: the list to fill in, how it is read, and the list of one-time passwords."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zhaoyin.documents.reading.files.rows import read_records
from zhaoyin.documents.writing.books import BookSheet, write_book_xlsx
from zhaoyin.documents.writing.sheets import write_rows_xlsx
from zhaoyin.ground.access.rules import ROLES
from zhaoyin.ground.organisations.workbook import Column, Row, Unread, rows_of, words

from .rules.people import login_fault, login_name, mobile_fault, mobile_number

SHEET, REMARKS = "账号", "说明"
MOST = 300  # accounts of one file: each password takes a strong hash


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: its number in the file, and what it says. `unit` and `role` are words, empty where none."""

    number: int
    username: str
    name: str
    unit: str = ""
    role: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, one sentence."""

    number: int
    sentence: str


def _login(text: str) -> str:
    return _sound(login_name(text), login_fault)


def _mobile(text: str) -> str:
    return _sound(mobile_number(text), mobile_fault)


def _sound(text: str, fault: Any) -> str:
    if found := fault(text):
        raise Unread(f"填的“{text[:20]}”不对：{found.rstrip('。')}")
    return text


COLUMNS = (
    Column("username", "登录名", _login, required=True),
    Column("name", "姓名", words(40), required=True),
    Column("unit", "单位", words(300)),
    Column("role", "角色", words(20)),
    Column("mobile", "手机", _mobile),
)


def read_roster(data: bytes, name: str) -> tuple[list[Line], list[Fault]]:
    """The list in a workbook, and what cannot be read of it. Raises UnreadableFile, one sentence, for what is no such list."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(data)
        sheets, _ = read_records(path, name=name)
    named = [sheet for sheet in sheets if sheet.name == SHEET] or [sheet for sheet in sheets if sheet.name != REMARKS]
    rows = list(rows_of(named[0], COLUMNS)) if named else []
    lines = [
        Line(row.number, **{key: value or "" for key, value in row.values.items()})
        for row in rows
        if isinstance(row, Row)
    ]
    faults = [Fault(number, sentence) for _, number, sentence in (row for row in rows if not isinstance(row, Row))]
    if not rows:
        faults = [Fault(1, "文件里没有一行账号。请用模板填写。")]
    elif len(rows) > MOST:
        faults = [Fault(rows_over(rows), f"一次最多导入 {MOST} 个账号，文件里有 {len(rows)} 行，请分成几个文件。")]
    return lines, faults


def rows_over(rows: list[Any]) -> int:
    """The number of the first row that is too many."""
    row = rows[MOST]
    number: int = row.number if isinstance(row, Row) else row[1]
    return number


def template(*, with_roles: bool) -> bytes:
    """An empty list to be filled in, and a sheet that says how."""
    columns = [column for column in COLUMNS if with_roles or column.key != "role"]
    remarks = [
        "每行一个账号。登录名、姓名必填；登录名 2 至 32 个字，只用字母、数字、汉字和 . _ - @。",
        "单位写全称或简称；有同名的写全路径，如“某市 > 某县 > 某镇”。",
        "手机为 11 位，可不填；单点登录按它认人。",
        f"一次最多 {MOST} 行。有一行不对，整个文件都不导入。",
        "导入后只显示一次一次性密码，请当场下载，分发后销毁。",
    ]
    if with_roles:
        remarks.insert(
            3, f"角色可不填，可填：{'、'.join(role.name for role in ROLES.values())}。在本人单位范围内生效。"
        )
    sheet = BookSheet(SHEET, [column.heading for column in columns], [])
    return write_book_xlsx("账号", [sheet, BookSheet(REMARKS, ["说明"], [[line] for line in remarks])])


def passwords_book(rows: Iterable[tuple[str, str, str, str]], *, who: str, at: datetime) -> bytes:
    """The one-time passwords (login name, name, unit, password), to be handed out."""
    notes = [f"{who} 于 {at:%Y-%m-%d %H:%M} 导入。一次性密码，首次登录须改；分发后请销毁本文件。"]
    return write_rows_xlsx(["登录名", "姓名", "单位", "一次性密码"], rows, sheet="一次性密码", notes=notes)


def people_book(rows: Iterable[Any], *, locked: Iterable[str], who: str, at: datetime) -> bytes:
    """The accounts of a list as .xlsx, under a line that says who took it and when. No telephone numbers."""
    notes = [f"{who} 于 {at:%Y-%m-%d %H:%M} 导出。内部资料，注意保管。"]
    heads = ["登录名", "姓名", "单位", "对应干部", "角色", "状态", "动态口令", "最近登录"]
    return write_rows_xlsx(heads, _people(rows, set(locked)), sheet=SHEET, notes=notes)


def _people(rows: Iterable[Any], locked: set[str]) -> Iterator[list[Any]]:
    for user in rows:
        state = "已停用" if not user.is_active else "已锁定" if user.username in locked else "在用"
        yield [
            user.username, user.name, user.unit.name if user.unit else "", user.official.name if user.official else "",
            "、".join(str(grant) for grant in user.grants.all()), state, "已启用" if user.factor else "未启用",
            user.last_login.astimezone() if user.last_login else None,
        ]  # fmt: skip
