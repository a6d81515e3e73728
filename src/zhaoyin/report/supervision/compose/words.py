"""How figures, days and lists are put into words: the same in every section."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from ..bulletin import Cell, Figure, Head, Project, Table
from ..facts import MonthFacts
from ..rules.tally import ALL, Ledger

LISTED = 60  # rows of a list that are printed; the rest is counted, and said to be left out
Row = TypeVar("Row")


def figure(month: Ledger, key: str) -> Figure:
    """A figure over the whole area, counted from the records themselves and not from a table."""
    return Figure(f"{key}/{ALL}", to_places(month.total(key), month.places))


def to_places(value: int | Decimal | None, places: int) -> int | Decimal | None:
    """An amount with `places` decimals, as many as the longest of the month needs: exact, so that printed parts add up."""
    return value.quantize(Decimal(1).scaleb(-places)) if isinstance(value, Decimal) else value


def listing(
    key: str, caption: str, heads: Sequence[Head], records: Sequence[Row], row: Callable[[Row], tuple[Cell, ...]]
) -> Table:
    """A table of records, cut after `LISTED` rows with a note that says so."""
    left_out = len(records) - LISTED
    notes = (f"共 {len(records)} 条，列前 {LISTED} 条，其余 {left_out} 条见项目库",) if left_out > 0 else ()
    return Table(key, 0, caption, tuple(heads), tuple(map(row, records[:LISTED])), notes=notes)


def project(facts: MonthFacts, number: int) -> Project:
    """A project by its name."""
    return Project(number, facts.projects[number].name)


def unit(facts: MonthFacts, number: int) -> str | None:
    """The lead unit of a project, by name."""
    found = facts.projects.get(number)
    return next((one.name for one in facts.units if found and one.id == found.unit_id), None)


def leaders(facts: MonthFacts, number: int) -> str | None:
    """The contact leaders of a project, by name."""
    return "、".join(facts.leaders[official] for official in facts.projects[number].leader_ids) or None


def day(facts: MonthFacts, value: date | None) -> str | None:
    """06-30, or with the year where it is another; in figures that no line break cuts, since columns of dates are narrow."""
    if value is None:
        return None
    return f"{value:%m-%d}" if value.year == facts.period.year else value.isoformat()


def chinese_day(value: date) -> str:
    """6 月 30 日."""
    return f"{value.month} 月 {value.day} 日"
