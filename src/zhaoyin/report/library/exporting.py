"""The list as a file: exactly what is shown, or the plan's table in its ten columns."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from zhaoyin.documents.writing import sheets
from zhaoyin.documents.writing.package import UnwritableDocument
from zhaoyin.documents.writing.project_table import (
    ProjectTable,
    TableRow,
    TableSection,
    write_table_docx,
    write_table_xlsx,
)  # fmt: skip

from .queries import Asked, ids_of, lines_of, table_facts
from .queries.table import TableFacts

OTHERS = "其他项目"


class CannotExport(Exception):
    """There is no such file, or it cannot hold the list; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name for the person, its bytes, and how many projects are in it."""

    name: str
    data: bytes
    count: int


# Over the values of a `Line`.
HEADINGS = (
    "序号", "项目名称", "总投资（亿元）", "用地（亩）", "投资方", "阶段", "下一节点日期", "下一节点", "灯", "灯的说明",
    "联系领导", "主责单位", "最近进展日期", "最近进展",
)  # fmt: skip


def mark_of(by: object, username: str, at: datetime) -> str:
    """The line that every file carries: who took it out of the house, when, and how it is to be kept."""
    return f"{by}（{username}）于 {at:%Y-%m-%d %H:%M} 导出　内部资料，注意保密"


def export(asked: Asked, form: str, *, place: str, demo: bool, mark: str) -> Made:
    """The file that `form` names: csv or xlsx as shown, table.xlsx or table.docx, with its `mark`. Raises CannotExport."""
    name = f"项目库-{asked.as_of}"
    try:
        if form == "csv":
            lines = list(lines_of(asked))
            data = sheets.write_rows_csv(HEADINGS, chain(lines, [(sheets.last_words(mark),)]))
            return Made(f"{name}.csv", data, len(lines))
        if form == "xlsx":
            lines = list(lines_of(asked))
            notes = [_note(asked, len(lines), demo)]
            data = sheets.write_rows_xlsx(HEADINGS, lines, sheet="项目库", notes=notes, mark=mark)
            return Made(f"{name}.xlsx", data, len(lines))
        if form == "table.xlsx":
            table, count = _table(asked, place)
            return Made(f"责任分解表-{asked.as_of}.xlsx", write_table_xlsx(table, mark=mark), count)
        if form == "table.docx":
            table, count = _table(asked, place)
            data = write_table_docx(table, dated=asked.as_of, demo=demo, mark=mark)
            return Made(f"责任分解表-{asked.as_of}.docx", data, count)
    except UnwritableDocument as wrong:
        raise CannotExport(str(wrong)) from None
    raise CannotExport("没有这种导出格式，可选 .xlsx、.csv 和 .docx。")


def _note(asked: Asked, count: int, demo: bool) -> str:
    section = [f"年度抓手：{asked.section}"] if asked.section else []
    conditions = [f"{chip.label}：{chip.word}" for chip in asked.listing.chips]
    return "　".join([*(["演示数据"] if demo else []), f"截至 {asked.as_of}，共 {count} 个项目", *section, *conditions])


def _table(asked: Asked, place: str) -> tuple[ProjectTable, int]:
    """The plan's sections in its order, then the projects of no section, numbered on; and how many projects there are."""
    facts = table_facts(asked.field, ids_of(asked))
    whole = not asked.listing.values and not asked.section
    declared = {one["title"]: one.get("declared") for plan in asked.field.plans for one in plan.sections}
    titles = dict.fromkeys([*declared, *(one.section for one in facts if one.section)])
    sections = []
    for title in titles:
        rows = tuple(_row(one, one.seq) for one in facts if one.section == title)
        if rows:
            sections.append(TableSection(title, declared.get(title) if whole else len(rows), rows))
    last = max((one.seq or 0 for one in facts), default=0)
    others = [one for one in facts if not one.section]
    numbers = iter(range(last + 1, last + 1 + len(others)))
    rows = tuple(_row(one, next(numbers) if one.seq is None else one.seq) for one in others)
    if rows:
        sections.append(TableSection(OTHERS if sections else "", len(rows) if sections else None, rows))
    return ProjectTable(f"{place}{asked.as_of.year}年重大招商项目推进责任分解表", tuple(sections)), len(facts)


def _row(one: TableFacts, seq: int | None) -> TableRow:
    return TableRow(
        seq, one.name, one.investment_yi, one.land_mu, one.investor or None, one.content or None, one.progress,
        one.goals or None, one.leaders, one.unit or None, one.extra,
    )  # fmt: skip
