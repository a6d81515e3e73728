"""Showing a project to a unit outside its own."""

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit, UnitKind

from ..models import Project, Share
from ..queries import permit_on


class CannotShare(Exception):
    """The project cannot be shared with that unit. The message is for the person."""


@transaction.atomic
def share_project(*, by: models.Model | None, project: Project, unit: Unit, reports: bool = False) -> bool:
    """Let the people of `unit` see the project, and report its progress where `reports`; a share that is there is changed.

    It opens nothing any more once the unit is closed. Returns whether that changed anything. Raises CannotShare for the
    project's own unit, a jurisdiction, a unit of another place, a closed one; Forbidden.
    """
    permit_on(by, Permission.PROJECT_SHARE, project)
    if unit.kind == UnitKind.JURISDICTION or unit.jurisdiction_id != project.jurisdiction_id:
        raise CannotShare(f"只能共享给{project.jurisdiction}的单位")
    if unit.pk == project.unit_id:
        raise CannotShare(f"{unit}是这个项目的主责单位，不必共享")
    if unit.closed_on is not None:
        raise CannotShare(f"{unit}已于 {unit.closed_on} 撤销，不能再共享给它")
    # The project's row, so that two people who share at once do not both add.
    Project.objects.select_for_update().get(pk=project.pk)
    share = Share.objects.filter(project=project, unit=unit).first()
    if share is not None and share.reports == reports:
        return False
    Share.objects.update_or_create(
        project=project, unit=unit, defaults={"reports": reports, "by_id": by.pk if by is not None else None}
    )
    journal.record(
        by=by, act="projects.shared", subject=project, jurisdiction_id=project.jurisdiction_id,
        detail={"unit": unit.name, "reports": reports},
    )  # fmt: skip
    return True


@transaction.atomic
def unshare_project(*, by: models.Model | None, share: Share) -> None:
    """Take a share back: from the next page on the unit's people no longer find the project. One that somebody has taken
    back meanwhile is gone already.
    """
    project = share.project
    permit_on(by, Permission.PROJECT_SHARE, project)
    unit = share.unit.name
    if not share.delete()[0]:
        return
    journal.record(
        by=by, act="projects.unshared", subject=project, jurisdiction_id=project.jurisdiction_id, detail={"unit": unit}
    )
