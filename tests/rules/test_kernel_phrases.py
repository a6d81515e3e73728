"""Time phrases: what each kind means, what only looks like one, and what must hold of every phrase in every year."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.numerals import chinese_integer
from zhaoyin.kernel.phrases import find_phrases, first_phrase, modality

READ = [
    # words, phrase as printed, start, end, kind
    ("4 月一期项目签约", "4 月", "04-01", "04-30", "planned"),
    ("4-6 月签订协议", "4-6 月", "04-01", "06-30", "planned"),
    ("4月至6月", "4月至6月", "04-01", "06-30", "planned"),
    ("1—3月完成", "1—3月", "01-01", "03-31", "planned"),
    ("４～６月落地", "４～６月", "04-01", "06-30", "planned"),
    ("4、5月", "4、5月", "04-01", "05-31", "planned"),
    ("十二月完工", "十二月", "12-01", "12-31", "planned"),
    ("6月份签约", "6月份", "06-01", "06-30", "planned"),
    ("年底签约", "年底", "12-01", "12-31", "planned"),
    ("年底前完成", "年底前", "01-01", "12-31", "deadline"),
    ("3 月底前", "3 月底前", "01-01", "03-31", "deadline"),
    ("6月30日前", "6月30日前", "01-01", "06-30", "deadline"),
    ("6月底之前", "6月底之前", "01-01", "06-30", "deadline"),
    ("6 月前完成", "6 月前", "01-01", "05-31", "deadline"),
    ("国庆前开业", "国庆前", "01-01", "09-30", "deadline"),
    ("5 月中旬", "5 月中旬", "05-11", "05-20", "planned"),
    ("9月上旬", "9月上旬", "09-01", "09-10", "planned"),
    ("二月底完成", "二月底", "02-21", "02-28", "planned"),
    ("6 月初开工", "6 月初", "06-01", "06-10", "planned"),
    ("6 月初步明确", "6 月", "06-01", "06-30", "planned"),
    ("6月初设批复", "6月", "06-01", "06-30", "planned"),
    ("5月中标", "5月", "05-01", "05-31", "planned"),
    ("6月前期工作", "6月", "06-01", "06-30", "planned"),
    ("6月底板浇筑", "6月", "06-01", "06-30", "planned"),
    ("8月上市", "8月", "08-01", "08-31", "planned"),
    ("上半年", "上半年", "01-01", "06-30", "planned"),
    ("下半年开工", "下半年", "07-01", "12-31", "planned"),
    ("一季度", "一季度", "01-01", "03-31", "planned"),
    ("第三季度", "第三季度", "07-01", "09-30", "planned"),
    ("二、三季度", "二、三季度", "04-01", "09-30", "planned"),
    ("前三季度", "前三季度", "01-01", "09-30", "planned"),
    ("全年推进", "全年", "01-01", "12-31", "planned"),
    ("6月1日-15日", "6月1日-15日", "06-01", "06-15", "planned"),
    ("10月-年底", "10月-年底", "10-01", "12-31", "planned"),
]


@pytest.mark.parametrize(("words", "phrase", "start", "end", "kind"), READ)
def test_phrase_of_the_plans_year(words: str, phrase: str, start: str, end: str, kind: str) -> None:
    found = first_phrase(words, 2022)
    assert found is not None
    assert (found.text, found.start, found.end, found.kind) == (
        phrase,
        date.fromisoformat(f"2022-{start}"),
        date.fromisoformat(f"2022-{end}"),
        kind,
    )
    assert words[found.at : found.to] == phrase


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2022年6月", "2022-06-01", "2022-06-30"),
        ("2022.6", "2022-06-01", "2022-06-30"),
        ("2022-06-30", "2022-06-30", "2022-06-30"),
        ("2022年3月至2023年6月", "2022-03-01", "2023-06-30"),
        ("2021-2025年", "2021-01-01", "2025-12-31"),
        ("2022年底前", "2022-01-01", "2022-12-31"),
        ("2022年第二季度", "2022-04-01", "2022-06-30"),
    ],
)
def test_a_phrase_with_its_own_year_needs_no_other(words: str, start: str, end: str) -> None:
    found = first_phrase(words, None)
    assert found is not None
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))


def test_years_by_word_and_over_the_turn_of_the_year() -> None:
    assert first_phrase("明年3月开工", 2022).start == date(2023, 3, 1)  # type: ignore[union-attr]
    winter = first_phrase("11月至次年2月", 2022)
    assert winter is not None
    assert (winter.start, winter.end) == (date(2022, 11, 1), date(2023, 2, 28))


def test_a_year_named_once_holds_for_what_follows_it() -> None:
    signed, begun = find_phrases("2023年3月签约，6月开工", 2022)
    assert (signed.start, begun.start) == (date(2023, 3, 1), date(2023, 6, 1))
    _, now = find_phrases("2021年12月对接，6月签约", 2022)
    assert now.start == date(2022, 6, 1)


def test_without_a_year_the_words_are_still_read() -> None:
    found = first_phrase("年底前完成", None)
    assert found is not None
    assert (found.text, found.kind, found.start, found.end) == ("年底前", "deadline", None, None)


def test_a_feast_of_the_moon_stays_open_and_says_so() -> None:
    found = first_phrase("春节前签约", 2022)
    assert found is not None
    assert (found.end, found.kind) == (None, "deadline")
    assert "春节" in found.note


@pytest.mark.parametrize(
    "words", ["3个月内", "12个月", "2.5月", "13月", "2月30日", "2022年度投资", "年产3万吨", "六个方面", "一期", ""]
)
def test_what_is_no_time(words: str) -> None:
    assert find_phrases(words, 2022) == []


def test_striving_is_told_from_winning_support() -> None:
    assert modality("争取年底签约") == modality("力争6月开工") == "strive"
    assert modality("争取上级资金支持") == modality("6月开工") == "planned"


@given(st.integers(2000, 2050), st.integers(1, 12), st.integers(1, 12), st.sampled_from(["-", "—", "至", "~", " - "]))
def test_a_range_of_months_is_from_the_first_to_the_last_day(year: int, first: int, last: int, dash: str) -> None:
    (found,) = find_phrases(f"{first}{dash}{last} 月签约", year)
    until = year + (last < first)
    assert found.start == date(year, first, 1)
    assert found.end == date(until, last, monthrange(until, last)[1])


@given(st.integers(2000, 2050), st.integers(1, 12), st.sampled_from(["", " "]))
def test_a_month_in_chinese_is_the_month_in_digits(year: int, month: int, gap: str) -> None:
    names = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"]
    spelled = first_phrase(names[month - 1] + gap + "底前完成", year)
    digits = first_phrase(f"{month}{gap}月底前完成", year)
    assert spelled is not None
    assert digits is not None
    assert chinese_integer(names[month - 1][:-1]) == month
    assert (spelled.start, spelled.end, spelled.kind) == (digits.start, digits.end, digits.kind)


@given(
    st.text("0123456789年月日底前初中旬上下半季度一二三四十第、至-~—.全 签约力争", max_size=40),
    st.none() | st.integers(1990, 2060),
)
def test_every_phrase_stands_where_it_says_and_never_ends_before_it_begins(text: str, year: int | None) -> None:
    last = 0
    for found in find_phrases(text, year):
        assert text[found.at : found.to] == found.text
        assert found.text.strip() == found.text != ""
        assert found.at >= last
        last = found.to
        assert found.kind in ("planned", "deadline")
        assert found.start is None or found.end is None or found.start <= found.end
