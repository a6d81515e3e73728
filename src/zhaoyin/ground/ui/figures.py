"""Figures and days as the pages show them. Unknown is `/`, never 0 and never blank."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from markupsafe import Markup

UNKNOWN = "/"
THIN = "\u2009"  # between groups of three, from five digits
WEEKDAYS = "一二三四五六日"
Number = int | Decimal | float


def grouped(digits: str) -> str:
    """`digits` of a plain decimal with a thin space between groups of three, from five digits before the point."""
    sign, digits = ("−", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, point, rest = digits.partition(".")
    if len(whole) >= 5:
        first = len(whole) % 3 or 3
        whole = THIN.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])
    return sign + whole + point + rest


def figure(value: Number | str | None, places: int | None = None) -> str:
    """A number with `places` decimals (rounded half up), or as many as it has; None → `/`. Words stay as they are."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except ArithmeticError:
            return str(value)
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return UNKNOWN
    if places is not None:
        return grouped(format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f"))
    text = format(number, "f")
    return grouped(text.rstrip("0").rstrip(".") if "." in text else text)


def yi(value: Number | str | None) -> str:
    """亿元: one decimal so that a column aligns, more only where the amount has them (1000.0, 0.65); None → `/`."""
    if value is None or value == "":
        return UNKNOWN
    number = Decimal(str(value)).normalize()
    exponent = number.as_tuple().exponent
    return figure(number, max(1, -exponent if isinstance(exponent, int) else 1))


def mu(value: Number | str | None) -> str:
    """亩: whole where it is whole (10 000), else as it is (12.5); None → `/`."""
    return figure(value)


def percent(value: Number | None, places: int = 0) -> str:
    """A share (0.537) in percent (53.7%); None → `/`."""
    return UNKNOWN if value is None else figure(Decimal(str(value)) * 100, places) + "%"


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime | None, of: date | None = None) -> str:
    """7-15, as tables write it; with the year when it is not that of `of` (2021-11-08). None → `/`."""
    if value is None:
        return UNKNOWN
    value = _day(value)
    return value.isoformat() if of and of.year != value.year else f"{value.month}-{value.day:02d}"


def isoday(value: date | datetime | None) -> str:
    """2022-07-15; None → `/`."""
    return UNKNOWN if value is None else _day(value).isoformat()


def clock(value: datetime | None) -> str:
    """2022-07-15 10:30 in local time; None → `/`."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%Y-%m-%d %H:%M")


def month(value: date | None) -> str:
    """2022 年 7 月; None → `/`."""
    return UNKNOWN if value is None else f"{value.year} 年 {value.month} 月"


def weekday(value: date | None) -> str:
    """周五; None → nothing."""
    return "" if value is None else f"周{WEEKDAYS[value.weekday()]}"


def days_late(due: date | None, as_of: date) -> str:
    """The word beside a light, with its number: 逾期 76 天, 今日到期, 剩 10 天; without a due day 未定期."""
    if due is None:
        return "未定期"
    left = (due - as_of).days
    return f"逾期 {-left} 天" if left < 0 else f"剩 {left} 天" if left else "今日到期"


def size(value: int | None) -> str:
    """Bytes for people: 0.4 兆, 12 千字节; None → `/`."""
    if value is None:
        return UNKNOWN
    return f"{value / 1_000_000:.1f} 兆" if value >= 100_000 else f"{max(1, round(value / 1000))} 千字节"


def unknown(value: object) -> object:
    """The value, or a grey `/` for None and the empty string (0 stays 0)."""
    return Markup('<span class="unknown">/</span>') if value is None or value == "" else value


FILTERS = {
    one.__name__: one for one in (figure, yi, mu, percent, day, isoday, clock, month, weekday, days_late, size, unknown)
}
