"""Time phrases of plans: "4-6 月", "6月底前", "5月中旬", "上半年", "二、三季度" … and the window of days each one means.

A deadline counts the last day it names (6月30日前, 3月底前, 年底前), as 底前 has always been handled; only a bare
"6月前" leaves open whether June still counts: it is read to the end of May, and the phrase says so in `note`.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from .characters import fold
from .numerals import chinese_integer

_S = r"\s{0,2}"
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_YEAR = (
    rf"(?:(?P<year>(?<!\d)(?:19|20)\d\d){_S}年?度?{_S}|(?P<short>(?<!\d)[23]\d){_S}年{_S}|(?P<word>今年|本年度?"
    rf"|当年|明年|次年|来年|去年|上年|[今本当明次来](?=年[初中底末])){_S})"
)
# 初步, 初设, 底板, 中标, 前期 … are words of their own: they are no part of the phrase before them.
_BEGIN = r"初(?![步审设验评稿选期始次级定具创核筛试中谈见拟装烘查测诊判])"
_LAST = r"(?:底(?![板层座部价图商泥盘片漆下色])|末(?![端梢位]))"
_BEFORE = r"(?:之|以)?前(?![期置沿端后述景提往来瞻三期列处款身移])"
_EDGE = rf"(?P<edge>[上中下]旬|{_BEGIN}|{_LAST}|中(?=[,;。、.)\s]|{_BEFORE}|$))"
_DASH = r"(?:-{1,2}|~|至|到)"
_DATE = re.compile(
    rf"(?P<iso>(?<![\d.])(?P<iy>20\d\d)[-./](?P<im>\d{{1,2}})(?:[-./](?P<id>\d{{1,2}}))?(?![\d.%亿万元月年日个家亩]))"
    rf"|(?:{_YEAR})?(?:"
    rf"第?{_S}(?P<q1>[一二三四1-4])(?:{_S}(?P<qsep>[、,和及]|{_DASH}){_S}第?(?P<q2>[一二三四1-4]))?{_S}(?:个)?季度?(?P<qedge>初|{_LAST}|内)?"
    rf"|前(?P<qn>[二两三23])(?:个)?季度"
    rf"|(?P<half>[上下])半年(?P<hedge>初|{_LAST}|内)?"
    rf"|(?P<m1>(?<![\d.十]){_NUM}){_S}(?:月份?{_S})?(?P<msep>{_DASH}|[、,和及]){_S}(?P<m2>{_NUM}){_S}月份?(?P<medge>{_LAST})?(?!{_S}\d{{1,2}}{_S}日)"
    rf"|(?P<m>(?<![\d.十]){_NUM}){_S}月份?(?:{_S}(?P<d1>\d{{1,2}}){_S}[日号]?{_S}(?:{_DASH}){_S}(?P<d2>\d{{1,2}}){_S}[日号]|{_S}(?P<d>\d{{1,2}}){_S}[日号]|{_S}{_EDGE}|(?P<within>内))?"
    rf"|(?P<whole>全年|年内(?!容)|年{_LAST}|年初(?!步)|年中(?![国心标央])))"
    rf"|(?P<bare>(?<!\d)(?:19|20)\d\d)(?:{_S}年?{_S}{_DASH}{_S}(?P<bare2>(?:19|20)\d\d))?{_S}年(?![度\d]|第?[一二三四]季)"
    rf"|(?P<soon>[今本当明次来去上]年)(?=(?:{_BEFORE})|[,;。、:]|[启开完签落投建竣实力争]|$)"
    rf"|(?P<feast>春节|元旦|国庆|五一|七一|中秋|端午|清明|元宵)(?:节)?(?={_BEFORE})"
)
_SUFFIX = re.compile(
    rf"(?P<part>(?<=月)份)?{_S}(?:(?P<before>{_BEFORE})|(?P<since>起(?![重步草吊点飞])|开始)|(?P<around>前后|左右))"
)
_ANY = re.compile(r"[月季年节]|元旦|国庆|五一|七一|中秋|端午|清明|元宵|20\d\d[-./]")
_SHORT = 80
_JOIN = re.compile(rf"{_S}{_DASH}{_S}")
_STRIVE = re.compile(
    r"力争|力促|争取(?![^,，。;；、]{0,10}(?:资金|支持|指标|补助|政策|试点))|争(?=[^取先创当优做]{0,6}[签落开投竣达])|努力"
)

_FEASTS = {"元旦": (1, 1), "国庆": (10, 1), "五一": (5, 1), "七一": (7, 1)}
_YEAR_WORDS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "来": 1, "去": -1, "上": -1}
_XUN = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "初": (1, 10),
    "中": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}


class TimePhrase(NamedTuple):
    """`text` at offsets `at`..`to`. `start`, `end` is the window, both days included, None where the words or a missing
    year leave it open; `kind` is planned, deadline or undated; `note` says in Chinese what stays open; `named_year` is the year
    the words name themselves."""

    text: str
    at: int
    to: int
    start: date | None
    end: date | None
    kind: str = "planned"
    note: str = ""
    named_year: int | None = None


class _Window(NamedTuple):
    start: date | None
    end: date | None
    kind: str = "planned"
    note: str = ""
    bare_month: bool = False  # "6月" alone, of which "前" does not say whether it counts
    year_named: bool = True


def modality(text: str) -> str:
    """strive when the clause says 争取, 力争 and the like, else planned."""
    return "strive" if _STRIVE.search(text) else "planned"


def find_phrases(text: str, year: int | None) -> list[TimePhrase]:
    """Every time phrase of `text`, in order. `year` is the year of the plan; without it only phrases that name their own
    year get a window."""
    return list(_repeated(text, year) if len(text) <= _SHORT else _phrases(text, fold(text), year))


@lru_cache(maxsize=8192)
def _repeated(text: str, year: int | None) -> tuple[TimePhrase, ...]:
    """The same few clauses fill the tables of a plan; each is understood once."""
    return tuple(_phrases(text, fold(text), year))


def first_phrase(text: str, year: int | None) -> TimePhrase | None:
    """The first time phrase of `text`, or None."""
    return next(_phrases(text, fold(text), year), None)


def _phrases(text: str, folded: str, year: int | None) -> Iterator[TimePhrase]:
    if not _ANY.search(folded):
        return
    at = 0
    while match := _DATE.search(folded, at):
        window = _window(match, year)
        at = match.end()
        if window is None:
            continue
        begin, end = match.start(), match.end()
        inherited = window.start.year if window.start is not None and window.year_named else year
        if (join := _JOIN.match(folded, end)) and (second := _DATE.match(folded, join.end())):
            tail = _window(second, inherited)
            if tail is not None:
                window = tail._replace(start=window.start, bare_month=False)
                end = second.end()
        if (suffix := _SUFFIX.match(folded, end)) and suffix.end() > end:
            window = _suffixed(window, suffix)
            end = suffix.end()
        at = end
        while end > begin and folded[end - 1].isspace():
            end -= 1
        while begin < end and folded[begin].isspace():
            begin += 1
        start, last, note = window.start, window.end, window.note
        if start is not None and last is not None and last < start:
            start, last, note = None, None, f"时间前后颠倒：{text[begin:end]}"
        named = last.year if window.year_named and last is not None else None
        yield TimePhrase(text[begin:end], begin, end, start, last, window.kind, note, named)
        # "2023年3月签约，6月开工": June is of 2023 too. A year before the plan's is a look back and is not handed on.
        if named is not None and (year is None or year < named < year + 3):
            year = named


def _suffixed(window: _Window, suffix: re.Match[str]) -> _Window:
    if suffix["since"]:
        return window._replace(end=None)
    if not suffix["before"]:
        return window
    end, note = window.end, window.note
    if window.bare_month and window.start is not None:
        end = window.start - timedelta(days=1)
        note = "“月前”是否含当月未写明，按不含当月理解"
    first = None if end is None else date(end.year, 1, 1)
    return _Window(first, end, "deadline", note, year_named=window.year_named)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(year: int | None, first: int, last: int, *, bare_month: bool = False) -> _Window | None:
    """Whole months; months that run over the turn of the year (11-2月) end in the next year."""
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if year is None:
        return _Window(None, None, bare_month=bare_month)
    return _Window(date(year, first, 1), _month_end(year + (last < first), last), bare_month=bare_month)


def _integer(text: str) -> int:
    value = int(text) if text.isdigit() else chinese_integer(text)
    return -1 if value is None else value


def _own_year(match: re.Match[str], year: int | None) -> tuple[int | None, bool]:
    if match["year"]:
        return int(match["year"]), True
    if match["short"]:
        return 2000 + int(match["short"]), True
    if match["word"]:
        return (None if year is None else year + _YEAR_WORDS[match["word"][0]]), True
    return year, False


def _window(match: re.Match[str], plan_year: int | None) -> _Window | None:
    """The window that one match names before any 前, 起 or range; None when it is no date after all."""
    if match["iso"]:
        return _iso(match)
    if match["bare"]:
        first, last = int(match["bare"]), int(match["bare2"] or match["bare"])
        return _Window(date(first, 1, 1), date(last, 12, 31))
    if match["soon"]:
        if plan_year is None:
            return _Window(None, None)
        soon = plan_year + _YEAR_WORDS[match["soon"][0]]
        return _Window(date(soon, 1, 1), date(soon, 12, 31))
    if match["feast"]:
        return _feast(match["feast"], plan_year)
    year, named = _own_year(match, plan_year)
    window = _quarter(match, year) if match["q1"] else _month(match, year)
    return None if window is None else window._replace(year_named=named)


def _iso(match: re.Match[str]) -> _Window | None:
    year, month = int(match["iy"]), int(match["im"])
    if not match["id"]:
        return _months(year, month, month)
    try:
        day = date(year, month, int(match["id"]))
    except ValueError:
        return None
    return _Window(day, day)


def _feast(name: str, year: int | None) -> _Window:
    """A feast before which something is due: the day before it; feasts of the moon's calendar stay open."""
    if name not in _FEASTS:
        return _Window(None, None, "planned", f"{name}的公历日期按年而定，未推算")
    if year is None:
        return _Window(None, None)
    month, day = _FEASTS[name]
    feast = date(year + (name == "元旦"), month, day)
    return (
        _Window(feast, feast - timedelta(days=1))
        if name == "元旦"
        else _Window(date(year, 1, 1), feast - timedelta(days=1))
    )


