"""Every write to targets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from .models import Target

FIELDS = ("label", "metric", "comparator", "value", "unit", "floor_yi", "scope", "quote")


@transaction.atomic
def set_targets(
    *, by: models.Model | None, plan: models.Model, targets: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Let `plan` have just these targets, in order; each is a mapping of `FIELDS` (label, value and unit at least).

    A target that the plan had keeps its row: it is known again by metric, floor and scope, or by its label where it has no
    metric. Returns what changed as [{kind, id, name, act: created | updated | removed, before, after}], the fields as
    plain values; nothing changes (and nothing is journalled) when the same targets are set twice.
    """
    had: dict[Any, list[Target]] = {}
    for row in Target.objects.filter(plan_id=plan.pk):
        had.setdefault(_identity(row), []).append(row)
    changes = []
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
        changes.append(_change("updated" if before else "created", wanted, before, _plain(wanted)))
    for row in (row for rows in had.values() for row in rows):
        changes.append(_change("removed", row, _plain(row), None))
        row.delete()
    if changes:
        journal.record(
            by=by,
            act="targets.set",
            subject=plan,
            jurisdiction_id=getattr(plan, "jurisdiction_id", None),
            detail={"targets": [[change["act"], change["name"]] for change in changes]},
        )
    return changes


def _identity(target: Target) -> tuple[str, Decimal | None, str, str]:
    floor = None if target.floor_yi is None else Decimal(target.floor_yi).normalize()
    return (target.metric, floor, target.scope, "" if target.metric else target.label)


def _plain(target: Target) -> dict[str, Any]:
    values = {name: getattr(target, name) for name in FIELDS} | {"position": target.position}
    return {
        name: format(value.normalize(), "f") if isinstance(value, Decimal) else value and str(value)
        for name, value in values.items()
    }


def _change(act: str, row: Target, before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    return {"kind": "targets.target", "id": row.pk, "name": row.label, "act": act, "before": before, "after": after}
