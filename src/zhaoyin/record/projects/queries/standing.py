"""How projects stood on a day, and what of that is shown on a project's page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Case, Combinable, When
from django.db.models.functions import Coalesce
from django.db.models.query_utils import Q

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import units_to_choose
from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.stages import Standing

from ..models import Project, StandingChange
from ..rules import Turn


def standing_on(as_of: date) -> Combinable:
    """How a row of Project stood at the end of the day: as its first later change found it, else as it stands."""
    later = StandingChange.objects.filter(project=OuterRef("pk"), on__gt=as_of).order_by("on", "id")
    found = Coalesce(Subquery(later.values("stood")[:1]), F("standing"))
    return Case(When(Q(recorded_on__gt=as_of), then=found), default=F("standing"), output_field=CharField())


@dataclass(frozen=True, slots=True)
class StandingPanel:
    """How a project stood on the day and how that came about, the latest first; `turns` is what may be done about it now,
    empty for a past day. `due` says that a paused project was to be looked at again by the day.
    """

    standing: Standing
    changes: tuple[StandingChange, ...]
    turns: tuple[Turn, ...]
    due: bool


def standing_panel(project_id: int, as_of: date) -> StandingPanel:
    """The standing of a project as of a day."""
    ((stands, changed),) = prepared(_stands, project_id)
    rows = StandingChange.objects.filter(project=project_id).select_related("by", "unit", "former")
    now, every = Standing(stands), list(rows.order_by("-on", "-id")) if changed else []
    after, changes = ([one for one in every if one.on > as_of], [one for one in every if one.on <= as_of])
    standing = Standing(after[-1].stood) if after else now
    turns = () if after else tuple(turn for turn in Turn if standing in turn.of)
    due = standing is Standing.PAUSED and bool(changes) and changes[0].until is not None and changes[0].until <= as_of
    return StandingPanel(standing, tuple(changes), turns, due)


def _stands(project_id: int) -> QuerySet[Any, Any]:
    changes = StandingChange.objects.filter(project=OuterRef("pk"))
    return Project.objects.filter(pk=project_id).values_list("standing", Exists(changes))


def units_to_hand_to(project: Project, on: date) -> QuerySet[Unit]:
    """The units of its place that a project can be handed to on the day: all but its own."""
    return units_to_choose(project.jurisdiction, on).exclude(pk=project.unit_id)


def last_change(project: Project) -> Any:
    """The latest change of its standing; None where it has had none."""
    return StandingChange.objects.filter(project=project).order_by("-on", "-id").first()
