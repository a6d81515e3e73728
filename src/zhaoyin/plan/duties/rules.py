"""What a duty says, in the words of an official table."""

from decimal import Decimal
from fractions import Fraction

from zhaoyin.kernel.comparators import Comparator
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.period import RECURRENCE


def requirement(
    *,
    kind: str,
    period: str,
    comparator: str,
    numerator: Decimal,
    denominator: Decimal,
    unit: str,
    each: bool,
    soft: bool,
) -> str:
    """原则上每月不少于 1/3, 每月各不少于 4 次: how much of the measure is owed in each period."""
    if kind == "share":
        amount = str(Fraction(numerator) / Fraction(denominator))
    else:
        amount = f"{plain(numerator)} {unit}".strip()
    return (
        f"{'原则上' if soft else ''}{RECURRENCE[period]}{'各' if each else ''}{Comparator(comparator).label} {amount}"
    )
