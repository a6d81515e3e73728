"""Making accounts and granting roles."""

import secrets

from django.db import IntegrityError, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import ROLES, THREE, Permission, role_of
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from ..models import RoleGrant, User

# No letters or digits that are mistaken for one another when a password is read out.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def one_time_password() -> str:
    """Fourteen characters that can be read out, which open nothing but the page that replaces them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(14))


class AccountExists(Exception):
    """There is an account of that name already."""


class GrantRefused(Exception):
    """A role cannot be granted as asked; the message says why."""


@transaction.atomic
def add_user(
    *, by: User | None, username: str, name: str = "", unit: Unit | None = None, role: str | None = None
) -> tuple[User, str]:
    """Make an account with a one-time password, which must be changed at the first sign-in; with `role` in its unit at once.

    Returns the account and the password in clear, which is stored nowhere. Raises AccountExists, GrantRefused, Forbidden.
    """
    permit(by, Permission.ACCOUNT_MANAGE)
    password = one_time_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username=username, password=password, name=name or username, unit=unit, must_change_password=True
            )
    except IntegrityError:
        raise AccountExists(f"账号“{username}”已存在") from None
    journal.record(by=by, act="accounts.added", subject=user, jurisdiction_id=_jurisdiction_id(unit))
    if role is not None:
        grant_role(by=by, user=user, role=role, unit=unit)
    return user, password


@transaction.atomic
def grant_role(*, by: User | None, user: User, role: str, unit: Unit | None = None) -> RoleGrant:
    """Give `user` a role in `unit` and what is below it (None: in the whole deployment). It holds from the next request.

    Raises GrantRefused: the role is held there already, or it would give one person two of the three administrators'
    roles (GB/T 22239-2019 8.1.4.2), or nobody may grant a role to himself. Raises Forbidden for whoever may not grant.
    """
    permit(by, Permission.ROLE_GRANT)
    if by is not None and by.pk == user.pk:
        raise GrantRefused("不能给自己授予角色，请由另一位安全管理员办理。")
    held = set(RoleGrant.objects.select_for_update().filter(user=user).values_list("role", "unit_id"))
    if (role, unit and unit.pk) in held:
        raise GrantRefused(f"{user} 已有这个角色：{role_of(role).name}")
    other = next((key for key, _ in held if key in THREE), None)
    if role in THREE and other is not None:
        raise GrantRefused(
            f"{user} 已是{ROLES[other].name}，不能再任{ROLES[role].name}：系统管理员、安全管理员、审计员须由三人分任。"
        )
    grant = RoleGrant.objects.create(user=user, role=role, unit=unit, by=by)
    journal.record(
        by=by, act="accounts.role_granted", subject=user, jurisdiction_id=_jurisdiction_id(unit),
        detail={"role": role, "unit": unit.name if unit else ""},
    )  # fmt: skip
    return grant


@transaction.atomic
def revoke_role(*, by: User | None, grant: RoleGrant) -> None:
    """Take a role back; it ends with the next request. Raises Forbidden for whoever may not grant roles."""
    permit(by, Permission.ROLE_GRANT)
    user, unit = grant.user, grant.unit
    grant.delete()
    journal.record(
        by=by, act="accounts.role_revoked", subject=user, jurisdiction_id=_jurisdiction_id(unit),
        detail={"role": grant.role, "unit": unit.name if unit else ""},
    )  # fmt: skip


def _jurisdiction_id(unit: Unit | None) -> int | None:
    return unit and (unit.jurisdiction_id or unit.pk)
