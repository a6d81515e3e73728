"""What each metric counts, how far a target has come, and how that stands against the year gone by.

A definition is data: one row of `METRICS` says which records, which date and which unit, in a sentence that is printed
beside the figure (domain.md §3, counting). docs/rules/targets.md is the prose with a worked example.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from zhaoyin.kernel.comparators import Comparator
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import ORDER, Stage
from zhaoyin.kernel.verdict import Verdict


class StageEntry(NamedTuple):
    """A phase of a project entered a stage. `initial`: it stood there when the library came to know it, since when is unknown."""

    project_id: int
    stage: str
    on: date
    initial: bool = False


class Record(NamedTuple):
    """One thing that a figure may count. `amount` is 亿元 of a project, 万美元 of foreign capital; None is unknown.

    `kind` is project, event or capital; `project_id` is the project to open, if any.
    """

    kind: str
    id: int
    name: str
    on: date
    amount: Decimal | None = None
    project_id: int | None = None
    unit_id: int | None = None
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Metric:
    """One definition: the `source` of records, whether they are counted or added up, the units it may be asked in.

    `units` leads from a printed unit to how many of it one counted thing (or one unit of `amount`) is.
    """

    name: str
    source: str
    adds: bool
    units: Mapping[str, Decimal]
    definition: str


_ONCE = "每个项目只计一次，以首次签订正式投资协议之日为准，框架协议、章程不计；往年已签约的不计"
_PIECES = {unit: Decimal(1) for unit in ("个", "项", "家", "宗")}
_TIMES = {unit: Decimal(1) for unit in ("次", "场", "个", "期")}
_YUAN = {"亿元": Decimal(1), "万元": Decimal(10000)}
_DOLLARS = {"万美元": Decimal(1), "亿美元": Decimal("0.0001")}

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("projects_signed", "signed", False, _PIECES, f"签约项目：{_ONCE}"),
        Metric("investment_signed", "signed", True, _YUAN, f"签约额：当年签约项目的总投资之和；{_ONCE}"),
        Metric("projects_landed", "landed", False, _PIECES, "落地项目：每个项目只计一次，以首次进入“落地”阶段之日为准"),
        Metric(
            "projects_started", "construction", False, _PIECES,
            "开工项目：每个项目只计一次，以首次进入“开工”阶段之日为准；奠基、场平不计开工",
        ),
        Metric(
            "projects_in_production", "production", False, _PIECES,
            "投产项目：每个项目只计一次，以首次进入“投产”阶段之日为准",
        ),
        Metric("foreign_capital_used", "capital", True, _DOLLARS, "实际使用外资：当年到账金额之和，以到账日为准"),
        Metric("events_large", "event:large", False, _TIMES, "大型推介签约活动：以举办日为准，每场计一次"),
        Metric("events_small", "event:small", False, _TIMES, "小型针对性推介活动：以举办日为准，每场计一次"),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target as promised: `comparator` `required` `unit` of `metric` in `year`, from `floor_yi` 亿元 upwards."""

    label: str
    metric: str
    comparator: Comparator
    required: Decimal
    unit: str
    year: int
    floor_yi: Decimal | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that was looked at and not counted, and why."""

    record: Record
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A target held against the record as of a day.

    `figure` is None where it cannot be counted (the verdict's reasons say why). `gap` is the figure less what the time
    gone by would ask, in the target's unit. `elapsed_days` of `days` of the year are gone, the day itself included.
    """

    target: TargetFacts
    as_of: date
    figure: Decimal | None
    elapsed_days: int
    days: int
    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]
    definition: str
    verdict: Verdict

    @property
    def elapsed(self) -> Fraction:
        """The share of the year gone by."""
        return Fraction(self.elapsed_days, self.days)

    @property
    def due(self) -> Fraction:
        """What the time gone by would ask of an even year."""
        return Fraction(self.target.required) * self.elapsed

    @property
    def gap(self) -> Fraction | None:
        """Ahead of the time gone by (positive) or behind it; None where there is no figure."""
        return None if self.figure is None else Fraction(self.figure) - self.due

    @property
    def on_pace(self) -> bool | None:
        """Whether the figure keeps up with the time gone by; for an upper limit, whether it stays below."""
        if self.gap is None:
            return None
        return self.gap <= 0 if self.target.comparator in _LIMITS else self.gap >= 0

    @property
    def share(self) -> Fraction | None:
        """The part of what is required that is done; None without a figure or a requirement of nothing."""
        if self.figure is None or not self.target.required:
            return None
        return Fraction(self.figure) / Fraction(self.target.required)

    @property
    def pace(self) -> tuple[str, str]:
        """The gap as a light's colour and its words: yellow behind the time gone by, green with it, unknown uncounted."""
        return {None: "unknown", False: "yellow", True: "green"}[self.on_pace], gap_words(self)


_LIMITS = (Comparator.LE, Comparator.LT)
_RANK = {stage.value: order for stage, order in ORDER.items()}


def elapsed_days(year: int, as_of: date) -> tuple[int, int]:
    """How many days of the year are gone by the end of `as_of`, of how many: 0 before it, all of them after it."""
    whole = Period(year, "year")
    days = (whole.end - whole.start).days + 1
    return min(max((as_of - whole.start).days + 1, 0), days), days


