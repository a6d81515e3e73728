"""Writing the journal. Every action of every room does it, inside its own transaction."""

from typing import Any

from django.db import models

from .models import Entry


def record(
    *, by: models.Model | None, act: str, subject: models.Model, jurisdiction_id: int | None, detail: dict[str, Any] | None = None
) -> Entry:
    """Add one line: `by` did `act` (`room.verb`) to `subject`. `detail` is JSON: what was before and after."""
    return Entry.objects.create(
        by_id=by.pk if by is not None else None,
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=str(subject)[:200],
        jurisdiction_id=jurisdiction_id,
        detail=detail or {},
    )