def _quarter(match: re.Match[str], year: int | None) -> _Window | None:
    first = _integer(match["q1"])
    last = _integer(match["q2"]) if match["q2"] else first
    if last < first:
        return None
    return _edge_of(_months(year, first * 3 - 2, last * 3), match["qedge"])


def _edge_of(window: _Window | None, edge: str | None) -> _Window | None:
    """The last (底, 末) or first (初) month of a longer window; 年底 is December in the same way."""
    if window is None or window.start is None or window.end is None or edge in (None, "内"):
        return window
    if edge == "初":
        return window._replace(end=_month_end(window.start.year, window.start.month))
    return window._replace(start=window.end.replace(day=1))


def _month(match: re.Match[str], year: int | None) -> _Window | None:
    if match["qn"]:
        return _months(year, 1, 6 if match["qn"] in "二两2" else 9)
    if match["half"]:
        window = _months(year, 1, 6) if match["half"] == "上" else _months(year, 7, 12)
        return _edge_of(window, match["hedge"])
    if match["whole"]:
        first, last = {"初": (1, 1), "中": (6, 6), "底": (12, 12), "末": (12, 12)}.get(match["whole"][1], (1, 12))
        return _months(year, first, last)
    if match["m1"]:
        first, last = _integer(match["m1"]), _integer(match["m2"])
        if match["msep"] in "、,和及" and last <= first:
            return None
        return _months(year, first, last)
    month = _integer(match["m"])
    if not 1 <= month <= 12:
        return None
    if match["d"] or match["d1"] or match["edge"]:
        return _days(match, year, month)
    return _months(year, month, month, bare_month=not match["within"])


def _days(match: re.Match[str], year: int | None, month: int) -> _Window | None:
    if match["edge"]:
        first, last = _XUN[match["edge"]]
    else:
        first = int(match["d1"] or match["d"])
        last = int(match["d2"] or match["d"])
    longest = 29 if year is None and month == 2 else monthrange(year or 2023, month)[1]
    if match["edge"]:
        last = min(last, longest)
    if not 1 <= first <= longest or not 1 <= last <= longest:
        return None
    return _Window(None, None) if year is None else _Window(date(year, month, first), date(year, month, last))
