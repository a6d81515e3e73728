"""Making accounts, changing what is known of them, closing and opening them."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.actions import Refused
from zhaoyin.ground.organisations.actions.changing import fresh, locked, set_fields
from zhaoyin.ground.organisations.models import Unit

from ..models import Session, User
from .roles import allow, grant_role, jurisdiction_id, keep_a_granter

# No letters or digits that are mistaken for one another when a password is read out.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
FIELDS = ("name", "unit", "official", "mobile")


def one_time_password() -> str:
    """Fourteen characters that can be read out, which open nothing but the page that replaces them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(14))


class AccountExists(Refused):
    """There is an account of that name, of that official, or with that mobile number already."""


@transaction.atomic
def add_user(
    *,
    by: User | None,
    username: str,
    name: str = "",
    unit: Unit | None = None,
    role: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> tuple[User, str]:
    """Make an account with a one-time password, which must be changed at the first sign-in; with `role` in its unit at once.

    `fields` are further ones of `edit_user`. Returns the account and the password in clear, which is stored nowhere.
    Raises AccountExists, GrantRefused, Forbidden.
    """
    allow(by, Permission.ACCOUNT_MANAGE, unit)
    password = one_time_password()
    more = {key: value for key, value in (fields or {}).items() if value is not None}
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username=username, password=password, name=name or username, unit=unit, must_change_password=True,
                **more,
            )  # fmt: skip
    except IntegrityError:
        raise AccountExists(_taken(None, {"username": username, **more})) from None
    journal.record(
        by=by, act="accounts.added", subject=user, jurisdiction_id=jurisdiction_id(unit),
        detail={"username": username, "unit": unit.name if unit else ""},
    )  # fmt: skip
    if role is not None:
        grant_role(by=by, user=user, role=role, unit=unit)
    return user, password


@transaction.atomic
def edit_user(
    *, by: User | None, user: User, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Set name, unit, official or mobile number of an account. What the person sees changes with the next request.

    Returns {field: [before, after]} of what changed, which is journalled. Raises StaleVersion when `version` is given and is
    not the stored one, AccountExists for an official or a number that belongs to another account, Refused for one's own
    unit and official, Forbidden.
    """
    stored = fresh(user, version)
    allow(by, Permission.ACCOUNT_MANAGE, stored.unit)
    allow(by, Permission.ACCOUNT_MANAGE, fields.get("unit", stored.unit))
    changes = set_fields(stored, fields, FIELDS)
    if by is not None and by.pk == stored.pk and changes.keys() & {"unit", "official"}:
        raise Refused("不能改自己账号的单位和对应干部，这会改变自己能看到的范围，请由另一位系统管理员办理。")
    if changes:
        try:
            with transaction.atomic():
                stored.save(update_fields=[*changes, "version"])
        except IntegrityError:
            raise AccountExists(_taken(stored.pk, fields)) from None
        if "mobile" in changes:
            changes = {**changes, "mobile": ["", ""]}  # the journal is no telephone book
        journal.record(
            by=by, act="accounts.edited", subject=stored, jurisdiction_id=jurisdiction_id(stored.unit), detail=changes
        )
    return changes


@transaction.atomic
def close_user(*, by: User | None, user: User) -> None:
    """Close an account: its sessions end at once and it cannot sign in. Nothing of what it did is lost.

    Raises Refused for one's own account and for the last one that can grant roles, Forbidden.
    """
    allow(by, Permission.ACCOUNT_MANAGE, user.unit)
    if by is not None and by.pk == user.pk:
        raise Refused("不能停用自己的账号，请由另一位系统管理员办理。")
    keep_a_granter(user, "停用")
    _set_active(by, user, False)
    Session.objects.filter(user=user).delete()


@transaction.atomic
def reopen_user(*, by: User | None, user: User) -> None:
    """Open a closed account again, with the roles it held. Raises Forbidden."""
    allow(by, Permission.ACCOUNT_MANAGE, user.unit)
    _set_active(by, user, True)


def _set_active(by: User | None, user: User, active: bool) -> None:
    stored = locked(user)
    if stored.is_active == active:
        return
    stored.is_active = user.is_active = active
    stored.version += 1
    stored.save(update_fields=["is_active", "version"])
    journal.record(
        by=by, act="accounts.reopened" if active else "accounts.closed", subject=stored,
        jurisdiction_id=jurisdiction_id(stored.unit), detail={"active": [not active, active]},
    )  # fmt: skip


def _taken(pk: int | None, fields: Mapping[str, Any]) -> str:
    """The sentence on which other account has what only one can have."""
    others = User.objects.exclude(pk=pk) if pk is not None else User.objects.all()
    if (name := fields.get("username")) and (other := others.filter(username__iexact=name).first()):
        return f"账号“{other.username}”已存在"
    if (official := fields.get("official")) and (other := others.filter(official=official).first()):
        return f"{official} 已有账号“{other.username}”，一位干部只有一个账号。"
    if (mobile := fields.get("mobile")) and (other := others.filter(mobile=mobile).first()):
        return f"这个手机号已用于账号“{other.username}”。"
    return "登录名、干部或手机号已用于另一个账号。"
