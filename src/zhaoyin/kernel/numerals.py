"""Numbers as Chinese documents write them: 1,200, 1.2万, 一百二十, 两, 三分之一, 一半, 20%."""

import re
from decimal import Decimal
from fractions import Fraction

from .characters import fold

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "廿": 20}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_ONE = Decimal(1)

# At most 18 digits: longer runs of digits are noise or an attack, never a figure of a plan.
# The first digit stands alone before the choice, so that a search passes over everything else at once.
ARABIC = r"(?:\d(?:\d{0,2}(?:,\d{3}){1,5}(?!\d)|\d{0,17})(?:\.\d{1,9})?)"
CHINESE = r"[零一二两三四五六七八九十百千]{1,12}"
NUMBER = rf"(?:{ARABIC}|{CHINESE})"

_ARABIC = re.compile(rf"({ARABIC})\s?([百千]?[万亿]?)")
_FRACTION = re.compile(rf"({CHINESE})分之({CHINESE})")
_PERCENT = re.compile(rf"({ARABIC})\s?%")
_RATIO = re.compile(r"(\d{1,4})/(\d{1,4})")
_TENTHS = re.compile(rf"({NUMBER})成")


def chinese_integer(text: str) -> int | None:
    """The integer that `text` spells (一百二十 → 120, 两千 → 2000, 二零二二 → 2022), or None when it spells none."""
    if not text or any(c not in _DIGITS and c not in _TENS and c not in _GROUPS for c in text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if "廿" not in text else None
    total, group, digit = 0, 0, -1
    for c in text:
        if c in _DIGITS:
            if digit > 0:
                return None  # 二三百: two digits side by side are no numeral
            digit = _DIGITS[c]
        elif c in _TENS:
            if digit == 0:
                return None
            group += (1 if digit < 0 else digit) * _TENS[c]
            digit = -1
        else:
            total = (total + group + max(digit, 0)) * _GROUPS[c]
            group, digit = 0, -1
    return total + group + max(digit, 0)


def number(text: str) -> Decimal | None:
    """The number that the whole of `text` writes, in any of the written forms; None when it writes none or more."""
    folded = fold(text).strip()
    if match := _ARABIC.fullmatch(folded):
        value = Decimal(match[1].replace(",", ""))
        for c in match[2]:
            value *= _TENS.get(c) or _GROUPS[c]
        return value
    integer = chinese_integer(folded)
    return None if integer is None else Decimal(integer)


def share(text: str) -> Fraction | None:
    """The part of a whole that the whole of `text` writes: 三分之一, 1/3, 一半, 过半, 50%, 三成; None when it is no share."""
    folded = fold(text).strip()
    if folded in ("一半", "半数", "半", "过半", "二分之一"):
        return Fraction(1, 2)
    if match := _FRACTION.fullmatch(folded):
        below, above = chinese_integer(match[1]), chinese_integer(match[2])
        return Fraction(above, below) if above is not None and below else None
    if match := _RATIO.fullmatch(folded):
        return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    if match := _PERCENT.fullmatch(folded):
        return Fraction(Decimal(match[1].replace(",", ""))) / 100
    if match := _TENTHS.fullmatch(folded):
        tenths = number(match[1])
        return None if tenths is None else Fraction(tenths) / 10
    return None


def plain(value: Decimal | Fraction) -> str:
    """`value` as plain digits without exponent or trailing zeros ("0.6"); a share as "1/3"."""
    if isinstance(value, Fraction):
        return str(value)
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def trimmed(value: Decimal | None) -> Decimal | None:
    """The number without the zeros that a column or a sum fills it up with: 1000 of 1000.000000, 1.5 of 1.50."""
    if value is None:
        return None
    return value.quantize(_ONE) if value == value.to_integral_value() else value.normalize()
