"""The answer of a rule: whether it holds, by which figures, and why; page, API and bulletin show the same reasons."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Figure = int | Decimal | Fraction | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ok` is None when it cannot be decided; `figure` was found, `required` was promised; `reasons` are Chinese sentences."""

    ok: bool | None
    figure: Figure = None
    required: Figure = None
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.ok is True
