"""The words of the bulletin: one month's facts → its sections. Pure: the same facts give the same bulletin."""

from collections.abc import Iterable
from dataclasses import replace

from ..bulletin import Block, Bulletin, Section, Table
from ..facts import MonthFacts
from ..rules.tally import Ledger, not_reported, zero_reports
from . import closing, holders, milestones, overall
from .words import LISTED

RED_HEAD = "招大引强督查通报"

__all__ = ["LISTED", "compose"]


def compose(facts: MonthFacts, number: str | None = None) -> Bulletin:
    """The bulletin of the month, with its document number if it has one."""
    month = Ledger(facts)
    zero, silent = zero_reports(facts), not_reported(facts)
    sections = (
        Section("overall", "总体情况", tuple(overall.blocks(month))),
        Section("milestones", "节点完成情况", tuple(milestones.blocks(month))),
        Section("units", "分单位情况", tuple(holders.blocks(month))),
        Section("problems", "存在问题", tuple(closing.problems(facts))),
        Section("reports", "零报告与未报告", tuple(closing.reports(facts, zero, silent))),
        Section("notes", "附注：统计口径", tuple(closing.notes(facts)), numbered=False),
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
        definitions=(*overall.definitions(facts), *holders.definitions(), *closing.definitions()),
        zero=tuple(zero),
        silent=tuple(silent),
        demo=facts.demo,
    )


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
