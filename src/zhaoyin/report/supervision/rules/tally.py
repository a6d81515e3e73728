"""How a month is tallied by unit and by leader, and which units reported nothing. The prose is docs/rules/bulletin.md."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.targets.rules import METRICS, Record

from ..facts import MonthFacts, ProjectFacts, Promise

ALL = "all"
NOBODY = 0  # the number that stands for "no unit" and "no leader" in a key


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a figure counts: a project, with the event or milestone, its day and an amount in 亿元 if any."""

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
    items: Callable[[MonthFacts], list[Item]]


def in_stock(facts: MonthFacts, stages: Sequence[Stage] = tuple(Stage)) -> list[Item]:
    """The projects pursued on the day, at one of `stages`."""
    return [
        Item(project.id, project.name, project.stage.label, None)
        for project in facts.projects.values()
        if project.active and project.stage in stages
    ]


def entered(facts: MonthFacts, source: str, since: date | None = None) -> list[Item]:
    """The year's first signings, landings or starts whose day is known, from `since` on."""
    return [
        Item(record.id, record.name, Stage(source).label, record.on, record.amount)
        for record in facts.events[source]
        if record.dated and (since is None or record.on >= since)
    ]


def undated(facts: MonthFacts, source: str) -> list[Record]:
    """Projects that stood at the stage when the library came to know them this year: named, not counted."""
    return [record for record in facts.events[source] if not record.dated]


def reached(facts: MonthFacts) -> list[Item]:
    """The milestones reached in the month."""
    return [promised(facts, promise, promise.reached_on) for promise in facts.reached]


def late(facts: MonthFacts) -> list[Promise]:
    """Open milestones past their date on the day, the longest first; what was only striven for is never late."""
    rows = [row for row in facts.due if row.kind != "strive" and row.end is not None and row.end < facts.as_of]
    return sorted(rows, key=lambda row: (row.end or date.max, row.project_id, row.id))


def striven(facts: MonthFacts) -> list[Promise]:
    """Open milestones that were striven for and whose date has passed."""
    return [row for row in facts.due if row.kind == "strive" and row.end is not None and row.end < facts.as_of]


def due_next(facts: MonthFacts) -> list[Promise]:
    """Open milestones whose date lies in the month that follows."""
    following = facts.period.next()
    rows = [row for row in facts.due if row.end is not None and following.contains(row.end)]
    return sorted(rows, key=lambda row: (row.end or date.max, row.project_id, row.id))


def reached_late(promise: Promise) -> int:
    """How many days after its date a milestone was reached; 0 in time or without a date."""
    if promise.end is None or promise.reached_on is None:
        return 0
    return max((promise.reached_on - promise.end).days, 0)


def promised(facts: MonthFacts, promise: Promise, on: date | None) -> Item:
    """A milestone as an item of a figure."""
    return Item(promise.project_id, facts.projects[promise.project_id].name, promise.text, on)


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
    Measure("reached", "本月完成节点", False, "本月完成节点：完成日在本月的节点，含逾期后完成的", reached),
    Measure(
        "late", "逾期节点", False, "逾期节点：截至日已过期限仍未完成的节点；争取类节点过期不列逾期，改期的按截至日有效的日期",
        lambda f: [promised(f, row, row.end) for row in late(f)],
    ),
)  # fmt: skip
OTHER_DEFINITIONS = (
    "零报告：本月报了进展，但主责项目没有新增、阶段变动或节点完成的单位；未报告：应按月报进展而本月没有报的单位。两者分列，未报告不作零",
    "主责单位、联系领导和项目状态以编制时项目库所列为准",
)
MONTHLY = {"signed": "signed", "landed": "landed", "started": "construction"}


def items_of(facts: MonthFacts, key: str) -> list[Item]:
    """The records behind a figure of the bulletin. KeyError for a key that names none."""
    name, _, who = key.partition("/")
    measures = {measure.key: measure.items for measure in MEASURES}
    if name in measures:
        found = measures[name](facts)
    elif name.startswith("month_"):
        found = entered(facts, MONTHLY[name.removeprefix("month_").removesuffix("_yi")], facts.period.start)
    else:
        rows = {
            "reached_late": [row for row in facts.reached if reached_late(row)],
            "in_time": [row for row in facts.reached if not reached_late(row)],
            "striven": striven(facts),
            "due_next": due_next(facts),
        }[name]
        found = [promised(facts, row, row.reached_on or row.end) for row in rows]
    if who == ALL:
        return found
    kind = who.partition(":")[0]
    return [item for item in found if who in holders(facts.projects.get(item.project_id), kind)]


def holders(project: ProjectFacts | None, kind: str) -> tuple[str, ...]:
    """The keys of who answers for a project: one unit, or every contact leader; `unit:0` and `leader:0` for nobody."""
    numbers: tuple[int, ...] = ()
    if project is not None:
        numbers = project.leader_ids if kind == "leader" else (project.unit_id,) if project.unit_id else ()
    return tuple(f"{kind}:{number}" for number in numbers or (NOBODY,))


Row = dict[str, int | Decimal | None]


def tally(facts: MonthFacts, kind: str) -> tuple[dict[str, Row], Row, Row]:
    """Each measure by holder, in total with each project once, and what holders share (counted once too often each time).

    So for every measure: the holders' sum less what is repeated is the total.
    """
    shares: dict[str, dict[str, list[Item]]] = {}
    total: Row = {}
    repeated: Row = {}
    for measure in MEASURES:
        items = measure.items(facts)
        total[measure.key] = amount(measure, items)
        again: list[Item] = []
        for item in items:
            keys = holders(facts.projects.get(item.project_id), kind)
            for key in keys:
                shares.setdefault(key, {}).setdefault(measure.key, []).append(item)
            again += [item] * (len(keys) - 1)
        repeated[measure.key] = amount(measure, again)
    sums = {
        key: {measure.key: amount(measure, found.get(measure.key, [])) for measure in MEASURES}
        for key, found in shares.items()
    }
    return sums, total, repeated


def amount(measure: Measure, items: Sequence[Item]) -> int | Decimal | None:
    """A count, or the sum of the known amounts; None where there are items and all of their amounts are unknown."""
    if not measure.adds:
        return len(items)
    known = [item.amount for item in items if item.amount is not None]
    return None if items and not known else sum(known, Decimal(0))


def zero_reports(facts: MonthFacts) -> list[str]:
    """Units that reported in the month and in whose projects nothing moved."""
    moved = {facts.projects[number].unit_id for number in facts.moved if number in facts.projects}
    moved |= {facts.projects[row.project_id].unit_id for row in facts.reached}
    return [unit.name for unit in facts.units if unit.noted and unit.id not in moved]


def not_reported(facts: MonthFacts) -> list[str]:
    """Units that owe a report and wrote none in the month."""
    return [unit.name for unit in facts.units if unit.reports and not unit.noted]


def measure(key: str) -> Measure:
    """The measure of that key."""
    return next(item for item in MEASURES if item.key == key)
