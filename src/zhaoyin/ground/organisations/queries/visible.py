"""Who sees which organisations. Every page of this room reads through these doors; what lies outside is not there."""

from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.access.queries import area_of, covers, holding_of
from zhaoyin.ground.access.rules import Area, Permission, scope_of

from ..models import InvestmentGroup, LeadingGroup, Official, SpecialTeam, Unit, UnitKind


def visible_to(user: Any) -> QuerySet[Unit]:
    """The jurisdictions that are inside the user's scope whole, with their units; and the single units inside it."""
    area = _area(user)
    if area.everything:
        return Unit.objects.all()
    return Unit.objects.filter(Q(pk__in=[*area.jurisdictions, *area.units]) | Q(jurisdiction_id__in=area.jurisdictions))


def officials_visible_to(user: Any) -> QuerySet[Official]:
    """The officials of the jurisdictions inside the scope, and those who hold or held a post in a single unit inside it."""
    area = _area(user)
    if area.everything:
        return Official.objects.all()
    inside = Q(jurisdiction_id__in=area.jurisdictions)
    if area.units:
        inside |= Q(pk__in=Official.objects.filter(appointments__unit_id__in=area.units).values("pk"))
    return Official.objects.filter(inside)


def groups_visible_to(user: Any) -> QuerySet[InvestmentGroup]:
    """The investment groups of the jurisdictions inside the scope."""
    return InvestmentGroup.objects.filter(_place(user))


def teams_visible_to(user: Any) -> QuerySet[SpecialTeam]:
    """The special teams of the jurisdictions inside the scope."""
    return SpecialTeam.objects.filter(_place(user))


def leading_groups_visible_to(user: Any) -> QuerySet[LeadingGroup]:
    """The leading groups of the jurisdictions inside the scope."""
    return LeadingGroup.objects.filter(_place(user))


def editable(user: Any) -> QuerySet[Unit]:
    """The jurisdictions and units that the user keeps."""
    scope = scope_of(holding_of(user), Permission.ORGANISATION_EDIT)
    if scope.everything:
        return Unit.objects.all()
    inside = Q(pk__in=[])
    for path in scope.paths:
        inside |= Q(path__startswith=path)
    return Unit.objects.filter(inside)


def places_of(user: Any) -> QuerySet[Unit]:
    """The jurisdictions that the user keeps, in the tree's order."""
    return editable(user).filter(kind=UnitKind.JURISDICTION).order_by("path")


def may_edit(user: Any, unit: Unit | None) -> bool:
    """Whether the user keeps this unit; None asks for the top of the tree."""
    return covers(user, Permission.ORGANISATION_EDIT, unit.path if unit is not None else "")


def _place(user: Any) -> Q:
    area = _area(user)
    return Q() if area.everything else Q(jurisdiction_id__in=area.jurisdictions)


def _area(user: Any) -> Area:
    return area_of(user, Permission.ORGANISATION_SEE)
