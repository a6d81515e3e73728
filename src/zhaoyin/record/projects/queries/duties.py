"""What was done in the stages of phases: duties ticked off, and evidence."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.stages import Stage

from ..models import DutyDone, Evidence, Phase, Project
from ..rules import Attached
from .scope import visible_to


def duties_done(phases: Sequence[int]) -> dict[tuple[int, str, date, str], date]:
    """The days on which duties of these phases (their numbers) were ticked off, by (phase, stage, since when it is in the
    stage, words).
    """
    return {(phase, stage, since, text): on for phase, stage, since, text, on in prepared(_ticks, phases)}


def _ticks(phases: Sequence[int]) -> QuerySet[Any, Any]:
    return DutyDone.objects.filter(phase__in=phases).values_list("phase_id", "stage", "since", "text", "on")


def attached(phases: Sequence[int]) -> dict[int, Attached]:
    """What is proven of each of these phases (their numbers): (stage, item) of every file that was hung on one."""
    found: dict[int, set[tuple[Stage, str]]] = {}
    for phase, stage, item in prepared(_proofs, phases):
        found.setdefault(phase, set()).add((Stage(stage), item))
    return {phase: frozenset(items) for phase, items in found.items()}


def _proofs(phases: Sequence[int]) -> QuerySet[Any, Any]:
    return Evidence.objects.filter(phase__in=phases).values_list("phase_id", "stage", "item")


def evidence_of(phase: Phase, stages: Iterable[Stage]) -> QuerySet[Evidence]:
    """The files that prove these stages of a phase."""
    rows = Evidence.objects.filter(phase=phase, stage__in=list(stages))
    return rows.select_related("attachment", "by").order_by("pk")


def evidence_visible_to(user: Any) -> QuerySet[Evidence]:
    """The evidence of the projects that are seen."""
    rows = Evidence.objects.filter(phase__project__in=visible_to(user))
    return rows.select_related("phase__project__jurisdiction", "attachment")


def files_of(project: Project) -> QuerySet[Attachment]:
    """The files that hang on a project, the latest first."""
    return attached_to(Project, [project.pk]).order_by("-pk")
