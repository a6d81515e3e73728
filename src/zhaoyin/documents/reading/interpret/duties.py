"""Standing duties in prose: who owes how much of what, how often ("分管领导每月参与招商活动的时间不少于一半")."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from ..model import ReadDuty
from .amounts import Amount, find_amounts
from .passage import Span, squeezed

_SENTENCE = re.compile(r"[。;]")
_CLAUSE = re.compile(r",|、(?=每)")
_PERIOD = re.compile(
    r"(?:每个?|按)(?P<unit>月|季度|季|半年|年度?|周)(?:都|均|要|应|须)?|(?P<average>月|季|年)均|(?P<year>全年|年内|一年内?)|(?P<one>一)(?P<each>月|季|年)(?=不少于|至少|[一两1-9])"
)
_PERIODS = {
    "月": "month",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half",
    "年": "year",
    "年度": "year",
    "周": "week",
}
_WHO = re.compile(
    r"领导|常委|委员|同志|链长|秘书长|主席|会长|专班|招商组|小组|工作组|部门|单位|镇|街道|乡|干部|书记|局长|县长|市长|区长|主任|园区|开发区|小分队|分队|人员|专员|负责人|负责同志|一把手|主官|班子|成员|局|驻外|组长|顾问|队伍|中心|联络处|联络站|办事处|招商办|各组|每个?组|企业"
)
_WHO_END = re.compile(
    r"(?:领导|专班|组|部门|单位|镇|街道|乡|干部|书记|长|主任|园区|开发区|分队|人员|专员|人|同志|一把手|主官|班子|成员|局|队|顾问|常委|委员|主席|中心|处|站|办|\)|队伍)(?:干部)?[”\x22]?$"
)
_SOFT = re.compile(r"原则上")
_TRIM_END = re.compile(r"(?:原则上|应当|应该|必须|应|须|需|要|可|都|均|平均|分别|带头|亲自|至少|按照|[\s,:])+$")
_TRIM_START = re.compile(
    r"^(?:根据[^,]{1,12}要求|按照[^,]{1,12}要求|同时|其中|此外|另外|要求|明确|规定|并|由|\(\d\)|\d[.、]|[一二三四五六七八九十]是要?|[\s,:、])+"
)
_VERB = re.compile(r"(?:带队|亲自)?(?:外出|参与|开展|接待|走访|拜访|赴外|洽谈)")
_TRIM_MEASURE = re.compile(r"(?:至少|最少|不少于|都|均|要|应|须)+")
_LISTED = re.compile(r"、")
_TIME_SHARE = re.compile(r"时间|精力")
_COUNTED = frozenset(
    ("次", "批次", "批", "天", "日", "个", "家", "场", "人次", "条", "项", "家次", "件", "户", "人", "名", "户次")
)


@dataclass(slots=True)
class _Carried:
    """What a later clause of the sentence takes over from an earlier one."""

    who: Span | None = None
    period: str = ""
    measure: Span | None = None  # said before the period: "外出招商每人每年不少于4次"
    soft: bool = False
    places: list[Span] = field(default_factory=list)


def read_duties(lines: list[Span]) -> tuple[list[ReadDuty], list[Span]]:
    """The duties of these lines, and the clauses that stated them."""
    duties: list[ReadDuty] = []
    used: list[Span] = []
    for line in lines:
        if len(line) < 8:
            continue
        if (
            "每" not in line.folded
            and "均" not in line.folded
            and "时间" not in line.folded
            and "全年" not in line.folded
        ):
            continue
        for sentence in line.split(_SENTENCE):
            carried = _Carried()
            for clause in _clauses(sentence):
                found = _duties_of(clause, carried)
                duties.extend(found)
                if found:
                    used.append(clause)
    return duties, used


def _clauses(sentence: Span) -> list[Span]:
    return sentence.split(_CLAUSE) if len(sentence) < 20_000 else []


def _duties_of(clause: Span, carried: _Carried) -> list[ReadDuty]:
    folded = clause.folded
    if len(folded) > 400:
        return []
    period = _PERIOD.search(folded)
    who = _who(clause, period.start() if period else None)
    if who is not None and period is not None:
        who = _without_verb(who, carried)
    if who is None and period is None and carried.period and carried.measure:
        who = _another(clause)  # "主要领导每月外出招商不少于1次,分管领导不少于2次": the rest is said already
        carried.who = who or carried.who
        who = None
    if who is not None:
        carried.who, carried.soft = who, False
        if period is None:
            carried.period = ""
    if period is not None:
        carried.period = _period_name(period)
    carried.soft = carried.soft or bool(_SOFT.search(folded))
    if carried.who is None:
        return []
    if period is not None and period["year"] and who is None and not carried.places:
        return []
    found = []
    for amount in find_amounts(folded):
        counted = (amount.unit in _COUNTED) and amount.comparator is not None
        timed = amount.is_share or amount.unit == "%"
        if "每次" in folded[: amount.at] or "每场" in folded[: amount.at]:
            continue  # so much at each time, not in each period
        if period is not None and amount.at < period.start() and not timed:
            continue
        if (
            not counted
            and not (amount.unit in _COUNTED and period is not None and amount.unit in ("次", "批次", "场", "天"))
            and not (timed and _TIME_SHARE.search(folded))
        ):
            continue
        if who is not None and amount.to <= who.end - clause.start:
            continue
        if not carried.period and not timed:
            continue
        found.append(_duty(clause, carried, amount, period))
        carried.places.append(clause)
    return found


def _another(clause: Span) -> Span | None:
    """Who stands bare before the quantity of a clause that names no verb of its own."""
    amount = next((a for a in find_amounts(clause.folded) if a.unit in _COUNTED and a.comparator), None)
    who = _who(clause, amount.first) if amount is not None else None
    return who if who is not None and not _VERB.search(who.folded) else None


def _without_verb(who: Span, carried: _Carried) -> Span:
    """Where the verb stands before the period ("县级领导外出招商每人每年…") the subject ends at the verb."""
    carried.measure = None
    verb = _VERB.search(who.folded)
    each = re.search(r"(?:每人|人均|每个|每名)$", who.folded)
    whole = who.sub(0, each.start()) if each and each.start() else who
    if verb is None or not verb.start() or not _WHO_END.search(who.folded[: verb.start()]):
        return whole
    measure = whole.sub(verb.start())
    carried.measure = measure
    return who.sub(0, verb.start())


def _period_name(match: re.Match[str]) -> str:
    if match["year"]:
        return "year"
    return _PERIODS[match["unit"] or match["average"] or match["each"]]


def _who(clause: Span, before: int | None) -> Span | None:
    """The subject: what stands before the period, or before the verb where the period came earlier."""
    folded = clause.folded
    end = before
    if end is None:
        verb = re.search(
            r"(?:要|应|须|必须)?(?:拿出|用于|参与|外出|开展|带队|赴外|走访|接待|拜访|挂钩|联系|包抓|领办|率先|带头|坚持|常年|驻点|把|将|每)",
            folded,
        )
        if verb is None:
            return None
        end = verb.start()
    head = clause.sub(0, end)
    if trimmed := _TRIM_END.search(head.folded):
        head = head.sub(0, trimmed.start())
    if trimmed := _TRIM_START.search(head.folded):
        head = head.sub(trimmed.end())
    head = head.strip(" ,:、")
    if not head or not _WHO.search(head.folded) or not _WHO_END.search(head.folded) or len(head) > 80:
        return None
    return head


def _duty(clause: Span, carried: _Carried, amount: Amount, period: re.Match[str] | None) -> ReadDuty:
    folded = clause.folded
    assert carried.who is not None  # noqa: S101
    start = 0
    if period is not None and period.end() <= amount.first:
        start = period.end()
    elif carried.who.sheet is clause.sheet and clause.start <= carried.who.start and carried.who.end <= clause.end:
        start = carried.who.end - clause.start
    measure = clause.sub(start, amount.first).strip(" ,:、要应须")
    if lead := _TRIM_MEASURE.match(measure.folded):
        measure = measure.sub(lead.end())
    if not measure and carried.measure:
        measure = carried.measure
    if not measure or (len(measure) < 3 and len(folded) - amount.last > 1):
        measure = clause.sub(amount.last).strip(" ,:、的")
    if not measure:
        measure = clause.sub(start).strip()
    carried.measure = measure
    share = amount.is_share or amount.unit == "%"
    value = amount.value
    if amount.unit == "%":
        value = Fraction(value) / 100
    return ReadDuty(
        who=tuple(squeezed(part.text) if part.text.isascii() else part.words for part in _people(carried.who)),
        measure=measure.words,
        kind="share" if share else "count",
        period=carried.period,
        comparator=amount.comparator or "ge",
        value=value,
        unit=None if share else amount.unit,
        each=True,
        soft=carried.soft,
        quote=clause.words,
        places={
            "who": carried.who.places,
            "measure": measure.places,
            "value": clause.sub(amount.at, amount.to).places,
            "quote": clause.places,
        },
    )


def _people(who: Span) -> list[Span]:
    """The parts of a list of people, where each part can stand for itself ("县委、县政府主要领导" cannot be parted)."""
    parts = who.split(_LISTED)
    return parts if all(_WHO_END.search(part.folded) for part in parts) else [who]
