"""What each column of a list is for: suggested by its heading, remembered for its shape, changed by a person."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from .keys import KEY_LABELS

# What a column may be, in the words of the page.
FIELDS: dict[str, str] = {
    "name": "项目名称", "investor": "投资方", "investment_yi": "总投资", "land_mu": "用地", "unit": "主责单位",
    "leaders": "联系领导", "stage": "阶段", "content": "项目内容", "site": "选址", "extra": "原样保留（其他栏目）",
    "skip": "不导入", **{key: f"{label}（核对用）" for key, label in KEY_LABELS.items()},
}  # fmt: skip
MANY = {"extra", "skip"}
MONEY_UNITS = ("亿元", "万元", "元")
_BY_ROLE = {
    "name": "name", "investor": "investor", "investment": "investment_yi", "land": "land_mu", "unit": "unit",
    "leaders": "leaders", "content": "content", "seq": "skip",
}  # fmt: skip
# Headings that the reading of plans has no field for.
_OWN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("skip", re.compile(r"行号|未导入的原因")),
    ("stage", re.compile(r"(?:项目|当前|目前|现处|所处)*阶段")),
    ("site", re.compile(r"(?:项目|拟|建设|计划)*(?:选址|地点|地址|位置)")),
)


class Column(NamedTuple):
    """A column as it was read: heading, role (`documents.reading.interpret.headings`), the units it names."""

    label: str
    role: str = ""
    money: str | None = None
    area: str | None = None


class Assigned(TypedDict):
    """What a column is for, and in which unit its plain numbers are ("" where nobody has said)."""

    field: str
    unit: str


def shape_of(columns: Sequence[Column]) -> str:
    """The same for lists with the same headings in the same order."""
    return hashlib.sha256("\n".join(column.label for column in columns).encode()).hexdigest()


def suggested(columns: Sequence[Column]) -> list[Assigned]:
    """What the columns seem to be; each field once, the first that claims it. What has no field is kept as it is."""
    keys = {label: key for key, label in KEY_LABELS.items()}
    found: list[Assigned] = []
    taken: set[str] = set()
    for column in columns:
        bare = re.sub(r"\s|[（(][^（()）]*[)）]", "", column.label)
        own = next((field for field, pattern in _OWN if pattern.fullmatch(bare)), "")
        field = keys.get(bare) or own or _BY_ROLE.get(column.role, "extra" if column.label else "skip")
        if field in taken and field not in MANY:
            field = "extra"
        taken.add(field)
        found.append(Assigned(field=field, unit=_unit(field, column)))
    return found


def _unit(field: str, column: Column) -> str:
    if field == "investment_yi":
        return column.money or ""
    return column.area or "亩" if field == "land_mu" else ""


def fault_of(mapping: Sequence[Mapping[str, str]]) -> str:
    """Why a mapping cannot be used, in one sentence; empty where it can."""
    fields = [one["field"] for one in mapping if one["field"] not in MANY]
    if "name" not in fields and "number" not in fields:
        return "请指明哪一列是项目名称"
    twice = next((field for field in fields if fields.count(field) > 1), "")
    return f"有两列都定为“{FIELDS[twice]}”，请只留一列" if twice else ""
