"""Who works on a project, and the channel that it came by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Official

from ..models import ChannelKind, Origin, Part, Project, TeamPart
from ..queries import permit_on
from .editing import unchanged_since


@transaction.atomic
def join_team(
    *, by: models.Model | None, project: Project, official: Official, part: Part | str, since: date
) -> TeamPart:
    """Give an official of the place a part in the project's team; who has it already keeps it. ValueError for another place's."""
    permit_on(by, Permission.PROJECT_EDIT, project)
    if official.jurisdiction_id != project.jurisdiction_id:
        raise ValueError("the official is of another place")
    Project.objects.select_for_update().get(pk=project.pk)
    row = TeamPart.objects.filter(project=project, official=official, part=part, until=None).first()
    if row is not None:
        return row
    row = TeamPart.objects.create(project=project, official=official, part=part, since=since)
    _record(by, "projects.team_joined", project, official.name, part, since)
    return row


@transaction.atomic
def leave_team(*, by: models.Model | None, part: TeamPart, until: date) -> None:
    """End a part from a day on; one that has ended is left alone. ValueError for a day before it began."""
    permit_on(by, Permission.PROJECT_EDIT, part.project)
    row = TeamPart.objects.select_for_update().get(pk=part.pk)
    if row.until is not None:
        return
    if until < row.since:
        raise ValueError(f"不能早于开始的 {row.since}")
    row.until = until
    row.save(update_fields=["until"])
    _record(by, "projects.team_left", part.project, part.official.name, part.part, until)


@transaction.atomic
def set_origin(
    *,
    by: models.Model | None,
    project: Project,
    kind: ChannelKind | str,
    who: str = "",
    on: date | None = None,
    note: str = "",
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Say by which channel the project came, and who brought it. StaleVersion where `seen`, what the person had before them
    (nothing known: None or ""), is stored no more.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    Project.objects.select_for_update().get(pk=project.pk)
    if seen is not None:
        unchanged_since(seen, vars(Origin.objects.filter(project=project).first() or Origin(project=project)))
    Origin.objects.update_or_create(project=project, defaults={"kind": kind, "who": who, "on": on, "note": note})
    journal.record(
        by=by, act="projects.origin_set", subject=project, jurisdiction_id=project.jurisdiction_id,
        detail={"kind": str(kind), "who": who},
    )  # fmt: skip


def _record(by: models.Model | None, act: str, project: Project, name: str, part: Part | str, on: date) -> None:
    detail = {"name": name, "part": str(part), "on": on.isoformat()}
    journal.record(by=by, act=act, subject=project, jurisdiction_id=project.jurisdiction_id, detail=detail)
