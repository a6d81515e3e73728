"""Editing many projects at once."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.record.projects.actions import StaleVersion, edit_project, set_leaders
from zhaoyin.record.projects.models import Project

from ..queries import Planned


@transaction.atomic
def edit_many(*, by: Any, field: str, value: Any, planned: Sequence[Planned]) -> tuple[int, list[tuple[str, str]]]:
    """Set `field` (unit, platform, leaders) of the planned projects, all in one transaction, each journalled by itself.

    Returns how many were changed, and (name, reason) of those that were refused: whoever saw an older version of a project
    did not see what would be lost.
    """
    permit(by, Permission.PROJECT_EDIT)
    changed, refused = 0, [(one.name, one.refusal) for one in planned if one.refusal]
    wanted = {one.pk: one for one in planned if one.changes}
    locked = Project.objects.select_for_update().select_related("jurisdiction").order_by("pk")
    for project in locked.filter(pk__in=wanted):
        seen = wanted[project.pk]
        try:
            if project.version != seen.version:
                raise StaleVersion("预览之后有人改过，请重新预览")
            if field == "leaders":
                set_leaders(by=by, project=project, leaders=value)
            else:
                edit_project(by=by, project=project, fields={field: value}, version=seen.version)
            changed += 1
        except Forbidden:
            refused.append((project.name, "您不能修改这个项目"))
        except StaleVersion as stale:
            refused.append((project.name, str(stale)))
    return changed, refused
