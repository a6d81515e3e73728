"""What somebody may do, why, and where, as a page says it."""

from collections.abc import Iterable

from .permissions import Permission
from .scope import Grant, Holding, Reach, opens_unit, scope_of

# Every permission once, as pages list them.
GROUPS: tuple[tuple[str, tuple[Permission, ...]], ...] = (
    ("记录", (
        Permission.RECORDS_SEE, Permission.RECORDS_EXPORT, Permission.PHONE_SEE, Permission.PROGRESS_WRITE,
        Permission.STAGE_ADVANCE, Permission.PROJECT_ADD, Permission.PROJECT_EDIT, Permission.PROJECT_SHARE,
        Permission.STAGE_CONFIRM, Permission.MILESTONE_MOVE,
    )),
    ("方案", (
        Permission.PLAN_SEE, Permission.WHOLE_SEE, Permission.PLAN_COMMIT, Permission.GATES_EDIT, Permission.BULLETIN_WRITE,
        Permission.FILING_DECIDE,
    )),
    ("组织与账号", (
        Permission.ORGANISATION_SEE, Permission.ORGANISATION_EDIT, Permission.ACCOUNT_MANAGE, Permission.ACCOUNT_SECURE,
        Permission.ROLE_GRANT, Permission.ROLE_SEE,
    )),
    ("日志", (Permission.JOURNAL_READ,)),
)  # fmt: skip
# What reaches single projects that are tied to a person, and what a project's being shared opens.
TIED = frozenset(GROUPS[0][1]) - {Permission.PROJECT_ADD}
SHARED = {
    Permission.RECORDS_SEE: "共享给{}的项目",
    Permission.RECORDS_EXPORT: "共享给{}的项目",
    Permission.PROGRESS_WRITE: "共享给{}并允许填报的项目",
}

WHOLE, PERSONAL = str(Reach.EVERYTHING.value), str(Reach.PERSON.value)


def reach_words(grant: Grant, permission: Permission | None = None) -> str:
    """How far a grant reaches, for one permission or in general: “云溪市全辖”, “古城街道及下属单位”, or the reach's own words
    where no name is known."""
    reach = grant.role.reach
    if permission is not None and opens_unit(grant, permission):
        return f"{grant.unit}及下属单位" if grant.unit else str(Reach.UNIT.value)
    if reach is Reach.PERSON:
        return PERSONAL
    if reach is Reach.EVERYTHING or not grant.path:
        return WHOLE
    if reach is Reach.JURISDICTION:
        return f"{grant.place}{reach.value}"
    return f"{grant.unit}及下属单位" if grant.unit else str(reach.value)


def reasons(holding: Holding, permissions: Iterable[Permission]) -> dict[Permission, tuple[str, ...]]:
    """Permission → why it is held, a phrase per grant that carries it (“办公室：云溪市全辖”); empty: it is not held."""
    return {
        permission: tuple(
            f"{grant.role.name}：{reach_words(grant, permission)}"
            for grant in holding.grants
            if permission in grant.role.permissions
        )
        for permission in permissions
    }


def scope_words(holding: Holding, permission: Permission, unit: str = "本单位") -> tuple[str, ...]:
    """Where a permission holds, a phrase per part (“古城街道及下属单位”, “本人联系或所在专班的项目”); none: it is not held.

    What lies within another part is left out, as in `scope_of`. `unit` is what the person's own unit is called.
    """
    scope = scope_of(holding, permission)
    if scope.everything:
        return (WHOLE,)
    carrying = [grant for grant in holding.grants if permission in grant.role.permissions]
    parts = [
        reach_words(grant, permission)
        for grant in carrying
        if (grant.role.reach is Reach.JURISDICTION and grant.area in scope.paths)
        or (opens_unit(grant, permission) and grant.path in scope.paths)
    ]
    if permission in TIED and scope.person:
        parts.append(PERSONAL)
    if permission in SHARED and scope.shared_with:
        parts.append(SHARED[permission].format(unit))
    return tuple(dict.fromkeys(parts))
