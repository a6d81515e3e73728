"""Figures of a cell: money in 亿元, land in 亩, with the unit of the cell, of its heading or of the line above the table."""

import re
from decimal import Decimal
from typing import NamedTuple

from zhaoyin.kernel.area import Area, area_unit, find_areas
from zhaoyin.kernel.money import Money, find_money, money_unit
from zhaoyin.kernel.numerals import ARABIC, number

from .items import UNKNOWN
from .passage import Span

_ABOUT = re.compile(r"约|左右|以上|余|近|超|以内|不低于|不少于|上下|大概|预计|暂定|[>≥<≤+]")
_RANGE = re.compile(rf"{ARABIC}\s?(?:亿元|万元|亿|亩|公顷)?\s?[-~至到]\s?{ARABIC}")
_BARE = re.compile(rf"(?:人民币|约|近|超|¥|￥|RMB|>|≥)*\s?({ARABIC})\s?(?:左右|以上|余|\+)?", re.I)
_TOTAL = re.compile(r"(?:总投资|合计|共计|总计|总额|总用地|总占地|共|其中)")
_SAME_IN_OTHER = re.compile(r"\s*[(,、/]?\s*(?:折合|约合|折|合|相当于|约)?(?:人民币|约)*\s*")


class Figure(NamedTuple):
    """`value` in 亿元 or 亩, None when it stays open; `doubt` says why or with what reserve; `span` is what was printed."""

    value: Decimal | None
    doubt: str
    span: Span


def money_figure(cell: Span, unit: str | None) -> Figure:
    """The one amount of a cell. `unit` is the heading's (a key of kernel.money.UNITS) for a bare number, or None."""
    cell = cell.strip()
    folded = cell.folded
    if UNKNOWN.fullmatch(folded):
        return Figure(None, "", cell)
    if bare := _BARE.fullmatch(folded):
        return _bare_money(cell, bare, unit)
    found = list(find_money(cell.text))
    if _RANGE.search(folded):
        return Figure(None, "投资额是一个区间，未取其中任何一个数", cell)
    if not found:
        return Figure(None, "投资额不是一个数，未读出", cell)
    if (
        len(found) == 2
        and found[0][0].foreign != found[1][0].foreign
        and _SAME_IN_OTHER.fullmatch(folded[found[0][2] : found[1][1]])
    ):
        found = [one for one in found if not one[0].foreign]  # one amount in two currencies, converted by the document
        money, at, to = found[0]
        return Figure(money.yi(), "美元金额按文中折合的人民币读取", cell.sub(at, to))
    if len(found) > 1 and not _leads(folded, found[0][1], found[0][2], found[1][1]):
        return Figure(None, "一格里有几个金额，未定哪一个是总投资", cell)
    money, at, to = found[0]
    if money.foreign:
        return Figure(None, "金额是美元，没有汇率，未换算为人民币", cell)
    about = _ABOUT.search(folded[:at][-4:] + folded[to : to + 3])
    return Figure(money.yi(), "金额是约数" if about else "", cell.sub(at, to))


def _leads(folded: str, at: int, to: int, second: int) -> bool:
    """Whether the first of several figures is the whole: a word says so, or the others stand in brackets behind it
    ("6亿元(一期2亿元)")."""
    between = folded[to:second]
    bracketed = "(" in between and ")" not in between and folded.rstrip().endswith(")") and folded[to:].count(")") == 1
    return bool(_TOTAL.search(folded[:at] + between)) or ("(" not in folded[:at] and bracketed)


def _bare_money(cell: Span, match: re.Match[str], unit: str | None) -> Figure:
    value = number(match[1])
    if value is None:
        return Figure(None, "投资额不是一个数，未读出", cell)
    if unit is None:
        return Figure(None, "没有写明金额单位", cell)
    money = Money(value, unit, cell.text)
    if money.foreign:
        return Figure(None, "金额是美元，没有汇率，未换算为人民币", cell)
    return Figure(money.yi(), "金额是约数" if _ABOUT.search(match[0]) else "", cell.sub(match.start(1), match.end(1)))


def land_figure(cell: Span, unit: str | None) -> Figure:
    """The one area of a cell. `unit` is the heading's (a key of kernel.area.UNITS) for a bare number, or None."""
    cell = cell.strip()
    folded = cell.folded
    if UNKNOWN.fullmatch(folded):
        return Figure(None, "", cell)
    if bare := _BARE.fullmatch(folded):
        return _bare_land(cell, bare, unit)
    found = list(find_areas(cell.text))
    if _RANGE.search(folded):
        return Figure(None, "用地是一个区间，未取其中任何一个数", cell)
    if not found:
        return Figure(None, "用地不是一个数，未读出", cell)
    if len(found) > 1 and not _leads(folded, found[0][1], found[0][2], found[1][1]):
        return Figure(None, "一格里有几个面积，未定哪一个是总用地", cell)
    area, at, to = found[0]
    about = _ABOUT.search(folded[:at][-4:] + folded[to : to + 3])
    return Figure(area.mu(), "用地是约数" if about else "", cell.sub(at, to))


def _bare_land(cell: Span, match: re.Match[str], unit: str | None) -> Figure:
    value = number(match[1])
    if value is None:
        return Figure(None, "用地不是一个数，未读出", cell)
    if unit is None:
        return Figure(None, "没有写明面积单位", cell)
    area = Area(value, unit, cell.text)
    return Figure(area.mu(), "用地是约数" if _ABOUT.search(match[0]) else "", cell.sub(match.start(1), match.end(1)))


_UNIT_LINE = re.compile(r"(?:金额|投资|计量|货币)?单位\s?:\s?([^\n。;]{1,20})|\((?:单位:)?((?:亿|万)元)\)")


def units_stated(text: str) -> tuple[str | None, str | None]:
    """Money and area units that a line such as "单位:万元、亩" states, each None when it states none."""
    money = area = None
    for match in _UNIT_LINE.finditer(text):
        for part in re.split(r"[、,/\s]+", match[1] or match[2] or ""):
            part = part.strip("() ")
            money, area = money or money_unit(part), area or area_unit(part)
    return money, area
