"""Annual targets in prose: "签约亿元以上产业项目 25 个", "力争实际利用外资1.5亿美元", "10亿元以上项目5个以上"."""

import re
from bisect import bisect_left
from decimal import Decimal

from zhaoyin.kernel.characters import fold
from zhaoyin.kernel.money import UNITS
from zhaoyin.kernel.numerals import ARABIC, number

from ..model import ReadTarget
from ..source import Place
from .amounts import ANY_COMPARISON, Amount, find_amounts, has_amount
from .passage import Span, squeezed

_SENTENCE = re.compile(r"[。;]")
_CLAUSE = re.compile(r"[,:]")
_GOAL_TITLE = re.compile(r"目标|指标|年度任务|任务数")
_CHAPTER = re.compile(r"^\s*(?:#+\s*)?([一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部])")
_FLOOR = re.compile(
    rf"(?:总投资|投资额?|单体投资)?(?:超|超过|达)?\s?(?P<number>{ARABIC}|[一二三五十百千]{{0,3}})\s?(?P<unit>亿元|千万元|百万元|万元|亿|千万美元|万美元|亿美元)"
    r"(?:\(含\))?(?:及|\(含\))?(?:以上|级|人民币以上)?(?:\(含\))?(?:的)?(?=[^\d,。;]{0,24}?(?:项目|企业|产业|龙头))"
)
_BARE_FLOOR = re.compile(
    rf"(?P<number>{ARABIC}|[一二三五十百千]{{0,3}})\s?(?P<unit>亿元|千万元|万元|亿)(?:\(含\))?(?:及)?以上"
)
# "其中10亿元以上30个": the floor stands for the projects named before.
_FLOOR_COUNTED = re.compile(_BARE_FLOOR.pattern + r"(?:\(含\))?(?:的)?(?=[^\d,。;]{0,6}?\d{1,5}\s?(?:个|家|项))")
_LEAD = re.compile(
    r"^(?:到|至)?(?:(?:20\d\d|今|本)\s?年(?:度|内|底)?|全年|年内|其中|力争|确保|争取|实现|完成|达到|力求|要|计划|预计|并|同时|全力|年度|以来|分别|\s|[、(]|[一二三四五六七八九十]是|\d[.、](?!\d)|①|②|③|④)+"
)
_SCOPE = re.compile(
    r"^(?:全(?:省|市|县|区|镇|旗|州|乡|域)|[一-龥]{2,8}(?:镇|乡|街道|开发区|高新区|园区)(?=签约|引进|完成|实现|新))"
)
_OTHER_YEAR = re.compile(r"(?:到|至)?(20\d\d)\s?年")
_PROMISE = re.compile(r"全年|年内|年度|力争|确保|目标|完成|实现|新增|开展|举办|组织|举行")
_STRONG_PROMISE = re.compile(r"全年|年内|年度|力争|确保|目标|今年|20\d\d\s?年,")
_SPLIT = re.compile(r"、|(?<=[个家项次场元%])(?:和|及|以及)(?=[^\d]{2,})")
_RESPECTIVELY = re.compile(r"^(?P<heads>.+?)分别(?:达到|不少于|不低于|为|完成|实现|达)?\s?(?=\d)")
_ONLY_FLOOR = re.compile(r"(?:其中)?[\d.一二三五十百千]*\s?[亿万]元(?:及)?以上(?:的)?(?:(?:产业|工业|制造业)?项目)?")
_LISTED = re.compile(r"、|和|及|以及")
_METRICS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (metric, units, re.compile(pattern))
    for metric, units, pattern in (
        (
            "foreign_capital_used",
            "money",
            r"(?:实际|实到|到位|利用|使用|引进)[^,]{0,6}外资(?!金)|外资(?:到位|实际)|FDI|直接利用外资",
        ),
        ("foreign_capital_contracted", "money", r"合同(?:利用)?外资"),
        (
            "domestic_capital_used",
            "money",
            r"(?:省外|市外|县外|区外|境内|域外|国内|内联)[^,]{0,6}(?:资金|内资|投资)|到位(?:内资|资金)|资金到位|实际到位|内资",
        ),
        ("fixed_investment", "money", r"固定资产投资|固投|工业投资|技改投资"),
        ("signed_amount", "money", r"签约|协议|合同|总投资|计划投资"),
        ("events_large", "count", r"大型[^,]{0,8}(?:推介|签约|招商|活动|会)"),
        ("events_small", "count", r"小型[^,]{0,8}(?:推介|招商|活动|会)|小分队[^,]{0,6}推介"),
        ("events", "count", r"推介|招商(?:活动|会)|节会|专场|集中签约|集中开工"),
        ("trips", "count", r"外出招商|赴外|走访|拜访"),
        ("receptions", "count", r"接待|邀请|来访|邀商"),
        ("leads", "count", r"线索|项目信息|有效信息|招商信息|储备"),
        ("projects_signed", "count", r"签约(?!率)|签订|引进|招引|新引|引资项目|签约落地|合同项目"),
        ("projects_started", "count", r"开工|新建项目|动工"),
        ("projects_production", "count", r"投产|竣工|建成|达产"),
        ("projects_landed", "count", r"落地|落户|注册"),
        ("growth", "share", r"增长|增幅|增速"),
        ("rate", "share", r"率"),
    )
)


