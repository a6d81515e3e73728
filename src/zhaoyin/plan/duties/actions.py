"""Every write to duties."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from .models import Duty

FIELDS = (
    "who", "measure", "kind", "period", "comparator", "numerator", "denominator", "unit", "each", "soft", "quote",
)  # fmt: skip


@transaction.atomic
def set_duties(*, by: models.Model | None, plan: models.Model, duties: Iterable[Mapping[str, Any]]) -> None:
    """Let `plan` have just these duties, in order; each is a mapping of `FIELDS` (who, measure, kind, period, numerator).

    A duty that the plan had keeps its row: it is known again by whom it binds, what it asks and how often. The journal
    keeps what changed as [{name, act: created | updated | removed, before, after}], the fields as plain values.
    """
    had: dict[Any, list[Duty]] = {}
    for row in Duty.objects.filter(plan_id=plan.pk):
        had.setdefault(_identity(row), []).append(row)
    changes: list[dict[str, Any]] = []
    for position, facts in enumerate(duties):
        wanted = Duty(plan_id=plan.pk, position=position, **{**facts, "who": list(facts["who"])})
        wanted.full_clean(exclude=["plan", "who"])
        same = had.get(_identity(wanted))
        before = None
        if same:
            row = same.pop(0)
            before, wanted.pk = _plain(row), row.pk
        if before == _plain(wanted):
            continue
        wanted.save(force_insert=before is None, force_update=before is not None)
        act = "updated" if before else "created"
        changes.append({"name": str(wanted)[:200], "act": act, "before": before, "after": _plain(wanted)})
    for row in (row for rows in had.values() for row in rows):
        changes.append({"name": str(row)[:200], "act": "removed", "before": _plain(row), "after": None})
        row.delete()
    if changes:
        journal.record(
            by=by,
            act="duties.set",
            subject=plan,
            jurisdiction_id=getattr(plan, "jurisdiction_id", None),
            detail={"duties": changes},
        )


def _identity(duty: Duty) -> tuple[tuple[str, ...], str, str]:
    return (tuple(duty.who), duty.measure, duty.period)


def _plain(duty: Duty) -> dict[str, Any]:
    values = {name: getattr(duty, name) for name in FIELDS} | {"position": duty.position}
    return {
        name: value if value is None or isinstance(value, (bool, int, list, str)) else format(value.normalize(), "f")
        for name, value in values.items()
    }
