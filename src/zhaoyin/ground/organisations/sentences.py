"""How the journal says what was done to units, officials, groups and teams."""

from collections.abc import Callable
from typing import Any

from zhaoyin.ground.journal.sentences import Sentence

from .models import Seat, TeamSeat, UnitKind
from .rules import PostKind

LABELS = {
    "name": "名称", "short_name": "简称", "kind": "类别", "code": "区划代码", "reports": "按月报进展", "founded_on": "成立日",
    "opens_on": "默认截至日", "closed_on": "撤销日", "number": "组号", "city_leader": "市领导", "section_official": "中层干部",
    "commissioners": "招商专员", "fund": "基金", "base": "基地", "office": "办公室设在", "unit": "单位", "post": "职务",
    "since": "任职日", "until": "离任日",
}  # fmt: skip
KINDS = dict(UnitKind.choices) | {kind.value: kind.label for kind in PostKind}
SEATS, TEAM_SEATS = dict(Seat.choices), dict(TeamSeat.choices)


def _until(day: str | None) -> str:
    return f" 至 {day}" if day else " 至今"


def value_words(value: Any) -> str:
    """A value as a sentence names it: 是, 否, 空, the kind in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value) or "空"
    return str(KINDS.get(value, value)) if value not in (None, "") else "空"


def _changes(detail: dict[str, Any]) -> str:
    # In the order of the labels: a database may keep a line's keys in another order than they were written.
    known = {key: detail[key] for key in (*LABELS, *detail) if key in detail}
    said = [f"{LABELS[key]}“{value_words(was)}”改为“{value_words(now)}”" for key, (was, now) in known.items()]
    return "修改：" + "；".join(said)


def _added(what: str) -> Callable[[dict[str, Any]], str]:
    def say(detail: dict[str, Any]) -> str:
        above = detail.get("above")
        return f"{what}，上级“{above}”" if above else what

    return say


def _term(detail: dict[str, Any]) -> str:
    return (
        f"“{detail['unit']}”的“{detail['post']}”（{detail.get('since') or '任职日不详'}{_until(detail.get('until'))}）"
    )


def _appointed(detail: dict[str, Any]) -> str:
    return "任" + _term(detail) if "since" in detail else f"任“{detail['unit']}”的“{detail['post']}”"


def _closed(detail: dict[str, Any]) -> str:
    into = f"，并入“{detail['into']}”" if detail["into"] else ""
    return f"于 {detail['closed_on'][1]} 撤销{into}"


def _lead(detail: dict[str, Any]) -> str:
    return f"“{detail['lead']}”牵头（{detail['since'] or '接任日不详'}{_until(detail['until'])}）"


def _seat(detail: dict[str, Any]) -> str:
    where = "办公室" if detail["in_office"] else ""
    start = f"，自 {detail['since']} 起" if detail["since"] else ""
    return f"“{detail['official']}”任{where}{SEATS[detail['seat']]}{start}"


def _days(detail: dict[str, Any]) -> str:
    return f"{detail['since'] or '任职日不详'}{_until(detail['until'])}"


def _seated(detail: dict[str, Any]) -> str:
    return f"“{detail['official']}”任{TEAM_SEATS[detail['seat']]}"


def _members(detail: dict[str, Any]) -> str:
    said = [
        f"{label}“{value_words(detail[seat][0])}”改为“{value_words(detail[seat][1])}”"
        for seat, label in TEAM_SEATS.items()
        if seat in detail
    ]
    start = f"自 {detail['since']} 起，" if detail["since"] else ""
    return start + "；".join(said)


SENTENCES: dict[str, Sentence] = {
    "organisations.jurisdiction_added": _added("建立行政区划"),
    "organisations.unit_added": _added("建立单位"),
    "organisations.unit_edited": _changes,
    "organisations.unit_moved": lambda detail: f"上级由“{detail['above'][0]}”改为“{detail['above'][1]}”",
    "organisations.unit_closed": _closed,
    "organisations.unit_reopened": lambda detail: f"恢复（原定 {detail['closed_on'][0]} 撤销）",
    "organisations.official_added": lambda detail: "登记干部",
    "organisations.official_edited": _changes,
    "organisations.appointed": _appointed,
    "organisations.appointment_edited": lambda detail: f"任职{_term(detail)}{_changes(detail['changes'])}",
    "organisations.appointment_ended": lambda detail: (
        f"于 {detail['until']} 离任“{detail['unit']}”的“{detail['post']}”"
    ),
    "organisations.group_added": lambda detail: "建立专业招商组",
    "organisations.group_edited": _changes,
    "organisations.group_lead_set": _lead,
    "organisations.group_lead_ended": lambda detail: f"“{detail['lead']}”牵头至 {detail['until'][1]}",
    "organisations.group_closed": lambda detail: f"于 {detail['closed_on'][1]} 撤销",
    "organisations.team_added": lambda detail: "建立专班",
    "organisations.team_edited": _changes,
    "organisations.team_members_set": _members,
    "organisations.team_seated": lambda detail: f"{_seated(detail)}（{_days(detail)}）",
    "organisations.team_left": lambda detail: f"{_seated(detail)}，至 {detail['until'][1]}",
    "organisations.leading_group_added": lambda detail: "建立领导小组",
    "organisations.leading_group_edited": _changes,
    "organisations.seat_given": _seat,
    "organisations.seat_ended": lambda detail: (
        f"“{detail['official']}”于 {detail['until'][1]} 离任{SEATS[detail['seat']]}"
    ),
    "organisations.exported": lambda detail: f"导出组织表格“{detail['name']}”",
    "organisations.imported": lambda detail: f"从“{detail['name']}”导入组织，{detail['changes']} 处改动",
}

# What each act is called in the journal's filter.
NAMES = {
    "organisations.jurisdiction_added": "建立行政区划",
    "organisations.unit_added": "建立单位",
    "organisations.unit_edited": "修改单位",
    "organisations.unit_moved": "调整上级",
    "organisations.unit_closed": "撤销合并单位",
    "organisations.unit_reopened": "恢复单位",
    "organisations.official_added": "登记干部",
    "organisations.official_edited": "修改干部",
    "organisations.appointed": "登记任职",
    "organisations.appointment_edited": "更正任职",
    "organisations.appointment_ended": "离任",
    "organisations.group_added": "建立专业招商组",
    "organisations.group_edited": "修改专业招商组",
    "organisations.group_lead_set": "定牵头领导",
    "organisations.group_lead_ended": "牵头领导离任",
    "organisations.group_closed": "撤销小组或专班",
    "organisations.team_added": "建立专班",
    "organisations.team_edited": "修改专班",
    "organisations.team_members_set": "更换专班成员",
    "organisations.team_seated": "登记专班成员",
    "organisations.team_left": "专班成员离任",
    "organisations.leading_group_added": "建立领导小组",
    "organisations.leading_group_edited": "修改领导小组",
    "organisations.seat_given": "登记小组成员",
    "organisations.seat_ended": "小组成员离任",
    "organisations.exported": "导出组织名册",
    "organisations.imported": "导入组织名册",
}
