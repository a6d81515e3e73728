"""How the journal says what was done to a project."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence
from zhaoyin.kernel.stages import Stage, Standing

from .models import (
    AliasKind,
    Answer,
    ChannelKind,
    Economy,
    Measure,
    Paper,
    Part,
    ProblemKind,
    Project,
    ProjectText,
    StakeKind,
)  # fmt: skip
from .rules import UNITS_OF_MEASURES, Turn

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


def _move(detail: dict[str, Any]) -> str:
    return f"{'退回：' if detail['back'] else ''}{_advanced(detail)}"


def _answered(detail: dict[str, Any]) -> str:
    why = f"，{detail['why']}" if detail["why"] else ""
    return f"{Answer(detail['answer']).label}阶段变动 {_move(detail)}{why}"


def _stage(detail: dict[str, Any]) -> str:
    return f"{detail['phase']}{Stage(detail['stage']).label}"


def _turned(detail: dict[str, Any]) -> str:
    units = [name or "未定单位" for name in detail["units"]]
    where = f"，由{units[0]}转交{units[1]}" if units else f"，流转到{place}" if (place := detail["place"]) else ""
    winner = f"，最终落户：{who}" if (who := detail["winner"]) else ""
    until = f"，{day} 再议" if (day := detail["until"]) else ""
    return f"{Turn(detail['turn']).label}（{detail['on']}）{where}{winner}{until}：{detail['reason']}"


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


ECONOMY = {one.name: str(one.verbose_name) for one in Economy._meta.fields}


def _economy(detail: dict[str, Any]) -> str:
    known = [(ECONOMY[field], detail[field]) for field in ECONOMY if field in detail]
    return "；".join(f"{label} {before or UNKNOWN} → {after or UNKNOWN}" for label, (before, after) in known)


def _yield(detail: dict[str, Any]) -> str:
    measure, unit = Measure(detail["measure"]).label, UNITS_OF_MEASURES[detail["measure"]]
    year = f"{detail['year']} 年" if detail["year"] else "达产年"
    promised, actual = (f"{value} {unit}" if value is not None else UNKNOWN for value in detail["after"])
    return f"{year}{measure}：承诺 {promised}，实际 {actual}"


PROBLEM = {"kind": "类别", "text": "问题", "unit": "解决单位", "on": "提出日", "due_on": "应解决日"}


def _problem(detail: dict[str, Any]) -> str:
    def word(key: str, value: str | None) -> str:
        return UNKNOWN if value is None else ProblemKind(value).label if key == "kind" else value

    parts = [
        f"{label} {word(key, detail[key][0])} → {word(key, detail[key][1])}"
        for key, label in PROBLEM.items()
        if key in detail
    ]
    return f"问题“{detail['problem']}”：{'；'.join(parts)}"


def _parted(detail: dict[str, Any]) -> str:
    kept = f"；留下：{'、'.join(detail['kept'])}" if detail["kept"] else ""
    return f"撤销合并：“{detail['gone']}”（编号 {detail['number']}）与“{detail['into']}”分开{kept}"


SENTENCES: dict[str, Sentence] = {
    "projects.created": lambda detail: "项目入库",
    "projects.edited": _edited,
    "projects.leaders_set": _leaders,
    "projects.phases_set": lambda detail: f"分期定为 {'、'.join(detail['phases'])}",
    "projects.entry_stage_corrected": lambda detail: (
        f"{detail['phase']}入库时的阶段更正为{Stage(detail['stage']).label}"
    ),
    "projects.stage_advanced": _advanced,
    "projects.move_asked": lambda detail: f"提请确认 {_move(detail)}",
    "projects.move_answered": _answered,
    "projects.stage_returned": lambda detail: f"退回 {_advanced(detail)}",
    "projects.turned": _turned,
    "projects.duty_done": lambda detail: f"{_stage(detail)}职责已完成（{detail['on']}）：{detail['text']}",
    "projects.duty_reopened": lambda detail: f"{_stage(detail)}职责改为未完成：{detail['text']}",
    "projects.evidence_hung": lambda detail: f"{_stage(detail)}凭据“{detail['item']}”附上“{detail['file']}”",
    "projects.evidence_taken_off": lambda detail: f"{_stage(detail)}凭据“{detail['item']}”去掉“{detail['file']}”",
    "projects.gates_set": lambda detail: f"设定 {detail['from']} 起的阶段和准入条件，依据：{detail['basis']}",
    "projects.note_written": lambda detail: f"记 {detail['on']} 进展：{detail['text']}",
    "projects.problem_raised": lambda detail: f"提出问题：{detail['text']}",
    "projects.problem_edited": _problem,
    "projects.problem_settled": lambda detail: f"解决问题“{detail['text']}”：{detail['answer']}",
    "projects.capital_recorded": lambda detail: f"{detail['on']} 到账外资 {detail['万美元']} 万美元",
    "projects.capital_removed": lambda detail: (
        f"撤回 {detail['on']} 到账外资 {detail['万美元']} 万美元，理由：{detail['reason']}"
    ),
    "projects.investor_linked": lambda detail: f"{StakeKind(detail['kind']).label}：{detail['investor']}",
    "projects.investor_unlinked": lambda detail: f"移去投资方{detail['investor']}",
    "projects.alias_added": lambda detail: f"添加{AliasKind(detail['kind']).label}“{detail['name']}”",
    "projects.alias_removed": lambda detail: f"移去别名“{detail['name']}”",
    "projects.economy_set": _economy,
    "projects.yield_recorded": _yield,
    "projects.leading_set": lambda detail: f"主导产业“{detail['name']}”定为行业 {detail['codes']}",
    "projects.leading_removed": lambda detail: f"移去主导产业“{detail['name']}”",
    "projects.team_joined": lambda detail: f"{detail['name']}自 {detail['on']} 任{Part(detail['part']).label}",
    "projects.team_left": lambda detail: f"{detail['name']}自 {detail['on']} 不再任{Part(detail['part']).label}",
    "projects.origin_set": lambda detail: (
        f"来源渠道定为{ChannelKind(detail['kind']).label}{f'，{who}' if (who := detail['who']) else ''}"
    ),
    "projects.restricted": lambda detail: f"限定给 {detail['names']} 查看，理由：{detail['reason']}",
    "projects.unrestricted": lambda detail: "取消限定范围",
    "projects.contact_added": lambda detail: (
        f"添加联系人{detail['name']}{f'（{post}）' if (post := detail['post']) else ''}"
    ),
    "projects.contact_edited": _contact,
    "projects.contact_removed": lambda detail: f"删除联系人{detail['name']}",
    "projects.phone_opened": lambda detail: f"查看联系人{detail['contact']}的电话，理由：{detail['reason']}",
    "projects.merged": lambda detail: f"“{detail['gone']}”（编号 {detail['number']}）并入",
    "projects.merged_away": lambda detail: f"并入“{detail['into']}”（编号 {detail['number']}）",
    "projects.parted": _parted,
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
    "projects.move_asked": "提请确认阶段变动",
    "projects.move_answered": "答复阶段变动",
    "projects.stage_returned": "退回阶段",
    "projects.turned": "暂缓、终止、转交或恢复",
    "projects.duty_done": "完成阶段职责",
    "projects.duty_reopened": "阶段职责改为未完成",
    "projects.evidence_hung": "附上阶段凭据",
    "projects.evidence_taken_off": "去掉阶段凭据",
    "projects.gates_set": "设定阶段和准入条件",
    "projects.note_written": "记进展",
    "projects.problem_raised": "提出问题",
    "projects.problem_edited": "修改问题",
    "projects.problem_settled": "解决问题",
    "projects.capital_recorded": "记到账外资",
    "projects.capital_removed": "撤回到账外资",
    "projects.investor_linked": "定项目投资方",
    "projects.investor_unlinked": "移去投资方",
    "projects.alias_added": "添加别名",
    "projects.alias_removed": "移去别名",
    "projects.economy_set": "改经济资料",
    "projects.yield_recorded": "记承诺与实际",
    "projects.leading_set": "定主导产业",
    "projects.leading_removed": "移去主导产业",
    "projects.team_joined": "加入项目团队",
    "projects.team_left": "离开项目团队",
    "projects.origin_set": "定来源渠道",
    "projects.restricted": "限定查看范围",
    "projects.unrestricted": "取消限定范围",
    "projects.contact_added": "添加联系人",
    "projects.contact_edited": "修改联系人",
    "projects.contact_removed": "删除联系人",
    "projects.phone_opened": "查看联系电话",
    "projects.merged": "合并项目",
    "projects.merged_away": "并入其他项目",
    "projects.parted": "撤销合并",
    "projects.shared": "共享项目",
    "projects.unshared": "取消共享",
}
