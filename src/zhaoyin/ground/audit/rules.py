"""A line's detail as two sides: what was before and what is now."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from zhaoyin.ground.access.rules import ROLES

BLANK = "空"
# What rooms call the parts of a detail that are no column of the record.
WORDS = {
    "before": "原来", "after": "现在", "document": "文件", "new": "新建", "changed": "更新", "kept": "保留", "on": "日期",
    "reason": "原因", "text": "内容", "message": "说明", "settlement": "处理", "milestone": "节点", "phase": "分期",
    "phases": "分期", "stage": "阶段", "paper": "凭证", "note": "备注", "leaders": "联系领导", "answer": "答复", "count": "数量",
    "name": "名称", "role": "角色", "unit": "单位", "post": "职务", "username": "登录名", "way": "方式", "agent": "浏览器",
    "path": "位置", "wanted": "所需权限", "conditions": "条件", "page": "页", "line": "日志编号", "lines": "条数", "file": "文件",
    "first": "起", "last": "止", "head": "链头", "year": "年度", "size": "字节", "sha256": "摘要", "projects": "项目",
    "period": "期", "as_of": "截至", "number": "编号", "kind": "类别", "end": "期限", "targets": "目标", "duties": "职责要求",
    "findings": "发现", "start": "开始", "since": "自", "until": "至", "above": "上级", "into": "并入", "official": "干部",
    "seat": "职位", "changes": "改动", "voucher": "凭证", "due": "期限", "index": "序号", "words": "说明", "seq": "链号",
    "at": "时间", "act": "动作", "roles": "角色",
    "value": "数值", "comparator": "比较", "position": "顺序", "numerator": "要求", "denominator": "分母", "lead": "牵头领导",
    "tried": "所做", "why": "原因", "platform": "平台", "city_leader": "市领导", "section_official": "中层干部",
    "commissioners": "招商专员", "reports": "按月报进展", "fund": "基金", "base": "基地",
}  # fmt: skip


class Side(NamedTuple):
    """One fact of a line: its name and its words before and after. `before` is None for what has no before."""

    name: str
    before: str | None
    after: str


def sides(
    detail: Mapping[str, Any],
    label: Callable[[str], str],
    choice: Callable[[str, str], str] = lambda column, value: value,
) -> list[Side]:
    """The facts of a detail, changed ones first. `label` gives a column's name, empty for what is none; `choice` the words
    for a value that a column keeps as a key.

    Rooms write `{"before": …, "after": …}`, `{column: [before, after]}`, or a list of such changes each with a name; what
    else stands in a detail has no before.
    """

    def called(key: str) -> str:
        return label(key) or WORDS.get(key, key)

    def said(key: str, value: Any) -> str:
        if key in ("role", "roles"):
            keys = value if isinstance(value, list) else [value]
            return _words([ROLES[one].name if one in ROLES else one for one in keys if one])
        return _words(choice(key, value) if isinstance(value, str) else value)

    found: list[Side] = []
    rest = dict(detail)
    if "before" in rest and "after" in rest:
        found += _pair("", rest.pop("before"), rest.pop("after"), called, said)
    for key, value in rest.items():
        changes = [one for one in value if _is_change(one)] if isinstance(value, list) else []
        if changes and len(changes) == len(value):
            for one in changes:
                found += _pair(str(one.get("name", "")), one["before"], one["after"], called, said)
        elif isinstance(value, Mapping):
            found += [side._replace(name=f"{called(key)}：{side.name}") for side in sides(value, label, choice)]
        elif isinstance(value, list) and len(value) == 2 and not any(isinstance(one, Mapping) for one in value):
            found.append(Side(called(key), said(key, value[0]), said(key, value[1])))
        else:
            found.append(Side(called(key), None, said(key, value)))
    return sorted(found, key=lambda side: side.before is None)


def _is_change(one: Any) -> bool:
    return isinstance(one, Mapping) and {"before", "after"} <= one.keys()


def _pair(
    name: str, before: Any, after: Any, called: Callable[[str], str], said: Callable[[str, Any], str]
) -> Iterable[Side]:
    """One change; of two records only the columns that differ."""
    if not isinstance(before, Mapping) and not isinstance(after, Mapping):
        return [Side(name or "内容", _words(before), _words(after))]
    was, now = (one if isinstance(one, Mapping) else {} for one in (before, after))
    start = f"{name}：" if name else ""
    return [
        Side(start + called(key), said(key, was.get(key)), said(key, now.get(key)))
        for key in dict.fromkeys([*was, *now])
        if was.get(key) != now.get(key)
    ]


def _words(value: Any) -> str:
    if value is None or value in ("", []):
        return BLANK
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return str(
            value.get("words") or "；".join(f"{WORDS.get(key, key)} {_words(one)}" for key, one in value.items())
        )
    return "、".join(_words(one) for one in value) if isinstance(value, list) else str(value)
