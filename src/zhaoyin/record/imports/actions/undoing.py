"""Taking a written list back: what somebody touched since stays, and is named."""

from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal.queries import touched_since
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import permit_on

from ..models import Batch, BatchState
from ..queries import hanging
from ..rules import FIELDS
from .committing import as_json, write
from .reading import Refused, journalled


@transaction.atomic
def undo_batch(*, by: models.Model, batch: Batch) -> list[str]:
    """Remove the projects that a list made, and put back the cells it changed. Returns the names of what stays because
    somebody worked on it since. Raises Refused for a list that is not written, or is undone already.
    """
    permit(by, Permission.PROJECT_EDIT)
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != BatchState.COMMITTED:
        raise Refused(f"这份清单现在的状态是“{batch.get_state_display()}”，不能撤销")
    changes = batch.changes
    numbers = [row[0] for row in (*changes["made"], *changes["known"])]
    there = {one.pk: one for one in Project.objects.select_for_update().filter(pk__in=numbers).order_by("pk")}
    for project in there.values():
        permit_on(by, Permission.PROJECT_EDIT, project)
    kept = _put_back(by, changes["known"], there) + _remove(changes, there)
    batch.state, batch.undone_by_id, batch.undone_at, batch.kept = BatchState.UNDONE, by.pk, timezone.now(), kept
    batch.save()
    journalled(by, "imports.undone", batch, {"kept": kept})
    return kept


def _put_back(by: models.Model, known: list[Any], there: dict[int, Project]) -> list[str]:
    kept = []
    for number, name, changes in known:
        project = there.get(number)
        if project is None:
            continue
        back = {key: before for key, (before, after) in changes.items() if _same(_now(project, key), after)}
        write(by, project, back)
        kept += [f"项目“{name}”的{FIELDS[key]}" for key in changes if key not in back]
    return kept


def _now(project: Project, key: str) -> Any:
    if key == "leaders":
        return list(project.contact_leaders.values_list("official_id", flat=True))
    if key == "unit":
        return project.unit_id
    return as_json(getattr(project if hasattr(project, key) else project.text, key))


def _same(now: Any, then: Any) -> bool:
    """Whether a value is still what was written; 5 and 5.000000 are one figure."""
    if isinstance(now, str) and isinstance(then, str) and now != then:
        try:
            return Decimal(now) == Decimal(then)
        except ArithmeticError:
            return False
    return bool(now == then)


def _remove(changes: dict[str, Any], there: dict[int, Project]) -> list[str]:
    made = [row for row in changes["made"] if row[0] in there]
    ids = [number for number, *_ in made]
    touched = touched_since("projects.project", ids, changes["entry_id"])
    hangs = hanging(ids)
    going, kept = [], []
    for number, name, version, hung in made:
        if number in touched or there[number].version != version or hangs[number] != hung:
            kept.append(f"项目“{name}”")
        else:
            going.append(number)
    Project.objects.filter(pk__in=going).delete()
    return kept
