"""Money of investment work: 亿元, 万元, 元, 亿美元, 万美元, with the words it was printed in."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .characters import fold
from .numerals import ARABIC, CHINESE, number

# How many 亿 of its currency one of the unit is.
UNITS: dict[str, Decimal] = {
    "亿元": Decimal(1), "千万元": Decimal("0.1"), "百万元": Decimal("0.01"), "万元": Decimal("0.0001"),
    "千元": Decimal("0.00001"), "元": Decimal("0.00000001"),
    "亿美元": Decimal(1), "千万美元": Decimal("0.1"), "百万美元": Decimal("0.01"), "万美元": Decimal("0.0001"),
    "美元": Decimal("0.00000001"),
}  # fmt: skip
_SPELLINGS = {"亿元人民币": "亿元", "万元人民币": "万元", "亿人民币": "亿元", "亿": "亿元", "万": "万元", "圆": "元"}
_UNIT = r"(?:亿元人民币|万元人民币|亿人民币|[千百]?[万亿]?(?:美元|元)|亿|万)"
_UNIT_ALONE = re.compile(_UNIT)
_MONEY = re.compile(
    rf"(?P<number>{ARABIC}|{CHINESE}(?=\s?[千百]?[万亿]))\s?(?P<unit>[千百]?[万亿]?(?:美元|元)|亿(?!\s?[片支只吨度千瓶株米升粒]))"
)


class Money(NamedTuple):
    """`amount` of `unit` (a key of `UNITS`); `text` is what was printed."""

    amount: Decimal
    unit: str
    text: str

    @property
    def foreign(self) -> bool:
        """Whether the unit is of US dollars."""
        return self.unit.endswith("美元")

    def yi(self, rate: Decimal | None = None) -> Decimal:
        """The amount in 亿元. Dollars need `rate`, yuan per dollar of a stored day; ValueError without it."""
        value = self.amount * UNITS[self.unit]
        if not self.foreign:
            return value
        if rate is None:
            raise ValueError("美元金额换算为人民币需要汇率")
        return value * rate


def money_unit(text: str) -> str | None:
    """The key of `UNITS` that the whole of `text` names (万元人民币 → 万元, 亿 → 亿元), or None."""
    folded = re.sub(r"\s", "", fold(text)).removeprefix("人民币")
    if not _UNIT_ALONE.fullmatch(folded):
        return None
    folded = _SPELLINGS.get(folded, folded)
    return folded if folded in UNITS else None


def find_money(text: str) -> Iterator[tuple[Money, int, int]]:
    """Every amount of money in `text` with its unit, in order, with its first and last (exclusive) offset."""
    folded = fold(text)
    if "元" not in folded and "亿" not in folded:
        return
    for match in _MONEY.finditer(folded):
        amount, unit = number(match["number"]), money_unit(match["unit"])
        if amount is not None and unit is not None:
            yield Money(amount, unit, text[match.start() : match.end()]), match.start(), match.end()
