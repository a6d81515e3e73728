"""What signing in asks, and one's own account."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.http import HttpRequest

from zhaoyin.ground.access.queries import holding_of
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import jurisdiction_of

from ..demo import DEMO_PASSWORD, DEMO_USER
from ..models import Session, User
from ..passwords import lasts
from ..rules.entrance import Entrance, device_words


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


# Keys of a session: whose second factor it has shown, and who vouched for its owner where no password did.
SHOWN, VOUCHED = "second_factor", "vouched_by"


def needs_second_factor(user: User) -> bool:
    """Whether the deployment, or one of the roles held, asks this account for a second factor."""
    return settings.SECOND_FACTOR_FOR_ALL or any(grant.role.second_factor for grant in holding_of(user).grants)


def has_second_factor(user: User) -> bool:
    """Whether the account has set one up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def entrance_of(user: User, session: Any, now: datetime) -> Entrance:
    """What is asked at `now` of somebody signed in, and what this session has shown. Costs a query only for unknown roles."""
    shown = session.get(SHOWN) == user.pk
    return Entrance(
        by_password=VOUCHED not in session,
        must_change=user.must_change_password,
        password_age=now - user.password_set_at,
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


def sessions_of(user: User, key: str | None, now: datetime) -> list[SignIn]:
    """The account's sessions that live at `now`, the one of `key` first and then the last used."""
    rows = Session.objects.filter(user=user, expire_date__gt=now).order_by("-seen", "pk")
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
