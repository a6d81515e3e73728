"""The rows of the list: what stands in its columns, for any number of projects in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.numerals import trimmed
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.plans.models import Entry
from zhaoyin.plan.schedules.queries import LIGHT_BY_RANK, next_words
from zhaoyin.plan.schedules.rules import outlook_light, project_words
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import Ids, latest_words, leader_names, phase_stages
from zhaoyin.record.projects.rules import Silence

from .field import Field

# Where nothing changed after the day, the stored facts are those of the day.
PLAIN = ("jurisdiction_id", "standing", "stage", "moved_on", "due_on", "strive_on")
BEFORE = ("pk", "name", "investment_yi", "land_mu", "investor")
AFTER = ("unit__name", "unit__short_name")


# Looked up ten thousand times in an export.
STAGE_WORDS = {stage.value: (stage.label,) for stage in Stage}
STANDINGS = {standing.value: standing for standing in Standing}


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


def rows_of(field: Field, ids: Sequence[int]) -> list[Row]:
    """The projects of `ids` as rows, in that order."""
    if not ids:
        return []
    as_of, later = field.as_of, field.later
    if later:
        then = ("standing_then", "stage_then", "moved_then", "due_then", "strive_then", "light_rank")
        facts = list(field.projects.filter(pk__in=ids).order_by().values_list(*BEFORE, *then, *AFTER))
    else:
        facts = [_lit(one, as_of, field.silence) for one in prepared(_facts, ids)]
    by_id = {one[0]: one for one in facts}
    numbers = {one[0]: one[1:] for one in prepared(_entries, ids, [plan.pk for plan in field.plans])}
    leaders, news = leader_names(ids), latest_words(ids, as_of)
    phases, promises = differing(phase_stages(ids, as_of, later)), next_words(ids, as_of, later)
    rows = []
    for pk in ids:
        _, name, money, land, investor, standing, stage, moved, due, strive, rank, unit, short = by_id[pk]
        light = LIGHT_BY_RANK[rank]
        seq, section = numbers.get(pk, (None, ""))
        next_on, next_text = promises.get(pk, (None, ""))
        news_on, text = news.get(pk, (None, ""))
        word = project_words(light, due=due, strive=strive, moved_on=moved, as_of=as_of, standing=STANDINGS[standing])
        rows.append(
            Row(
                pk, seq, section, name, trimmed(money), trimmed(land), investor, phases.get(pk) or STAGE_WORDS[stage],
                next_on, next_text, light, word, leaders.get(pk, ()), short or unit or "", news_on, text,
            )
        )  # fmt: skip
    return rows


def _lit(facts: tuple[Any, ...], as_of: date, silence: Silence) -> tuple[Any, ...]:
    """The stored facts of a project with the rank of its light, as the rules have it."""
    *before, place, standing, stage, moved, due, strive, unit, short = facts
    limit = silence.limit(place, stage)
    light = outlook_light(Standing(standing), limit, due=due, strive=strive, moved_on=moved, as_of=as_of)
    return (*before, standing, stage, moved, due, strive, light.rank, unit, short)


def _facts(ids: Ids) -> QuerySet[Any, Any]:
    return Project.objects.filter(pk__in=ids).order_by().values_list(*BEFORE, *PLAIN, *AFTER)


def _entries(ids: Ids, plans: list[int]) -> QuerySet[Any, Any]:
    rows = Entry.objects.filter(plan_id__in=plans, dropped=False, project_id__in=ids).order_by()
    return rows.values_list("project_id", "seq", "section")


def differing(phases: Mapping[int, Sequence[tuple[str, Stage]]]) -> dict[int, tuple[str, ...]]:
    """Of the projects whose named phases are not all at one stage, what stands in place of the project's own stage."""
    return {
        pk: tuple(f"{name} {stage.label}" for name, stage in named)
        for pk, named in phases.items()
        if len({stage for _, stage in named}) > 1
    }
