"""Land: 亩, 公顷 (15 亩), 平方公里 (1500 亩), ㎡ (666.67 to the 亩), with the words it was printed in."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .characters import fold
from .numerals import ARABIC, number

_SQUARE_METRES_PER_MU = Decimal("666.67")
_CENT = Decimal("0.01")

# How many 亩 one of the unit is; None for units of square metres, which divide.
UNITS: dict[str, Decimal | None] = {
    "亩": Decimal(1), "万亩": Decimal(10000), "公顷": Decimal(15), "平方公里": Decimal(1500), "㎡": None, "万㎡": None,
}  # fmt: skip
_SPELLINGS = {
    "平方米": "㎡", "平米": "㎡", "m2": "㎡", "平方": "㎡",
    "万平方米": "万㎡", "万平米": "万㎡", "万m2": "万㎡", "万平方": "万㎡",
    "顷": "公顷", "hm2": "公顷", "ha": "公顷", "km2": "平方公里", "平方千米": "平方公里",
}  # fmt: skip
_UNIT = r"(?:万?亩|公顷|平方公里|平方千米|km2|hm2|万?(?:平方米|平米|㎡|m2))"
_UNIT_ALONE = re.compile(rf"{_UNIT}|万?平方|顷|ha")
_AREA = re.compile(rf"({ARABIC})\s?({_UNIT})")


class Area(NamedTuple):
    """`amount` of `unit` (a key of `UNITS`); `text` is what was printed."""

    amount: Decimal
    unit: str
    text: str

    def mu(self) -> Decimal:
        """The area in 亩; from square metres to the hundredth, since 666.67 is itself rounded."""
        factor = UNITS[self.unit]
        if factor is not None:
            return self.amount * factor
        metres = self.amount * (10000 if self.unit == "万㎡" else 1)
        return (metres / _SQUARE_METRES_PER_MU).quantize(_CENT, ROUND_HALF_UP)


def area_unit(text: str) -> str | None:
    """The key of `UNITS` that the whole of `text` names (平方米 → ㎡), or None."""
    folded = re.sub(r"\s", "", fold(text)).lower()
    if not _UNIT_ALONE.fullmatch(folded):
        return None
    folded = _SPELLINGS.get(folded, folded)
    return folded if folded in UNITS else None


def find_areas(text: str) -> Iterator[tuple[Area, int, int]]:
    """Every area in `text` with its unit, in order, with its first and last (exclusive) offset."""
    for match in _AREA.finditer(fold(text).lower() if text.isascii() else fold(text)):
        amount, unit = number(match[1]), area_unit(match[2])
        if amount is not None and unit is not None:
            yield Area(amount, unit, text[match.start() : match.end()]), match.start(), match.end()
