"""Keeping projects and lists at hand."""

from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import permit_on

from ..models import FirstView, Pin, SavedView
from ..queries import Whose

MOST = 30  # views of one person or unit


class CannotKeep(Exception):
    """The view is not kept; the message is one Chinese sentence."""


@transaction.atomic
def pin(*, by: Any, project: Project, pinned: bool) -> None:
    """Keep an eye on a project, or no longer. Journalled, as what is remembered of lists holds until the journal grows."""
    permit_on(by, Permission.RECORDS_SEE, project)
    if pinned:
        _, changed = Pin.objects.get_or_create(user=by, project=project)
    else:
        changed = bool(Pin.objects.filter(user=by, project=project).delete()[0])
    if changed:
        _tell(by, "library.pinned" if pinned else "library.unpinned", project, project.jurisdiction_id)


@transaction.atomic
def save_view(*, by: Any, name: str, query: str, whose: Whose) -> SavedView:
    """Keep a list under a name; one of the same name is replaced. A unit's view is kept by whoever reports for the unit, the
    office's by whoever edits all of the place's projects. Raises CannotKeep.
    """
    permit(by, Permission.RECORDS_SEE)
    unit = _unit_of(by, whose)
    if unit is not None:
        permit(by, _needed(unit), unit)
    holder = {"owner": by, "unit": None} if unit is None else {"owner": None, "unit": unit}
    if SavedView.objects.filter(**holder).exclude(name=name).count() >= MOST:
        raise CannotKeep(f"最多保存 {MOST} 个视图，请先删去不用的。")
    view, _ = SavedView.objects.update_or_create(**holder, name=name, defaults={"query": query})
    _tell(by, "library.view_saved", view, unit.jurisdiction_id or unit.pk if unit else None, {"name": name})
    return view


@transaction.atomic
def remove_view(*, by: Any, view: SavedView) -> None:
    """Forget a view: one's own, or a unit's by whoever may keep one for it."""
    permit(by, Permission.RECORDS_SEE)
    if view.unit is not None:
        permit(by, _needed(view.unit), view.unit)
    _tell(by, "library.view_removed", view, None, {"name": view.name})
    view.delete()


@transaction.atomic
def open_first(*, by: Any, view: SavedView | None) -> None:
    """Let this view open when the person comes in; None: the whole library."""
    permit(by, Permission.RECORDS_SEE)
    if view is None:
        FirstView.objects.filter(user=by).delete()
    else:
        FirstView.objects.update_or_create(user=by, defaults={"view": view})
    _tell(by, "library.first_view", view, None, {"name": view.name if view else ""})


def _needed(unit: Unit) -> Permission:
    return Permission.PROGRESS_WRITE if unit.jurisdiction_id else Permission.PROJECT_EDIT


def _unit_of(by: Any, whose: Whose) -> Unit | None:
    if whose == Whose.OWN:
        return None
    own: Unit | None = by.unit
    if own is None:
        raise CannotKeep("您的账号没有单位，只能存为自己的视图。")
    return own if whose == Whose.UNIT or own.jurisdiction is None else own.jurisdiction


def _tell(
    by: Any, act: str, subject: models.Model | None, jurisdiction: int | None, detail: dict[str, Any] | None = None
) -> None:
    journal.record(by=by, act=act, subject=subject, jurisdiction_id=jurisdiction, detail=detail or {})
