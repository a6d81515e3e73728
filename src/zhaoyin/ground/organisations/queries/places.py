"""The tree as other rooms ask for it: whose place, which units of it, which of them were there then."""

from datetime import date

from django.db.models import Q, QuerySet

from zhaoyin.kernel.period import Period

from ..models import Official, Unit, UnitKind


def jurisdiction_of(unit: Unit | None) -> Unit | None:
    """The jurisdiction that `unit` belongs to or is; without a unit the first one of the tree, None in an empty database."""
    if unit is None:
        return Unit.objects.filter(kind=UnitKind.JURISDICTION).order_by("path").first()
    return unit if unit.kind == UnitKind.JURISDICTION else unit.jurisdiction


def jurisdiction_ids(unit: Unit | None) -> list[int]:
    """The jurisdictions whose records a user of `unit` may see: its own and those below; without a unit all."""
    rows = Unit.objects.filter(kind=UnitKind.JURISDICTION)
    if (own := unit and jurisdiction_of(unit)) is not None:
        rows = rows.filter(path__startswith=own.path)
    return list(rows.values_list("pk", flat=True))


def units_of(jurisdiction: Unit) -> QuerySet[Unit]:
    """The units of one jurisdiction, in the tree's order."""
    return Unit.objects.filter(jurisdiction=jurisdiction).exclude(kind=UnitKind.JURISDICTION).order_by("path")


def units_to_choose(jurisdiction: Unit, on: date, kept: Unit | None = None) -> QuerySet[Unit]:
    """What a form offers: the units of a jurisdiction that are there on the day, and the one that is `kept` where it stands."""
    return units_of(jurisdiction).filter(open_on(on) | Q(pk=kept and kept.pk))


def officials_of(jurisdiction: Unit) -> QuerySet[Official]:
    """The officials of one jurisdiction."""
    return Official.objects.filter(jurisdiction=jurisdiction).order_by("pk")


def open_on(day: date, unit: str = "") -> Q:
    """The units that were there on a day. `unit` is the way to the unit from the rows that are filtered (`unit__`)."""
    return _there(day, day, unit)


def open_in(period: Period, unit: str = "") -> Q:
    """The units that were there on some day of a period: one that closed in the middle still owes its report."""
    return _there(period.start, period.end, unit)


def _there(first: date, last: date, unit: str) -> Q:
    founded = Q(**{f"{unit}founded_on__isnull": True}) | Q(**{f"{unit}founded_on__lte": last})
    return founded & (Q(**{f"{unit}closed_on__isnull": True}) | Q(**{f"{unit}closed_on__gt": first}))
