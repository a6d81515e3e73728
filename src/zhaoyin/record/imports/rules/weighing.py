"""What becomes of one row of an imported list: new, changed, the same, doubtful, a duplicate, or refused; and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import LABELS, Stage

from .keys import CHECKED, printed_as
from .values import Figure, is_unknown, land_of, money_of, names_in


class Outcome(StrEnum):
    """What becomes of a row."""

    DOUBTFUL = "doubtful"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    SKIPPED = "skipped"


OUTCOMES: dict[Outcome, str] = {
    Outcome.DOUBTFUL: "有疑问", Outcome.NEW: "新建", Outcome.CHANGED: "更新", Outcome.SAME: "没有变化",
    Outcome.DUPLICATE: "表内重复", Outcome.REFUSED: "不能导入", Outcome.SKIPPED: "已选不导入",
}  # fmt: skip
LABEL = {
    "name": "项目名称", "investor": "投资方", "investment_yi": "总投资（亿元）", "land_mu": "用地（亩）", "unit": "主责单位",
    "leaders": "联系领导", "content": "项目内容", "site": "选址",
}  # fmt: skip
LONGEST = {"name": 200, "investor": 300, "site": 200, "content": 20_000}
STAGES = {label: stage for stage, label in LABELS.items()}
# Questions, and the answers that can be given.
WHO, MONEY, AREA, CONFLICT = "who", "money", "area", "conflict"
ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    MONEY: (("亿元", "按亿元"), ("万元", "按万元"), ("元", "按元"), ("skip", "这行不导入")),
    AREA: (("亩", "就是亩"), ("㎡", "按平方米"), ("skip", "这行不导入")),
    CONFLICT: (("mine", "用表中的"), ("theirs", "留库中的")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: field → text, and what is kept under its own heading. `units` are those of plain numbers, by field."""

    number: int
    cells: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """A project as the library has it: `cells` are field → text as it would be printed in a sheet."""

    pk: int
    cells: Mapping[str, str]
    investment_yi: Decimal | None
    stage: Stage
    extra: Mapping[str, str]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row is held against: unit and official numbers by name, where a project may be added (None: anywhere)."""

    units: Mapping[str, int]
    officials: Mapping[str, int]
    may_add_for: Collection[int] | None


@dataclass(slots=True)
class Weighed:
    """The answer for one row. `values` are what would be written: those of `edit_project`, with unit and leaders by number;
    `changes` are (heading, now, in the list)."""

    outcome: Outcome
    reasons: list[str] = field(default_factory=list)
    changes: list[list[str]] = field(default_factory=list)
    questions: list[list[Any]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    stage: Stage | None = None
    project: int | None = None


def weigh(
    row: Row,
    around: Surroundings,
    *,
    known: Known | None = None,
    sure: bool = True,
    first: int | None = None,
    edited: Collection[str] | None = None,
    conflicts: Collection[str] = (),
    choice: Mapping[str, str] | None = None,
) -> Weighed:
    """What becomes of `row`. `known` is the project it is taken for, `sure` whether beyond doubt; `first` is the number of an
    earlier row about the same project. Of a sheet that comes back, `edited` are its edited cells and `conflicts` those of
    them that somebody else changed since. Empty cells change nothing.
    """
    choice = choice or {}
    if "skip" in choice.values():
        return Weighed(Outcome.SKIPPED, ["您选了不导入这一行"], project=known.pk if known else None)
    found = Weighed(Outcome.NEW)
    if first is not None and choice.get(WHO) != "new":
        found.outcome = Outcome.DUPLICATE
        found.reasons.append(f"与第 {first} 行是同一个项目")
        found.questions.append([WHO, [["new", "不是同一个，新建"], ["skip", "这行不导入"]]])
        return found
    if known is not None and not sure and not choice.get(WHO):
        found.reasons.append(f"与库中的“{known.cells['name']}”相像，是同一个项目吗")
        found.questions.append([WHO, [["same", "是同一个，更新它"], ["new", "不是，新建"], ["skip", "这行不导入"]]])
    if known is not None and choice.get(WHO) == "new":
        known = None
    cells = {key: text for key, text in row.cells.items() if not is_unknown(text)}
    if edited is not None:
        # A cell emptied in a sheet that comes back is as empty as any other: it erases nothing.
        cells = {key: text for key, text in cells.items() if key in edited}
    faults = _read(row, cells, around, known, choice, found)
    if known is None:
        _add(cells, around, found, faults)
    else:
        _change(cells, row.extra, around, known, conflicts, choice, found, faults)
    if faults:
        return Weighed(Outcome.REFUSED, faults, project=found.project)
    if found.questions:
        found.outcome = Outcome.DOUBTFUL
    return found


def _read(
    row: Row,
    cells: Mapping[str, str],
    around: Surroundings,
    known: Known | None,
    choice: Mapping[str, str],
    found: Weighed,
) -> list[str]:
    """Read the cells into `found.values`; returns what is wrong with them."""
    faults = []
    for key in ("name", "investor", "site", "content"):
        if key in cells:
            text = cells[key].strip()
            if len(text) > LONGEST[key]:
                faults.append(f"{LABEL[key]}超过 {LONGEST[key]} 个字")
            found.values[key] = text
    before = known.investment_yi if known else None
    if "investment_yi" in cells:
        money = money_of(cells["investment_yi"], row.units.get("investment_yi", ""), before, choice.get(MONEY, ""))
        _take(found, faults, "investment_yi", money, MONEY)
    if "land_mu" in cells:
        _take(
            found,
            faults,
            "land_mu",
            land_of(cells["land_mu"], row.units.get("land_mu", ""), choice.get(AREA, "")),
            AREA,
        )
    if "unit" in cells:
        unit = around.units.get(cells["unit"].strip())
        if unit is None:
            faults.append(f"没有名为“{cells['unit'][:40]}”的单位，请核对，或先在组织里建好")
        found.values["unit"] = unit
    if "leaders" in cells:
        names = names_in(cells["leaders"])
        if missing := [name for name in names if name not in around.officials]:
            faults.append(f"没有名为“{'、'.join(missing)[:60]}”的干部，请核对姓名")
        found.values["leaders"] = [around.officials[name] for name in names if name in around.officials]
    if "stage" in cells:
        found.stage = STAGES.get(cells["stage"].strip())
        if found.stage is None:
            faults.append(f"阶段“{cells['stage'][:20]}”看不懂，应为{'、'.join(STAGES)}之一")
    if extra := {label: text for label, text in row.extra.items() if not is_unknown(text)}:
        found.values["extra"] = extra
    return faults


def _take(found: Weighed, faults: list[str], key: str, figure: Figure, question: str) -> None:
    if figure.fault:
        faults.append(figure.fault)
    elif figure.asks:
        found.reasons.append(figure.asks)
        found.questions.append([question, [list(answer) for answer in ANSWERS[question]]])
    found.values[key] = figure.value


def _add(cells: Mapping[str, str], around: Surroundings, found: Weighed, faults: list[str]) -> None:
    if not found.values.get("name"):
        faults.append("没有项目名称")
    if around.may_add_for is not None and found.values.get("unit") not in around.may_add_for:
        faults.append("主责单位不在您的范围内，不能新建")
    found.outcome = Outcome.NEW
    found.changes = [[LABEL[key], "", _shown(key, cells, found)] for key in LABEL if key in cells and key != "name"]


def _shown(key: str, cells: Mapping[str, str], found: Weighed) -> str:
    value = found.values.get(key)
    return plain(value) if isinstance(value, Decimal) else cells[key].strip()


def _change(
    cells: Mapping[str, str],
    extra: Mapping[str, str],
    around: Surroundings,
    known: Known,
    conflicts: Collection[str],
    choice: Mapping[str, str],
    found: Weighed,
    faults: list[str],
) -> None:
    found.project = known.pk
    for key in CHECKED:
        if key not in cells:
            continue
        now, told = known.cells.get(key, ""), _shown(key, cells, found)
        # A unit is printed in several forms.
        same = bool(now) and around.units.get(now) == found.values[key] if key == "unit" else False
        if same or printed_as(key, now) == printed_as(key, told):
            found.values.pop(key)
        elif key in conflicts and choice.get(CONFLICT) == "theirs":
            found.values.pop(key)
            found.reasons.append(f"{LABEL[key]}留库中的“{now[:40] or '空'}”")
        else:
            found.changes.append([LABEL[key], now, told])
    clashing = [LABEL[key] for key in CHECKED if key in conflicts and key in found.values]
    if clashing and not choice.get(CONFLICT):
        found.reasons.append(f"表格导出以后，别人也改过{'、'.join(clashing)}")
        found.questions.append([CONFLICT, [list(answer) for answer in ANSWERS[CONFLICT]] + [["skip", "这行不导入"]]])
    kept = {label: text for label, text in extra.items() if not is_unknown(text) and known.extra.get(label) != text}
    found.values.pop("extra", None)
    if kept:
        found.values["extra"] = dict(known.extra) | kept
        found.changes += [[label, str(known.extra.get(label, "")), text] for label, text in kept.items()]
    if found.stage is not None and found.stage != known.stage:
        found.reasons.append(
            f"表中阶段是{found.stage.label}，库中是{known.stage.label}：阶段不随导入改变，请在项目页推进"
        )
    if found.changes and not known.may_edit:
        faults.append("这个项目不在您可以修改的范围内")
    found.outcome = Outcome.CHANGED if found.changes else Outcome.SAME
