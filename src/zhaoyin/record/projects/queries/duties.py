"""What was done in the stages of phases: duties ticked off, and evidence."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.kernel.stages import Stage

from ..models import DutyDone, Evidence, Phase, Project
from ..rules import Attached
from .scope import visible_to


def duties_done(phases: Iterable[Phase]) -> dict[tuple[int, str, Any, str], DutyDone]:
    """The ticks of these phases by (phase, stage, since when it is in the stage, words)."""
    rows = DutyDone.objects.filter(phase__in=phases).select_related("by")
    return {(one.phase_id, one.stage, one.since, one.text): one for one in rows}


def attached(phases: Iterable[Phase]) -> dict[int, Attached]:
    """What is proven of each phase: (stage, item) of every file that was hung on one."""
    found: dict[int, set[tuple[Stage, str]]] = {}
    for phase, stage, item in Evidence.objects.filter(phase__in=phases).values_list("phase_id", "stage", "item"):
        found.setdefault(phase, set()).add((Stage(stage), item))
    return {phase: frozenset(items) for phase, items in found.items()}


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
