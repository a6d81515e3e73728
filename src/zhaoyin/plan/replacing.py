"""The rows of one list that a plan has (its targets, its duties), set as a whole."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.kernel.numerals import plain

LONGEST_NAME = 200  # characters of a row's words in the journal


@transaction.atomic
def replace_rows(
    *,
    by: models.Model | None,
    plan: Any,
    rows: Iterable[Any],
    had: Iterable[Any],
    identity: Callable[[Any], Hashable],
    fields: Sequence[str],
    act: str,
    key: str,
) -> None:
    """Let `plan` have just `rows`, in order, instead of those it `had`.

    A row of the same `identity` keeps its place in the table. The line `act` keeps what changed under `key`, as [{name, act:
    created | updated | removed, before, after}] with `fields` and position as plain values; nothing changes, and nothing is
    journalled, when the same rows are set twice. Raises Forbidden for whoever may not make plans there.
    """
    permit(by, Permission.PLAN_COMMIT, plan.jurisdiction)
    known: dict[Hashable, list[Any]] = {}
    for row in had:
        known.setdefault(identity(row), []).append(row)
    changes: list[dict[str, Any]] = []

    def note(row: Any, done: str, before: Any, after: Any) -> None:
        changes.append({"name": str(row)[:LONGEST_NAME], "act": done, "before": before, "after": after})

    for position, row in enumerate(rows):
        row.plan_id, row.position = plan.pk, position
        same = known.get(identity(row))
        before = None
        if same:
            kept = same.pop(0)
            before, row.pk = _facts(kept, fields), kept.pk
        after = _facts(row, fields)
        if before == after:
            continue
        row.save(force_insert=before is None, force_update=before is not None)
        note(row, "updated" if before else "created", before, after)
    for row in (row for left in known.values() for row in left):
        note(row, "removed", _facts(row, fields), None)
        row.delete()
    if changes:
        journal.record(by=by, act=act, subject=plan, jurisdiction_id=plan.jurisdiction_id, detail={key: changes})


def _facts(row: models.Model, fields: Sequence[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*fields, "position")}
    return {name: plain(value) if isinstance(value, Decimal) else value for name, value in values.items()}
