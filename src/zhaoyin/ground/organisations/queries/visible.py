"""Who sees which organisations. Every page of this room reads through these doors; what lies outside is not there."""

from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.access.queries import area_of, covers, holding_of
from zhaoyin.ground.access.rules import Area, Permission, scope_of

from ..models import (
    Appointment,
    Dated,
    GroupLead,
    InvestmentGroup,
    LeadingGroup,
    LeadingMember,
    Official,
    SpecialTeam,
    TeamMember,
    Unit,
    UnitKind,
)


def visible_to(user: Any) -> QuerySet[Unit]:
    """The jurisdictions that are inside the user's scope whole, with their units; and the single units inside it."""
    area = _area(user)
    if area.everything:
        return Unit.objects.all()
    return Unit.objects.filter(Q(pk__in=[*area.jurisdictions, *area.units]) | Q(jurisdiction_id__in=area.jurisdictions))


def officials_visible_to(user: Any) -> QuerySet[Official]:
    """The officials of the jurisdictions inside the scope, those who hold or held a post in a single unit inside it, and those
    who sit or sat in a special team with the person."""
    area = _area(user)
    if area.everything:
        return Official.objects.all()
    inside = Q(jurisdiction_id__in=area.jurisdictions)
    if area.units:
        inside |= Q(pk__in=Appointment.objects.filter(unit_id__in=area.units).values("official_id"))
    if area.person:
        own = TeamMember.objects.filter(official=area.person).values("team_id")
        inside |= Q(pk=area.person) | Q(pk__in=TeamMember.objects.filter(team__in=own).values("official_id"))
    return Official.objects.filter(inside)


def groups_visible_to(user: Any) -> QuerySet[InvestmentGroup]:
    """The investment groups of the jurisdictions inside the scope, and those that the person leads or led."""
    return InvestmentGroup.objects.filter(_place(user, GroupLead, "group_id"))


def teams_visible_to(user: Any) -> QuerySet[SpecialTeam]:
    """The special teams of the jurisdictions inside the scope, and those in which the person sits or sat."""
    return SpecialTeam.objects.filter(_place(user, TeamMember, "team_id"))


def leading_groups_visible_to(user: Any) -> QuerySet[LeadingGroup]:
    """The leading groups of the jurisdictions inside the scope, and those in which the person sits or sat."""
    return LeadingGroup.objects.filter(_place(user, LeadingMember, "group_id"))


def posts_visible_to(user: Any) -> QuerySet[Appointment]:
    """The posts of visible officials in visible units."""
    rows = Appointment.objects.all()
    if _area(user).everything:
        return rows
    return rows.filter(official__in=officials_visible_to(user), unit__in=visible_to(user).values("pk"))


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


def _place(user: Any, seats: type[Dated], of: str) -> Q:
    """What lies in whole jurisdictions of the scope, and what `seats` (column `of`) tie to the person."""
    area = _area(user)
    if area.everything:
        return Q()
    tied: Any = seats._default_manager.filter(official=area.person) if area.person else None
    inside = Q(jurisdiction_id__in=area.jurisdictions)
    return inside if tied is None else inside | Q(pk__in=tied.values(of))


def _area(user: Any) -> Area:
    return area_of(user, Permission.ORGANISATION_SEE)
