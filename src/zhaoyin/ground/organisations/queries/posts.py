"""Who held which post on a day: a past month is measured by who held the post then."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from ..models import Appointment, Official, Unit


def held_on(day: date, row: str = "") -> Q:
    """What was held on a day: appointments, leads of groups, seats. `row` is the way to them from the rows filtered."""
    since = Q(**{f"{row}since__isnull": True}) | Q(**{f"{row}since__lte": day})
    return since & (Q(**{f"{row}until__isnull": True}) | Q(**{f"{row}until__gte": day}))


def holders_of(unit: Unit, on: date, *, kind: str = "", post: str = "") -> QuerySet[Official]:
    """The officials who held a post in `unit` on the day: of that kind (`PostKind`), of those words, or any. Each once."""
    rows = Appointment.objects.filter(held_on(on), unit=unit)
    if kind:
        rows = rows.filter(kind=kind)
    if post:
        rows = rows.filter(post=post)
    return Official.objects.filter(pk__in=rows.values("official_id")).order_by("pk")


def kinds_held(officials: Iterable[int], on: date) -> dict[int, frozenset[str]]:
    """Official (by number) → the kinds of posts held on the day."""
    rows = Appointment.objects.filter(held_on(on), official_id__in=list(officials)).values_list("official_id", "kind")
    held: dict[int, frozenset[str]] = {}
    for official, kind in rows:
        held[official] = held.get(official, frozenset()) | {kind}
    return held
