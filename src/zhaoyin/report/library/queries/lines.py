"""The list as it is exported: narrow rows straight from SQL, in the order asked for, however many there are."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import ExpressionWrapper, F, OuterRef, QuerySet, Subquery, TextField
from django.db.models import Field as FieldOfAnyKind
from django.db.models.functions import Cast

from zhaoyin.ground.days import DayText, day
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.numerals import trimmed
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.plan.schedules.queries import LIGHT_BY_RANK, milestones_as_of, open_on
from zhaoyin.plan.schedules.rules import project_words
from zhaoyin.record.projects.models import Note, Project
from zhaoyin.record.projects.queries import leader_names, phase_stages

from .filtering import Asked, Field, filtered, parts
from .rows import STAGE_WORDS, STANDINGS, stage_words

# One project as of the day, in the order of the export's columns: number, name, 亿元, 亩, investor, stage, next day, what
# is due then, light, the light in words, leaders, unit, day and text of the latest note; None is unknown.
Line = tuple[
    int | None, str, Decimal | None, Decimal | None, str, str, date | None, str | None, str, str, str, str, date | None,
    str | None,
]  # fmt: skip
AS_IT_IS = FieldOfAnyKind()  # what is a number already is not made one again, row by row
LIGHTS = [(LIGHT_BY_RANK[rank], LIGHT_BY_RANK[rank].label) for rank in sorted(LIGHT_BY_RANK)]


@lru_cache(maxsize=16384)
def _number(text: str) -> Decimal | None:
    return trimmed(Decimal(text))


def lines_of(asked: Asked) -> Iterator[Line]:
    """Every project that answers, in the order asked for.

    Days and numbers come as text: making each of them an object of its own for every row takes longer than the query.
    """
    field, found = asked.field, filtered(asked)
    as_of, later = field.as_of, field.later
    wanted = found.order_by().values("pk")
    leaders = {pk: "、".join(names) for pk, names in leader_names(wanted).items()}
    phases = phase_stages(wanted, as_of, later)
    units = {pk: short or name for pk, short, name in Unit.objects.values_list("pk", "short_name", "name")}
    for part in parts(found, asked):
        for (
            pk, seq, name, money, land, investor, unit, standing, stage, moved, due, strive, rank, next_text, news_on, news
        ) in _narrow(part, field):  # fmt: skip
            light, label = LIGHTS[rank]
            due, strive = due and day(due), strive and day(strive)
            word = project_words(
                light, due=due, strive=strive, moved_on=day(moved), as_of=as_of, standing=STANDINGS[standing]
            )
            stages = stage_words(stage, phases[pk]) if pk in phases else STAGE_WORDS[stage]
            yield (
                seq, name, money and _number(money), land and _number(land), investor, "；".join(stages),
                min(due, strive) if due and strive else due or strive, next_text, label, word,
                leaders.get(pk, ""), units.get(unit, ""), news_on and day(news_on), news,
            )  # fmt: skip


def _narrow(rows: QuerySet[Project], field: Field) -> QuerySet[Any, Any]:
    """The columns of each row of `rows`, as text wherever Python would have to make an object of them."""
    mine = OuterRef("pk")
    notes = Note.objects.filter(project=mine, on__lte=field.as_of).order_by("-on", "-id")
    promises = milestones_as_of(field.as_of, Milestone.objects.filter(project=mine), field.later)
    first = promises.filter(open_on(field.as_of)).order_by(F("end_then").asc(nulls_last=True), "position", "id")
    return rows.values_list(
        "pk",
        Subquery(field.entries.filter(project=mine).values("seq")[:1], output_field=AS_IT_IS),
        "name",
        Cast("investment_yi", TextField()),
        Cast("land_mu", TextField()),
        "investor",
        "unit_id",
        "standing",
        "stage_then",
        DayText("moved_then"),
        DayText("due_then"),
        DayText("strive_then"),
        ExpressionWrapper(F("light_rank"), output_field=AS_IT_IS),
        Subquery(first.values("text")[:1]),
        Subquery(notes.annotate(day=DayText("on")).values("day")[:1]),
        Subquery(notes.values("text")[:1]),
    )
