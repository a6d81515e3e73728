"""Granting roles and taking them back."""

from django.db import IntegrityError, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import ROLES, THREE, Permission, Reach, Role, role_of
from zhaoyin.ground.access.rules.roles import SecurityAdministrator
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.actions import Refused
from zhaoyin.ground.organisations.actions.changing import locked
from zhaoyin.ground.organisations.models import Unit

from ..models import RoleGrant, User


class GrantRefused(Refused):
    """A role cannot be granted or taken back as asked; the message says why."""


def allow(by: User | None, permission: Permission, unit: Unit | None) -> None:
    """Raise Forbidden unless `by` holds the permission where `unit` lies; without a unit, over the whole deployment."""
    permit(by, permission, unit if unit is not None else Unit())


@transaction.atomic
def grant_role(*, by: User | None, user: User, role: str, unit: Unit | None = None) -> RoleGrant:
    """Give `user` a role in `unit` and what is below it (None: in the whole deployment). It holds from the next request.

    A role that reaches everything has no unit. Raises GrantRefused: the role is held there already, or it would give one
    person two of the three administrators' roles (GB/T 22239-2019 8.1.4.2), or the unit is closed, or nobody may grant a role
    to himself. Raises Forbidden for whoever may not grant there.
    """
    wanted = role_of(role)
    if wanted.reach is Reach.EVERYTHING:
        unit = None
    allow(by, Permission.ROLE_GRANT, unit)
    if by is not None and by.pk == user.pk:
        raise GrantRefused("不能给自己授予角色，请由另一位安全管理员办理。")
    if unit is not None and unit.closed_on is not None:
        raise GrantRefused(f"{unit} 已于 {unit.closed_on} 撤销，不能再授予那里的角色。")
    locked(user)  # of two who grant at once, the second sees what the first granted
    held = _held(user)
    if (role, unit and unit.pk) in held:
        raise GrantRefused(f"{user} 已有这个角色：{wanted.name}")
    other = next((key for key, _ in held if key in THREE), None)
    if role in THREE and other is not None:
        raise GrantRefused(_two_of_three(user, ROLES[other], wanted))
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(user=user, role=role, unit=unit, by=by)
    except IntegrityError:
        raise GrantRefused(f"{user} 的角色刚被别人改过，请刷新后再看。") from None
    _journal("accounts.role_granted", by, grant, held)
    return grant


@transaction.atomic
def revoke_role(*, by: User | None, grant: RoleGrant) -> None:
    """Take a role back; it ends with the next request.

    Raises GrantRefused for the last active holder of 安全管理员, for then nobody could grant roles, and for a role that was
    taken back already. Raises Forbidden for whoever may not grant roles there.
    """
    allow(by, Permission.ROLE_GRANT, grant.unit)
    user = grant.user
    if grant.role == SecurityAdministrator.key:
        keep_a_granter(user, "收回")
    locked(user)
    held = _held(user)
    gone, _ = RoleGrant.objects.filter(pk=grant.pk).delete()
    if not gone:
        raise GrantRefused("这个角色已被收回。")
    _journal("accounts.role_revoked", by, grant, held)


def keep_a_granter(user: User, what: str) -> None:
    """Raise GrantRefused where `user` is the last active one who can grant roles. `what` is what is about to be done.

    The rows of all who can are held, so that two who remove each other come one after the other.
    """
    rows = RoleGrant.objects.select_for_update().filter(role=SecurityAdministrator.key).order_by("pk")
    holders = set(rows.values_list("user_id", flat=True))
    active = set(User.objects.filter(pk__in=holders, is_active=True).values_list("pk", flat=True))
    if active == {user.pk}:
        raise GrantRefused(f"{user} 是最后一位在用的安全管理员，不能{what}，否则没有人能再授予角色。请先另设一位。")


def _held(user: User) -> list[tuple[str, int | None]]:
    return list(RoleGrant.objects.filter(user=user).order_by("pk").values_list("role", "unit_id"))


def _two_of_three(user: User, held: type[Role], wanted: type[Role]) -> str:
    return f"{user} 已是{held.name}，不能再任{wanted.name}：系统管理员、安全管理员、审计员须由三人分任。"


def _journal(act: str, by: User | None, grant: RoleGrant, before: list[tuple[str, int | None]]) -> None:
    unit = grant.unit
    journal.record(
        by=by, act=act, subject=grant.user, jurisdiction_id=jurisdiction_id(unit),
        detail={
            "role": grant.role,
            "unit": unit.name if unit else "",
            "roles": [[key for key, _ in before], [key for key, _ in _held(grant.user)]],
        },
    )  # fmt: skip


def jurisdiction_id(unit: Unit | None) -> int | None:
    """The jurisdiction that a unit belongs to or is."""
    return unit and unit.place_id
