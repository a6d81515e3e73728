"""What a cell of an imported list says: figures with their unit, names, and what is asked about them."""

import re
from decimal import Decimal
from typing import NamedTuple

from zhaoyin.kernel.area import UNITS as AREA_UNITS
from zhaoyin.kernel.area import Area, area_unit
from zhaoyin.kernel.characters import fold
from zhaoyin.kernel.money import UNITS, Money, money_unit
from zhaoyin.kernel.numerals import number

_UNKNOWN = re.compile(r"[/／\-—–·.。]*|待定|未定|不详|无|暂无|待核实")
_FIGURE = re.compile(
    r"(?:约|近|超|超过|总投资|投资)?(?P<number>[\d,.]+|[零一二两三四五六七八九十百千]+)(?P<unit>\D{0,6}?)(?:左右|以上)?"
)
LARGEST_YI, LARGEST_MU = Decimal(10) ** 9, Decimal(10) ** 9
ODD_YI = Decimal(1000)  # a single project above it is nearly always 万元 read as 亿元
ODD_MU = Decimal(100_000)
TIMES = 1000  # how much larger or smaller than before looks like a wrong unit


class Figure(NamedTuple):
    """A figure read: its value in 亿元 or 亩, None where the cell leaves it unknown; `fault` why it cannot be read; `asks`
    what must be answered before it is believed."""

    value: Decimal | None = None
    fault: str = ""
    asks: str = ""


def is_unknown(text: str) -> bool:
    """Whether a cell says nothing: empty, /, —, 待定."""
    return _UNKNOWN.fullmatch(text.strip()) is not None


def money_of(text: str, unit: str, before: Decimal | None = None, answer: str = "") -> Figure:
    """An amount in 亿元. A plain number is in `unit`; where that is "" it asks. `answer` is "right" or the unit that a person
    named for this row; `before` is what the library has."""
    if is_unknown(text):
        return Figure()
    match = _FIGURE.fullmatch(re.sub(r"\s", "", fold(text)))
    value = number(match["number"]) if match else None
    if match is None or value is None:
        return Figure(fault=f"总投资“{text[:30]}”看不懂，请填数字")
    own = money_unit(match["unit"]) if match["unit"] else None
    if match["unit"] and own is None:
        return Figure(fault=f"总投资“{text[:30]}”的单位看不懂")
    chosen = answer if answer in UNITS else own or unit
    if not chosen:
        return Figure(asks=f"总投资 {text[:30]} 没有写单位")
    money = Money(value, chosen, text)
    if money.foreign:
        return Figure(fault=f"总投资“{text[:30]}”是美元，请折成人民币再导入")
    yi = round(money.yi(), 6)
    if yi >= LARGEST_YI:
        return Figure(fault=f"总投资“{text[:30]}”大得放不下")
    if answer:
        return Figure(yi)
    if yi >= ODD_YI or (before and yi and not Decimal(1) / TIMES < yi / before < TIMES):
        was = f"，库中是 {before.normalize():f} 亿元" if before else ""
        return Figure(yi, asks=f"总投资 {yi.normalize():f} 亿元，单位对吗{was}")
    return Figure(yi)


def land_of(text: str, unit: str, answer: str = "") -> Figure:
    """An area in 亩; a plain number is in `unit`, 亩 where that is ""."""
    if is_unknown(text):
        return Figure()
    match = _FIGURE.fullmatch(re.sub(r"\s", "", fold(text)).lower())
    value = number(match["number"]) if match else None
    if match is None or value is None:
        return Figure(fault=f"用地“{text[:30]}”看不懂，请填数字")
    own = area_unit(match["unit"]) if match["unit"] else None
    if match["unit"] and own is None:
        return Figure(fault=f"用地“{text[:30]}”的单位看不懂")
    chosen = answer if answer in AREA_UNITS else own or unit or "亩"
    mu = round(Area(value, chosen, text).mu(), 4)
    if mu >= LARGEST_MU:
        return Figure(fault=f"用地“{text[:30]}”大得放不下")
    return Figure(mu, asks=f"用地 {mu.normalize():f} 亩，单位对吗" if mu >= ODD_MU and not answer else "")


def names_in(text: str) -> list[str]:
    """The names of several people in one cell."""
    return [] if is_unknown(text) else list(dict.fromkeys(name for name in re.split(r"[、，,；;\s]+", text) if name))
