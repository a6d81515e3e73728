"""The rows of the plan's table (责任分解表), for any number of projects in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhaoyin.kernel.numerals import trimmed
from zhaoyin.plan.schedules.queries import milestones_as_of
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import latest_words, leader_names

from .field import Field

# Headings under which a commit keeps what one field could not hold: they stand in the table's own columns.
UNIT_HEADINGS = ("主责单位", "责任单位", "牵头单位")


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One project for the table: what its plan printed, and the latest progress by the day."""

    seq: int | None
    section: str
    name: str
    investment_yi: Decimal | None
    land_mu: Decimal | None
    investor: str
    content: str
    progress: tuple[str, ...]
    goals: str
    leaders: tuple[str, ...]
    unit: str
    extra: dict[str, str]


def table_facts(field: Field, ids: Sequence[int]) -> list[TableFacts]:
    """The projects of `ids`, in that order."""
    projects: dict[int, Any] = Project.objects.select_related("text", "unit").in_bulk(ids)
    entries = {one.project_id: one for one in field.entries.filter(project_id__in=ids)}
    leaders = leader_names(ids)
    news = latest_words(ids, field.as_of)
    goals: dict[int, list[str]] = {}
    unplanned = [pk for pk in ids if pk not in entries]
    promised = milestones_as_of(field.as_of, later=field.later).filter(project_id__in=unplanned, withdrawn_on=None)
    for project_id, when, words in promised.order_by("project_id", "position").values_list(
        "project_id", "when", "text"
    ):
        goals.setdefault(project_id, []).append(f"{when}{words}")
    rows = []
    for pk in ids:
        row, entry = projects[pk], entries.get(pk)
        text = getattr(row, "text", None)
        extra = {key: str(value) for key, value in (text.extra if text else {}).items()}
        unit = next((extra.pop(key) for key in UNIT_HEADINGS if key in extra), row.unit.name if row.unit else "")
        progress = [str(one) for one in entry.progress] if entry else []
        if pk in news:
            on, told = news[pk]
            progress.append(f"{on.month}月{on.day}日{told}")
        rows.append(
            TableFacts(
                entry.seq if entry else None, entry.section if entry else "", row.name, trimmed(row.investment_yi),
                trimmed(row.land_mu), row.investor, text.content if text else "", tuple(progress),
                entry.goals if entry else "；".join(goals.get(pk, ())), leaders.get(pk, ()), unit, extra,
            )
        )  # fmt: skip
    return rows
