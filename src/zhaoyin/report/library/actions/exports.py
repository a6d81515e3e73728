"""What the library writes: that somebody took a list out of the house."""

from django.db import models

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit


def record_export(*, by: models.Model | None, jurisdiction: Unit, name: str, count: int) -> None:
    """Every export is on record: which file, how many projects, by whom."""
    permit(by, Permission.RECORDS_EXPORT)
    journal.record(
        by=by,
        act="library.exported",
        subject=jurisdiction,
        jurisdiction_id=jurisdiction.pk,
        detail={"name": name, "count": count},
    )
