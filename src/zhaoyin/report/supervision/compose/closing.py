"""四、存在问题，五、零报告与未报告，附注."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ..bulletin import Block, Cell, Head, Names, Paragraph
from ..facts import MonthFacts, ProblemFacts
from .words import day, listing, project

_GENERAL = (
    "零报告：本月报了进展，但主责项目没有新增、阶段变动或节点完成的单位；未报告：应按月报进展而本月没有报的单位。两者分列，未报告不作零",
    "主责单位和联系领导以编制时项目库所列为准，项目状态以截至日为准",
)


def problems(facts: MonthFacts) -> Iterator[Block]:
    """The open problems by kind, then one by one with who is to settle them and by when."""
    if not facts.problems:
        yield Paragraph(("截至日没有登记在册、尚未解决的问题。",))
        return
    kinds = "、".join(f"{kind} {count} 个" for kind, count in Counter(row.kind for row in facts.problems).items())
    overdue = sum(row.due_on is not None and row.due_on < facts.as_of for row in facts.problems)
    yield Paragraph(
        (f"尚未解决的问题 {len(facts.problems)} 个：{kinds}。", f"其中已过应解决日的 {overdue} 个。" if overdue else "")
    )

    def row(problem: ProblemFacts) -> tuple[Cell, ...]:
        due = day(facts, problem.due_on)
        if problem.due_on is not None and problem.due_on < facts.as_of:
            due = f"{due}（已过 {(facts.as_of - problem.due_on).days} 天）"
        return problem.kind, project(facts, problem.project_id), problem.text, problem.unit or None, due

    heads = (Head("类别"), Head("项目"), Head("问题"), Head("解决单位"), Head("应解决日"))
    yield listing("problems", "存在问题清单", heads, facts.problems, row)


def reports(facts: MonthFacts, zero: Sequence[str], silent: Sequence[str]) -> Iterator[Block]:
    """Two lists that never mix."""
    month = facts.period.index
    yield Names("zero", f"零报告单位（{month} 月份报了进展、项目没有变动）{len(zero)} 个：", tuple(zero))
    yield Names("silent", f"未报告单位（{month} 月份没有报进展，不作零）{len(silent)} 个：", tuple(silent))


def notes(facts: MonthFacts) -> Iterator[Block]:
    """What is not said below a table: first what counts as signed, landed and started, and on which evidence."""
    yield from (Paragraph((f"{sentence}。",)) for sentence in facts.counted)
    yield Paragraph(("各表所列指标的口径写在表下。", *(f"{sentence}。" for sentence in _GENERAL)))


def definitions() -> tuple[str, ...]:
    """What the lists count."""
    return _GENERAL
