"""What was known of projects on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.stages import ORDER, Stage

from ..models import Movement, Note, Phase, Project, StageChange, holding
from .standing import standing_on

STAGE_RANK = Case(
    *[When(stage=stage.value, then=Value(order)) for stage, order in ORDER.items()], output_field=IntegerField()
)


# Which projects: their numbers, or the query that finds them.
Ids = Sequence[int] | QuerySet[Any, Any]


STAGE_BY_RANK = {order: stage for stage, order in ORDER.items()}


def changed_after(as_of: date) -> bool:
    """Whether any project's stored facts changed after the day, so that its history must be asked. One look at an index."""
    return bool(prepared(_changed, as_of))


def _changed(as_of: date) -> QuerySet[Any, Any]:
    return Project.objects.filter(recorded_on__gt=as_of).order_by().values_list("pk")[:1]


def known_on(projects: QuerySet[Project], as_of: date, later: bool | None = None) -> QuerySet[Project]:
    """Those of `projects` that the library knew on the day, with `stage_then`, `rank_then`, `moved_then` and
    `standing_then` at its end.

    `later` is the answer of `changed_after`, where the caller has asked already; here as in the queries below.
    """
    known = projects.filter(known_on__lte=as_of)
    if not _later(later, as_of):
        return known.annotate(
            stage_then=F("stage"), rank_then=STAGE_RANK, moved_then=F("moved_on"), standing_then=F("standing")
        )
    changed_later = Q(recorded_on__gt=as_of)
    changes = StageChange.objects.filter(holding(as_of), phase__project=OuterRef("pk"))
    furthest = changes.annotate(rank=STAGE_RANK).order_by("-rank")
    return known.annotate(
        stage_then=Case(
            When(changed_later, then=Coalesce(Subquery(furthest.values("stage")[:1]), Value(Stage.LEAD.value))),
            default=F("stage"),
            output_field=CharField(),
        ),
        rank_then=Case(
            When(changed_later, then=Coalesce(Subquery(furthest.values("rank")[:1]), Value(0))),
            default=STAGE_RANK,
            output_field=IntegerField(),
        ),
        moved_then=Case(When(changed_later, then=_moved_by(as_of)), default=F("moved_on"), output_field=DateField()),
        standing_then=standing_on(as_of),
    )


def _later(given: bool | None, as_of: date) -> bool:
    return changed_after(as_of) if given is None else given


def _moved_by(as_of: date) -> Coalesce:
    """The last movement up to the day, or else the day the library came to know the project."""
    since = Movement.objects.filter(project=OuterRef("pk"), on__lte=as_of, on__gt=OuterRef("known_on"))
    return Coalesce(Subquery(since.order_by("-on").values("on")[:1]), F("known_on"))


def phase_stages(project_ids: Ids, as_of: date, later: bool | None = None) -> dict[int, list[tuple[str, Stage]]]:
    """The named phases of these projects, in order, as (name, stage at the end of the day); phases not begun are left out."""
    then = _later(later, as_of)
    rows = prepared(_stages_then, project_ids, as_of) if then else prepared(_stages_now, project_ids)
    found: dict[int, list[tuple[str, Stage]]] = {}
    for project_id, name, stage in rows:
        if stage is not None:
            found.setdefault(project_id, []).append((name, Stage(stage)))
    return found


def _stages_now(ids: Ids) -> QuerySet[Any, Any]:
    rows = Phase.objects.filter(project_id__in=ids).exclude(name="").order_by("project_id", "position")
    return rows.values_list("project_id", "name", "stage")


def _stages_then(ids: Ids, as_of: date) -> QuerySet[Any, Any]:
    changes = StageChange.objects.filter(holding(as_of), phase=OuterRef("pk"))
    last = changes.annotate(rank=STAGE_RANK).order_by("-rank")
    rows = Phase.objects.filter(project_id__in=ids).exclude(name="").order_by("project_id", "position")
    return rows.annotate(then=Subquery(last.values("stage")[:1])).values_list("project_id", "name", "then")


def latest_words(project_ids: Ids, as_of: date) -> dict[int, tuple[date, str]]:
    """The day and the text of the latest note up to the day, per project; for long lists."""
    return {project_id: (on, text) for project_id, on, text in prepared(_latest, project_ids, as_of)}


def _latest(ids: Ids, as_of: date) -> QuerySet[Any, Any]:
    newest = Note.objects.filter(project=OuterRef("pk"), on__lte=as_of).order_by("-on", "-id").values("pk")[:1]
    picked = Project.objects.filter(pk__in=ids).annotate(note=Subquery(newest)).values("note")
    return Note.objects.filter(pk__in=picked).order_by().values_list("project_id", "on", "text")
