"""How the journal says what was done with files."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence


def _of(detail: dict[str, Any]) -> str:
    return f"“{detail['of']}”的" if detail.get("of") else ""


SENTENCES: dict[str, Sentence] = {
    "attachments.kept": lambda detail: f"上传附件“{detail['name']}”",
    "attachments.removed": lambda detail: f"删除附件“{detail['name']}”",
    "attachments.taken": lambda detail: f"下载{_of(detail)}附件“{detail['name']}”",
    "attachments.swept": lambda detail: f"清理没有记录的附件文件 {detail['count']} 个",
}
# What each act is called in the journal's filter.
NAMES = {
    "attachments.kept": "上传附件",
    "attachments.removed": "删除附件",
    "attachments.taken": "下载附件",
    "attachments.swept": "清理附件文件",
}
