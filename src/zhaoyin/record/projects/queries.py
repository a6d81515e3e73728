"""Reading the project library, as of any day.

`as_of(user, day)` is the door for every list and page: what the user may see of what was known on that day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from zhaoyin.ground.organisations.queries import jurisdiction_ids
from zhaoyin.kernel.stages import ORDER, Stage

from .models import Movement, Note, Phase, Project, StageChange

STAGE_RANK = Case(
    *[When(stage=stage.value, then=Value(order)) for stage, order in ORDER.items()], output_field=IntegerField()
)
STAGE_BY_RANK = {order: stage for stage, order in ORDER.items()}


def visible_to(user: Any) -> QuerySet[Project]:
    """The projects of the jurisdictions that the user's unit belongs to or lies above; all, for a user without a unit."""
    if user.unit_id is None:
        return Project.objects.all()
    return Project.objects.filter(jurisdiction_id__in=jurisdiction_ids(user.unit))


def known_on(projects: QuerySet[Project], as_of: date) -> QuerySet[Project]:
    """Those of `projects` that the library knew on the day, with `stage_then` and `moved_then` as they stood at its end."""
    changed_later = Q(recorded_on__gt=as_of)
    changes = StageChange.objects.filter(phase__project=OuterRef("pk"), on__lte=as_of).order_by()
    furthest = changes.values("phase__project").annotate(rank=Max(STAGE_RANK)).values("rank")
    stage_then = Case(
        *[When(rank_then=order, then=Value(stage.value)) for stage, order in ORDER.items()],
        default=Value(Stage.LEAD.value),
        output_field=CharField(),
    )
    return (
        projects.filter(known_on__lte=as_of)
        .annotate(
            rank_then=Case(
                When(changed_later, then=Subquery(furthest)), default=STAGE_RANK, output_field=IntegerField()
            ),
            moved_then=Case(
                When(changed_later, then=_moved_by(as_of)), default=F("moved_on"), output_field=DateField()
            ),
        )
        .annotate(stage_then=stage_then)
    )


def _moved_by(as_of: date) -> Coalesce:
    """The last movement up to the day, or else the day the library came to know the project."""
    movements = Movement.objects.filter(project=OuterRef("pk"), on__lte=as_of).order_by("-on").values("on")[:1]
    return Coalesce(Subquery(movements), F("known_on"))


def phases_as_of(project: Project, as_of: date) -> list[tuple[Phase, list[StageChange]]]:
    """The phases of a project in order, each with its stage changes up to the day; the last change is its stage then."""
    phases = list(project.phases.all())
    changes = StageChange.objects.filter(phase__project=project, on__lte=as_of).order_by("on", "id")
    by_phase: dict[int, list[StageChange]] = {phase.pk: [] for phase in phases}
    for change in changes:
        by_phase[change.phase_id].append(change)
    return [(phase, by_phase[phase.pk]) for phase in phases]


def latest_notes(project_ids: Iterable[int], as_of: date) -> dict[int, Note]:
    """The latest note up to the day, per project; one query for a page of projects."""
    newest = Note.objects.filter(project=OuterRef("pk"), on__lte=as_of).order_by("-on", "-id").values("pk")[:1]
    picked = Project.objects.filter(pk__in=list(project_ids)).annotate(note=Subquery(newest)).values_list("note")
    return {note.project_id: note for note in Note.objects.filter(pk__in=picked)}
