"""Numbers that are typed as text: of headings, of annexes, of dates, and the document's own number (发文字号)."""

import re
from datetime import date

_DIGITS = "零一二三四五六七八九"
_NUMBER = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fffA-Za-z]*)〔((?:19|20)[0-9]{2})〕([1-9][0-9]*)号")
_FAULTS = (
    (re.compile(r"[\[\]()（）【】［］<>《》「」{}]"), "发文字号“{}”的年份应用六角括号〔〕。"),
    (re.compile(r"第"), "发文字号“{}”不加“第”字。"),
    (re.compile(r"〕0"), "发文字号“{}”的顺序号不编虚位（1不编为01）。"),
)


def fault_of_number(number: str) -> str | None:
    """What is wrong with a document number, as a sentence; `None` when it has the form 机关代字〔年份〕顺序号 (7.2.5)."""
    if _NUMBER.fullmatch(number):
        return None
    for pattern, sentence in _FAULTS:
        if pattern.search(number):
            return sentence.format(number)
    return f"发文字号“{number}”应为“机关代字〔年份〕顺序号”，如临投促办〔2022〕6号。"


def chinese_number(number: int) -> str:
    """1 to 99 as Chinese numerals: 一, 十, 十一, 二十, 二十一."""
    if not 0 < number < 100:
        raise ValueError(f"{number} is outside 1 to 99")
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """成文日期 in Arabic figures without leading zeros (7.3.5.4): 2022年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


class HeadingNumbers:
    """Counts headings of four levels; a heading starts the levels below it anew."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The number before the next heading of `level` (1 to 4), with its punctuation (7.3.3)."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        match level:
            case 1:
                return f"{chinese_number(count)}、"
            case 2:
                return f"（{chinese_number(count)}）"
            case 3:
                return f"{count}."
            case _:
                return f"（{count}）"
