"""Passwords, locks, sessions, and links to single sign-on."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.actions import Refused

from .. import locks, signals
from ..models import OldPassword, Session, User
from ..passwords import REMEMBERED
from ..queries import session_handle
from .people import one_time_password


class LinkRefused(Exception):
    """An account cannot be linked with a provider's subject; the message says why."""


@transaction.atomic
def change_password(*, by: User, user: User, password: str, session: str | None = None) -> None:
    """Set a new password that has passed the form's checks, and end every session of the account but `session`."""
    _replace_password(user, password, must_change=False)
    Session.objects.filter(user=user).exclude(pk=session or "").delete()
    signals.write("password_changed", by=by, user=user)


@transaction.atomic
def reset_password(*, by: User | None, user: User) -> str:
    """Give the account a one-time password, returned in clear and stored nowhere; open its lock and end its sessions.

    Raises Refused for one's own account, Forbidden for whoever may not secure accounts.
    """
    permit(by, Permission.ACCOUNT_SECURE)
    if by is not None and by.pk == user.pk:
        raise Refused("不能重置自己的密码，请在“账号安全”里修改，或由另一位安全管理员办理。")
    password = one_time_password()
    _replace_password(user, password, must_change=True)
    locks.release(user.username)
    Session.objects.filter(user=user).delete()
    signals.write("password_reset", by=by, user=user)
    return password


@transaction.atomic
def unlock(*, by: User | None, user: User) -> None:
    """Let the account try its password again at once, from wherever. Raises Forbidden for whoever may not secure accounts."""
    permit(by, Permission.ACCOUNT_SECURE)
    if locks.release(user.username):
        signals.write("unlocked", by=by, user=user)


@transaction.atomic
def end_session(*, by: User, handle: str) -> bool:
    """End the one of `by`'s own sessions that `queries.sessions_of` calls so; False where there is none any more."""
    found = next((row for row in Session.objects.filter(user=by) if session_handle(row.pk) == handle), None)
    if found is None:
        return False
    found.delete()
    signals.write("session_ended", by=by, user=by, agent=found.agent)
    return True


@transaction.atomic
def end_other_sessions(*, by: User, session: str | None) -> int:
    """End all of `by`'s own sessions but `session`; returns how many they were."""
    ended, _ = Session.objects.filter(user=by).exclude(pk=session or "").delete()
    if ended:
        signals.write("sessions_ended", by=by, user=by, count=ended)
    return ended


@transaction.atomic
def end_sessions(*, by: User | None, user: User) -> int:
    """End every session of an account; returns how many they were. Raises Forbidden for whoever may not secure accounts."""
    permit(by, Permission.ACCOUNT_SECURE)
    ended, _ = Session.objects.filter(user=user).delete()
    if ended:
        signals.write("sessions_ended", by=by, user=user, count=ended)
    return ended


@transaction.atomic
def link_subject(*, by: User | None, user: User, provider: str, subject: str) -> None:
    """Let the provider's `subject` sign in as `user`. Raises LinkRefused where either is linked with another, Forbidden."""
    permit(by, Permission.ACCOUNT_MANAGE)
    User.objects.select_for_update().get(pk=user.pk)
    linked = SocialAccount.objects.filter(provider=provider)
    if linked.filter(user=user).exclude(uid=subject).exists():
        raise LinkRefused(f"账号“{user.username}”已与另一个身份绑定，请联系系统管理员核对。")
    if linked.filter(uid=subject).exclude(user=user).exists():
        raise LinkRefused("这个身份已与另一个账号绑定，请联系系统管理员核对。")
    _, made = SocialAccount.objects.get_or_create(provider=provider, uid=subject, user=user)
    if made:
        signals.write("linked", by=by, user=user, provider=provider)


def _replace_password(user: User, password: str, *, must_change: bool) -> None:
    if user.has_usable_password():
        # What the account's row holds, not what was loaded: two changes at once both leave their mark.
        present = User.objects.select_for_update().values_list("password", flat=True).get(pk=user.pk)
        OldPassword.objects.create(user=user, hash=present)
        kept = user.old_passwords.order_by("-pk").values_list("pk", flat=True)[: REMEMBERED - 1]
        user.old_passwords.exclude(pk__in=list(kept)).delete()
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "password_set_at", "must_change_password"])
