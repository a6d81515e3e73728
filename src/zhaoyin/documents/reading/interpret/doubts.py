"""What looks wrong in the words themselves: a quantity out of line with its neighbours. It stays as printed, with a doubt."""

import re
from decimal import Decimal
from itertools import islice

from zhaoyin.kernel.numerals import ARABIC, number

from ..model import Doubt
from .passage import Span

_QUANTITY = re.compile(rf"({ARABIC})\s?([百千]?[万亿]?)(吨|台|套|辆|片|支|只|件|平方米|千瓦|兆瓦|立方米|米|瓶|粒)")
_APART = re.compile(r"[。;,]|总投资|用地|占地")
_TIMES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "亿": 100_000_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "百亿": 10**10,
    "千亿": 10**11,
}


def slip_doubts(text: Span) -> list[Doubt]:
    """A quantity without 万 in a row of at least two siblings of the same measure with 万, a hundred times below the least
    of them ("120 吨 ABS、10 万吨 PMMA、100 万吨 …")."""
    doubts: list[Doubt] = []
    folded = text.folded if len(text) < 20_000 else text.folded[:20_000]
    if len(_QUANTITY.findall(folded)) < 3:
        return doubts
    at = 0
    for end in [*(m.start() for m in _APART.finditer(folded)), len(folded)]:
        doubts.extend(_in_series(text.sub(at, end)))
        at = end
    return doubts


def _in_series(series: Span) -> list[Doubt]:
    found = []
    for match in islice(_QUANTITY.finditer(series.folded), 100):
        value = number(match[1])
        if value is not None and match[2] in _TIMES:
            found.append((value * _TIMES[match[2]], match[2], match[3], match))
    doubts = []
    for value, times, measure, match in found:
        siblings = [v for v, t, m, _ in found if m == measure and t and t != times]
        if not times and value and len(siblings) >= 2 and value * Decimal(100) <= min(siblings):
            place = series.sub(match.start(), match.end())
            message = f"“{place.words}”与同列的其他数量相差百倍以上，可能漏写“万”，照印未改"
            doubts.append(Doubt("content", message, place.words, next(iter(place.places), None)))
    return doubts
