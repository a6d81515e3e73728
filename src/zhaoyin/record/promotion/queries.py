"""Reading promotion events."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from .models import Event


def events_between(jurisdictions: Iterable[int], start: date, end: date) -> QuerySet[Event]:
    """The events held in these jurisdictions from the first to the last day, in order of days."""
    return Event.objects.filter(jurisdiction_id__in=list(jurisdictions), on__range=(start, end)).order_by("on", "pk")
