"""Quantities with a comparison, as targets and duties state them: 不少于 30 个, 5 个以上, 1.5 亿美元, 三分之一."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhaoyin.kernel.numerals import ARABIC, CHINESE, number, share

_BEFORE: tuple[tuple[str, str], ...] = (
    ("ge", "不少于|不低于|不得少于|不得低于|不小于|不下于|至少|最少|达到|达|完成|实现|力争|确保|保底|≥"),
    ("le", "不超过|不高于|不多于|不大于|不得超过|控制在|最多|至多|≤"),
    ("gt", "超过|突破|高于|大于|超|>"),
    ("lt", "低于|少于|不足|不满|<"),
)
_AFTER: tuple[tuple[str, str], ...] = (("le", "以内|以下"), ("eq", "左右|上下"), ("ge", "以上|及以上|以上的"))
_BEFORE_AT_END = tuple((kind, re.compile(rf"(?:{words})(?:到|至|约|近)?\s{{0,2}}$")) for kind, words in _BEFORE)
_AFTER_AT_START = tuple((kind, re.compile(rf"\s{{0,2}}(?:\(含\))?(?:{words})")) for kind, words in _AFTER)
ANY_COMPARISON = re.compile("|".join(words for _, words in _BEFORE[:3]) + "|以上|以内|左右")
_UNIT = (
    r"亿美元|万美元|千万美元|美元|亿元|千万元|百万元|万元|个百分点|人次|批次|家次|个|家|项|次|场|批|天|日|名"
    r"|人|支|只|条|宗|件|户|%|亩|万平方米|平方米|座|户次"
)
_QUANTITY = re.compile(
    rf"(?P<share>{CHINESE}分之{CHINESE}|一半|半数|[1-9]/[1-9]\d?|二分之一)|(?P<number>{ARABIC}|{CHINESE})\s{{0,2}}(?P<unit>{_UNIT})"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity at offsets `at`..`to` of the folded clause; `first`..`last` include its words of comparison."""

    at: int
    to: int
    first: int
    last: int
    value: Decimal | Fraction
    unit: str
    comparator: str | None  # None when the clause compares with no word

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole."""
        return isinstance(self.value, Fraction)

    @property
    def is_money(self) -> bool:
        """Whether it counts money."""
        return self.unit.endswith("元")


def has_amount(folded: str) -> bool:
    """Whether there is any quantity at all."""
    return _QUANTITY.search(folded) is not None


def _is_article(match: re.Match[str], folded: str) -> bool:
    """一个团队, 一支基金, 一批项目: an article rather than a count, unless it is compared."""
    if match["number"] not in ("一", "两") or match["unit"] not in "个项名支批":
        return False
    around = folded[max(0, match.start() - 5) : match.start()] + folded[match.end() : match.end() + 3]
    return match["unit"] == "批" or not ANY_COMPARISON.search(around)


def find_amounts(folded: str) -> Iterator[Amount]:
    """Every quantity of a clause, in order."""
    for match in _QUANTITY.finditer(folded):
        value: Decimal | Fraction | None
        if match["share"]:
            value, unit = share(match["share"]), ""
        else:
            value, unit = number(match["number"]), match["unit"]
            if _is_article(match, folded):
                continue
        if value is None or folded[: match.start()].endswith(("第", ".")):
            continue
        first, last, comparator = match.start(), match.end(), None
        for kind, pattern in _AFTER_AT_START:
            if after := pattern.match(folded, last):
                comparator, last = kind, after.end()
                break
        before = folded[max(0, first - 10) : first]
        for kind, pattern in _BEFORE_AT_END:
            if found := pattern.search(before):
                comparator, first = comparator or kind, first - len(before) + found.start()
                break
        yield Amount(match.start(), match.end(), first, last, value, unit, comparator)
