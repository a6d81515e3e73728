"""Writing the journal. Every action of every room does it, inside its own transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from zhaoyin.ground.inserting import insert_rows

from .models import Entry


def record(
    *,
    by: models.Model | None,
    act: str,
    subject: models.Model,
    jurisdiction_id: int | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one line: `by` did `act` (`room.verb`) to `subject`. `detail` is JSON: what was before and after."""
    record_many(by=by, act=act, subjects=[subject], jurisdiction_id=jurisdiction_id, detail=detail)


def record_many(
    *,
    by: models.Model | None,
    act: str,
    subjects: Iterable[models.Model],
    jurisdiction_id: int | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one line per subject for one act on many records, in the order given."""
    insert_rows(
        Entry,
        ["subject_kind", "subject_id", "subject_name"],
        [(subject._meta.label_lower, subject.pk, str(subject)[:200]) for subject in subjects],
        by_id=by.pk if by is not None else None,
        act=act,
        jurisdiction_id=jurisdiction_id,
        detail=detail or {},
    )
