"""The words of one flattened row laid to the columns of its head: the order-keeping assignment that fits best.

The weights are data. They say what the words of a column look like, nothing about any one document; they were set by the
varied cases under tests/documents.
"""

import re
from dataclasses import dataclass

from zhaoyin.kernel.numerals import ARABIC

_NUMBER = re.compile(rf"(?:约|近)?{ARABIC}(?:亿元|万元|万美元|亿美元|亿|亩|公顷)?")
_SLASH = re.compile(r"[/\\\-]{1,3}|暂无|待定|无")
_PERSON = re.compile(r"[一-龥]{2,4}(?:[、,/][一-龥]{2,4}){0,5}(?:同志)?")
_GOV = re.compile(
    r"[^。;:]{0,30}(?:局|委|办|办公室|管委会|管理委员会|区|镇|乡|街道|街|政府|中心|集团|公司|部|院|会|处|指挥部|园|科|所|专班|市|县)\)?"
)
_BODY = re.compile(
    r"局|委|办|镇|乡|街道|政府|集团|公司|部门|项目|中心|园|区|院$|所$|处$|签|协议|开工|完成|计划|建设|有限|在谈|洽谈|意向|推进|目标|合计|小计|待|暂|已|正在"
)
_ORG = re.compile(
    r"集团|公司|大学|研究院|研究所|企业|政府|院士|学院|股份|基金|资本|合作社|有限|商会|协会|团队|教授|博士|实业|科技|控股|投资方|投资人"
)
_TIME = re.compile(
    r"(?:\()?(?:20\d\d\s?年|今年|明年)?(?:第?[一二三四1-4](?:[、-][一二三四1-4])?\s?季度|[上下]半年|年底|年内|(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?(?:月|[-~至到、]\s?\d{1,2}\s?月))(?!\s?\d{1,2}\s?日[,赴到,])"
)
_ITEM = re.compile(r"\(?(\d{1,2})(?:[、)]|\.(?!\d))")
_GOAL = re.compile(r"签约|开工|完成|启动|继续|明确|签订|竣工|投产|落地|确定|推进|跟踪")
_MODAL = re.compile(r"^(?:争取|力争|继续|确保|计划|加快|推动|促成|尽快)|年底|月底前|月前|力争|争取")
_PROGRESS = re.compile(
    r"已|正在|目前|进行中|编制中|意向明确|在谈|推进中|谈判中|洽谈中|初步|经过|对接|属于|前期|达成|双方|阶段|近期"
)
_CONTENT = re.compile(
    r"拟选址|选址|建设|年产|主要|生产|占地|投资建设|新建|建筑面积|研发|总建筑|一期|二期|购置|打造|厂房|共建|项目位于|产值|规模"
)
_NAME = re.compile(
    r".*(?:项目|基地|产业园|园区|中心|工程|生产线|电站|综合体|平台|总部|科技园|小镇|改造|园|厂|城|线|港)(?:\([^()]*\))?"
)
_SENTENCE = re.compile(r"[。;]")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a row without an inner edge. `gap` is the space before it: line, space, or weak (a digit beside it)."""

    start: int
    end: int
    text: str
    gap: str


# feature → weight, per role; "first:" weights count only where the word begins its cell.
_WEIGHTS: dict[str, dict[str, float]] = {
    "number": {"number": 5, "slash": 3, "else": -9},
    "name": {
        "name": 2,
        "sentence": -3,
        "number": -1.5,
        "person": -1,
        "long": -3,
        "slash": -3,
        "time": -2,
        "org": -0.7,
        "first:short": 0.5,
        "first:progress": -1,
    },
    "investor": {
        "org": 2.6,
        "sentence": -3,
        "long": -3,
        "number": -3,
        "content": -1.2,
        "time": -3,
        "slash": 0.7,
        "short": 0.6,
        "progress": -1.5,
        "name": -0.5,
        "item": -2,
        "goal": -1,
    },
    "content": {
        "content": 1.5,
        "long": 1,
        "sentence": 1,
        "first:time": -2.5,
        "first:number": -1.5,
        "number": -0.4,
        "person": -2.5,
        "slash": -0.3,
        "item": 0.3,
        "progress": -0.6,
        "first:short": -1,
        "org": -0.4,
        "modal": -1,
    },
    "progress": {
        "progress": 1.6,
        "first:item1": 1.6,
        "item": 0.8,
        "sentence": 0.6,
        "first:time": -1.5,
        "person": -2.5,
        "number": -2,
        "content": -0.4,
        "short": -0.4,
        "modal": -1,
        "slash": 0.2,
    },
    "goals": {
        "first:time": 4,
        "time": 1.5,
        "goal": 0.8,
        "modal": 1.8,
        "first:progress": -1,
        "item": -0.6,
        "person": -3,
        "number": -2,
        "sentence": 0.4,
        "content": -0.3,
        "slash": 0.2,
    },
    "leaders": {"person": 4, "slash": 4, "else": -5},
    "unit": {
        "gov": 3,
        "sentence": -4,
        "person": -1.6,
        "number": -4,
        "long": -3,
        "time": -2,
        "item": -2,
        "slash": 1,
        "any": -0.3,
    },
    "date": {"time": 3, "number": 2, "slash": 3, "else": -3},
    "other": {"any": 0.1, "sentence": -0.3, "long": -1, "slash": 0.3, "number": -0.5},
    "tail": {"any": -0.2, "gov": -1, "person": -1},
}
# A second column of the same look, of no field of its own (配合单位, 联系人): it takes what the first leaves, or nothing.
for _first in ("unit", "leaders"):
    _WEIGHTS[f"{_first} beside"] = {feature: weight - 0.1 for feature, weight in _WEIGHTS[_first].items()}
_STAY = {"line": -1.6, "space": -0.8, "weak": 0.0}
_MOVE = {"line": 0.3, "space": 0.0, "weak": -1.5}
_SKIP = {
    "number": -4.0,
    "leaders": -2.5,
    "unit": -2.5,
    "name": -6.0,
    "other": -0.6,
    "tail": 0.0,
    "investor": -1.5,
    "unit beside": -0.6,
    "leaders beside": -0.6,
}
_FORBIDDING = -5.0
_NEVER = float("-inf")


_UNITS = re.compile(r"(?:单位|部门)$")
_PEOPLE = re.compile(r"(?:联系人|责任人|领导|专员)$")


def kind_of(role: str, label: str = "") -> str:
    """The row of the table of weights that serves a heading's role; `label` tells what a column of no role looks like."""
    if role in ("other", ""):
        beside = "unit" if _UNITS.search(label) else "leaders" if _PEOPLE.search(label) else ""
        return f"{beside} beside" if beside else "other"
    if role in ("investment", "land"):
        return "number"
    if role == "period":
        return "goals"
    return role if role in _WEIGHTS else "other"


