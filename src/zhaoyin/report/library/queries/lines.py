"""The list as it is exported: narrow rows straight from SQL, in the order asked for, however many there are."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.db.models import ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models import Field as FieldOfAnyKind
from django.db.models.functions import Concat

from zhaoyin.ground.days import DayText, day
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.numerals import trimmed
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.plan.schedules.queries import LIGHT_BY_RANK, milestones_as_of, open_on
from zhaoyin.plan.schedules.rules import project_words
from zhaoyin.record.projects.models import Note, Project
from zhaoyin.record.projects.queries import leader_names, phase_stages

from .field import Field
from .filtering import Asked, filtered, parts
from .rows import STAGE_WORDS, STANDINGS, differing

# One project as of the day, in the order of the export's columns: number, name, 亿元, 亩, investor, stage, next day, what
# is due then, light, the light in words, leaders, unit, day and text of the latest note; None is unknown.
Line = tuple[
    int | None, str, Decimal | None, Decimal | None, str, str, date | None, str | None, str, str, str, str, date | None,
    str | None,
]  # fmt: skip
AS_IT_IS = FieldOfAnyKind()  # what is a number already is not made one again, row by row
DAY_LETTERS = len("2022-06-30")


@lru_cache(maxsize=16384)
def _number(value: Decimal | float | None) -> Decimal | None:
    # SQLite keeps a number as a float; its shortest form is what was written.
    return None if value is None else trimmed(Decimal(str(value)))


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return day(text) if text else None


@lru_cache(maxsize=4096)
def _earlier(due: str | None, strive: str | None) -> date | None:
    return _day(min(due, strive) if due and strive else due or strive)


def lines_of(asked: Asked) -> Iterator[Line]:
    """Every project that answers, in the order asked for.

    Days and numbers come as text and are turned column by column, each value once: to make an object for every cell, row by
    row, takes longer than the query.
    """
    field, found = asked.field, filtered(asked)
    wanted = found.order_by().values("pk")
    leaders = {pk: "、".join(names) for pk, names in leader_names(wanted).items()}
    phases = {pk: "；".join(stages) for pk, stages in differing(phase_stages(wanted, field.as_of, field.later)).items()}
    units = {pk: short or name for pk, short, name in Unit.objects.values_list("pk", "short_name", "name")}
    today, labels = field.as_of.isoformat(), {stage: "；".join(words) for stage, words in STAGE_WORDS.items()}

    @cache
    def words_of(rank: int, standing: str, due: str | None, strive: str | None, moved: str) -> str:
        return project_words(
            LIGHT_BY_RANK[rank], due=_day(due), strive=_day(strive), moved_on=day(moved), as_of=field.as_of,
            standing=STANDINGS[standing],
        )  # fmt: skip

    for part in parts(found, asked):
        columns = list(zip(*_narrow(part, field), strict=True))
        if not columns:
            continue
        pks, seqs, names, money, land, investors, at, standings, stages, moved, due, strive, ranks, texts, news = (
            columns
        )
        # How long nothing moved is said beside a yellow light only.
        still = [on if rank == Light.YELLOW.rank else today for on, rank in zip(moved, ranks, strict=True)]
        yield from zip(
            seqs,
            names,
            map(_number, money),
            map(_number, land),
            investors,
            [phases[pk] if pk in phases else labels[stage] for pk, stage in zip(pks, stages, strict=True)],
            map(_earlier, due, strive),
            texts,
            [LIGHT_BY_RANK[rank].label for rank in ranks],
            map(words_of, ranks, standings, due, strive, still),
            [leaders.get(pk, "") for pk in pks],
            [units.get(unit, "") for unit in at],
            [_day(text and text[:DAY_LETTERS]) for text in news],
            [text and text[DAY_LETTERS:] for text in news],
            strict=True,
        )


def _narrow(rows: QuerySet[Project], field: Field) -> QuerySet[Any, Any]:
    """The columns of each row of `rows`, as text wherever Python would have to make an object of them."""
    mine = OuterRef("pk")
    notes = Note.objects.filter(project=mine, on__lte=field.as_of).order_by("-on", "-id")
    promises = milestones_as_of(field.as_of, Milestone.objects.filter(project=mine), field.later)
    first = promises.filter(open_on(field.as_of)).order_by(F("end_then").asc(nulls_last=True), "position", "id")
    return rows.values_list(
        "pk",
        "seq",
        "name",
        ExpressionWrapper(F("investment_yi"), output_field=AS_IT_IS),
        ExpressionWrapper(F("land_mu"), output_field=AS_IT_IS),
        "investor",
        "unit_id",
        "standing_then",
        "stage_then",
        DayText("moved_then"),
        DayText("due_then"),
        DayText("strive_then"),
        ExpressionWrapper(F("light_rank"), output_field=AS_IT_IS),
        Subquery(first.values("text")[:1]),
        Subquery(notes.annotate(told=Concat(DayText("on"), "text")).values("told")[:1]),
    )
