"""The plan that every page names in its head."""

from typing import Any

from django.db.models import QuerySet

from zhaoyin.ground.prepared import prepared

from ..models import Plan


def title_in_force(jurisdiction: int, year: int) -> str:
    """The title of the jurisdiction's plan of the year, of the newest where there are several; empty without one."""
    return str(next((title for (title,) in prepared(_titles, jurisdiction, year)), ""))


def _titles(jurisdiction: int, year: int) -> QuerySet[Any, Any]:
    return Plan.objects.filter(jurisdiction_id=jurisdiction, year=year).order_by("-pk").values_list("title")[:1]
