"""The roles: plain classes with a name, words that a civil servant understands, a reach and permissions.

The three administrators are three different people (GB/T 22239-2019 8.1.4.2: 系统、安全、审计 管理员 分立). They keep the
system and see no project; whoever works on projects has a role of the second group.
"""

from typing import ClassVar

from .permissions import Permission
from .scope import Reach

SEES: frozenset[Permission] = frozenset({Permission.RECORDS_SEE, Permission.PLAN_SEE, Permission.ORGANISATION_SEE})
REPORTS: frozenset[Permission] = SEES | {
    Permission.PROGRESS_WRITE,
    Permission.STAGE_ADVANCE,
    Permission.RECORDS_EXPORT,
    Permission.PHONE_SEE,
}
LEADS: frozenset[Permission] = REPORTS | {
    Permission.PROJECT_ADD,
    Permission.PROJECT_EDIT,
    Permission.PROJECT_SHARE,
    Permission.STAGE_CONFIRM,
    Permission.MILESTONE_MOVE,
}
SEES_ALL: frozenset[Permission] = SEES | {Permission.WHOLE_SEE, Permission.RECORDS_EXPORT}


class Role:
    """What a grant makes somebody. Never instantiated: the class itself is the role."""

    key: ClassVar[str]
    name: ClassVar[str]
    description: ClassVar[str]
    reach: ClassVar[Reach]
    permissions: ClassVar[frozenset[Permission]]
    second_factor: ClassVar[bool] = False


class SystemAdministrator(Role):
    """系统管理员."""

    key, name, reach, second_factor = "system", "系统管理员", Reach.EVERYTHING, True
    description = "建立和停用账号，维护单位、干部和专班名册。不能给人授权，不能看项目，也不能看操作日志。"
    permissions = frozenset(
        {Permission.ACCOUNT_MANAGE, Permission.ROLE_SEE, Permission.ORGANISATION_SEE, Permission.ORGANISATION_EDIT}
    )


class SecurityAdministrator(Role):
    """安全管理员."""

    key, name, reach, second_factor = "security", "安全管理员", Reach.EVERYTHING, True
    description = "给账号授予和收回角色，解锁账号，重置密码和动态口令，结束会话。不能建立账号，不能看项目。"
    permissions = frozenset(
        {Permission.ROLE_GRANT, Permission.ROLE_SEE, Permission.ACCOUNT_SECURE, Permission.ORGANISATION_SEE}
    )


class Auditor(Role):
    """审计员."""

    key, name, reach, second_factor = "auditor", "审计员", Reach.EVERYTHING, True
    description = "查看、核验和导出全部操作日志，查看任何人能做什么。只看不改，也不能看项目。"
    permissions = frozenset({Permission.JOURNAL_READ, Permission.ROLE_SEE, Permission.ORGANISATION_SEE})


class Office(Role):
    """办公室."""

    key, name, reach = "office", "办公室", Reach.JURISDICTION
    description = "领导小组办公室：建立行动方案，维护全辖项目、节点、阶段条件和组织，裁定备案申诉，出督查通报。"
    permissions = (
        LEADS
        | SEES_ALL
        | {
            Permission.PLAN_COMMIT,
            Permission.BULLETIN_WRITE,
            Permission.ORGANISATION_EDIT,
            Permission.GATES_EDIT,
            Permission.FILING_DECIDE,
        }
    )


class Supervisor(Role):
    """督查员."""

    key, name, reach = "supervisor", "督查员", Reach.JURISDICTION
    description = "查看全辖项目和节点，出督查通报。不修改项目。"
    permissions = SEES_ALL | {Permission.BULLETIN_WRITE, Permission.PHONE_SEE}


class CityLeader(Role):
    """市领导."""

    key, name, reach = "leader", "市领导", Reach.JURISDICTION
    description = "查看全辖项目、目标和通报。不填报。"
    permissions = SEES_ALL


class UnitHead(Role):
    """单位负责人."""

    key, name, reach = "head", "单位负责人", Reach.UNIT
    description = (
        "对本单位及下属单位的项目负责：新建、修改、推进阶段、确认他人提出的签约和落地、调整节点、共享给其他单位。"
    )
    permissions = LEADS


class UnitReporter(Role):
    """单位填报员."""

    key, name, reach = "reporter", "单位填报员", Reach.UNIT
    description = "为本单位及下属单位的项目填报进展、问题和附件，登记新项目，完成节点。不修改已定的节点日期。"
    permissions = REPORTS | {Permission.PROJECT_ADD}


class TeamMember(Role):
    """专班成员."""

    key, name, reach = "team", "专班成员", Reach.PERSON
    description = "招商专员等专班成员：为本人联系或所在专班负责的项目填报进展、完成节点。看不到其他项目。"
    permissions = REPORTS


class PlatformKeeper(Role):
    """平台/园区."""

    key, name, reach = "platform", "平台/园区", Reach.UNIT
    description = "查看本单位负责和落在本平台的项目，填报进展和问题，完成节点。"
    permissions = REPORTS


class ReadOnly(Role):
    """只读."""

    key, name, reach = "reader", "只读", Reach.UNIT
    description = "查看所在单位及下属单位的项目、方案和组织。不填报，不导出。"
    permissions = SEES


ROLES: dict[str, type[Role]] = {
    role.key: role
    for role in (
        SystemAdministrator, SecurityAdministrator, Auditor, Office, Supervisor, CityLeader, UnitHead, UnitReporter,
        TeamMember, PlatformKeeper, ReadOnly,
    )
}  # fmt: skip
# One person holds at most one of these.
THREE: tuple[str, ...] = (SystemAdministrator.key, SecurityAdministrator.key, Auditor.key)


def role_of(key: str) -> type[Role]:
    """The role of that key; LookupError for an unknown one."""
    if key not in ROLES:
        raise LookupError(f"no role is called {key}")
    return ROLES[key]
