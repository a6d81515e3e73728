"""Lists to import: a messy one with a title, a head of two rows, odd units and every kind of row."""

from datetime import date
from pathlib import Path

from django.conf import settings

from zhaoyin.documents.reading.files.rows import read_tables
from zhaoyin.documents.reading.interpret.lists import read_list
from zhaoyin.documents.writing.sheets import Style, text_cell, workbook
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.imports import actions, tasks
from zhaoyin.record.imports.models import Batch

ROWS = [
    ["云溪市在谈项目一览表"],
    ["序号", "项目情况", "", "计划总投资（万元）", "占地（公顷）", "牵头单位", "包抓领导", "备注"],
    ["", "项目名称", "业主单位", "", "", "", "", ""],
    ["1", "清溪冷链物流园项目", "清溪物流有限公司", "6500", "10", "市发展和改革局", "领导甲 领导乙", "急"],
    ["2", "云溪光伏组件项目", "", "6亿元", "", "", "", ""],
    ["3", "云溪光伏组件二号厂房", "晨曦能源公司", "20000", "待定", "云溪镇", "", ""],
    ["4", "清溪冷链物流园", "清溪物流公司", "6500", "", "", "", ""],
    ["5", "玉泉酒业扩建项目", "玉泉酒业", "三五个亿", "", "云溪镇", "", ""],
    ["6", "松风疗养项目", "松风公司", "700000000", "", "云溪镇", "", ""],
    ["7", "晨曦能源储能项目", "晨曦能源有限公司", "300", "", "云溪镇", "领导丁", ""],
    ["", "合计", "", "733800", "", "", "", ""],
]
# What becomes of them beside the one project 云溪光伏组件项目: row → outcome.
MESSY = {4: "new", 5: "changed", 6: "new", 7: "duplicate", 8: "refused", 9: "doubtful", 10: "refused"}


def a_messy_sheet() -> bytes:
    """The rows as an .xlsx with merged cells."""
    lines = [
        f'<row r="{number}">'
        + "".join(text_cell(f"{'ABCDEFGH'[at]}{number}", text, Style.TEXT) for at, text in enumerate(row) if text)
        + "</row>"
        for number, row in enumerate(ROWS, start=1)
    ]
    merged = ["A1:H1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3"]
    areas = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    return workbook("在谈", lines, [10] * 8, frozen=3, tail=f'<mergeCells count="{len(merged)}">{areas}</mergeCells>')


def brought(user: User, here: Unit, name: str, data: bytes) -> Batch:
    """The list, brought and read as the worker does it."""
    batch = actions.receive_batch(by=user, jurisdiction=here, name=name, data=data)
    tasks.read_batch.func(batch.pk, user.pk, date(2024, 6, 1).isoformat())
    batch.refresh_from_db()
    return batch


def outcomes(batch: Batch) -> dict[int, str]:
    """Row → what becomes of it."""
    return dict(batch.lines.values_list("number", "outcome"))


def sheet_of(data: bytes) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows of a sheet that went out, without the mark below."""
    path = Path(settings.MEDIA_ROOT) / "out.xlsx"
    path.write_bytes(data)
    tables, _ = read_tables(path, name="out.xlsx")
    found = read_list(tables[0])
    assert found is not None
    return [one.label for one in found.columns], [list(cells) for _, cells in found.rows if any(cells[1:])]
