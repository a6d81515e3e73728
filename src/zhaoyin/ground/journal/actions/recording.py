"""Writing lines. Every action of every room does it, inside its own transaction: without its line no action is done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from zhaoyin.ground.inserting import insert_rows

from .. import keeping
from ..models import Entry, Outcome
from ..origin import address
from ..rules import settled
from ..rules.lines import canonical_head, canonical_line
from .linking import link_waiting

_DRAWN = "SELECT nextval(pg_get_serial_sequence('journal_entry', 'id')) FROM generate_series(1, %s)"
_DRAWN_FIRST = f"""
    WITH drawn (number) AS MATERIALIZED ({_DRAWN}),
        waits AS (INSERT INTO journal_waiting (first) SELECT min(number) FROM drawn)
    SELECT number FROM drawn
"""  # noqa: S608
_COLUMNS = ("id", "subject_kind", "subject_id", "subject_name", "seal")
_MOST_ADDRESS, _MOST_NAME, _MOST_SUBJECT = 45, 60, 200  # as the columns hold


def record(
    *,
    by: models.Model | None,
    act: str,
    subject: models.Model | None,
    jurisdiction_id: int | None,
    detail: dict[str, Any] | None = None,
    outcome: str = Outcome.DONE,
) -> None:
    """Add one line: `by` did `act` (`room.verb`) to `subject`, or about no record. `detail` is JSON: before and after.

    Raises what the database or the key's folder raises; then the action that calls is undone with its transaction.
    """
    _write(by, act, [_named(subject)], jurisdiction_id, detail, outcome)


def record_many(
    *,
    by: models.Model | None,
    act: str,
    subjects: Iterable[models.Model],
    jurisdiction_id: int | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one line per subject for one act on many records, in the order given."""
    _write(by, act, [_named(subject) for subject in subjects], jurisdiction_id, detail, Outcome.DONE)


def refuse(
    *,
    by: models.Model | None,
    act: str,
    subject: models.Model | None = None,
    jurisdiction_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add the line of a refusal in a transaction of its own, which outlives whatever was rolled back.

    Without `subject` it is about no record: a sign-in, a page. Raises RuntimeError inside another transaction.
    """
    with transaction.atomic(durable=True):
        _write(by, act, [_named(subject)], jurisdiction_id, detail, Outcome.REFUSED)


def _named(subject: models.Model | None) -> tuple[str, int | None, str]:
    if subject is None:
        return "", None, ""
    return subject._meta.label_lower, subject.pk, str(subject)[:_MOST_SUBJECT]


def _write(
    by: models.Model | None,
    act: str,
    subjects: list[tuple[str, int | None, str]],
    jurisdiction_id: int | None,
    detail: dict[str, Any] | None,
    outcome: str,
) -> None:
    if not subjects:
        return
    plain, printed = settled(detail or {})
    by_id, by_name = (by.pk, str(by)[:_MOST_NAME]) if by is not None else (None, "")
    at: datetime = timezone.now()
    where, outcome = address()[:_MOST_ADDRESS], str(outcome)
    keyed = keeping.keyed(Entry.objects.exists)
    head = canonical_head(at, by_id, by_name, where, act, outcome, jurisdiction_id, printed)
    with transaction.atomic(savepoint=False):
        numbers = _numbers(len(subjects))
        rows = [
            (number, kind, pk, name, keyed.of(canonical_line(number, head, kind, pk, name)))
            for number, (kind, pk, name) in zip(numbers, subjects, strict=True)
        ]
        insert_rows(
            Entry, _COLUMNS, rows, plain=_COLUMNS, at=at, by_id=by_id, by_name=by_name, address=where, act=act, outcome=outcome,
            jurisdiction_id=jurisdiction_id, detail=plain,
        )  # fmt: skip


def _numbers(count: int) -> list[int]:
    """Numbers for new lines, which nobody else gets: the seal covers them. Once in a transaction, have its lines linked.

    They are linked when it is committed, by whoever comes first; they stand from the first number on.
    """
    # The row that waits and the call belong to the same savepoints, so that a rollback takes both or none.
    waiting = any(function is link_waiting for _, function, *_ in connection.run_on_commit)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_DRAWN if waiting else _DRAWN_FIRST, [count])
            numbers = sorted(number for (number,) in cursor.fetchall())
        else:
            # The transaction holds the only write lock there is.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'")
            (last,) = cursor.fetchone() or (0,)
            numbers = list(range(last + 1, last + 1 + count))
            if not waiting:
                cursor.execute("INSERT INTO journal_waiting (first) VALUES (%s)", [numbers[0]])
    if not waiting:
        transaction.on_commit(link_waiting, robust=True)
    return numbers