class _Taken:
    """Clauses that state a duty, so that they are not read as targets too."""

    def __init__(self, used: list[Span]) -> None:
        self._ends: dict[int, list[tuple[int, int]]] = {}
        for span in used:
            self._ends.setdefault(id(span.sheet), []).append((span.start, span.end))
        for ends in self._ends.values():
            ends.sort()

    def holds(self, clause: Span) -> bool:
        """Whether a duty was read from some part of the clause."""
        ends = self._ends.get(id(clause.sheet), [])
        before = bisect_left(ends, (clause.end, 0))
        return before > 0 and ends[before - 1][1] > clause.start


def read_targets(lines: list[Span], used: list[Span], year: int | None, scope: str) -> list[ReadTarget]:
    """The targets of these lines. `used` are clauses that already state a duty; `scope` is said where a clause names none.

    In a chapter of goals every quantity is a target; elsewhere only a known metric with a promise or a comparison is.
    """
    taken = _Taken(used)
    targets: list[ReadTarget] = []
    in_goals = bool(lines) and len(lines[0]) < 60 and "目标" in lines[0].folded
    for line in lines:
        folded = line.folded
        if _CHAPTER.match(folded):
            in_goals = bool(_GOAL_TITLE.search(folded[:24]))
        elif len(folded) < 30 and "目标" in folded and not any(c.isdigit() for c in folded):
            in_goals = True
        if len(folded) < 5 or not has_amount(folded):
            continue
        strong = bool(_STRONG_PROMISE.search(folded))
        for sentence in line.split(_SENTENCE):
            _sentence(sentence, targets, taken, year, scope, in_goals=in_goals, strong=strong)
    return targets


def _sentence(
    sentence: Span,
    targets: list[ReadTarget],
    taken: "_Taken",
    year: int | None,
    scope: str,
    *,
    in_goals: bool,
    strong: bool,
) -> None:
    if len(sentence) > 5000:
        return
    own = in_goals
    named = scope
    # "2024年,实际利用外资不低于4.5亿美元,新设企业60家左右": a sentence that opens with the year promises all it compares.
    opens = bool(re.match(r"\s*(?:20\d\d\s?年|今年|全年)[,度]", sentence.folded))
    promised = opens or bool(_PROMISE.search(sentence.folded))
    previous: ReadTarget | None = None
    other_year = False
    for clause in sentence.split(_CLAUSE):
        years = [int(m[1]) for m in _OTHER_YEAR.finditer(clause.folded)]
        if years:
            other_year = year is not None and year not in years
        if taken.holds(clause) or other_year:
            continue
        if match := re.match(r"(?:20\d\d\s?年度?|今年)?\s?(全[省市县区旗州镇])", clause.folded):
            named = match[1]
        for target in (
            _respectively(clause, named, in_goals=in_goals, promised=promised) if "分别" in clause.folded else []
        ):
            targets.append(target)
            previous = target
        if previous is not None and previous.quote == clause.words:
            continue
        for part in _parts(clause):
            sure = own or (opens and previous is not None and bool(ANY_COMPARISON.search(part.folded)))
            found = _target(part, named, previous, sure=sure, promised=promised, strong=strong)
            if found is not None:
                targets.append(found)
                previous = found


def _respectively(clause: Span, scope: str, *, in_goals: bool, promised: bool) -> list[ReadTarget]:
    """ "新签约、新开工、新投产亿元以上项目分别达到30个、20个、15个": as many labels as numbers, the last one's ending for all."""
    folded = clause.folded
    match = _RESPECTIVELY.match(folded)
    if match is None or not (in_goals or promised):
        return []
    amounts = [a for a in find_amounts(folded) if a.at >= match.end() and isinstance(a.value, Decimal)]
    heads = clause.sub(0, match.end("heads"))
    if lead := _LEAD.match(heads.folded):
        heads = heads.sub(lead.end())
    if named := _SCOPE.match(heads.folded):
        heads, scope = heads.sub(named.end()), named[0]
    labels = heads.split(_LISTED)
    if len(labels) != len(amounts) or len(labels) < 2:
        return []
    floor = _FLOOR.search(labels[-1].folded + "项目")
    ending = (
        labels[-1].text[floor.start() :] if floor else (m[0] if (m := re.search(r"项目.*$", labels[-1].text)) else "")
    )
    found = []
    for label, amount in zip(labels, amounts, strict=True):
        words = squeezed(label.text) if label is labels[-1] else squeezed(label.text + ending)
        money = amount.is_money
        found.append(
            ReadTarget(
                label=words,
                metric=metric_of(words, money=money, share=amount.unit in ("%", "个百分点")),
                comparator=amount.comparator or "ge",
                value=amount.value if isinstance(amount.value, Decimal) else Decimal(0),
                unit=amount.unit,
                floor_yi=None if money else _floor(floor),
                scope=scope,
                quote=clause.words,
                places={
                    "label": label.places,
                    "value": clause.sub(amount.at, amount.to).places,
                    "quote": clause.places,
                    **({"floor_yi": labels[-1].places} if floor and not money else {}),
                },
            )
        )
    return found


