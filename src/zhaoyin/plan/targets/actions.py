"""Every write to targets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from zhaoyin.plan.replacing import replace_rows

from .models import Target

FIELDS = ("label", "metric", "comparator", "value", "unit", "floor_yi", "scope", "quote")


def set_targets(*, by: models.Model | None, plan: models.Model, targets: Iterable[Mapping[str, Any]]) -> None:
    """Let `plan` have just these targets, in order; each is a mapping of `FIELDS` (label, value and unit at least).

    A target that the plan had keeps its row: it is known again by metric, floor and scope, or by its label where it has no
    metric. See `replace_rows`. Raises ValidationError for facts that no target can have, and Forbidden.
    """
    replace_rows(
        by=by, plan=plan, rows=map(_target, targets), had=Target.objects.filter(plan_id=plan.pk), identity=_identity,
        fields=FIELDS, act="targets.set", key="targets",
    )  # fmt: skip


def _target(facts: Mapping[str, Any]) -> Target:
    target = Target(**facts)
    target.full_clean(exclude=["plan", "unit"])
    return target


def _identity(target: Target) -> tuple[str, Decimal | None, str, str]:
    floor = None if target.floor_yi is None else Decimal(target.floor_yi).normalize()
    return (target.metric, floor, target.scope, "" if target.metric else target.label)