def _features(text: str) -> set[str]:
    """What the word looks like."""
    found = {"any"}
    if _NUMBER.fullmatch(text):
        return found | {"number"}
    if _SLASH.fullmatch(text):
        return found | {"slash"}
    head = text[:200]
    if _PERSON.fullmatch(text) and not any(p.search(text) for p in (_BODY, _MODAL, _GOAL, _PROGRESS)):
        found.add("person")
    if len(text) <= 30 and _GOV.fullmatch(text):
        found.add("gov")
    for feature, pattern in (
        ("org", _ORG),
        ("goal", _GOAL),
        ("modal", _MODAL),
        ("progress", _PROGRESS),
        ("content", _CONTENT),
        ("sentence", _SENTENCE),
    ):
        if pattern.search(head):
            found.add(feature)
    if len(text) <= 60 and _NAME.fullmatch(text):
        found.add("name")
    if _TIME.match(text):
        found.add("time")
    if item := _ITEM.match(text):
        found |= {"item", "item1"} if item[1] == "1" else {"item"}
    found.add("long" if len(text) > 25 else "short" if len(text) < 14 else "middling")
    return found


def align(words: list[Word], kinds: list[str]) -> list[tuple[int, int]]:
    """For each column of `kinds` the words it takes, as first and last (exclusive) index; equal where the cell is empty."""
    scored = [word_scores(word) for word in words]
    count = len(kinds)
    skip = [0.0]
    for kind in kinds:
        skip.append(skip[-1] + _SKIP.get(kind, -1.0))
    best = [skip[c] + scored[0][kinds[c]][0] for c in range(count)]
    back: list[list[int]] = []
    for i in range(1, len(words)):
        gap = words[i].gap
        alone = bool(_SLASH.fullmatch(words[i - 1].text) or _SLASH.fullmatch(words[i].text))  # "/" fills its cell
        unfinished = words[i - 1].text[-1] in ",、(:"
        # A word behind a weak gap goes on with a sentence: what it looks like says less.
        weight = 0.3 if gap == "weak" else 1.0
        item = "item" in scored[i] and "item1" not in scored[i]
        row, origin = [_NEVER] * count, [0] * count
        run, run_from = _NEVER, 0  # the best way to leave any earlier column, the columns between left empty
        for c in range(count):
            if c:
                run += _SKIP.get(kinds[c - 1], -1.0) if run > _NEVER else 0.0
                if best[c - 1] > run:
                    run, run_from = best[c - 1], c - 1
            first, later = scored[i][kinds[c]]
            stay = best[c] + (later * weight if later > _FORBIDDING else later)
            if not item and not unfinished and kinds[c] != "leaders":
                stay += _STAY[gap]
            if kinds[c] == "number":
                stay -= 6
            elif alone:
                stay -= 2 if kinds[c] in ("content", "progress", "goals") else 6
            move = run + first + (_MOVE[gap] if kinds[c] not in ("number", "leaders") else 0.0)
            if unfinished:
                move -= 2
            row[c], origin[c] = (stay, c) if stay >= move else (move, run_from)
        best = row
        back.append(origin)
    end = max(range(count), key=lambda c: best[c] + skip[count] - skip[c + 1])
    return _ways(end, back, count)


def _ways(end: int, back: list[list[int]], count: int) -> list[tuple[int, int]]:
    columns = [end]
    for origin in reversed(back):
        columns.append(origin[columns[-1]])
    columns.reverse()
    edges = []
    at = 0
    for c in range(count):
        first = at
        while at < len(columns) and columns[at] == c:
            at += 1
        edges.append((first, at))
    return edges


class _Scores(dict[str, tuple[float, float]]):
    """Per kind of column the score of a word that begins its cell, and of one further on; "item" marks a numbered item."""


def word_scores(word: Word) -> _Scores:
    """How well the word fits each kind of column: as the beginning of a cell, and further on in it."""
    features = _features(word.text)
    scores = _Scores()
    for kind, weights in _WEIGHTS.items():
        later = sum(weight for feature, weight in weights.items() if feature in features)
        first = later + sum(
            weight for feature, weight in weights.items() if feature.startswith("first:") and feature[6:] in features
        )
        if "else" in weights and not features & weights.keys():
            first = later = weights["else"]
        scores[kind] = (first, later)
    if "item" in features:
        scores["item"] = (0.0, 0.0)
    if "item1" in features:
        scores["item1"] = (0.0, 0.0)
    return scores
