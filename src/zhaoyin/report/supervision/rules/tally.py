"""How a month is tallied by unit and by leader, and which units reported nothing. The prose is docs/rules/bulletin.md."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import LABELS, Stage
from zhaoyin.plan.targets.rules import METRICS, Record

from ..facts import MonthFacts, ProjectFacts, Promise

ALL = "all"
NOBODY = 0  # the number that stands for "no unit" and "no leader" in a key


# What a figure counts is kept as it was read: a name is looked up only for those that somebody asks to see.
Counted = ProjectFacts | Record | Promise


class Item(NamedTuple):
    """One thing that a figure counts, for a person: a project, with the event or milestone, its day and an amount in 亿元."""

    project_id: int
    name: str
    what: str
    on: date | None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One column: what it is called, what is in it, and the sentence that says so. `adds` sums amounts."""

    key: str
    head: str
    adds: bool
    definition: str
    records: Callable[[MonthFacts], Sequence[Counted]]


def in_stock(facts: MonthFacts, stages: Sequence[Stage] = tuple(Stage)) -> list[ProjectFacts]:
    """The projects pursued on the day, at one of `stages`."""
    return [project for project in facts.projects.values() if project.active and project.stage in stages]


def entered(facts: MonthFacts, source: str, since: date | None = None) -> list[Record]:
    """The year's first signings, landings or starts whose day is known, from `since` on."""
    return [record for record in facts.events[source] if record.dated and (since is None or record.on >= since)]


def undated(facts: MonthFacts, source: str) -> list[Record]:
    """Projects that stood at the stage when the library came to know them this year: named, not counted."""
    return [record for record in facts.events[source] if not record.dated]


def late(facts: MonthFacts) -> list[Promise]:
    """Open milestones past their date on the day, the longest first; what was only striven for is never late."""
    rows = [row for row in facts.due if row.kind != "strive" and row.end is not None and row.end < facts.as_of]
    return sorted(rows, key=lambda row: (row.end or date.max, row.project_id, row.id))


def striven(facts: MonthFacts) -> list[Promise]:
    """Open milestones that were striven for and whose date has passed."""
    return [row for row in facts.due if row.kind == "strive" and row.end is not None and row.end < facts.as_of]


def due_next(facts: MonthFacts) -> list[Promise]:
    """Open milestones whose date lies in the month that follows."""
    start, end = facts.period.next().start, facts.period.next().end
    rows = [row for row in facts.due if row.end is not None and start <= row.end <= end]
    return sorted(rows, key=lambda row: (row.end or date.max, row.project_id, row.id))


def reached_late(promise: Promise) -> int:
    """How many days after its date a milestone was reached; 0 in time or without a date."""
    if promise.end is None or promise.reached_on is None:
        return 0
    return max((promise.reached_on - promise.end).days, 0)


MEASURES: tuple[Measure, ...] = (
    Measure("stock", "在库", False, "在库：截至日已入库、未暂缓终止流转的项目", in_stock),
    Measure("talking", "在谈", False, "在谈：在库项目中处于“谈判”阶段的", lambda f: in_stock(f, (Stage.NEGOTIATION,))),
    Measure("signed", "签约", False, METRICS["projects_signed"].definition, lambda f: entered(f, "signed")),
    Measure(
        "signed_yi", "签约额", True, "签约额：本年签约项目的总投资之和，单位亿元；总投资不详的计个数、不计金额",
        lambda f: entered(f, "signed"),
    ),
    Measure("landed", "落地", False, METRICS["projects_landed"].definition, lambda f: entered(f, "landed")),
    Measure("started", "开工", False, METRICS["projects_started"].definition, lambda f: entered(f, "construction")),
    Measure("reached", "本月完成节点", False, "本月完成节点：完成日在本月的节点，含逾期后完成的", lambda f: f.reached),
    Measure(
        "late", "逾期节点", False, "逾期节点：截至日已过期限仍未完成的节点；争取类节点过期不列逾期，改期的按截至日有效的日期",
        late,
    ),
)  # fmt: skip
# Figures of the text that are no column: what they are called, and what is in them.
OTHERS: dict[str, tuple[str, Callable[[MonthFacts], Sequence[Counted]]]] = {
    "month_signed": ("本月签约", lambda f: entered(f, "signed", f.period.start)),
    "month_signed_yi": ("本月签约额", lambda f: entered(f, "signed", f.period.start)),
    "month_landed": ("本月落地", lambda f: entered(f, "landed", f.period.start)),
    "month_started": ("本月开工", lambda f: entered(f, "construction", f.period.start)),
    "reached_late": ("逾期后完成的节点", lambda f: [row for row in f.reached if reached_late(row)]),
    "in_time": ("按期完成的节点", lambda f: [row for row in f.reached if not reached_late(row)]),
    "striven": ("已过争取日期、仍未完成的节点", striven),
    "due_next": ("下月到期节点", due_next),
}
_SOURCES = {item.key: item.records for item in MEASURES} | {key: source for key, (_, source) in OTHERS.items()}
_STAGES = {"signed": Stage.SIGNED, "landed": Stage.LANDED, "started": Stage.CONSTRUCTION}

