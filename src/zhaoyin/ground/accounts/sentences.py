"""How the journal says what was done to accounts, and by whom they were used."""

from typing import Any

from zhaoyin.ground.access.rules import role_of
from zhaoyin.ground.journal.sentences import Sentence

from .rules.entrance import device_words

KINDS = {
    "export": "导出",
    "document": "生成文件",
    "upload": "上传",
    "verify": "核验日志",
    "search": "搜索",
    "phone": "查看联系电话",
}
LABELS = {"name": "姓名", "unit": "单位", "official": "对应干部"}


def _edited(detail: dict[str, Any]) -> str:
    parts = [
        f"{word} {before or '空'} → {after or '空'}"
        for key, word in LABELS.items()
        for before, after in [detail.get(key, ("", ""))]
        if before != after
    ]
    return "；".join([*parts, *(["手机有修改"] if "mobile" in detail else [])])


SENTENCES: dict[str, Sentence] = {
    "accounts.signed_in": lambda d: f"登录（{d['way']}，{device_words(d['agent'])}）",
    "accounts.sign_in_failed": lambda d: f"登录失败，登录名“{d['username']}”",
    "accounts.locked": lambda d: f"连续登录失败，登录名“{d['username']}”已锁定",
    "accounts.unlocked": lambda d: "解除账号锁定",
    "accounts.signed_out": lambda d: "退出登录",
    "accounts.password_changed": lambda d: "修改密码",
    "accounts.password_reset": lambda d: "重置为一次性密码",
    "accounts.factor_set": lambda d: "启用动态口令",
    "accounts.factor_reset": lambda d: "清除动态口令",
    "accounts.recovery_code_used": lambda d: "使用一个恢复码",
    "accounts.recovery_codes_renewed": lambda d: "重新生成恢复码",
    "accounts.session_ended": lambda d: f"结束一个登录（{device_words(d['agent'])}）",
    "accounts.sessions_ended": lambda d: f"结束 {d['count']} 个登录",
    "accounts.linked": lambda d: "绑定单点登录身份",
    "accounts.refused": lambda d: f"访问 {d['path']} 被拒绝：没有“{d['wanted']}”的权限",
    "accounts.added": lambda d: "建立账号",
    "accounts.role_granted": lambda d: (
        f"授予角色“{role_of(d['role']).name}”" + (f"（{d['unit']}）" if d["unit"] else "")
    ),
    "accounts.role_revoked": lambda d: (
        f"收回角色“{role_of(d['role']).name}”" + (f"（{d['unit']}）" if d["unit"] else "")
    ),
    "accounts.edited": _edited,
    "accounts.closed": lambda detail: "停用账号，登录已结束",
    "accounts.reopened": lambda detail: "恢复账号",
    "accounts.exported": lambda detail: f"导出账号清单《{detail['name']}》，{detail['count']} 个账号",
    "accounts.act_refused": lambda detail: f"{detail['tried']}未成：{detail['why']}",
    "accounts.limited": lambda detail: (
        f"{KINDS.get(detail['kind'], '操作')}过于频繁，每分钟最多 {detail['most']} 次，已请其稍候"
    ),
}
# What each act is called in the journal's filter.
NAMES = {
    "accounts.signed_in": "登录",
    "accounts.sign_in_failed": "登录失败",
    "accounts.locked": "账号锁定",
    "accounts.unlocked": "解除锁定",
    "accounts.signed_out": "退出登录",
    "accounts.password_changed": "修改密码",
    "accounts.password_reset": "重置密码",
    "accounts.factor_set": "启用动态口令",
    "accounts.factor_reset": "清除动态口令",
    "accounts.recovery_code_used": "使用恢复码",
    "accounts.recovery_codes_renewed": "重新生成恢复码",
    "accounts.session_ended": "结束登录",
    "accounts.sessions_ended": "结束全部登录",
    "accounts.linked": "绑定单点登录",
    "accounts.refused": "访问被拒绝",
    "accounts.added": "建立账号",
    "accounts.role_granted": "授予角色",
    "accounts.role_revoked": "收回角色",
    "accounts.edited": "修改账号",
    "accounts.closed": "停用账号",
    "accounts.reopened": "恢复账号",
    "accounts.exported": "导出账号清单",
    "accounts.act_refused": "账号操作被拒绝",
    "accounts.limited": "操作过于频繁",
}
