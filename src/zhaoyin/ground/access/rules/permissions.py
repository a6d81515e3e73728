"""Everything that somebody may be allowed to do. A view names the one it needs; a role is a set of them."""

from enum import StrEnum


class Permission(StrEnum):
    """One allowance: its value is kept nowhere, its `label` is what a page says after 可以."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Permission":
        """A member is made of its key and its Chinese words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    RECORDS_SEE = "records.see", "查看项目、节点和进展"
    PLAN_SEE = "plan.see", "查看行动方案和目标"
    WHOLE_SEE = "whole.see", "查看全辖的通报和方案文件"
    RECORDS_EXPORT = "records.export", "导出项目清单"
    PHONE_SEE = "phone.see", "说明理由后查看联系电话"
    PROJECT_ADD = "project.add", "新建项目"
    PROJECT_EDIT = "project.edit", "修改项目资料和联系人"
    PROJECT_SHARE = "project.share", "把项目共享给其他单位"
    FILING_DECIDE = "filing.decide", "裁定招引备案的申诉"
    PROGRESS_WRITE = "progress.write", "填报进展、问题和附件"
    STAGE_ADVANCE = "stage.advance", "推进阶段、完成节点"
    STAGE_CONFIRM = "stage.confirm", "确认他人提出的签约、落地和退回"
    GATES_EDIT = "gates.edit", "修改阶段和准入条件"
    MILESTONE_MOVE = "milestone.move", "增加节点、调整节点日期"
    PLAN_COMMIT = "plan.commit", "上传、核对、建立和撤销行动方案"
    BULLETIN_WRITE = "bulletin.write", "出督查通报"
    ORGANISATION_SEE = "organisation.see", "查看组织体系"
    ORGANISATION_EDIT = "organisation.edit", "维护单位、干部、专业招商组和专班"
    ACCOUNT_MANAGE = "account.manage", "建立、停用账号"
    ACCOUNT_SECURE = "account.secure", "解锁账号、重置密码和动态口令、结束会话"
    ROLE_GRANT = "role.grant", "授予、收回角色"
    ROLE_SEE = "role.see", "查看任何人能做什么"
    JOURNAL_READ = "journal.read", "查看、核验和导出全部操作日志"


class Forbidden(Exception):
    """Somebody may not do this. The message is for the person: what is missing, and who can grant it."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"您没有“{permission.label}”的权限，或这一项不在您的范围内。需要时请联系安全管理员授予角色。")
        self.permission = permission
