"""What each cell of a reading holds: how a typed value becomes a stored one, and how a stored one is shown.

Pure: JSON values in (see `stored.py`), JSON values or `Unfit` out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhaoyin.kernel import area, comparators, money, stages
from zhaoyin.kernel.characters import fold
from zhaoyin.kernel.numerals import number, plain, share
from zhaoyin.kernel.period import RECURRENCE

UNKNOWN = "未知"
# Fields that many a plan does without: there is nothing to find out where they are blank.
OFTEN_WITHOUT = {
    ("duties", "unit"), ("targets", "floor_yi"), ("targets", "scope"), ("milestones", "stage"), ("milestones", "phase"),
    ("milestones", "when"), ("projects", "section"),
}  # fmt: skip
UNKNOWN_WORDS = {"", "/", "-", "--", "无", "未知", "不详", "待定"}
NUMBER_AND_UNIT = re.compile(r"([\d.,\s]*\d)\s*(\D*)")
# Control characters have no place in a plan, and PostgreSQL stores no NUL.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Unfit(ValueError):
    """A typed value cannot be stored. The message is one Chinese sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One editable field. `parse` makes the stored value of a typed one; `editor` is text, lines or choice."""

    label: str
    parse: Callable[[str], Any]
    editor: str = "text"
    choices: Mapping[str, str] = field(default_factory=dict)


def text_of(label: str, longest: int, *, required: bool = False, lines: bool = False) -> Field:
    """A field of words of at most `longest` characters; blank is unknown, or refused where `required`."""

    def parse(typed: str) -> str | None:
        cleaned = CONTROLS.sub("", typed.replace("\r\n", "\n")).strip()
        words = cleaned if lines else re.sub(r"\s*\n\s*", " ", cleaned)
        if not words and required:
            raise Unfit(f"{label}不能为空")
        if len(words) > longest:
            raise Unfit(f"{label}不能超过 {longest} 个字，现为 {len(words)} 个字")
        return words or None

    return Field(label, parse, "lines" if lines else "text")


def quantity(
    label: str, convert: Callable[[Decimal, str], Decimal | None], example: str, whole: int, decimals: int
) -> Field:
    """A number with or without a unit; `convert` answers None for a unit it does not know."""

    def parse(typed: str) -> str | None:
        folded = fold(typed).strip()
        if folded in UNKNOWN_WORDS:
            return None
        match = NUMBER_AND_UNIT.fullmatch(folded)
        amount = number(re.sub(r"\s", "", match[1])) if match else None
        value = convert(amount, match[2].strip()) if match and amount is not None else None
        if value is None:
            raise Unfit(f"{label}应为数，如 {example}；不知道的留空")
        return _within(label, value, whole, decimals)

    return Field(label, parse)


def _within(label: str, value: Decimal, whole: int, decimals: int) -> str:
    if value >= Decimal(10) ** whole:
        raise Unfit(f"{label}太大，请核对单位")
    if value != round(value, decimals):
        raise Unfit(f"{label}的小数不能超过 {decimals} 位")
    return plain(value)


def _yi(amount: Decimal, unit: str) -> Decimal | None:
    if not unit:
        return amount
    known = money.money_unit(unit)
    if known is None:
        return None
    if known.endswith("美元"):
        raise Unfit("外币金额请先折成人民币再填")
    return amount * money.UNITS[known]


def _mu(amount: Decimal, unit: str) -> Decimal | None:
    known = area.area_unit(unit) if unit else "亩"
    return None if known is None else area.Area(amount, known, "").mu()


def _figure(amount: Decimal, unit: str) -> Decimal | None:
    return None if unit else amount


def _required(inner: Field) -> Field:
    def parse(typed: str) -> Any:
        value = inner.parse(typed)
        if value is None:
            raise Unfit(f"{inner.label}不能为空")
        return value

    return Field(inner.label, parse)


def _figure_or_share(typed: str) -> str:
    if (part := share(typed)) is not None:
        if part.numerator >= 10**8 or part.denominator >= 10**8:
            raise Unfit("要求太大，请核对")
        return f"{part.numerator}/{part.denominator}"
    value = FIGURE.parse(typed)
    if value is None or Decimal(value) >= Decimal(10) ** 8:
        raise Unfit("要求应为数或占比，如 4、三分之一、50%")
    return str(value)


FIGURE = quantity("数值", _figure, "25", 11, 4)
INVESTMENT = quantity("投资", _yi, "12.5、65000万元、1.2亿", 9, 6)
LAND = quantity("用地", _mu, "120、8公顷、66667平方米", 10, 4)


def names(label: str, longest: int) -> Field:
    """A list of names, parted by 、 or commas, or by blanks where there is neither."""

    def parse(typed: str) -> list[str]:
        words = CONTROLS.sub("", typed).strip()
        if words in UNKNOWN_WORDS:
            return []
        parted = re.split(r"[、，,；;\n]", words) if re.search(r"[、，,；;\n]", words) else words.split()
        found = list(dict.fromkeys(name for one in parted if (name := one.strip())))
        if too_long := next((name for name in found if len(name) > longest), None):
            raise Unfit(f"{label}“{too_long[:12]}…”太长；几个名称之间用“、”隔开")
        return found

    return Field(label, parse)


def _progress(typed: str) -> list[str]:
    lines = [line.strip() for line in CONTROLS.sub("", typed).splitlines()]
    return [line for line in lines if line]


def choice(label: str, choices: Mapping[str, str], *, blank: bool = False) -> Field:
    """One of `choices` (stored value → Chinese word), by either; blank is unknown where `blank`."""

    def parse(typed: str) -> str | None:
        wanted = typed.strip()
        if blank and wanted in UNKNOWN_WORDS:
            return None
        for stored, word in choices.items():
            if wanted in (stored, word):
                return stored
        raise Unfit(f"{label}只能是{'、'.join(choices.values())}")

    return Field(label, parse, "choice", {"": "未写明", **choices} if blank else choices)


def either(label: str, yes: str, no: str) -> Field:
    """A yes or a no with words of their own."""

    def parse(typed: str) -> bool:
        if typed.strip() not in (yes, no):
            raise Unfit(f"{label}只能是{yes}、{no}")
        return typed.strip() == yes

    return Field(label, parse, "choice", {yes: yes, no: no})


def _day(typed: str) -> str | None:
    if typed.strip() in UNKNOWN_WORDS:
        return None
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", fold(typed).strip())
    try:
        return date(*map(int, match.groups())).isoformat() if match else _no_day(typed)
    except ValueError:
        return _no_day(typed)


def _no_day(typed: str) -> str:
    raise Unfit(f"日期应形如 2022-04-30，不能是“{typed.strip()[:20]}”")


def _year(typed: str) -> int:
    match = re.fullmatch(r"(20\d\d)\s*年?度?", fold(typed).strip())
    if match is None:
        raise Unfit("年度应为四位数，如 2024")
    return int(match[1])


def _seq(typed: str) -> int | None:
    folded = fold(typed).strip()
    if folded in UNKNOWN_WORDS:
        return None
    if not re.fullmatch(r"\d{1,6}", folded):
        raise Unfit("序号应为整数")
    return int(folded)


STAGES = {stage.value: word for stage, word in stages.LABELS.items()} | {stages.FRAMEWORK: stages.FRAMEWORK_LABEL}
KINDS = {"planned": "计划", "strive": "争取", "deadline": "截止", "undated": "未定期"}
SYMBOLS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}
COMPARATORS = {comparator.value: word for comparator, word in comparators.LABELS.items()}

FIELDS: dict[str, dict[str, Field]] = {
    "reading": {
        "title": text_of("标题", 200, required=True),
        "year": Field("年度", _year),
        "place": text_of("地区", 60),
    },
    "targets": {
        "label": text_of("目标", 100, required=True),
        "comparator": choice("比较", COMPARATORS),
        "value": _required(FIGURE),
        "unit": text_of("单位", 16, required=True),
        "floor_yi": INVESTMENT,
        "scope": text_of("范围", 60),
    },
    "duties": {
        "who": names("对象", 100),
        "measure": text_of("内容", 100, required=True),
        "period": choice("周期", RECURRENCE),
        "comparator": choice("比较", COMPARATORS),
        "value": Field("要求", _figure_or_share),
        "unit": text_of("单位", 16),
        "each": either("考核方式", "逐个", "合计"),
        "soft": either("性质", "原则上", "硬性"),
    },
    "projects": {
        "seq": Field("序号", _seq),
        "section": text_of("年度抓手", 100),
        "name": text_of("项目名称", 200, required=True),
        "investment_yi": INVESTMENT,
        "land_mu": LAND,
        "investor": text_of("投资方", 300),
        "leaders": names("联系领导", 40),
        "unit": text_of("主责单位", 100),
        "content": text_of("项目内容", 20000, lines=True),
        "progress": Field("进展情况", _progress, "lines"),
        "goals": text_of("全年工作目标", 20000, lines=True),
    },
    "phases": {"name": text_of("分期", 30, required=True), "investment_yi": INVESTMENT, "land_mu": LAND},
    "milestones": {
        "when": text_of("时间原文", 60),
        "text": text_of("内容", 2000, required=True),
        "kind": choice("性质", KINDS),
        "start": Field("起", _day),
        "end": Field("止", _day),
        "stage": choice("达到阶段", STAGES, blank=True),
        "phase": text_of("分期", 30),
    },
}
EXTRA = text_of("其他栏目", 20000, lines=True)


def field_of(kind: str, name: str) -> Field:
    """The field `name` of a `kind` of item. Raises Unfit where there is none that may be edited."""
    if kind == "projects" and name.startswith("extra."):
        return EXTRA
    try:
        return FIELDS[kind][name]
    except KeyError:
        raise Unfit("这一处不能修改") from None


def value_at(item: Mapping[str, Any], name: str) -> Any:
    """The stored value of a field, `extra.<heading>` included."""
    return item["extra"].get(name.removeprefix("extra.")) if name.startswith("extra.") else item.get(name)


def typed(kind: str, name: str, value: Any) -> str:
    """A stored value as a person would type it: `field_of(kind, name).parse` answers the same value again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return list(field_of(kind, name).choices)[0 if value else 1]
    if isinstance(value, list):
        return ("\n" if name == "progress" else "、").join(value)
    return str(value)


def shown(kind: str, name: str, value: Any) -> str:
    """A stored value as the page shows it: words for codes, a thin space from five digits, 未知 where nothing is known."""
    if value in (None, "", []):
        return "—" if (kind, name) in OFTEN_WITHOUT else UNKNOWN
    choices = field_of(kind, name).choices
    if name == "comparator":
        return SYMBOLS.get(value, value)
    if isinstance(value, str) and value in choices:
        return choices[value]
    if name in ("investment_yi", "land_mu", "value", "floor_yi"):
        return grouped(value)
    return typed(kind, name, value)


def grouped(value: str) -> str:
    """A stored number for the eye: 12 500, 1/3."""
    if "/" in value:
        part = Fraction(value)
        return f"{part.numerator}/{part.denominator}"
    digits = plain(Decimal(value))
    whole, _, rest = digits.partition(".")
    if len(whole) >= 5:
        whole = f"{int(whole):,}".replace(",", "\u2009")
    return f"{whole}.{rest}" if rest else whole
