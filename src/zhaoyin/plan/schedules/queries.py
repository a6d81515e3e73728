"""Reading milestones and lights, as of any day.

What a list needs is computed in SQL from stored facts. A project or milestone whose facts changed after the day asked
for is answered from its history instead: the same expression, with a subquery that runs for those rows only.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)  # fmt: skip

from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Standing
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import Ids, changed_after
from zhaoyin.record.projects.rules import USUAL, Silence

from .models import Milestone, MilestoneKind, Move
from .rules import WARNING_DAYS, MilestoneFacts, milestone_light


def milestones_as_of(
    as_of: date, rows: QuerySet[Milestone] | None = None, later: bool | None = None
) -> QuerySet[Milestone]:
    """Milestones known on the day, with `start_then`, `end_then`, `kind_then`: what was in force at the end of it.

    `later` is the answer of `projects.queries.changed_after`, where the caller has asked already.
    """
    known = (Milestone.objects.all() if rows is None else rows).filter(known_on__lte=as_of)
    if not (changed_after(as_of) if later is None else later):
        return known.annotate(start_then=F("start"), end_then=F("end"), kind_then=F("kind"))
    moves = Move.objects.filter(milestone=OuterRef("pk"), on__gt=as_of).order_by("on", "id")
    moved_later = Q(Exists(moves))
    return known.annotate(
        start_then=Case(
            When(moved_later, then=Subquery(moves.values("from_start")[:1])),
            default=F("start"),
            output_field=DateField(),
        ),
        end_then=Case(
            When(moved_later, then=Subquery(moves.values("from_end")[:1])), default=F("end"), output_field=DateField()
        ),
        kind_then=Case(
            When(moved_later, then=Subquery(moves.values("from_kind")[:1])), default=F("kind"), output_field=CharField()
        ),
    )


def open_on(as_of: date) -> Q:
    """Milestones neither reached nor withdrawn by the end of the day."""
    return (Q(reached_on__isnull=True) | Q(reached_on__gt=as_of)) & (
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=as_of)
    )


def facts_of(milestone: Any) -> MilestoneFacts:
    """The facts for the rules, of a row of `milestones_as_of`."""
    return MilestoneFacts(milestone.kind_then, milestone.end_then, milestone.reached_on, milestone.withdrawn_on)


def open_milestones(
    as_of: date, project_ids: Iterable[int] | QuerySet[Any] | None = None, later: bool | None = None
) -> QuerySet[Milestone]:
    """Open milestones as of the day with `end_then`, `kind_then`, project, phase; those due first first, undated last."""
    rows = Milestone.objects.select_related("project", "phase")
    if project_ids is not None:
        rows = rows.filter(project_id__in=project_ids)
    return (
        milestones_as_of(as_of, rows, later)
        .filter(open_on(as_of))
        .order_by(F("end_then").asc(nulls_last=True), "project_id", "position", "id")
    )


def next_words(project_ids: Ids, as_of: date, later: bool | None = None) -> dict[int, tuple[date | None, str]]:
    """The day (None: undated) and the text of the open milestone that is due first, per project; for long lists."""
    first: dict[int, tuple[date | None, str]] = {}
    asked = changed_after(as_of) if later is None else later
    for project_id, end, text in prepared(_open_words, project_ids, as_of, asked):
        first.setdefault(project_id, (end, text))
    return first


def _open_words(ids: Ids, as_of: date, later: bool) -> QuerySet[Any, Any]:
    rows = open_milestones(as_of, ids, later).select_related(None)
    if not later:
        # Only those that can be first: a project's next day is stored with it.
        first = Q(end=F("project__due_on")) | Q(end=F("project__strive_on"))
        rows = rows.filter(first | Q(end=None))
    return rows.values_list("project_id", "end_then", "text")


def lights_of(milestones: Iterable[Any], as_of: date) -> list[tuple[Any, Light]]:
    """Each row of `milestones_as_of` with its light."""
    return [(milestone, milestone_light(facts_of(milestone), as_of)) for milestone in milestones]


def with_outlook(projects: QuerySet[Project], as_of: date, later: bool | None = None) -> QuerySet[Project]:
    """Projects with `due_then` and `strive_then`: the earliest open dates, promised and striven for, as of a day."""
    later = changed_after(as_of) if later is None else later
    return projects.annotate(
        due_then=_earliest("due_on", ~Q(kind_then=MilestoneKind.STRIVE), as_of, later),
        strive_then=_earliest("strive_on", Q(kind_then=MilestoneKind.STRIVE), as_of, later),
    )


def with_lights(
    projects: QuerySet[Project],
    as_of: date,
    warning_days: int = WARNING_DAYS,
    later: bool | None = None,
    silence: Silence = USUAL,
) -> QuerySet[Project]:
    """Projects with their outlook, with `silent` and with `light_rank`, as of a day.

    `projects` must come from `record.projects.queries.known_on` for the same day, `silence` from `silence_on`.
    """
    return (
        with_outlook(projects, as_of, later)
        .annotate(silent=_silent(silence, as_of))
        .annotate(light_rank=light_case(as_of, warning_days=warning_days))
    )


def _silent(silence: Silence, as_of: date) -> Case:
    """Whether nothing moved for longer than the project's place allows in its stage."""
    whens = []
    for numbers, spans in (*silence.apart, (None, silence.usual)):
        here = Q() if numbers is None else Q(jurisdiction_id__in=numbers)
        for stage, days in spans:
            still = Q(stage_then=stage, moved_then__lt=as_of - timedelta(days=days))
            whens.append(When(here & still, then=Value(True)))
        if numbers is not None:
            whens.append(When(here, then=Value(False)))
    return Case(*whens, default=Value(False), output_field=BooleanField())


def light_case(as_of: date, values: Sequence[int] = (0, 1, 2, 3), warning_days: int = WARNING_DAYS) -> Case:
    """The light of a project of `with_lights` in SQL: one of `values` for red, yellow, green, grey."""
    red, yellow, green, grey = (Value(value) for value in values)
    warned = as_of + timedelta(days=warning_days)
    return Case(
        When(~Q(standing_then=Standing.ACTIVE), then=grey),
        When(due_then__lt=as_of, then=red),
        When(Q(due_then__lte=warned) | Q(strive_then__lte=warned) | Q(silent=True), then=yellow),
        When(Q(due_then__isnull=False) | Q(strive_then__isnull=False), then=green),
        default=grey,
        output_field=BigIntegerField(),
    )


def _earliest(stored: str, which: Q, as_of: date, later: bool) -> Expression | F:
    if not later:
        return F(stored)
    mine = milestones_as_of(as_of, Milestone.objects.filter(project=OuterRef("pk")), True).filter(open_on(as_of))
    history = mine.filter(which, end_then__isnull=False).order_by("end_then").values("end_then")[:1]
    return Case(When(recorded_on__gt=as_of, then=Subquery(history)), default=F(stored), output_field=DateField())


LIGHT_BY_RANK = {light.rank: light for light in Light}
