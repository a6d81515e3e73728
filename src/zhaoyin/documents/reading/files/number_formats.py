"""A stored number of a sheet as its cell prints it: dates as ISO, percent with its sign, units that the format adds.

Source: ECMA-376 part 1, 18.8.30 (numFmt) with its built-in formats. Digits are not rounded to the format, because a
plan that shows 1.5 亿元 and holds 1.52 must still foot; only the noise of binary fractions (0.1 + 0.2) is taken away.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

Printer = Callable[[str], str]

_BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: 'yyyy"年"m"月"', 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss",
    36: 'yyyy"年"m"月"', 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: "h:mm", 56: "h:mm:ss", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_PADDING = re.compile(r"_.|\*.")
_DIGITS = re.compile(r"[0#?][0#?,. ]*")
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 (a cell knows no zone)
_MOST_DAYS = 2_958_465  # 9999-12-31


def plain_number(stored: str) -> str:
    """A stored number in plain digits, 15 of them significant, as Excel itself calculates."""
    if stored.isdecimal() and len(stored) <= 15:
        return stored
    try:
        text = format(float(stored), ".15g")
    except ValueError:
        return stored
    if "e" in text and abs(Decimal(text).adjusted()) < 21:
        text = format(Decimal(text), "f")
    return "0" if text == "-0" else text


def printer(number: int, codes: dict[int, str], from_1904: bool) -> Printer:
    """What prints the numbers of format `number`; `codes` are the formats the file defines itself."""
    code = codes.get(number) or _BUILT_IN.get(number, "")
    section = _QUOTED.sub("", code).split(";")[0]
    letters = _PADDING.sub("", _BRACKETS.sub("", section)).lower()
    if not code or letters.strip() in {"", "general", "@"}:
        return plain_number
    if _ELAPSED.search(section):
        return _elapsed
    if re.search("[yd]", letters) or ("m" in letters and not re.search("[hs]", letters)):
        only_month = "d" not in letters
        has_time = "h" in letters
        return lambda stored: _day(stored, from_1904, only_month, has_time)
    if re.search("[hs]", letters):
        return lambda stored: _time(stored, from_1904)
    if "%" in letters:
        return _percent
    return _with_words(code)


def _with_words(code: str) -> Printer:
    """Words that the format prints around the digits (`0.00"亿元"`) belong to the text; zeros fill up a number."""
    first = _first_section(code)
    marked = _PADDING.sub("", _BRACKETS.sub("", first))
    # Quoted words are kept aside, so that only real digit signs are found.
    words: list[str] = []

    def keep(match: re.Match[str]) -> str:
        words.append(match[1] if match[1] is not None else match[2])
        return "\x00"

    bare = _QUOTED.sub(keep, marked)
    digits = _DIGITS.search(bare)
    # A comma or a word among the digits scales or rearranges the number: then the stored number alone is true.
    if digits is None or digits[0].rstrip(" ").endswith(",") or _DIGITS.search(bare, digits.end()) or "E+" in bare:
        return plain_number
    kept = iter(words)
    before = "".join(next(kept) if c == "\x00" else c for c in bare[: digits.start()])
    after = "".join(next(kept) if c == "\x00" else c for c in bare[digits.end() :])
    width = len(digits[0]) if set(digits[0]) == {"0"} else 0

    def write(stored: str) -> str:
        number = plain_number(stored)
        if number.isdecimal():
            number = number.zfill(width)
        return before.strip() + number + after.strip()

    return write


def _first_section(code: str) -> str:
    quoted = False
    for i, c in enumerate(code):
        if c == '"':
            quoted = not quoted
        elif c == ";" and not quoted:
            return code[:i]
    return code


def _percent(stored: str) -> str:
    number = plain_number(stored)
    try:
        return plain_number(str(Decimal(number) * 100)) + "%"
    except ArithmeticError:
        return number


def _moment(stored: str, from_1904: bool) -> datetime | None:
    try:
        days = float(stored)
    except ValueError:
        return None
    if not 0 <= days < _MOST_DAYS:
        return None
    if not from_1904 and days < 60:
        days += 1  # Excel counts a 29 February 1900 that never was.
    seconds = round(days * 86_400)
    return _FIRST_DAY[from_1904] + timedelta(seconds=seconds)


def _day(stored: str, from_1904: bool, only_month: bool, has_time: bool) -> str:
    moment = _moment(stored, from_1904)
    if moment is None:
        return plain_number(stored)
    if only_month:
        return f"{moment.year}年{moment.month}月"
    day: date = moment.date()
    return f"{day.isoformat()} {moment:%H:%M}" if has_time and moment.time() != datetime.min.time() else day.isoformat()


def _time(stored: str, from_1904: bool) -> str:
    moment = _moment(stored, from_1904)
    if moment is None:
        return plain_number(stored)
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _elapsed(stored: str) -> str:
    try:
        minutes = round(float(stored) * 1440)
    except (ValueError, OverflowError):
        return stored
    return f"{minutes // 60}:{minutes % 60:02d}"
