"""The values of those filters that only the database knows."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from zhaoyin.ground.organisations.models import Official, Unit, UnitKind
from zhaoyin.ground.prepared import prepared
from zhaoyin.record.projects.models import ContactLeader
from zhaoyin.record.projects.queries import Numbers, Sight, seen
from zhaoyin.record.resources.models import Platform

NOBODY = "none"  # the value of a filter for what has no unit, no leader


def choices_of(sight: Sight) -> dict[str, list[tuple[str, str]]]:
    """The values of those filters that only the database knows: in the tree's order, in that of their making."""
    found: dict[str, list[tuple[str, str]]] = {"unit": [], "leader": [], "platform": []}
    rows = prepared(_named, sight.jurisdictions) if sight.whole else prepared(_named_seen, *sight)
    for key, _, pk, name in sorted(rows):
        found[key].append((str(pk), name))
    return found


def _named(jurisdictions: Numbers) -> QuerySet[Any, Any]:
    """Units, officials who lead projects, and platforms of whole jurisdictions, as (filter, path, number, name)."""
    here = {"jurisdiction_id__in": jurisdictions or ()}
    leads = ContactLeader.objects.filter(official=OuterRef("pk"))
    units = Unit.objects.filter(**here).exclude(kind=UnitKind.JURISDICTION)
    return _together(units, Official.objects.filter(Exists(leads), **here), Platform.objects.filter(**here))


def _named_seen(jurisdictions: Numbers, units: Numbers, tied: Numbers) -> QuerySet[Any, Any]:
    """The same, only of projects that are seen: no list of names tells what lies outside."""
    rows = seen(jurisdictions, units, tied).order_by()
    leaders = ContactLeader.objects.filter(project__in=rows.values("pk")).order_by()
    return _together(
        Unit.objects.filter(pk__in=rows.values("unit_id")),
        Official.objects.filter(pk__in=leaders.values("official_id")),
        Platform.objects.filter(pk__in=rows.values("platform_id")),
    )


def _together(
    units: QuerySet[Unit], officials: QuerySet[Official], platforms: QuerySet[Platform]
) -> QuerySet[Any, Any]:
    shown = Coalesce(NullIf("short_name", Value("")), "name")
    return (
        units.order_by()
        .values_list(Value("unit"), "path", "pk", shown)
        .union(
            officials.order_by().values_list(Value("leader"), Value(""), "pk", "name"),
            platforms.order_by().values_list(Value("platform"), Value(""), "pk", "name"),
            all=True,
        )
    )