def first_entries(entries: Iterable[StageEntry], stage: Stage, start: date, end: date) -> dict[int, tuple[date, bool]]:
    """Per project the first day it entered `stage`, if that lies from `start` to `end`; and whether the day is certain.

    It is not certain where a project stood at the stage or beyond when the library came to know it. `entries` are all
    of a project's up to `end`, in any order: what happened before `start` decides too.
    """
    rank = stage.order
    entered: dict[int, date] = {}
    found_there: dict[int, date] = {}
    for entry in entries:
        if entry.on > end:
            continue
        if entry.initial and _RANK[entry.stage] >= rank:
            found_there[entry.project_id] = min(entry.on, found_there.get(entry.project_id, entry.on))
        elif entry.stage == stage:
            entered[entry.project_id] = min(entry.on, entered.get(entry.project_id, entry.on))
    result: dict[int, tuple[date, bool]] = {}
    for project in entered.keys() | found_there.keys():
        on, found = entered.get(project, date.max), found_there.get(project, date.max)
        if min(on, found) >= start:
            result[project] = (on, True) if on < found else (found, False)
    return result


def progress(target: TargetFacts, records: Mapping[str, Iterable[Record]], as_of: date) -> Progress:
    """Hold a target against the record. `records` leads from a metric's source to its records, in order.

    Records after `as_of` or outside the year are ignored, so the same records answer for any day.
    """
    gone, days = elapsed_days(target.year, as_of)
    metric = METRICS.get(target.metric)
    factor = metric.units.get(target.unit) if metric else None
    if metric is None or factor is None:
        reason = _uncountable(target, metric)
        return Progress(
            target, as_of, None, gone, days, (), (), reason, Verdict(None, None, target.required, (reason,))
        )
    year = Period(target.year, "year")
    start, end = year.start, min(year.end, as_of)
    counted, left_out = [], []
    for record in records.get(metric.source, ()):
        if not start <= record.on <= end:
            continue
        why = _why_not(record, target.floor_yi, adds=metric.adds)
        if why is None:
            counted.append(record)
        elif why:
            left_out.append(LeftOut(record, why))
    if metric.adds:
        figure = sum((record.amount for record in counted if record.amount is not None), Decimal(0)) * factor
    else:
        figure = len(counted) * factor
    words = definition(target, metric)
    return _judged(Progress(target, as_of, figure, gone, days, tuple(counted), tuple(left_out), words, Verdict(None)))


def definition(target: TargetFacts, metric: Metric) -> str:
    """The sentence printed beside the figure: what counts, from which size, in which scope."""
    parts = [metric.definition]
    if target.floor_yi is not None:
        parts.append(f"只计总投资 {plain(target.floor_yi)} 亿元以上的，总投资不详的不计")
    if target.scope and not target.scope.startswith("全"):  # 全市 is the whole library, and says nothing more
        parts.append(f"范围“{target.scope}”以项目库所列为准")
    return "；".join(parts) + "。"


def gap_words(result: Progress) -> str:
    """The gap in words: 比时间进度少 1.4 个, 与时间进度持平, or why there is no figure."""
    if result.gap is None:
        return result.verdict.reasons[0]
    tenths = round(abs(result.gap) * 10)
    if tenths == 0:
        return "与时间进度持平"
    return f"比时间进度{'多' if result.gap > 0 else '少'} {plain(Decimal(tenths) / 10)} {result.target.unit}"


def percent(share: Fraction | None) -> str:
    """A share as per cent with one decimal (53.7%); "/" where it is unknown."""
    return "/" if share is None else f"{plain(Decimal(round(share * 1000)) / 10)}%"


def _uncountable(target: TargetFacts, metric: Metric | None) -> str:
    if metric is None:
        return "这项目标没有可由项目库计数的口径，须人工填报"
    return f"目标的单位“{target.unit}”与口径的单位“{'、'.join(metric.units)}”不一致，不能计数"


def _why_not(record: Record, floor_yi: Decimal | None, *, adds: bool) -> str | None:
    """None where the record counts; "" where it lies below the floor; otherwise the reason to be named."""
    if floor_yi is not None and record.amount is not None and record.amount < floor_yi:
        return ""
    if not record.dated:
        return "入库时已在这一阶段或更后，日期不详，未计入"
    return "总投资不详，未计入" if record.amount is None and (adds or floor_yi is not None) else None


def _judged(result: Progress) -> Progress:
    target, figure = result.target, result.figure or Decimal(0)
    met: bool | None = target.comparator.holds(figure, target.required)
    # While the year lasts, a lower limit that is met stays met and an upper one that is broken stays broken; no more.
    settled = {Comparator.GE: True, Comparator.GT: True, Comparator.LE: False, Comparator.LT: False}
    if result.elapsed_days < result.days and met is not settled.get(target.comparator):
        met = None
    reasons = [
        f"已完成 {plain(figure)} {target.unit}，目标{target.comparator.label} {plain(target.required)} {target.unit}",
        f"时间已过 {percent(result.elapsed)}，{gap_words(result)}",
    ]
    for why in dict.fromkeys(item.reason for item in result.left_out):
        names = [item.record.name for item in result.left_out if item.reason == why]
        shown = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
        reasons.append(f"另有 {len(names)} 个项目{why}：{shown}")
    return Progress(
        target, result.as_of, result.figure, result.elapsed_days, result.days, result.records, result.left_out,
        result.definition, Verdict(met, figure, target.required, tuple(reasons)),
    )  # fmt: skip
