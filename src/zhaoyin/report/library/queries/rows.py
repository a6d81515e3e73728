"""The rows of the list: what stands in its columns, for any number of projects in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.plans.models import Entry
from zhaoyin.plan.schedules.queries import next_words
from zhaoyin.plan.schedules.rules import outlook_light, project_words
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.prepared import prepared
from zhaoyin.record.projects.queries import latest_words, leader_names, phase_stages

from .filtering import Field

# Where nothing changed after the day, the stored facts are those of the day.
PLAIN = ("stage", "moved_on", "due_on", "strive_on")
BEFORE = ("pk", "name", "investment_yi", "land_mu", "investor", "standing")
AFTER = ("unit__name", "unit__short_name")


@dataclass(frozen=True, slots=True)
class Row:
    """One project as of the day. `stages` are words, one per phase where the phases differ; None is unknown."""

    pk: int
    seq: int | None
    section: str
    name: str
    investment_yi: Decimal | None
    land_mu: Decimal | None
    investor: str
    stages: tuple[str, ...]
    next_on: date | None
    next_text: str
    light: Light
    word: str
    leaders: tuple[str, ...]
    unit: str
    news_on: date | None
    news: str


def trimmed(value: Decimal | None) -> Decimal | None:
    """The number without the zeros that its column fills up with: 1000, not 1000.000000."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


def rows_of(field: Field, ids: list[int]) -> list[Row]:
    """The projects of `ids` as rows, in that order."""
    if not ids:
        return []
    as_of, later = field.as_of, field.later
    if later:
        then = ("stage_then", "moved_then", "due_then", "strive_then")
        facts = list(field.projects.filter(pk__in=ids).values_list(*BEFORE, *then, *AFTER))
    else:
        facts = prepared(_facts, ids)
    by_id = {one[0]: one for one in facts}
    numbers = {one[0]: one[1:] for one in prepared(_entries, ids, [plan.pk for plan in field.plans])}
    leaders, news = leader_names(ids), latest_words(ids, as_of)
    phases, promises = phase_stages(ids, as_of, later), next_words(ids, as_of, later)
    rows = []
    for pk in ids:
        _, name, money, land, investor, standing, stage, moved, due, strive, unit, short = by_id[pk]
        light = outlook_light(Standing(standing), Stage(stage), due=due, strive=strive, moved_on=moved, as_of=as_of)
        seq, section = numbers.get(pk, (None, ""))
        next_on, next_text = promises.get(pk, (None, ""))
        news_on, text = news.get(pk, (None, ""))
        rows.append(
            Row(
                pk, seq, section, name, trimmed(money), trimmed(land), investor, _stages(Stage(stage), phases.get(pk, [])),
                next_on, next_text, light,
                project_words(light, due=due, strive=strive, moved_on=moved, as_of=as_of, standing=Standing(standing)),
                leaders.get(pk, ()), short or unit or "", news_on, text,
            )
        )  # fmt: skip
    return rows


def _facts(ids: list[int]) -> QuerySet[Any, Any]:
    return Project.objects.filter(pk__in=ids).order_by().values_list(*BEFORE, *PLAIN, *AFTER)


def _entries(ids: list[int], plans: list[int]) -> QuerySet[Any, Any]:
    rows = Entry.objects.filter(plan_id__in=plans, dropped=False, project_id__in=ids).order_by()
    return rows.values_list("project_id", "seq", "section")


def _stages(stage: Stage, phases: list[tuple[str, Stage]]) -> tuple[str, ...]:
    if len({one for _, one in phases}) < 2:
        return (stage.label,)
    return tuple(f"{name} {one.label}" for name, one in phases)
