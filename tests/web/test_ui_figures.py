"""Figures and days as pages write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.ui import figures

THIN = "\u2009"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal(1000), "1000.0"),
        (Decimal("0.65"), "0.65"),
        (Decimal("5.50"), "5.5"),
        (Decimal("12345.6"), f"12{THIN}345.6"),
        (0, "0.0"),
        (None, "/"),
        ("", "/"),
    ],
)
def test_yi_aligns_and_hides_nothing(value: Decimal | None, words: str) -> None:
    assert figures.yi(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(10000, f"10{THIN}000"), (1350, "1350"), (Decimal("12.50"), "12.5"), (-23456, f"−23{THIN}456"), (None, "/")],
)
def test_mu(value: Decimal | None, words: str) -> None:
    assert figures.mu(value) == words


def test_words_in_place_of_a_number_stay_words() -> None:
    assert figures.figure("待定") == "待定"
    assert figures.figure(float("nan")) == "/"


def test_days() -> None:
    assert figures.day(date(2022, 7, 5)) == "7-05"
    assert figures.day(date(2021, 11, 8), date(2022, 7, 15)) == "2021-11-08"
    assert figures.isoday(datetime(2022, 7, 14, 20, 0, tzinfo=UTC)) == "2022-07-15"
    assert figures.clock(datetime(2022, 7, 15, 2, 30, tzinfo=UTC)) == "2022-07-15 10:30"
    assert figures.weekday(date(2022, 7, 15)) == "周五"
    assert figures.isoday(None) == figures.day(None) == figures.clock(None) == "/"


def test_the_word_beside_a_light_carries_its_number() -> None:
    today = date(2022, 7, 15)
    assert figures.days_late(date(2022, 4, 30), today) == "逾期 76 天"
    assert figures.days_late(today, today) == "今日到期"
    assert figures.days_late(date(2022, 7, 25), today) == "剩 10 天"
    assert figures.days_late(None, today) == "未定期"


def test_zero_is_not_unknown() -> None:
    assert figures.unknown(0) == 0
    assert figures.percent(0) == "0%"
    assert "/" in str(figures.unknown(None))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_a_figure_reads_back_as_what_it_was(value: Decimal) -> None:
    assert Decimal(figures.figure(value).replace(THIN, "").replace("−", "-")) == value
    assert Decimal(figures.yi(value).replace(THIN, "").replace("−", "-")) == value
