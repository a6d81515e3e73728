"""二、节点完成情况: milestones reached in the month, late now, due next month."""

from collections.abc import Iterator

from zhaoyin.plan.schedules.rules import days_late

from ..bulletin import Block, Cell, Head, Paragraph
from ..facts import Promise
from ..rules.tally import Ledger, due_next, late, reached_late
from .words import chinese_day, day, figure, leaders, listing, project, unit

_WHAT = (Head("项目"), Head("节点"), Head("期限", True))
_WHO = (Head("主责单位"), Head("联系领导"))


def blocks(month: Ledger) -> Iterator[Block]:
    """The paragraph and the lists of the section."""
    facts = month.facts
    following = facts.period.next().index
    yield Paragraph(
        (
            f"{facts.period.index} 月份完成节点 ", figure(month, "reached"),
            " 个，其中按期完成 ", figure(month, "in_time"), " 个、逾期后完成 ", figure(month, "reached_late"),
            f" 个。截至 {chinese_day(facts.as_of)}，逾期未完成的节点 ", figure(month, "late"),
            " 个；已过争取日期、仍未完成的 ", figure(month, "striven"),
            f" 个，不列逾期。{following} 月份到期的节点 ", figure(month, "due_next"), " 个。",
        )
    )  # fmt: skip

    def what(row: Promise) -> tuple[Cell, ...]:
        return project(facts, row.project_id), row.text, day(facts, row.end)

    def who(row: Promise) -> tuple[Cell, ...]:
        return unit(facts, row.project_id), leaders(facts, row.project_id)

    def reached_row(row: Promise) -> tuple[Cell, ...]:
        behind = reached_late(row)
        return *what(row), day(facts, row.reached_on), f"迟 {behind} 天" if behind else "按期"

    if facts.reached:
        heads = (*_WHAT, Head("完成日", True), Head("完成情况"))
        yield listing("reached", "本月完成节点", heads, facts.reached, reached_row)
    if overdue := late(facts):
        yield listing(
            "late", "逾期未完成节点", (*_WHAT, Head("逾期天数", True), *_WHO), overdue,
            lambda row: (*what(row), str(days_late(row.end, facts.as_of)), *who(row)),
        )  # fmt: skip
    if coming := due_next(facts):
        caption = f"{following} 月份到期节点"
        yield listing("due_next", caption, (*_WHAT, *_WHO), coming, lambda row: (*what(row), *who(row)))
