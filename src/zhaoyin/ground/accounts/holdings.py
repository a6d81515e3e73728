"""Looking up who holds what: the answers that ground.access gives to every room."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhaoyin.ground.access.rules import Area, Grant, Holding, Permission, Reach, role_of, scope_of
from zhaoyin.ground.organisations.models import Unit, UnitKind
from zhaoyin.ground.prepared import prepared

from .models import RoleGrant, User


def holding_of(user: User | AnonymousUser) -> Holding:
    """The roles that the account holds now. Asked once per loaded account: a change takes effect at the next request."""
    if not isinstance(user, User):
        return Holding()
    found: Holding | None = user.__dict__.get("_holding")
    if found is None:
        rows = prepared(_grants, user.pk)
        found = user.__dict__["_holding"] = Holding(
            tuple(Grant(role_of(key), path or "", area or path or "") for key, path, area in rows),
            user.official_id,
            user.unit_id,
        )
    return found


def _grants(user: int) -> QuerySet[Any, Any]:
    rows = RoleGrant.objects.filter(user_id=user).order_by("pk")
    return rows.values_list("role", "unit__path", "unit__jurisdiction__path")


def area_of(user: User, permission: Permission) -> Area:
    """Where the account holds the permission, with paths looked up. Asked once per loaded account, grants and scope."""
    holding = holding_of(user)
    carrying = tuple(grant for grant in holding.grants if permission in grant.role.permissions)
    scope = scope_of(holding, permission)
    areas: dict[Any, Area] = user.__dict__.setdefault("_areas", {})
    if (carrying, scope) not in areas:
        found = ((), (), ()) if scope.everything else _under(carrying, scope.paths)
        areas[carrying, scope] = Area(timezone.localdate(), scope.everything, *found, scope.person, scope.shared_with)
    return areas[carrying, scope]


def _under(
    carrying: tuple[Grant, ...], paths: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The jurisdictions that are inside whole; the units below a grant's unit that no such jurisdiction holds; the places."""
    asked = []
    for grant in carrying:
        if grant.role.reach is Reach.JURISDICTION:
            asked.append(Q(path__startswith=grant.area, kind=UnitKind.JURISDICTION))
        elif grant.path.startswith(paths):
            asked.append(Q(path__startswith=grant.path))
        else:
            asked.append(Q(path=grant.path))
    if not asked:
        return (), (), ()
    units = Unit.objects.filter(reduce(or_, asked)).order_by("path")
    rows = list(units.values_list("pk", "path", "kind", "jurisdiction"))
    inside = [(pk, kind, above) for pk, path, kind, above in rows if path.startswith(paths)]
    whole = {pk for pk, kind, _ in inside if kind == UnitKind.JURISDICTION}
    single = tuple(pk for pk, kind, above in inside if kind != UnitKind.JURISDICTION and above not in whole)
    return tuple(sorted(whole)), single, tuple(sorted({above or pk for pk, _, _, above in rows}))
