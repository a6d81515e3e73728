"""The words of the bulletin: one month's facts → its sections. Pure: the same facts give the same bulletin."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhaoyin.kernel.numerals import plain
from zhaoyin.plan.schedules.rules import days_late
from zhaoyin.plan.targets.rules import Progress, gap_words, percent

from .bulletin import Block, Bulletin, Cell, Figure, Head, Names, Paragraph, Project, Section, Table
from .facts import MonthFacts, Promise
from .rules.tally import (
    ALL,
    MEASURES,
    NOBODY,
    OTHER_DEFINITIONS,
    Item,
    Row,
    amount,
    due_next,
    entered,
    in_stock,
    late,
    measure,
    not_reported,
    reached_late,
    striven,
    tally,
    undated,
    zero_reports,
)  # fmt: skip

RED_HEAD = "招大引强督查通报"
LISTED = 60  # rows of a list that are printed; the rest is counted, and said to be left out
NAMED = 8  # projects named in a sentence


def compose(facts: MonthFacts, number: str | None = None) -> Bulletin:
    """The bulletin of the month, with its document number if it has one."""
    zero, silent = zero_reports(facts), not_reported(facts)
    sections = (
        Section("overall", "总体情况", tuple(_overall(facts))),
        Section("milestones", "节点完成情况", tuple(_milestones(facts))),
        Section("units", "分单位情况", tuple(_holders(facts))),
        Section("problems", "存在问题", tuple(_problems(facts))),
        Section("reports", "零报告与未报告", tuple(_reports(facts, zero, silent))),
        Section("notes", "附注：统计口径", tuple(_notes(facts)), numbered=False),
    )
    return Bulletin(
        period=facts.period,
        as_of=facts.as_of,
        complete=facts.complete,
        place=facts.place,
        office=facts.office,
        red_head=RED_HEAD,
        number=number,
        title=f"关于{facts.period.label}份{facts.place}招大引强工作推进情况的通报",
        sections=_numbered(sections),
        definitions=_definitions(facts),
        zero=tuple(zero),
        silent=tuple(silent),
        demo=facts.demo,
    )


def _overall(facts: MonthFacts) -> Iterator[Block]:
    yield Paragraph((_as_of(facts), *_targets(facts.targets), "。"))
    if facts.targets:
        yield _target_table(facts)
    stock = in_stock(facts)
    yield Paragraph(
        ("项目库在库 ", Figure(f"stock/{ALL}", len(stock)), " 个，其中在谈 ", _figure(facts, "talking"), " 个。")
    )
    yield Paragraph((*_month_events(facts), *_year_events(facts)))
    yield from _event_table(facts)


def _as_of(facts: MonthFacts) -> str:
    day = f"截至 {facts.as_of.month} 月 {facts.as_of.day} 日"
    return (
        f"{day}，"
        if facts.complete
        else f"{facts.period.label}尚未结束，本通报数据截至 {facts.as_of.month} 月 {facts.as_of.day} 日。{day}，"
    )


def _targets(targets: Sequence[tuple[int, Progress]]) -> Iterator[str | Figure]:
    if not targets:
        yield "没有本年度方案的目标可以对照"
    for place, (number, progress) in enumerate(targets):
        yield "；" if place else ""
        yield f"{progress.target.label} "
        yield Figure(f"target/{number}", _trimmed(progress.figure))
        if progress.figure is None:
            yield f"（{progress.verdict.reasons[0]}）"
        else:
            yield f" {progress.target.unit}，完成年度目标的 {percent(progress.share)}"


def _target_table(facts: MonthFacts) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, progress in facts.targets:
        rows.append(
            (
                progress.target.label,
                progress.target.unit,
                plain(progress.target.required),
                Figure(f"target/{number}", _trimmed(progress.figure)),
                percent(progress.share),
                gap_words(progress) if progress.gap is not None else "/",
            )
        )
    first = facts.targets[0][1]
    heads = (
        Head("目标"),
        Head("单位"),
        Head("年度目标", True),
        Head("已完成", True),
        Head("完成率", True),
        Head("与时间进度相比"),
    )
    note = f"时间进度：截至日为全年第 {first.elapsed_days} 天，共 {first.days} 天，时间已过 {percent(first.elapsed)}"
    return Table("targets", 0, "年度目标完成情况", heads, tuple(rows), notes=(note, *_target_definitions(facts)))


def _month_events(facts: MonthFacts) -> Iterator[str | Figure | Project]:
    start = facts.period.start
    yield f"{facts.period.index} 月份，"
    for place, (key, source, word) in enumerate(
        (("signed", "signed", "签约"), ("landed", "landed", "落地"), ("started", "construction", "开工"))
    ):
        items = entered(facts, source, start)
        yield f"{'，' if place else ''}新{word} "
        yield Figure(f"month_{key}/{ALL}", len(items))
        yield " 个"
        if key == "signed" and items:
            yield "、总投资 "
            yield Figure(
                f"month_signed_yi/{ALL}", _to_places(amount(measure("signed_yi"), items), _amount_places(facts))
            )
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


def _year_events(facts: MonthFacts) -> Iterator[str | Figure]:
    yield "本年累计签约 "
    yield _figure(facts, "signed")
    yield " 个、总投资 "
    yield _figure(facts, "signed_yi")
    yield " 亿元，落地 "
    yield _figure(facts, "landed")
    yield " 个，开工 "
    yield _figure(facts, "started")
    yield " 个。"
    unknown = [item for item in entered(facts, "signed") if item.amount is None]
    if unknown:
        yield f"其中 {len(unknown)} 个项目总投资不详，计个数、不计金额。"
    if unclear := undated(facts, "signed"):
        yield f"另有 {len(unclear)} 个项目入库时已签约、签约日期不详，不计入本年签约。"


def _event_table(facts: MonthFacts) -> Iterator[Block]:
    days: dict[int, dict[str, date | None]] = {}
    items: dict[int, Item] = {}
    for source in ("signed", "landed", "construction"):
        for item in entered(facts, source):
            items.setdefault(item.project_id, item)
            days.setdefault(item.project_id, {})[source] = item.on
    if items:
        rows: list[tuple[Cell, ...]] = [
            (
                Project(number, item.name), None if item.amount is None else plain(item.amount),
                *(_day(facts, days[number].get(source)) for source in ("signed", "landed", "construction")),
                _unit(facts, number),
            )
            for number, item in sorted(items.items(), key=lambda pair: (pair[1].on or date.max, pair[0]))
        ]  # fmt: skip
        heads = (
            Head("项目"),
            Head("总投资", True),
            *(Head(word, True) for word in ("签约", "落地", "开工")),
            Head("主责单位"),
        )
        table = _listing("events", "本年签约、落地、开工项目", heads, rows)
        notes = (*table.notes, "本年没有进入这一阶段的，或总投资、主责单位不详的，记“/”")
        yield replace(table, unit_note="金额单位：亿元", notes=notes)


def _milestones(facts: MonthFacts) -> Iterator[Block]:
    behind = [row for row in facts.reached if reached_late(row)]
    overdue, following, hoped = late(facts), due_next(facts), striven(facts)
    yield Paragraph(
        (
            f"{facts.period.index} 月份完成节点 ", _figure(facts, "reached"),
            " 个，其中按期完成 ", Figure(f"in_time/{ALL}", len(facts.reached) - len(behind)),
            " 个、逾期后完成 ", Figure(f"reached_late/{ALL}", len(behind)),
            f" 个。截至 {facts.as_of.month} 月 {facts.as_of.day} 日，逾期未完成的节点 ", Figure(f"late/{ALL}", len(overdue)),
            " 个；已过争取日期、仍未完成的 ", Figure(f"striven/{ALL}", len(hoped)),
            f" 个，不列逾期。{facts.period.next().index} 月份到期的节点 ", Figure(f"due_next/{ALL}", len(following)), " 个。",
        )
    )  # fmt: skip
    what, who = (Head("项目"), Head("节点"), Head("期限", True)), (Head("主责单位"), Head("联系领导"))
    if facts.reached:
        rows: list[tuple[Cell, ...]] = [
            (
                *_what(facts, row),
                _day(facts, row.reached_on),
                f"迟 {reached_late(row)} 天" if reached_late(row) else "按期",
            )
            for row in facts.reached
        ]
        yield _listing("reached", "本月完成节点", (*what, Head("完成日", True), Head("完成情况")), rows)
    if overdue:
        rows = [(*_what(facts, row), str(days_late(row.end, facts.as_of)), *_who(facts, row)) for row in overdue]
        yield _listing("late", "逾期未完成节点", (*what, Head("逾期天数", True), *who), rows)
    if following:
        rows = [(*_what(facts, row), *_who(facts, row)) for row in following]
        yield _listing("due_next", f"{facts.period.next().index} 月份到期节点", (*what, *who), rows)


def _holders(facts: MonthFacts) -> Iterator[Block]:
    units = [(f"unit:{unit.id}", unit.name) for unit in facts.units]
    leaders = [(f"leader:{number}", name) for number, name in facts.leaders.items()]
    shared = sum(len(project.leader_ids) > 1 for project in facts.projects.values())
    yield Paragraph(
        ("签约、签约额、落地、开工为本年累计，在库、在谈、逾期节点为截至日数。各单位按机构次序排列，不作排名。",)
    )
    definitions = tuple(item.definition for item in MEASURES)
    yield _tally_table(facts, "unit", "分单位情况", "单位", [*units, (f"unit:{NOBODY}", "未明确主责单位")], definitions)
    note = f"有两位以上联系领导的项目 {shared} 个，在各人名下都列，多计的部分在“共同联系重复计”一行减去，合计中每个项目只计一次"
    notes = ("口径同上表", note) if shared else ("口径同上表",)
    yield _tally_table(
        facts,
        "leader",
        "分联系领导情况",
        "联系领导",
        [*leaders, (f"leader:{NOBODY}", "未明确联系领导")],
        notes,
    )


def _tally_table(
    facts: MonthFacts, kind: str, caption: str, head: str, names: Sequence[tuple[str, str]], notes: tuple[str, ...]
) -> Table:
    sums, total, repeated = tally(facts, kind)
    places = _amount_places(facts)

    def cells(key: str, row: Row) -> tuple[Cell, ...]:
        return tuple(Figure(f"{name}/{key}", _to_places(value, places)) for name, value in row.items())

    rows = tuple((name, *cells(key, sums[key])) for key, name in names if key in sums and any(sums[key].values()))
    again = ("减：共同联系重复计", *cells(f"{kind}:repeated", repeated)) if any(repeated.values()) else None
    heads = (Head(head), *(Head(item.head, True) for item in MEASURES))
    return Table(
        f"{kind}s",
        0,
        caption,
        heads,
        rows,
        ("合计", *cells(ALL, total)),
        again,
        "金额单位：亿元",
        notes,
    )


def _problems(facts: MonthFacts) -> Iterator[Block]:
    if not facts.problems:
        yield Paragraph(("截至日没有登记在册、尚未解决的问题。",))
        return
    kinds = Counter(problem.kind for problem in facts.problems)
    words = "、".join(f"{kind} {count} 个" for kind, count in kinds.items())
    overdue = sum(problem.due_on is not None and problem.due_on < facts.as_of for problem in facts.problems)
    yield Paragraph(
        (f"尚未解决的问题 {len(facts.problems)} 个：{words}。", f"其中已过应解决日的 {overdue} 个。" if overdue else "")
    )
    heads = (Head("类别"), Head("项目"), Head("问题"), Head("解决单位"), Head("应解决日"))
    rows: list[tuple[Cell, ...]] = []
    for problem in facts.problems:
        days = (facts.as_of - problem.due_on).days if problem.due_on else 0
        due = f"{_day(facts, problem.due_on)}（已过 {days} 天）" if days > 0 else _day(facts, problem.due_on)
        name = Project(problem.project_id, facts.projects[problem.project_id].name)
        rows.append((problem.kind, name, problem.text, problem.unit or None, due))
    yield _listing("problems", "存在问题清单", heads, rows)


def _reports(facts: MonthFacts, zero: Sequence[str], silent: Sequence[str]) -> Iterator[Block]:
    month = facts.period.index
    yield Names("zero", f"零报告单位（{month} 月份报了进展、项目没有变动）{len(zero)} 个：", tuple(zero))
    yield Names("silent", f"未报告单位（{month} 月份没有报进展，不作零）{len(silent)} 个：", tuple(silent))


def _notes(facts: MonthFacts) -> Iterator[Block]:
    yield Paragraph(("各表所列指标的口径写在表下。", *(f"{sentence}。" for sentence in OTHER_DEFINITIONS)))


def _target_definitions(facts: MonthFacts) -> tuple[str, ...]:
    texts = [(progress.target.label, progress.definition.rstrip("。")) for _, progress in facts.targets]
    # A definition begins with the metric's name; here the target's own stands in its place.
    return tuple(f"{label}：{text.partition('：')[2] or text}" for label, text in texts)


def _definitions(facts: MonthFacts) -> tuple[str, ...]:
    """Every definition that is printed, in its order."""
    return (*_target_definitions(facts), *(item.definition for item in MEASURES), *OTHER_DEFINITIONS)


def _numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their tables numbered through."""
    count, result = 0, []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Table):
                count += 1
                block = replace(block, number=count)
            blocks.append(block)
        result.append(replace(section, blocks=tuple(blocks)))
    return tuple(result)