def _parts(clause: Span) -> list[Span]:
    """A clause cut where two targets share it: "省外资金120亿元、增长10%", "签约、开工项目分别达到30个、20个"."""
    folded = clause.folded
    parts: list[Span] = []
    at = 0
    for match in _SPLIT.finditer(folded):
        if any(True for _ in find_amounts(folded[at : match.start()])) and any(
            True for _ in find_amounts(folded[match.end() :])
        ):
            parts.append(clause.sub(at, match.start()))
            at = match.end()
    parts.append(clause.sub(at))
    return parts


def _target(
    part: Span,
    scope: str,
    previous: ReadTarget | None,
    *,
    sure: bool,
    promised: bool,
    strong: bool,
) -> ReadTarget | None:
    folded = part.folded
    if not folded or len(folded) > 120 or re.search(r"每[次场人]", folded):
        return None
    floor_at = _FLOOR.search(folded) or _FLOOR_COUNTED.search(folded)
    amounts = [
        a
        for a in find_amounts(folded)
        if not a.is_share and not (floor_at and floor_at.start() <= a.at < floor_at.end())
    ]
    amount = next((a for a in amounts if a.comparator is not None), amounts[-1] if amounts else None)
    if amount is None or not isinstance(amount.value, Decimal):
        return None
    label, label_places = _label(part, amount)
    nested = folded.lstrip().startswith("其中")
    metric = metric_of(label, money=amount.is_money, share=amount.unit in ("%", "个百分点"))
    if not label and previous is not None and previous.unit == amount.unit:
        metric = previous.metric
    if (
        not metric
        and (nested or _ONLY_FLOOR.fullmatch(label))
        and previous is not None
        and previous.unit == amount.unit
    ):
        metric = previous.metric
    if not sure and not (
        metric
        and metric not in ("growth", "rate")
        and (promised or nested)
        and (amount.comparator is not None or promised or strong)
    ):
        return None
    if not sure and not strong and amount.comparator is None and not ANY_COMPARISON.search(folded):
        return None
    if not label and previous is None:
        return None
    floor = _floor(floor_at)
    printed = part.sub(len(named[0]) if (named := re.match(r"全[省市县区旗州镇]", folded)) else 0).strip(" 、")
    match = _SCOPE.match(_LEAD.sub("", folded))
    target = ReadTarget(
        label=label or (previous.label if previous else ""),
        metric=metric,
        comparator=amount.comparator or "ge",
        value=amount.value,
        unit=amount.unit,
        floor_yi=floor,
        scope=match[0] if match else scope,
        quote=printed.words,
        places={"label": label_places, "value": part.sub(amount.at, amount.to).places, "quote": printed.places},
    )
    if floor_at and floor is not None:
        target.places["floor_yi"] = part.sub(floor_at.start(), floor_at.end()).places
    return target


def _label(part: Span, amount: Amount) -> tuple[str, tuple[Place, ...]]:
    head = part.sub(0, amount.first)
    before = _LEAD.match(head.folded)
    head = head.sub(before.end() if before else 0)
    if scope := _SCOPE.match(head.folded):
        head = head.sub(scope.end())
        if again := _LEAD.match(head.folded):
            head = head.sub(again.end())
    head = head.strip(" 、:的")
    tail = part.sub(amount.last).strip(" 、:的。()")
    label = head.words
    places = head.places
    if len(head) < 4 and tail:
        label = label + tail.words
        places = places + tail.places
    return squeezed(label) if not label.isascii() else label, places


def _floor(match: re.Match[str] | None) -> Decimal | None:
    """The floor in 亿元: 1 for 亿元以上, 0.5 for 5000万元以上; None for none, and for dollars, which need a rate."""
    if match is None or "美元" in match["unit"]:
        return None
    value = number(match["number"]) if match["number"] else Decimal(1)
    unit = "亿元" if match["unit"] == "亿" else match["unit"]
    return None if value is None else value * UNITS[unit]


def metric_of(label: str, *, money: bool, share: bool) -> str:
    """The known metric that a label names for that kind of quantity, else ""."""
    kind = "money" if money else "share" if share else "count"
    return next((metric for metric, units, pattern in _METRICS if units == kind and pattern.search(label)), "")


def floor_of(label: str) -> Decimal | None:
    """The floor in 亿元 that a label names ("10亿元以上项目")."""
    folded = fold(label)
    return _floor(_FLOOR.search(folded) or _BARE_FLOOR.search(folded))
