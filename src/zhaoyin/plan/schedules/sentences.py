"""How the journal says what was done to milestones."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence


def _moved(detail: dict[str, Any]) -> str:
    before, after = (day or "未定期" for day in detail["end"])
    return f"节点“{detail['milestone']}”改期 {before} → {after}：{detail['reason']}"


SENTENCES: dict[str, Sentence] = {
    "schedules.milestones_added": lambda detail: "列入节点",
    "schedules.milestone_moved": _moved,
    "schedules.milestone_reworded": lambda detail: f"节点“{detail['text'][0]}”改述为“{detail['text'][1]}”",
    "schedules.milestone_withdrawn": lambda detail: f"撤销节点“{detail['milestone']}”",
    "schedules.milestone_reached": lambda detail: f"节点“{detail['milestone']}”于 {detail['on']} 完成",
    "plans.doubt_settled": lambda detail: f"处理疑点“{detail['message']}”：{detail['settlement'] or '重新待定'}",
    "plans.committed": lambda detail: "由行动方案建立",
}
