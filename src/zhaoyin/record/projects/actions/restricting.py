"""Showing a project to named people only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Official

from ..models import Named, Project, Restriction
from ..queries import permit_on
from .editing import unchanged_since


class CannotRestrict(Exception):
    """The project cannot be restricted so. The message is for the person."""


@transaction.atomic
def restrict_project(
    *, by: Any, project: Project, reason: str, officials: Iterable[Official], seen: Mapping[str, Any] | None = None
) -> bool:
    """Let nobody see the project but these officials, its contact leaders and whoever does this; from the next page on.

    Returns whether anything changed. Raises CannotRestrict where whoever does it would shut themselves out, or names nobody;
    StaleVersion where `seen`, the names and the reason that the person had before them, are stored no more.
    """
    permit_on(by, Permission.PROJECT_SHARE, project)
    own = getattr(by, "official_id", None)
    if by is not None and own is None:
        raise CannotRestrict("您的账号没有对应的干部，限定后您自己也看不到；请先由系统管理员把账号对应到干部")
    wanted = {one.pk: one.name for one in officials}
    if not wanted:
        raise CannotRestrict("请写明限定给哪些人")
    led = {row.official_id: row.official.name for row in project.contact_leaders.select_related("official")}
    wanted |= led | ({own: by.official.name} if own is not None else {})
    Project.objects.select_for_update().get(pk=project.pk)
    row, made = Restriction.objects.get_or_create(
        project=project, defaults={"reason": reason, "by_id": by.pk if by is not None else None}
    )
    known = set(row.named.values_list("official_id", flat=True))
    names = set(row.named.values_list("official__name", flat=True))
    unchanged_since(seen, {"people": names, "reason": "" if made else row.reason})
    if not made and known == wanted.keys() and row.reason == reason:
        return False
    row.reason = reason
    row.save(update_fields=["reason"])
    row.named.exclude(official_id__in=wanted).delete()
    Named.objects.bulk_create(Named(restriction=row, official_id=pk) for pk in wanted if pk not in known)
    journal.record(
        by=by, act="projects.restricted", subject=project, jurisdiction_id=project.jurisdiction_id,
        detail={"reason": reason, "names": "、".join(wanted.values())},
    )  # fmt: skip
    return True


@transaction.atomic
def lift_restriction(*, by: models.Model | None, project: Project) -> bool:
    """Let everybody see the project again whose role reaches it. Returns whether it was restricted."""
    permit_on(by, Permission.PROJECT_SHARE, project)
    if not Restriction.objects.filter(project=project).delete()[0]:
        return False
    journal.record(
        by=by, act="projects.unrestricted", subject=project, jurisdiction_id=project.jurisdiction_id, detail={}
    )
    return True
