"""How the journal says that somebody read it."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence


def _conditions(detail: dict[str, Any]) -> str:
    return f"（{'；'.join(detail['conditions'])}）" if detail["conditions"] else "，不限条件"


SENTENCES: dict[str, Sentence] = {
    "audit.read": lambda detail: f"查阅全部日志{_conditions(detail)}，第 {detail['page']} 页",
    "audit.line_read": lambda detail: f"查看编号 {detail['line']} 的一条",
    "audit.exported": lambda detail: f"导出日志 {detail['count']} 条{_conditions(detail)}",
    "audit.verification_asked": lambda detail: "要求核验",
}
# What each act is called in the journal's filter.
NAMES = {
    "audit.read": "查阅日志",
    "audit.line_read": "查看一条日志",
    "audit.exported": "导出日志",
    "audit.verification_asked": "要求核验日志",
}
