"""三、分单位情况: a row for each unit and for each contact leader, in the order of the organisation, never of merit."""

from collections.abc import Iterator, Sequence

from ..bulletin import Block, Cell, Figure, Head, Paragraph, Table
from ..rules.tally import ALL, MEASURES, NOBODY, Ledger, Row
from .words import to_places


def blocks(month: Ledger) -> Iterator[Block]:
    """The two tables with a sentence before them."""
    facts = month.facts
    units = [(f"unit:{unit.id}", unit.name) for unit in facts.units]
    leaders = [(f"leader:{number}", name) for number, name in facts.leaders.items()]
    yield Paragraph(
        ("签约、签约额、落地、开工为本年累计，在库、在谈、逾期节点为截至日数。各单位按机构次序排列，不作排名。",)
    )
    units.append((f"unit:{NOBODY}", "未明确主责单位"))
    yield _table(month, "unit", "分单位情况", "单位", units, definitions())
    shared = sum(len(project.leader_ids) > 1 for project in facts.projects.values())
    note = f"有两位以上联系领导的项目 {shared} 个，在各人名下都列，多计的部分在“共同联系重复计”一行减去，合计中每个项目只计一次"
    leaders.append((f"leader:{NOBODY}", "未明确联系领导"))
    notes = ("口径同上表", note) if shared else ("口径同上表",)
    yield _table(month, "leader", "分联系领导情况", "联系领导", leaders, notes)


def definitions() -> tuple[str, ...]:
    """What each column counts."""
    return tuple(item.definition for item in MEASURES)


def _table(
    month: Ledger, kind: str, caption: str, head: str, names: Sequence[tuple[str, str]], notes: tuple[str, ...]
) -> Table:
    sums, repeated = month.tally(kind)

    def cells(key: str, row: Row) -> tuple[Cell, ...]:
        return tuple(Figure(f"{name}/{key}", to_places(value, month.places)) for name, value in row.items())

    total = {item.key: month.total(item.key) for item in MEASURES}
    return Table(
        key=f"{kind}s",
        number=0,
        caption=caption,
        heads=(Head(head), *(Head(item.head, True) for item in MEASURES)),
        rows=tuple((name, *cells(key, sums[key])) for key, name in names if any(sums.get(key, {}).values())),
        total=("合计", *cells(ALL, total)),
        repeated=("减：共同联系重复计", *cells(f"{kind}:repeated", repeated)) if any(repeated.values()) else None,
        unit_note="金额单位：亿元",
        notes=notes,
    )
