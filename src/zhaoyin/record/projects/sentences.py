"""How the journal says what was done to a project."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence
from zhaoyin.kernel.stages import Stage, Standing

from .models import Paper, Project, ProjectText

LONG = {"content", "extra"}
UNKNOWN = "空"
# A database may keep the keys of a detail in an order of its own.
LABELS = {one.name: str(one.verbose_name) for model in (ProjectText, Project) for one in model._meta.fields}
ORDER = [one.name for model in (Project, ProjectText) for one in model._meta.fields]


def _word(field: str, value: Any) -> str:
    if value in (None, ""):
        return UNKNOWN
    return Standing(value).label if field == "standing" else str(value)


def _edited(detail: dict[str, Any]) -> str:
    parts = [
        f"{LABELS[field]}有修改" if field in LONG else f"{LABELS[field]} {_word(field, before)} → {_word(field, after)}"
        for field, (before, after) in sorted(detail.items(), key=lambda item: ORDER.index(item[0]))
    ]
    return "；".join(parts)


def _advanced(detail: dict[str, Any]) -> str:
    before, after = (Stage(stage).label for stage in detail["stage"])
    paper = f"，凭{Paper(detail['paper']).label}" if detail.get("paper") else ""
    note = f"：{detail['note']}" if detail.get("note") else ""
    return f"{detail['phase']}{before} → {after}（{detail['on']}）{paper}{note}"


def _leaders(detail: dict[str, Any]) -> str:
    before, after = (names or UNKNOWN for names in detail["leaders"])
    return f"联系领导 {before} → {after}"


def _contact(detail: dict[str, Any]) -> str:
    parts = [
        f"{word} {_word(key, detail[key][0])} → {_word(key, detail[key][1])}"
        for key, word in (("name", "姓名"), ("post", "职务"))
        if key in detail
    ]
    if "phone" in detail:
        parts.append("电话有修改" if detail["phone"] else "电话已删去")
    return f"联系人{detail['contact']}：{'；'.join(parts)}"


def _shared(detail: dict[str, Any]) -> str:
    return f"共享给{detail['unit']}，{'可以填报进展' if detail['reports'] else '只能查看'}"


SENTENCES: dict[str, Sentence] = {
    "projects.created": lambda detail: "项目入库",
    "projects.edited": _edited,
    "projects.leaders_set": _leaders,
    "projects.phases_set": lambda detail: f"分期定为 {'、'.join(detail['phases'])}",
    "projects.entry_stage_corrected": lambda detail: (
        f"{detail['phase']}入库时的阶段更正为{Stage(detail['stage']).label}"
    ),
    "projects.stage_advanced": _advanced,
    "projects.note_written": lambda detail: f"记 {detail['on']} 进展：{detail['text']}",
    "projects.problem_raised": lambda detail: f"提出问题：{detail['text']}",
    "projects.problem_settled": lambda detail: f"解决问题“{detail['text']}”：{detail['answer']}",
    "projects.capital_recorded": lambda detail: f"{detail['on']} 到账外资 {detail['万美元']} 万美元",
    "projects.contact_added": lambda detail: (
        f"添加联系人{detail['name']}{f'（{post}）' if (post := detail['post']) else ''}"
    ),
    "projects.contact_edited": _contact,
    "projects.contact_removed": lambda detail: f"删除联系人{detail['name']}",
    "projects.phone_opened": lambda detail: f"查看联系人{detail['contact']}的电话，理由：{detail['reason']}",
    "projects.shared": _shared,
    "projects.unshared": lambda detail: f"取消共享给{detail['unit']}",
}

# What each act is called in the journal's filter.
NAMES = {
    "projects.created": "项目入库",
    "projects.edited": "修改项目",
    "projects.leaders_set": "改联系领导",
    "projects.phases_set": "改分期",
    "projects.entry_stage_corrected": "更正入库阶段",
    "projects.stage_advanced": "推进阶段",
    "projects.note_written": "记进展",
    "projects.problem_raised": "提出问题",
    "projects.problem_settled": "解决问题",
    "projects.capital_recorded": "记到账外资",
    "projects.contact_added": "添加联系人",
    "projects.contact_edited": "修改联系人",
    "projects.contact_removed": "删除联系人",
    "projects.phone_opened": "查看联系电话",
    "projects.shared": "共享项目",
    "projects.unshared": "取消共享",
}
