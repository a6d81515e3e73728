"""Writing the journal. Every action of every room does it, inside its own transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import models

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
    """Add one line per subject for one act on many records."""
    Entry.objects.bulk_create(
        Entry(
            by_id=by.pk if by is not None else None,
            act=act,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_name=str(subject)[:200],
            jurisdiction_id=jurisdiction_id,
            detail=detail or {},
        )
        for subject in subjects
    )