def _listing(key: str, caption: str, heads: tuple[Head, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    left_out = len(rows) - LISTED
    notes = (f"共 {len(rows)} 条，列前 {LISTED} 条，其余 {left_out} 条见项目库",) if left_out > 0 else ()
    return Table(key, 0, caption, heads, tuple(rows[:LISTED]), notes=notes)


def _figure(facts: MonthFacts, key: str) -> Figure:
    """A measure over the whole area, counted from the records themselves and not from a table."""
    chosen = measure(key)
    return Figure(f"{key}/{ALL}", _to_places(amount(chosen, chosen.items(facts)), _amount_places(facts)))


def _what(facts: MonthFacts, row: Promise) -> tuple[Cell, ...]:
    return Project(row.project_id, facts.projects[row.project_id].name), row.text, _day(facts, row.end)


def _unit(facts: MonthFacts, project_id: int) -> str | None:
    project = facts.projects.get(project_id)
    return next((unit.name for unit in facts.units if project and unit.id == project.unit_id), None)


def _who(facts: MonthFacts, row: Promise) -> tuple[str | None, str | None]:
    leaders = "、".join(facts.leaders[number] for number in facts.projects[row.project_id].leader_ids)
    return _unit(facts, row.project_id), leaders or None


def _day(facts: MonthFacts, day: date | None) -> str | None:
    if day is None:
        return None
    # In figures that no line break cuts: a column of dates is narrow.
    return f"{day:%m-%d}" if day.year == facts.period.year else day.isoformat()


def _trimmed(value: int | Decimal | None) -> int | Decimal | None:
    return Decimal(plain(value)) if isinstance(value, Decimal) else value


def _amount_places(facts: MonthFacts) -> int:
    amounts = (item.amount for item in entered(facts, "signed"))
    return max((len(plain(value).partition(".")[2]) for value in amounts if value is not None), default=0)


def _to_places(value: int | Decimal | None, places: int) -> int | Decimal | None:
    """All amounts of a table with as many decimals as the longest needs: exact, so that the printed parts add up."""
    return value.quantize(Decimal(1).scaleb(-places)) if isinstance(value, Decimal) else value
