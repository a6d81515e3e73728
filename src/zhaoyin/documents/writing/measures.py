"""The measures of GB/T 9704-2012 (党政机关公文格式) in Word's units, and how wide text is before anybody sets it.

A twip is a twentieth of a point; Word measures pages in twips, font sizes in half points.
"""

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28
BODY_POINTS = 16  # 三号
TITLE_POINTS = 22  # 二号
SMALL_POINTS = 14  # 四号


def twips(millimetres: float) -> int:
    """Millimetres as twips, rounded to the nearest (1 mm = 56.69 twips)."""
    return int((Decimal(str(millimetres)) * 1440 / Decimal("25.4")).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: all lengths in twips."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        """From margin to margin."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """From the first line's top to the last line's foot."""
        return self.height - self.top - self.bottom


# 5.2: A4 210 × 297 mm, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm.
PORTRAIT = Page(
    width=twips(210),
    height=twips(297),
    top=twips(37),
    right=twips(210) - twips(28) - twips(156),
    bottom=twips(297) - twips(37) - twips(225),
    left=twips(28),
)
# 11: a table across is the same sheet turned, its head at the binding edge.
LANDSCAPE = Page(
    width=PORTRAIT.height,
    height=PORTRAIT.width,
    top=PORTRAIT.left,
    right=PORTRAIT.top,
    bottom=PORTRAIT.right,
    left=PORTRAIT.bottom,
    landscape=True,
)

# 5.2.3: 22 lines of 28 characters fill the text area. Rounded down, so that line 22 and character 28 still fit.
LINE_PITCH = PORTRAIT.text_height // LINES_PER_PAGE
# What Word adds to each character of the body size, in 1/4096 point (less than nothing: 28 × 16 pt is over 156 mm).
CHARACTER_SPACE = int(
    ((Decimal(PORTRAIT.text_width) / 20 / CHARACTERS_PER_LINE - BODY_POINTS) * 4096).to_integral_value(ROUND_FLOOR)
)
CHARACTER_PITCH = BODY_POINTS * 20 + CHARACTER_SPACE * 20 / 4096  # twips


def em_width(text: str) -> float:
    """The width of the widest line of `text` in full-width characters (a half-width one counts a half)."""
    if text.isascii() and "\n" not in text:
        return len(text) / 2
    return max(
        (sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in line) for line in text.split("\n")),
        default=0,
    )
