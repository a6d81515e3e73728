"""What people keep of the library."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import visible_to

from ..models import FirstView, Pin, SavedView


class Whose(StrEnum):
    """For whom a view is kept."""

    OWN = "own"
    UNIT = "unit"
    OFFICE = "office"


def pins_of(user: Any) -> tuple[int, ...]:
    """The projects that the person keeps an eye on, by number; lists show those of them that are seen."""
    return tuple(Pin.objects.filter(user=user).order_by("pk").values_list("project_id", flat=True))


def views_visible_to(user: Any) -> QuerySet[SavedView]:
    """The person's own views, those of the person's unit, and the office's of the same place."""
    units = [pk for pk in (user.unit_id, user.unit.jurisdiction_id if user.unit else None) if pk]
    rows = SavedView.objects.filter(Q(owner=user) | Q(unit_id__in=units)).select_related("unit")
    return rows.order_by("unit__path", "name")


def first_view(user: Any) -> SavedView | None:
    """The view that opens when the person comes in, if it is still there for the person."""
    chosen = FirstView.objects.filter(user=user).values("view_id")
    return views_visible_to(user).filter(pk__in=chosen).first()


def recent_of(user: Any, ids: Sequence[int]) -> list[Project]:
    """Those of these projects that the person may see, in the order given."""
    found = {one.pk: one for one in visible_to(user).filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]
