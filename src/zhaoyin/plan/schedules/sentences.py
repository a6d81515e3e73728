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
    "schedules.milestone_reopened": lambda detail: (
        f"阶段退回，节点“{detail['milestone']}”自 {detail['on']} 重新列为未完成"
    ),
    "schedules.milestone_reached": lambda detail: f"节点“{detail['milestone']}”于 {detail['on']} 完成",
}

# What each act is called in the journal's filter.
NAMES = {
    "schedules.milestones_added": "列入节点",
    "schedules.milestone_moved": "节点改期",
    "schedules.milestone_reworded": "节点改述",
    "schedules.milestone_withdrawn": "撤销节点",
    "schedules.milestone_reopened": "节点重新列为未完成",
    "schedules.milestone_reached": "完成节点",
}
