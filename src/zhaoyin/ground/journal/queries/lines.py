"""Lines as other rooms ask for them, and what the journal says of itself."""

from django.db import models

from ..models import Entry

VERIFIED = "journal.verified"


def history(subject: models.Model) -> models.QuerySet[Entry]:
    """Every line about one record, newest first, with who did it."""
    return (
        Entry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("by")
        .order_by("-id")
    )


def newest_id() -> int:
    """The number of the newest line, 0 where there is none: what comes later has a higher one."""
    return Entry.objects.aggregate(newest=models.Max("id"))["newest"] or 0


def touched_since(kind: str, ids: list[int], entry_id: int) -> set[int]:
    """Which records of `kind` (`app.model`) have a line later than `entry_id`."""
    rows = Entry.objects.filter(subject_kind=kind, subject_id__in=ids, id__gt=entry_id)
    return {pk for pk in rows.values_list("subject_id", flat=True) if pk is not None}


def newest(act: str) -> Entry | None:
    """The newest line of one act."""
    return Entry.objects.filter(act=act).order_by("-at", "-id").first()


def last_verification() -> Entry | None:
    """The line that says how the chain was found when it was last verified."""
    return newest(VERIFIED)
