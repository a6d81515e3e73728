"""Every write to promotion events."""

from datetime import date

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .models import Event, EventKind


@transaction.atomic
def record_event(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    kind: EventKind | str,
    title: str,
    on: date,
    place: str = "",
    unit: Unit | None = None,
) -> Event:
    """Record an event that was held on a day, by `unit` if one held it. ValueError for a kind that does not exist."""
    permit(by, Permission.PROGRESS_WRITE, unit or jurisdiction)
    event = Event.objects.create(
        jurisdiction=jurisdiction, kind=EventKind(kind), title=title, on=on, place=place, unit=unit
    )
    journal.record(
        by=by,
        act="promotion.event_recorded",
        subject=event,
        jurisdiction_id=jurisdiction.pk,
        detail={"on": on.isoformat(), "kind": event.kind},
    )
    return event
