"""Who sees which projects, and may do what with them.

A restricted project exists for nobody but those named, whatever their scope: it is in no list, count, search or export of
anybody else's. What is told of a whole place (the bulletin, a target's figure) counts it and does not name it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from zhaoyin.ground.access.queries import area_of, holding_of, may
from zhaoyin.ground.access.rules import Area, Forbidden, Permission
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.ground.organisations.models import SpecialTeam, TeamMember, Unit
from zhaoyin.ground.organisations.queries import held_on, jurisdiction_ids, open_on, still, units_of
from zhaoyin.ground.prepared import prepared
from zhaoyin.record.resources.models import Platform

from ..models import Contact, ContactLeader, Named, Project, Restriction, Share

OPENED_BY_SHARE = {Permission.RECORDS_SEE, Permission.RECORDS_EXPORT, Permission.PROGRESS_WRITE}


ON_A_PROJECT = (
    Permission.PROJECT_EDIT, Permission.PROGRESS_WRITE, Permission.STAGE_ADVANCE, Permission.MILESTONE_MOVE,
    Permission.PROJECT_SHARE, Permission.PHONE_SEE, Permission.STAGE_CONFIRM, Permission.GATES_EDIT,
)  # fmt: skip


# What stands for a restricted project where a whole place is told of: it is counted, so that the parts add up, and not named.
RESTRICTED = "限定范围项目"

Numbers = tuple[int, ...] | None


class Sight(NamedTuple):
    """Which projects somebody may see: those of whole jurisdictions, those of single units and of the platforms that these
    keep, and those `tied` to the person; by number, None where there is no such.

    As three values it goes into a prepared query, and as one into the key of what is remembered.
    """

    jurisdictions: Numbers
    units: Numbers
    tied: Numbers

    @property
    def whole(self) -> bool:
        """Whether whole jurisdictions are seen, and nothing but them; who sees nothing sees none whole."""
        return bool(self.jurisdictions) and not self.units and not self.tied


def sight_of(user: Any, permission: Permission = Permission.RECORDS_SEE) -> Sight:
    """Where the person holds the permission, as the queries of projects take it."""
    area = area_of(user, permission)
    whole = tuple(jurisdiction_ids(None)) if area.everything else area.jurisdictions
    return Sight(whole or None, area.units or None, tuple(tied_to(user, permission)) or None)


def seen(jurisdictions: Numbers, units: Numbers, tied: Numbers) -> QuerySet[Project]:
    """The projects of a `Sight`: the restricted ones only where they are tied."""
    inside = _inside(jurisdictions or (), units or ()) & unrestricted()
    return Project.objects.filter(inside | Q(pk__in=tied) if tied else inside)


def unrestricted(project: str = "pk") -> Q:
    """Projects that are not restricted; `project` is the column that holds their number."""
    return ~Q(**{f"{project}__in": Restriction.objects.values("project_id")})


def restricted_ids(user: Any) -> frozenset[int]:
    """The numbers of all restricted projects; asked once per loaded account."""
    found: frozenset[int] | None = user.__dict__.get("_restricted")
    if found is None:
        found = user.__dict__["_restricted"] = frozenset(Restriction.objects.values_list("project_id", flat=True))
    return found


def _inside(jurisdictions: tuple[int, ...], units: tuple[int, ...], project: str = "") -> Q:
    """Projects of these jurisdictions, units and of the platforms that these keep; `project` leads to the project."""
    inside = Q(**{f"{project}jurisdiction_id__in": jurisdictions}) if jurisdictions else Q(pk__in=[])
    if units:
        platforms = Platform.objects.filter(unit_id__in=units)
        inside |= Q(**{f"{project}unit_id__in": units}) | Q(**{f"{project}platform_id__in": platforms.values("pk")})
    return inside


def visible_to(user: Any, permission: Permission = Permission.RECORDS_SEE) -> QuerySet[Project]:
    """The projects on which the person holds the permission: by default those that may be seen; others do not exist."""
    if not area_of(user, permission).everything:
        return seen(*sight_of(user, permission))
    tied = tied_to(user, permission)
    return Project.objects.filter(unrestricted() | Q(pk__in=tied) if tied else unrestricted())


def permit_on(by: Any, permission: Permission, project: Project) -> None:
    """Raise Forbidden unless `by` holds the permission on the project. None is the machine's operator."""
    if by is None:
        return
    area = area_of(by, permission)
    if (area.everything or project.jurisdiction_id in area.jurisdictions) and project.pk not in restricted_ids(by):
        return  # a plan of a thousand projects asks a thousand times
    if not visible_to(by, permission).filter(pk=project.pk).exists():
        raise Forbidden(permission)


