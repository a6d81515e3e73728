"""Reading accounts."""

from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest

from zhaoyin.ground.organisations.models import Unit, UnitKind
from zhaoyin.ground.organisations.queries import jurisdiction_of

from .demo import DEMO_PASSWORD, DEMO_USER
from .models import RoleGrant, User
from .rules import Area, Forbidden, Grant, Holding, Permission, Reach, role_of, scope_of


def jurisdiction_for(request: HttpRequest) -> Unit | None:
    """The jurisdiction that the signed-in person works in, looked up once a request; before sign-in the first one."""
    if not hasattr(request, "_jurisdiction"):
        unit = getattr(getattr(request, "user", None), "unit", None)
        request._jurisdiction = jurisdiction_of(unit)  # type: ignore[attr-defined]
    found: Unit | None = request._jurisdiction  # type: ignore[attr-defined]
    return found


def demo_account(request: HttpRequest) -> tuple[str, str] | None:
    """Name and password of the demonstration account, where the data are a demonstration and the account is there."""
    here = jurisdiction_for(request)
    if here is None or not here.demo or not User.objects.filter(username=DEMO_USER, is_active=True).exists():
        return None
    return DEMO_USER, DEMO_PASSWORD


def holding_of(user: User) -> Holding:
    """The roles that the account holds now. Asked once per loaded account: a change takes effect at the next request."""
    found: Holding | None = user.__dict__.get("_holding")
    if found is None:
        rows = RoleGrant.objects.filter(user=user).order_by("pk")
        found = user.__dict__["_holding"] = Holding(
            tuple(
                Grant(role_of(key), path or "", area or path or "")
                for key, path, area in rows.values_list("role", "unit__path", "unit__jurisdiction__path")
            ),
            user.official_id,
            user.unit_id,
        )
    return found


def area_of(user: User, permission: Permission) -> Area:
    """Where the account holds the permission, with paths looked up. Asked once per loaded account and permission."""
    areas: dict[Permission, Area] = user.__dict__.setdefault("_areas", {})
    if permission not in areas:
        scope = scope_of(holding_of(user), permission)
        jurisdictions, units = _under(holding_of(user), permission) if scope.paths else ((), ())
        areas[permission] = Area(scope.everything, jurisdictions, units, scope.person, scope.shared_with)
    return areas[permission]


def _under(holding: Holding, permission: Permission) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The jurisdictions that are inside whole, and the single units: those below a grant's unit that is none itself."""
    asked = []
    for grant in holding.grants:
        if permission in grant.role.permissions and grant.role.reach is Reach.JURISDICTION:
            asked.append(Q(path__startswith=grant.area, kind=UnitKind.JURISDICTION))
        elif permission in grant.role.permissions and grant.role.reach is Reach.UNIT:
            asked.append(Q(path__startswith=grant.path))
    rows = list(Unit.objects.filter(reduce(or_, asked)).order_by("path").values_list("pk", "kind", "jurisdiction_id"))
    whole = tuple(pk for pk, kind, _ in rows if kind == UnitKind.JURISDICTION)
    inside = set(whole)
    return whole, tuple(pk for pk, kind, above in rows if kind != UnitKind.JURISDICTION and above not in inside)


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether the account holds the permission at all, wherever it reaches."""
    return isinstance(user, User) and holding_of(user).may(permission)


def permit(by: User | None, permission: Permission, unit: Unit | None = None) -> None:
    """Raise Forbidden unless `by` holds the permission, over `unit` if one is given. None is the machine's operator."""
    if by is None:
        return
    inside = may(by, permission) if unit is None else scope_of(holding_of(by), permission).covers(unit.path)
    if not inside:
        raise Forbidden(permission)
