"""Figures of a project: their units, what came of a promise."""

from dataclasses import dataclass
from decimal import Decimal

from zhaoyin.kernel.numerals import plain

# Measure → the unit in which it is kept.
UNITS_OF_MEASURES: dict[str, str] = {"output": "亿元", "tax": "万元", "jobs": "人", "energy": "吨标准煤"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a promise: `part` of it as a fraction, None where either is unknown or nothing was promised."""

    promised: Decimal | None
    actual: Decimal | None

    @property
    def part(self) -> Decimal | None:
        """Actual over promised."""
        if self.promised is None or self.actual is None or self.promised == 0:
            return None
        return self.actual / self.promised

    def words(self, *, less_is_better: bool = False) -> str:
        """未填, 达到承诺, 差 40%: never a percentage of something unknown. Of energy, less is better."""
        if self.part is None:
            return "未填实际" if self.actual is None else "没有承诺"
        over = self.part - 1
        if less_is_better:
            return "在承诺以内" if over <= 0 else f"超出 {_percent(over)}"
        return "达到承诺" if over >= 0 else f"差 {_percent(-over)}"


def _percent(part: Decimal) -> str:
    """Never 0% for something that is short of a promise."""
    return f"{plain((part * 100).quantize(Decimal('0.1')))}%" if part >= Decimal("0.0005") else "不到 0.1%"


def in_wan_usd(paid: Decimal, rate: Decimal) -> Decimal:
    """`paid` (in 10,000 of a currency) in 万美元 at `rate` US dollars for one of it, to the cent of a dollar."""
    return (paid * rate).quantize(Decimal("0.0001"))
