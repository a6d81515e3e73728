"""The gates between stages: one table says what each stage asks for, one evaluator holds a project against it.

A table is data of a jurisdiction, dated (`gate_text` reads it). The evaluator is lenient by itself: it lists what is there and
what is missing. Whoever moves a stage takes `missing` strictly; whoever edits a field only shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhaoyin.kernel.stages import Stage

Known = Decimal | int | str | bool | None
Facts = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be filled in or brought: `place` says on which form, `counted` that it is a number of things."""

    key: str
    label: str
    place: str = "edit"
    counted: bool = False


# What a table may ask for. The value of each comes from `queries.gates.facts_of`.
FIELDS: dict[str, Field] = {
    one.key: one
    for one in (
        Field("name", "项目名称"),
        Field("investor", "投资方"),
        Field("investment_yi", "总投资"),
        Field("land_mu", "用地"),
        Field("unit", "主责单位"),
        Field("leaders", "联系领导", counted=True),
        Field("team", "专班"),
        Field("platform", "平台"),
        Field("site", "选址"),
        Field("content", "项目内容"),
        Field("code", "项目代码", "economy"),
        Field("industry", "行业", "economy"),
        Field("fixed_yi", "固定资产投资", "economy"),
        Field("statistics_name", "统计名称", "economy"),
        Field("statistics_yi", "纳统总投资", "economy"),
        Field("contracted_wan_usd", "合同外资", "economy"),
        Field("stakes", "投资方登记", "stakes", counted=True),
        Field("origin", "来源渠道", "origin"),
        Field("members", "项目团队", "members", counted=True),
        Field("promises", "协议承诺", "promises", counted=True),
        Field("capital", "到账外资", "capital", counted=True),
        Field("contacts", "企业联系人", "contacts", counted=True),
        Field("notes", "进展", "notes", counted=True),
        Field("files", "文件", "files", counted=True),
    )
}
BY_LABEL: dict[str, str] = {one.label: one.key for one in FIELDS.values()}


class Who(StrEnum):
    """Who may make a move, or must confirm it; each is a permission (`queries.gates.PERMISSIONS`)."""

    HANDLER = "经办人"
    HEAD = "负责人"
    OFFICE = "办公室"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a need holds: the field is at least `at_least`, is `equals`, or is filled in. What is unknown fulfils nothing."""

    field: str
    at_least: Decimal | None = None
    equals: str = ""

    def holds(self, facts: Facts) -> bool:
        """Whether the facts fulfil it."""
        value = facts.get(self.field)
        if self.at_least is not None:
            return isinstance(value, int | Decimal) and value >= self.at_least
        return str(value or "") == self.equals if self.equals else filled(value)


@dataclass(frozen=True, slots=True)
class Need:
    """A field that must be there: `least` of it where it is counted; `soft` advises and never stops a move."""

    field: str
    soft: bool = False
    least: int = 1
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What the responsible unit does in the stage, within `days` of entering it (None: as long as the stage lasts)."""

    text: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """One stage: what counts as having reached it, on which evidence, what is needed to enter, who moves and who confirms,
    the duties in it, and after how many days without movement it is noticed. `proven`: each evidence must be a file.
    """

    stage: Stage
    definition: str = ""
    evidence: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    duties: tuple[Duty, ...] = ()
    who: Who = Who.HANDLER
    confirm: Who | None = None
    silent_days: int | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True)
class GateTable:
    """The gates of every stage, in the stages' order."""

    gates: tuple[Gate, ...]

    def __getitem__(self, stage: Stage) -> Gate:
        return self.gates[stage.order]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for, at the first stage that asks for it."""

    field: Field
    stage: Stage
    soft: bool
    least: int
    filled: bool

    @property
    def words(self) -> str:
        """What is asked for, as a person reads it."""
        return f"{self.field.label}至少 {self.least} 项" if self.field.counted and self.least > 1 else self.field.label


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A project held against the table."""

    items: tuple[Item, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """What stops a move."""
        return tuple(item for item in self.items if not item.filled and not item.soft)

    @property
    def advised(self) -> tuple[Item, ...]:
        """What should be there and does not stop a move."""
        return tuple(item for item in self.items if not item.filled and item.soft)

    @property
    def done(self) -> int:
        """How many things are there."""
        return sum(item.filled for item in self.items)

    @property
    def percent(self) -> int:
        """Completeness, rounded down: 100 only where nothing is missing; 100 where nothing is asked."""
        return self.done * 100 // len(self.items) if self.items else 100


def filled(value: Known, least: int = 1) -> bool:
    """Whether something is there. A figure of zero is known; of what is counted `least` are needed."""
    if value is None or value == "" or value is False:
        return False
    return not isinstance(value, int) or isinstance(value, bool) or value >= least


def evaluate(table: GateTable, facts: Facts, target: Stage, current: Stage | None = None) -> Evaluation:
    """What the stages after `current` (None: from the first) up to `target` ask for, each thing once; a leap asks for the sum."""
    first = -1 if current is None else current.order
    items: dict[str, Item] = {}
    for gate in table.gates[first + 1 : target.order + 1]:
        for need in gate.needs:
            if need.when is not None and not need.when.holds(facts):
                continue
            before = items.get(need.field)
            # What must be there outweighs what should be; of equals the one that asks for more holds.
            alike = before is not None and before.soft == need.soft
            stronger = before is None or (before.soft and not need.soft) or (alike and need.least > before.least)
            soft, least = (need.soft, need.least) if stronger or before is None else (before.soft, before.least)
            first_stage = before.stage if before else gate.stage
            known = filled(facts.get(need.field), least)
            items[need.field] = Item(FIELDS[need.field], first_stage, soft, least, known)
    return Evaluation(tuple(items.values()))


def confirming(table: GateTable, target: Stage, current: Stage) -> Who | None:
    """Who must confirm a move from `current` to `target`: the most that any stage on the way asks for; None for nobody."""
    asked = [gate.confirm for gate in table.gates[current.order + 1 : target.order + 1] if gate.confirm]
    return max(asked, key=list(Who).index, default=None)


def mover(table: GateTable, target: Stage, current: Stage) -> Who:
    """Who may make the move: the most that any stage on the way asks for."""
    asked = [gate.who for gate in table.gates[current.order + 1 : target.order + 1]]
    return max(asked, key=list(Who).index, default=Who.HANDLER)


def following(stage: Stage) -> Stage:
    """The next stage; the last one follows itself."""
    return list(Stage)[min(stage.order + 1, len(Stage) - 1)]
