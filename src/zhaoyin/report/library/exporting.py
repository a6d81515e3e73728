"""The list as a file: exactly what is shown, or the plan's table in its ten columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhaoyin.documents.writing import sheets

from .queries import Asked, Row
from .queries.page import Ids, filtered
from .queries.rows import rows_of

Value = str | int | Decimal | date | None


class CannotExport(Exception):
    """There is no such file; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name for the person, its media type, its bytes."""

    name: str
    kind: str
    data: bytes


COLUMNS: tuple[tuple[str, Callable[[Row], Value]], ...] = (
    ("序号", lambda row: row.seq),
    ("项目名称", lambda row: row.name),
    ("总投资（亿元）", lambda row: row.investment_yi),
    ("用地（亩）", lambda row: row.land_mu),
    ("投资方", lambda row: row.investor),
    ("阶段", lambda row: "；".join(row.stages)),
    ("下一节点日期", lambda row: row.next_on),
    ("下一节点", lambda row: row.next_text),
    ("灯", lambda row: row.light.label),
    ("灯的说明", lambda row: row.word),
    ("联系领导", lambda row: "、".join(row.leaders)),
    ("主责单位", lambda row: row.unit),
    ("年度抓手", lambda row: row.section),
    ("最近进展日期", lambda row: row.news_on),
    ("最近进展", lambda row: row.news),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def export(asked: Asked, form: str, *, demo: bool) -> Made:
    """The file that `form` names; raises CannotExport."""
    if form in ("csv", "xlsx"):
        return as_shown(asked, form, demo=demo)
    raise CannotExport("没有这种导出格式。")


def as_shown(asked: Asked, form: str, *, demo: bool) -> Made:
    """All rows of the list in its order, with its columns."""
    rows = rows_of(asked, Ids(filtered(asked), asked).all())
    headings = [heading for heading, _ in COLUMNS]
    cells: list[Sequence[Value]] = [[value(row) for _, value in COLUMNS] for row in rows]
    name = f"项目库-{asked.as_of}.{form}"
    if form == "csv":
        return Made(name, "text/csv; charset=utf-8", sheets.write_rows_csv(headings, cells))
    words = [f"截至 {asked.as_of}，共 {len(rows)} 个项目", *(f"{chip.label}：{chip.word}" for chip in asked.listing.chips)]
    notes = [("演示数据　" if demo else "") + "　".join(words)]
    return Made(name, XLSX, sheets.write_rows_xlsx(headings, cells, sheet="项目库", notes=notes))
