"""Every write to targets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from .models import Target

FIELDS = ("label", "metric", "comparator", "value", "unit", "floor_yi", "scope", "quote")


@transaction.atomic
def set_targets(*, by: models.Model | None, plan: models.Model, targets: Iterable[Mapping[str, Any]]) -> None:
    """Let `plan` have just these targets, in order; each is a mapping of `FIELDS` (label, value and unit at least).

    A target that the plan had keeps its row: it is known again by metric, floor and scope, or by its label where it has no
    metric. The journal keeps what changed as [{name, act: created | updated | removed, before, after}], the fields as plain
    values; nothing changes, and nothing is journalled, when the same targets are set twice.
    """
    had: dict[Any, list[Target]] = {}
    for row in Target.objects.filter(plan_id=plan.pk):
        had.setdefault(_identity(row), []).append(row)
    changes: list[dict[str, Any]] = []
    for position, facts in enumerate(targets):
        wanted = Target(plan_id=plan.pk, position=position, **facts)
        wanted.full_clean(exclude=["plan", "unit"])
        same = had.get(_identity(wanted))
        before = None
        if same:
            row = same.pop(0)
            before, wanted.pk = _plain(row), row.pk
        if before == _plain(wanted):
            continue
        wanted.save(force_insert=before is None, force_update=before is not None)
        act = "updated" if before else "created"
        changes.append({"name": wanted.label, "act": act, "before": before, "after": _plain(wanted)})
    for row in (row for rows in had.values() for row in rows):
        changes.append({"name": row.label, "act": "removed", "before": _plain(row), "after": None})
        row.delete()
    if changes:
        journal.record(
            by=by,
            act="targets.set",
            subject=plan,
            jurisdiction_id=getattr(plan, "jurisdiction_id", None),
            detail={"targets": changes},
        )


def _identity(target: Target) -> tuple[str, Decimal | None, str, str]:
    floor = None if target.floor_yi is None else Decimal(target.floor_yi).normalize()
    return (target.metric, floor, target.scope, "" if target.metric else target.label)


def _plain(target: Target) -> dict[str, Any]:
    values = {name: getattr(target, name) for name in FIELDS} | {"position": target.position}
    return {
        name: format(value.normalize(), "f") if isinstance(value, Decimal) else value and str(value)
        for name, value in values.items()
    }
