"""How a figure is held against a required value: 不少于, 超过, 不超过 …"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Comparator(StrEnum):
    """The comparison a plan's words ask for."""

    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    EQ = "eq"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return LABELS[self]

    def holds(self, figure: Decimal | Fraction | int, required: Decimal | Fraction | int) -> bool:
        """Whether `figure` meets `required`; both in the same unit."""
        left, right = Fraction(figure), Fraction(required)
        return {"ge": left >= right, "gt": left > right, "le": left <= right, "lt": left < right, "eq": left == right}[
            self
        ]


LABELS = {
    Comparator.GE: "不少于",
    Comparator.GT: "超过",
    Comparator.LE: "不超过",
    Comparator.LT: "少于",
    Comparator.EQ: "等于",
}
