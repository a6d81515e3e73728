"""How the journal says what was done to a plan and its documents."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence

from .review.fields import FIELDS

ITEMS = {"targets": "目标", "duties": "职责要求", "projects": "项目", "phases": "分期", "milestones": "节点"}
BLANK = "空"


def _place(path: str) -> str:
    """A path in a reading in words: `projects.0.milestones.1.end` is 第 1 个项目第 2 个节点的止."""
    steps = path.split(".")
    words, kind = "", "reading"
    while len(steps) > 1 and steps[0] in ITEMS and steps[1].isdigit():
        kind, index, *steps = steps
        words += f"第 {int(index) + 1} 个{ITEMS[kind]}"
    if not steps:
        return words
    name = ".".join(steps)
    label = FIELDS[kind][name].label if name in FIELDS[kind] else ITEMS.get(name, name.removeprefix("extra."))
    return f"{words}的{label}" if words else label


def _edited(detail: dict[str, Any]) -> str:
    return f"核对时修改{_place(detail['path'])}：{detail['before'] or BLANK} → {detail['after'] or BLANK}"


def _added(detail: dict[str, Any]) -> str:
    what = next((detail[key] for key in ("name", "label", "text", "measure") if key in detail), "")
    return f"核对时加{ITEMS[detail['path'].rpartition('.')[2]]}：{what}"


def _undone(detail: dict[str, Any]) -> str:
    return f"撤销建立，保留{'、'.join(detail['kept'])}" if detail["kept"] else "撤销建立"


SENTENCES: dict[str, Sentence] = {
    "plans.document_received": lambda detail: "上传文件",
    "plans.document_read": lambda detail: f"读取完成，读到 {detail['projects']} 个项目",
    "plans.reading_requested": lambda detail: "要求重新读取" + (f"，年度 {detail['year']}" if detail["year"] else ""),
    "plans.reading_failed": lambda detail: f"读取失败：{detail['message']}",
    "plans.reading_edited": _edited,
    "plans.row_added": _added,
    "plans.row_removed": lambda detail: f"核对时删去{_place(detail['path'])}",
    "plans.row_restored": lambda detail: f"核对时恢复{ITEMS[detail['path'].rpartition('.')[2]]}一行",
    "plans.committed": lambda detail: (
        f"按{detail['document']}建立：新建 {detail['new']} 个项目，更新 {detail['changed']} 个"
    ),
    "plans.undone": _undone,
    "plans.doubt_settled": lambda detail: (
        f"处理疑点“{detail['message']}”：{detail['settlement']}"
        if detail["settlement"]
        else f"重新打开疑点“{detail['message']}”"
    ),
}

# What each act is called in the journal's filter.
NAMES = {
    "plans.document_received": "上传方案文件",
    "plans.document_read": "读取方案文件",
    "plans.reading_requested": "要求重新读取",
    "plans.reading_failed": "读取失败",
    "plans.reading_edited": "核对时修改",
    "plans.row_added": "核对时加行",
    "plans.row_removed": "核对时删行",
    "plans.row_restored": "核对时恢复行",
    "plans.committed": "建立方案",
    "plans.undone": "撤销建立",
    "plans.doubt_settled": "处理疑点",
}