def allowed_on(user: Any, number: int) -> frozenset[Permission]:
    """What the person may do with the project of that number; a query for each scope that differs."""
    sights = {permission: sight_of(user, permission) for permission in ON_A_PROJECT}
    inside = {sight: bool(prepared(_one_seen, number, *sight)) for sight in set(sights.values())}
    return frozenset(permission for permission, sight in sights.items() if inside[sight])


def _one_seen(number: int, jurisdictions: Numbers, units: Numbers, tied: Numbers) -> QuerySet[Any, Any]:
    return seen(jurisdictions, units, tied).filter(pk=number).order_by().values_list("pk")


def units_to_add_in(user: Any, jurisdiction: Unit, on: date) -> tuple[QuerySet[Unit], bool]:
    """The units there on the day for which the person may make a project, and whether that is anywhere in the jurisdiction."""
    area = area_of(user, Permission.PROJECT_ADD)
    anywhere = area.everything or jurisdiction.pk in area.jurisdictions
    units = units_of(jurisdiction).filter(open_on(on))
    return (units if anywhere else units.filter(pk__in=area.units)), anywhere


def contacts_visible_to(user: Any) -> QuerySet[Contact]:
    """The contact persons of the projects that are seen."""
    return Contact.objects.filter(project__in=visible_to(user)).select_related("project__jurisdiction")


def files_visible_to(user: Any) -> QuerySet[Attachment]:
    """The files of the projects that are seen."""
    return attached_to(Project, visible_to(user).order_by().values("pk"))


def shares_visible_to(user: Any) -> QuerySet[Share]:
    """The shares of the projects that are seen."""
    return Share.objects.filter(project__in=visible_to(user)).select_related("project__jurisdiction", "unit")


def tied_to(user: Any, permission: Permission) -> list[int]:
    """The projects that the person leads, that are of a special team in which the person sits that day, or that were shared with
    the person's units; by their numbers. Asked once per loaded account and permission. A share opens sight, and reporting if
    it says so, as long as the unit is there.

    Restricted ones are among them only where the person is named. To be named opens sight; whatever else the person may do
    with the project is what the role would let them do with it were it not restricted.
    """
    tied: dict[Permission, list[int]] = user.__dict__.setdefault("_tied", {})
    if permission not in tied:
        area = area_of(user, permission)
        asked = [] if area.everything else list(_tied(area, permission))
        found = {number for query, values in asked for (number,) in prepared(query, *values, True)}
        official = holding_of(user).official
        if official is not None and may(user, permission):
            named = Named.objects.filter(official=official).order_by()
            if permission is not Permission.RECORDS_SEE and not area.everything:
                scope = _inside(area.jurisdictions, area.units, "restriction__project__")
                for query, values in asked:
                    scope |= Q(restriction_id__in=query(*values, False))
                named = named.filter(scope)
            found.update(number for (number,) in named.values_list("restriction_id"))
        tied[permission] = sorted(found)
    return tied[permission]


def _tied(area: Area, permission: Permission) -> Iterator[tuple[Callable[..., QuerySet[Any, Any]], tuple[Any, ...]]]:
    """The queries of numbers, each with what it is asked with; without those of jurisdictions that are inside whole: there
    no project need be looked at singly."""
    whole = area.jurisdictions or None
    if area.person:
        yield _led, (area.person, whole)
        yield _in_teams, (area.person, area.on, whole)
    if permission in OPENED_BY_SHARE and (units := {*area.units, *area.shared_with}):
        yield _shared, (tuple(sorted(units)), area.on, whole, permission is Permission.PROGRESS_WRITE)


def _led(person: int, whole: Numbers, open_only: bool) -> QuerySet[Any, Any]:
    rows = ContactLeader.objects.filter(official=person).exclude(project__jurisdiction_id__in=whole or ())
    return _numbers(rows, "project_id", open_only)


def _in_teams(person: int, on: date, whole: Numbers, open_only: bool) -> QuerySet[Any, Any]:
    member = TeamMember.objects.filter(held_on(on), official=person).values("team_id")
    teams = SpecialTeam.objects.filter(still(on), pk__in=member).exclude(jurisdiction_id__in=whole or ())
    return _numbers(Project.objects.filter(team_id__in=teams.values("pk")), "pk", open_only)


def _shared(units: Numbers, on: date, whole: Numbers, reports: bool, open_only: bool) -> QuerySet[Any, Any]:
    rows = Share.objects.filter(open_on(on, "unit__"), unit_id__in=units or ())
    rows = rows.exclude(project__jurisdiction_id__in=whole or ())
    return _numbers(rows.filter(reports=True) if reports else rows, "project_id", open_only)


def _numbers(rows: QuerySet[Any], column: str, open_only: bool) -> QuerySet[Any, Any]:
    return (rows.filter(unrestricted(column)) if open_only else rows).order_by().values_list(column)
