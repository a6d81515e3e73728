"""Reading accounts."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from zhaoyin.ground.organisations.models import Unit, UnitKind
from zhaoyin.ground.organisations.queries import jurisdiction_of

from .demo import DEMO_PASSWORD, DEMO_USER
from .models import RoleGrant, Session, User
from .passwords import lasts
from .rules import Area, Forbidden, Grant, Holding, Permission, Reach, role_of, scope_of
from .rules.entrance import Entrance, device_words


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
        found = ((), (), ()) if scope.everything else _under(holding_of(user), permission)
        areas[permission] = Area(scope.everything, *found, scope.person, scope.shared_with)
    return areas[permission]


def _under(holding: Holding, permission: Permission) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The jurisdictions that are inside whole; the units below a grant's unit that no such jurisdiction holds; the places."""
    asked = []
    for grant in holding.grants:
        if permission not in grant.role.permissions:
            continue
        if grant.role.reach is Reach.JURISDICTION:
            asked.append(Q(path__startswith=grant.area, kind=UnitKind.JURISDICTION))
        elif grant.role.reach is Reach.UNIT:
            asked.append(Q(path__startswith=grant.path))
        else:
            asked.append(Q(path=grant.path))
    if not asked:
        return (), (), ()
    rows = list(
        Unit.objects.filter(reduce(or_, asked)).order_by("path").values_list("pk", "path", "kind", "jurisdiction")
    )
    paths = scope_of(holding, permission).paths
    inside = [(pk, kind, above) for pk, path, kind, above in rows if path.startswith(paths)]
    whole = {pk for pk, kind, _ in inside if kind == UnitKind.JURISDICTION}
    units = tuple(pk for pk, kind, above in inside if kind != UnitKind.JURISDICTION and above not in whole)
    return tuple(sorted(whole)), units, tuple(sorted({above or pk for pk, _, _, above in rows}))


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


# Keys of a session: whose second factor it has shown, and who vouched for its owner where no password did.
SHOWN, VOUCHED = "second_factor", "vouched_by"


def needs_second_factor(user: User) -> bool:
    """Whether the deployment, or one of the roles held, asks this account for a second factor."""
    return settings.SECOND_FACTOR_FOR_ALL or any(grant.role.second_factor for grant in holding_of(user).grants)


def has_second_factor(user: User) -> bool:
    """Whether the account has set one up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def entrance_of(user: User, session: Any) -> Entrance:
    """What is asked of somebody signed in and what this session has shown. Costs a query only where roles must be known."""
    shown = session.get(SHOWN) == user.pk
    return Entrance(
        by_password=VOUCHED not in session,
        must_change=user.must_change_password,
        password_age=timezone.now() - user.password_set_at,
        # The demonstration's password is printed on the sign-in page and stays as it is.
        password_lasts=lasts(0 if user.username == DEMO_USER else settings.PASSWORD_DAYS),
        needs_factor=not shown and needs_second_factor(user),
        has_shown_factor=shown,
    )


def account_by_claim(column: str, value: str) -> User | None:
    """The one account whose `column` (username, mobile, email) is what a provider says of somebody; None for none or several."""
    if column not in ("username", "mobile", "email") or not value:
        return None
    found = list(User.objects.select_related("unit__jurisdiction").filter(**{column: value})[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class SignIn:
    """One of somebody's sessions as the page shows it; `handle` names it without giving its key away."""

    handle: str
    device: str
    address: str
    started: datetime
    seen: datetime
    here: bool


def session_handle(key: str) -> str:
    """A name for a session that opens nothing."""
    return sha256(f"session {key}".encode()).hexdigest()[:24]


def sessions_of(user: User, key: str | None) -> list[SignIn]:
    """The account's living sessions, the one of `key` first and then the last used."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen", "pk")
    shown = [
        SignIn(session_handle(row.pk), device_words(row.agent), row.address or "", row.started, row.seen, row.pk == key)
        for row in rows
    ]
    return sorted(shown, key=lambda one: not one.here)


def recovery_codes_left(user: User) -> int:
    """How many recovery codes the account has not used yet."""
    return len(recovery_codes(user))


def recovery_codes(user: User) -> list[str]:
    """The recovery codes not used yet, in clear. Shown once, right after they were made."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(row).get_unused_codes()) if row is not None else []


def providers() -> list[tuple[str, str]]:
    """The ways of single sign-on that the settings name: (key, name)."""
    return [
        (app.get("provider_id", kind), app["name"])
        for kind, provider in settings.SOCIALACCOUNT_PROVIDERS.items()
        for app in provider["APPS"]
    ]
