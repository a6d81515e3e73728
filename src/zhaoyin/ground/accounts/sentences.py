"""How the journal says what was done to accounts (signing in and roles: `signals`)."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence

KINDS = {
    "export": "导出",
    "document": "生成文件",
    "upload": "上传",
    "verify": "核验日志",
    "search": "搜索",
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
    "accounts.edited": _edited,
    "accounts.closed": lambda detail: "停用账号，登录已结束",
    "accounts.reopened": lambda detail: "恢复账号",
    "accounts.exported": lambda detail: f"导出账号清单《{detail['name']}》，{detail['count']} 个账号",
    "accounts.act_refused": lambda detail: f"{detail['tried']}未成：{detail['why']}",
    "accounts.limited": lambda detail: (
        f"{KINDS.get(detail['kind'], '操作')}过于频繁，每分钟最多 {detail['most']} 次，已请其稍候"
    ),
}
NAMES = {
    "accounts.edited": "修改账号",
    "accounts.closed": "停用账号",
    "accounts.reopened": "恢复账号",
    "accounts.exported": "导出账号清单",
    "accounts.act_refused": "账号操作被拒绝",
    "accounts.limited": "操作过于频繁",
}