Row = dict[str, int | Decimal | None]


class Ledger:
    """The records behind every figure of a month, each list made once."""

    def __init__(self, facts: MonthFacts) -> None:
        self.facts = facts
        self._records: dict[str, Sequence[Counted]] = {}
        self._holders: dict[str, dict[int | None, tuple[str, ...]]] = {}

    def records(self, key: str) -> Sequence[Counted]:
        """What a figure (a measure or one of `OTHERS`) counts. KeyError for a key of none."""
        if key not in self._records:
            self._records[key] = _SOURCES[key](self.facts)
        return self._records[key]

    def items(self, key: str, who: str = ALL) -> list[Item]:
        """The same for a person to read, of one holder if named."""
        held = {} if who == ALL else self.holders(who.partition(":")[0])
        return [
            self._item(key, record)
            for record in self.records(key)
            if who == ALL or who in held.get(record.project_id, ())
        ]

    def _item(self, key: str, record: Counted) -> Item:
        if isinstance(record, ProjectFacts):
            return Item(record.id, record.name, LABELS[record.stage], None)
        if isinstance(record, Promise):
            name = self.facts.projects[record.project_id].name
            return Item(record.project_id, name, record.text, record.reached_on or record.end)
        word = _STAGES[key.removeprefix("month_").removesuffix("_yi")].label
        return Item(record.id, record.name, word, record.on, record.amount)

    def holders(self, kind: str) -> dict[int | None, tuple[str, ...]]:
        """By project the keys of who answers for it: one unit or every contact leader; `unit:0`, `leader:0` for nobody."""
        if kind not in self._holders:
            keys: dict[tuple[int, ...], tuple[str, ...]] = {}
            found = self._holders[kind] = {}
            for project in self.facts.projects.values():
                numbers = _numbers(project, kind) or (NOBODY,)
                if numbers not in keys:
                    keys[numbers] = tuple(f"{kind}:{number}" for number in numbers)
                found[project.id] = keys[numbers]
        return self._holders[kind]

    def total(self, key: str) -> int | Decimal | None:
        """A figure over the whole area, each project once."""
        return amount(self.records(key), adds=key.endswith("_yi"))

    @cached_property
    def places(self) -> int:
        """How many decimals the month's amounts need, so that all of them are printed alike and exactly."""
        amounts = (item.amount for item in entered(self.facts, "signed"))
        return max((len(plain(value).partition(".")[2]) for value in amounts if value is not None), default=0)

    def tally(self, kind: str) -> tuple[dict[str, Row], Row]:
        """Each measure by holder, and what holders share, which is counted once too often for each further one.

        So for every measure the holders' sum, less what is repeated, is the total.
        """
        sums: dict[str, Row] = {}
        repeated: Row = {}
        held, nobody = self.holders(kind), (f"{kind}:{NOBODY}",)
        for item in MEASURES:
            together: defaultdict[tuple[str, ...], list[Counted]] = defaultdict(list)
            for record in self.records(item.key):
                together[held.get(record.project_id, nobody)].append(record)
            shares: defaultdict[str, list[Counted]] = defaultdict(list)
            again: list[Counted] = []
            for keys, records in together.items():
                for key in keys:
                    shares[key] += records
                again += records * (len(keys) - 1)
            repeated[item.key] = amount(again, adds=item.adds)
            for key, records in shares.items():
                if key not in sums:
                    sums[key] = {measure.key: amount([], adds=measure.adds) for measure in MEASURES}
                sums[key][item.key] = amount(records, adds=item.adds)
        return sums, repeated


def _numbers(project: ProjectFacts, kind: str) -> tuple[int, ...]:
    if kind == "leader":
        return project.leader_ids
    return () if project.unit_id is None else (project.unit_id,)


def amount(records: Sequence[Counted], *, adds: bool) -> int | Decimal | None:
    """A count, or the sum of the known amounts; None where there are records and all of their amounts are unknown."""
    if not adds:
        return len(records)
    known = [record.amount for record in records if isinstance(record, Record) and record.amount is not None]
    return None if records and not known else sum(known, Decimal(0))


def zero_reports(facts: MonthFacts) -> list[str]:
    """Units that reported in the month and in whose projects nothing moved."""
    moved = {facts.projects[number].unit_id for number in facts.moved if number in facts.projects}
    moved |= {facts.projects[row.project_id].unit_id for row in facts.reached}
    return [unit.name for unit in facts.units if unit.noted and unit.id not in moved]


def not_reported(facts: MonthFacts) -> list[str]:
    """Units that owe a report and wrote none in the month."""
    return [unit.name for unit in facts.units if unit.reports and not unit.noted]
