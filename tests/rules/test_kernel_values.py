"""Numbers, money, land, periods, codes and verdicts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.area import Area, area_unit, find_areas
from zhaoyin.kernel.characters import fold
from zhaoyin.kernel.codes import division_level, is_division_code, is_uscc, uscc_check_character
from zhaoyin.kernel.money import Money, find_money, money_unit
from zhaoyin.kernel.numerals import chinese_integer, number, plain, share, trimmed
from zhaoyin.kernel.period import Period
from zhaoyin.kernel.verdict import Verdict


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十", "120"),
        ("两", "2"),
        ("十四", "14"),
        ("一千零五", "1005"),
        ("两千", "2000"),
        ("二零二二", "2022"),
        ("廿", "20"),
        ("1.2万", "12000"),
        ("１，２３４", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("3亿", "300000000"),
        ("三万", "30000"),
        (" 25 ", "25"),
    ],
)
def test_numbers_in_every_written_form(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "/", "—", "12a", "二三百", "1,23", "百分之五", "10-15"])
def test_what_writes_no_single_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三分之一", (1, 3)),
        ("一半", (1, 2)),
        ("1/3", (1, 3)),
        ("20%", (1, 5)),
        ("５０％", (1, 2)),
        ("三成", (3, 10)),
        ("四分之三", (3, 4)),
    ],
)
def test_shares(text: str, value: tuple[int, int]) -> None:
    assert share(text) == Fraction(*value)


def test_no_share_of_nothing() -> None:
    assert share("1/0") is None
    assert share("三") is None


_UNITS_OF_TEN = ["", "十", "百", "千"]


def _spell(value: int) -> str:
    """A number below 10,000 in Chinese, written here independently of what is tested."""
    digits = "零一二三四五六七八九"
    text, pending = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += ("零" if pending and text else "") + digits[digit] + _UNITS_OF_TEN[power]
            pending = False
        else:
            pending = bool(text)
    return text


@given(st.integers(1, 9999))
def test_spelled_numbers_come_back(value: int) -> None:
    assert chinese_integer(_spell(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_trimmed_number_is_the_same_number_and_prints_as_plain_digits(value: Decimal) -> None:
    short = trimmed(value)
    assert short == value
    assert value == 0 or str(short) == plain(value)


def test_a_trimmed_number_is_whole_where_it_is_whole() -> None:
    numbers = (Decimal("1000.000000"), Decimal("1E+3"), Decimal("1.50"), Decimal("0.0"), None)
    assert [str(trimmed(each)) for each in numbers] == ["1000", "1000", "1.5", "0", "None"]


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_plain_digits_come_back(value: Decimal) -> None:
    text = plain(value)
    assert "E" not in text
    assert Decimal(text) == value
    assert not (("." in text) and text.endswith("0"))


@pytest.mark.parametrize(
    ("amount", "unit", "yi"),
    [("50000", "万元", "5"), ("10.5", "亿元", "10.5"), ("1", "元", "0.00000001"), ("3", "千万元", "0.3")],
)
def test_money_in_yi(amount: str, unit: str, yi: str) -> None:
    assert Money(Decimal(amount), unit, "").yi() == Decimal(yi)


def test_dollars_need_a_rate() -> None:
    dollars = Money(Decimal(6700), "万美元", "6700 万美元")
    with pytest.raises(ValueError, match="汇率"):
        dollars.yi()
    assert dollars.yi(Decimal("6.5")) == Decimal("4.355")


def test_money_in_words_is_told_from_output() -> None:
    text = "总投资 100亿元，年产100 亿片，税收0.6 亿元，利用外资3亿美元，一亿元"
    assert [(plain(m.amount), m.unit) for m, _, _ in find_money(text)] == [
        ("100", "亿元"),
        ("0.6", "亿元"),
        ("3", "亿美元"),
        ("1", "亿元"),
    ]
    assert next(text[a:b] for _, a, b in find_money(text)) == "100亿元"
    assert money_unit("人民币万元") == "万元"
    assert money_unit("亩") is None


@pytest.mark.parametrize(
    ("amount", "unit", "mu"),
    [
        ("20", "公顷", "300"),
        ("1", "平方公里", "1500"),
        ("66667", "㎡", "100"),
        ("10", "万㎡", "150"),
        ("120", "亩", "120"),
    ],
)
def test_land_in_mu(amount: str, unit: str, mu: str) -> None:
    assert Area(Decimal(amount), unit, "").mu() == Decimal(mu)


def test_land_in_words() -> None:
    assert [plain(a.mu()) for a, _, _ in find_areas("用地 1350 亩；建筑面积8万平方米；占地2.5公顷")] == [
        "1350",
        "120",
        "37.5",
    ]
    assert area_unit("平方米") == "㎡"


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="，；：（）０９ａ項總資縣\u3000\t\r\n〇×亊甲1"))
def test_folding_takes_each_character_for_itself(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2022-06", date(2022, 6, 1), date(2022, 6, 30), "2022年6月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2022-Q3", date(2022, 7, 1), date(2022, 9, 30), "2022年第三季度"),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31), "2022年下半年"),
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "2022年"),
    ],
)
def test_periods(text: str, start: date, end: date, label: str) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, period.label, str(period)) == (start, end, label, text)


@pytest.mark.parametrize("text", ["2022-13", "2022-6", "22-06", "", "2022-Q5", "六月"])
def test_no_such_period(text: str) -> None:
    with pytest.raises(ValueError, match="时段"):
        Period.parse(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["month", "quarter", "half", "year"]))
def test_periods_follow_one_another_without_gap(day: date, kind: str) -> None:
    period = Period.of(day, kind)
    assert period.contains(day)
    assert (period.next().start - period.end).days == 1
    assert period.next().previous() == period


def test_credit_codes() -> None:
    assert is_uscc("91350100M000100Y43")
    assert not is_uscc("91350100M000100Y44")
    assert not is_uscc("91350100M000100Y4")
    assert not is_uscc("91350100I000100Y43")


_SET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(_SET, min_size=9, max_size=9), st.integers(0, 8), st.sampled_from(_SET))
def test_one_wrong_character_never_passes(body: str, at: int, other: str) -> None:
    first = "91331082" + body
    code = first + uscc_check_character(first)
    assert is_uscc(code)
    changed = code[: 8 + at] + other + code[9 + at :]
    assert is_uscc(changed) == (changed == code)


def test_division_codes() -> None:
    assert is_division_code("331082")
    assert division_level("331082") == "county"
    assert division_level("331000") == "prefecture"
    assert division_level("330000") == "province"
    assert not is_division_code("330012")
    assert not is_division_code("991082")


def test_a_verdict_that_cannot_be_decided_is_not_a_yes() -> None:
    assert not Verdict(None, reasons=("未报送",))
    assert Verdict(True)
