"""What is asked about and not refused: figures in what looks like a wrong unit, days before the project, unusual codes."""

import re
from datetime import date
from decimal import Decimal

from zhaoyin.kernel.numerals import plain

AGAIN = "是的话请勾选“确实如此”再提交一次"

# Figure → unit, the most that one project was ever heard of, and the smaller unit that was probably meant. Above it the form
# asks and does not refuse: a refinery may be larger than anything before it.
DOUBTFUL: dict[str, tuple[str, Decimal, str]] = {
    "investment_yi": ("亿元", Decimal(2000), "万元"),
    "statistics_yi": ("亿元", Decimal(2000), "万元"),
    "fixed_yi": ("亿元", Decimal(2000), "万元"),
    "land_mu": ("亩", Decimal(30000), "平方米"),
    "contracted_wan_usd": ("万美元", Decimal(500_000), "美元"),
    "paid": ("万", Decimal(500_000), "元"),
    "output": ("亿元", Decimal(3000), "万元"),
    "tax": ("万元", Decimal(3_000_000), "元"),
    "jobs": ("人", Decimal(200_000), ""),
    "energy": ("吨标准煤", Decimal(10_000_000), "千克标准煤"),
}


def doubt_of(figure: str, value: Decimal | None) -> str:
    """The question to ask about a figure that is larger than any we know; "" where there is none to ask."""
    if value is None or figure not in DOUBTFUL:
        return ""
    unit, most, meant = DOUBTFUL[figure]
    if value <= most:
        return ""
    perhaps = f"是不是把{meant}当成了{unit}？" if meant else "是不是多写了零？"
    return f"{plain(value)} {unit}，远大于常见的项目，{perhaps}{AGAIN}"


def doubt_of_day(on: date | None, known_on: date) -> str:
    """The question to ask about a day before the library knew the project; "" where there is none to ask."""
    if on is None or on >= known_on:
        return ""
    return f"早于项目入库日 {known_on}，确实是这一天吗？{AGAIN}"


def doubt_of_parts(fixed: Decimal | None, total: Decimal | None) -> str:
    """The question to ask where the fixed investment exceeds the total that it is a part of; both in 亿元."""
    if fixed is None or total is None or fixed <= total:
        return ""
    return f"固定资产投资 {plain(fixed)} 亿元大于总投资 {plain(total)} 亿元，确实如此吗？{AGAIN}"


# 项目代码 of the approval platform: year and month, area, kind of act, 门类, a running number.
_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")


def doubt_of_code(code: str) -> str:
    """The question to ask about a 项目代码 of another form than the approval platform gives; "" where there is none to ask."""
    if not code or _CODE.fullmatch(code):
        return ""
    return f"平台赋的项目代码形如 2207-331082-04-01-123456，“{code}”是这个项目的代码吗？{AGAIN}"
