"""一、总体情况: the targets against the time gone by; what was signed, landed and started, in the month and in the year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from zhaoyin.kernel.numerals import plain, trimmed
from zhaoyin.plan.targets.rules import Progress, gap_words, percent

from ..bulletin import Block, Cell, Figure, Head, Paragraph, Project, Table
from ..facts import MonthFacts
from ..rules.tally import Item, Ledger, undated
from .words import chinese_day, day, figure, listing, unit

NAMED = 8  # projects named in a sentence
STAGES = (("signed", "签约"), ("landed", "落地"), ("started", "开工"))
_TARGET_HEADS = (
    Head("目标"), Head("单位"), Head("年度目标", True), Head("已完成", True), Head("完成率", True), Head("与时间进度相比"),
)  # fmt: skip


def blocks(month: Ledger) -> Iterator[Block]:
    """The paragraphs and tables of the section."""
    facts = month.facts
    yield Paragraph((_as_of(facts), *_targets(facts.targets), "。"))
    if facts.targets:
        yield _target_table(facts)
    yield Paragraph(("项目库在库 ", figure(month, "stock"), " 个，其中在谈 ", figure(month, "talking"), " 个。"))
    yield Paragraph((*_in_the_month(month), *_in_the_year(month)))
    yield from _events(month)


def definitions(facts: MonthFacts) -> tuple[str, ...]:
    """What each target counts."""
    texts = [(progress.target.label, progress.definition.rstrip("。")) for _, progress in facts.targets]
    # A definition begins with the metric's name; here the target's own stands in its place.
    return tuple(f"{label}：{text.partition('：')[2] or text}" for label, text in texts)


def _as_of(facts: MonthFacts) -> str:
    today = chinese_day(facts.as_of)
    if facts.complete:
        return f"截至 {today}，"
    return f"{facts.period.label}尚未结束，本通报数据截至 {today}。截至 {today}，"


def _targets(targets: Sequence[tuple[int, Progress]]) -> Iterator[str | Figure]:
    if not targets:
        yield "没有本年度方案的目标可以对照"
    for place, (number, progress) in enumerate(targets):
        yield f"{'；' if place else ''}{progress.target.label} "
        yield Figure(f"target/{number}", trimmed(progress.figure))
        if progress.figure is None:
            yield f"（{progress.verdict.reasons[0]}）"
        else:
            yield f" {progress.target.unit}，完成年度目标的 {percent(progress.share)}"


def _target_table(facts: MonthFacts) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            progress.target.label,
            progress.target.unit,
            plain(progress.target.required),
            Figure(f"target/{number}", trimmed(progress.figure)),
            percent(progress.share),
            "/" if progress.gap is None else gap_words(progress),
        )
        for number, progress in facts.targets
    ]
    first = facts.targets[0][1]
    note = f"时间进度：截至日为全年第 {first.elapsed_days} 天，共 {first.days} 天，时间已过 {percent(first.elapsed)}"
    return Table("targets", 0, "年度目标完成情况", _TARGET_HEADS, tuple(rows), notes=(note, *definitions(facts)))


def _in_the_month(month: Ledger) -> Iterator[str | Figure | Project]:
    yield f"{month.facts.period.index} 月份，"
    for place, (key, word) in enumerate(STAGES):
        items = month.items(f"month_{key}")
        yield f"{'，' if place else ''}新{word} "
        yield figure(month, f"month_{key}")
        yield " 个"
        if key == "signed" and items:
            yield "、总投资 "
            yield figure(month, "month_signed_yi")
            yield " 亿元"
        yield from _named(items)
    yield "。"


def _named(items: Sequence[Item]) -> Iterator[str | Project]:
    for place, item in enumerate(items[:NAMED]):
        yield "、" if place else "（"
        yield Project(item.project_id, item.name)
        yield f" {plain(item.amount)} 亿元" if item.amount is not None else "（总投资不详）"
    if items:
        yield "等）" if len(items) > NAMED else "）"


def _in_the_year(month: Ledger) -> Iterator[str | Figure]:
    yield from ("本年累计签约 ", figure(month, "signed"), " 个、总投资 ", figure(month, "signed_yi"))
    yield from (" 亿元，落地 ", figure(month, "landed"), " 个，开工 ", figure(month, "started"), " 个。")
    if unknown := sum(item.amount is None for item in month.items("signed")):
        yield f"其中 {unknown} 个项目总投资不详，计个数、不计金额。"
    if unclear := len(undated(month.facts, "signed")):
        yield f"另有 {unclear} 个项目入库时已签约、签约日期不详，不计入本年签约。"


def _events(month: Ledger) -> Iterator[Table]:
    facts = month.facts
    days: dict[int, dict[str, date | None]] = {}
    items: dict[int, Item] = {}
    for key, _ in STAGES:
        for item in month.items(key):
            items.setdefault(item.project_id, item)
            days.setdefault(item.project_id, {})[key] = item.on

    def row(item: Item) -> tuple[Cell, ...]:
        on = days[item.project_id]
        amount = None if item.amount is None else plain(item.amount)
        reached = (day(facts, on.get(key)) for key, _ in STAGES)
        return Project(item.project_id, item.name), amount, *reached, unit(facts, item.project_id)

    if items:
        heads = (Head("项目"), Head("总投资", True), *(Head(word, True) for _, word in STAGES), Head("主责单位"))
        found = sorted(items.values(), key=lambda item: (item.on or date.max, item.project_id))
        table = listing("events", "本年签约、落地、开工项目", heads, found, row)
        notes = (*table.notes, "本年没有进入这一阶段的，或总投资、主责单位不详的，记“/”")
        yield replace(table, unit_note="金额单位：亿元", notes=notes)
