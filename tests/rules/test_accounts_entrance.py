"""What is decided at the entrance: locks, what comes first, how devices and passwords are told apart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.accounts.rules.entrance import (
    FAILURES,
    FORGOTTEN,
    Door,
    Entrance,
    character_kinds,
    device_words,
    lock,
    locked_until,
    wait_words,
)

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0"
DINGTALK = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Version/4.0 Chrome/100.0 Mobile Safari/537.36 AliApp(DingTalk/7.0)"


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (11, 960), (12, 1440), (1000, 1440)]
)
def test_a_lock_grows_with_every_failure(failures: int, minutes: int) -> None:
    assert lock(failures) == timedelta(minutes=minutes)


@given(st.integers(0, 10_000))
def test_a_lock_never_shrinks_and_never_outlasts_the_memory_of_failures(failures: int) -> None:
    assert lock(failures) <= lock(failures + 1) <= FORGOTTEN


def test_a_lock_is_reckoned_from_the_newest_failure() -> None:
    newest = datetime(2024, 5, 6, 9, 0, tzinfo=UTC)
    assert locked_until(FAILURES - 1, newest) is None
    assert locked_until(FAILURES, newest) == datetime(2024, 5, 6, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 分钟"), (60, "1 分钟"), (61, "2 分钟"), (900, "15 分钟"), (7200, "2 小时"), (5400, "1 小时 30 分钟")],
)
def test_a_wait_is_said_in_whole_minutes(seconds: int, words: str) -> None:
    assert wait_words(timedelta(seconds=seconds)) == words


def entrance(**facts: object) -> Entrance:
    usual: dict[str, object] = {
        "by_password": True, "must_change": False, "password_age": timedelta(days=1), "password_lasts": timedelta(days=180),
        "needs_factor": False, "has_shown_factor": False,
    }  # fmt: skip
    return Entrance(**{**usual, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "door"),
    [
        ({}, None),
        ({"must_change": True}, Door.PASSWORD),
        ({"password_age": timedelta(days=180)}, Door.PASSWORD),
        ({"password_age": timedelta(days=180), "password_lasts": timedelta.max}, None),
        ({"needs_factor": True}, Door.SECOND_FACTOR),
        ({"needs_factor": True, "has_shown_factor": True}, None),
        ({"needs_factor": True, "must_change": True}, Door.PASSWORD),
        ({"by_password": False, "must_change": True}, None),
        ({"by_password": False, "must_change": True, "needs_factor": True}, Door.SECOND_FACTOR),
    ],
)
def test_what_comes_before_the_first_page(facts: dict[str, object], door: Door | None) -> None:
    assert entrance(**facts).door is door


@pytest.mark.parametrize(
    ("agent", "words"),
    [(EDGE, "Windows·Edge 浏览器"), (DINGTALK, "安卓·钉钉"), ("", "未知设备"), ("curl/8.0", "未知设备")],
)
def test_devices_are_called_as_people_know_them(agent: str, words: str) -> None:
    assert device_words(agent) == words


@pytest.mark.parametrize(("password", "kinds"), [("", 0), ("abc", 1), ("aB", 2), ("aB3", 3), ("aB3-", 4), ("密码", 1)])
def test_kinds_of_characters(password: str, kinds: int) -> None:
    assert character_kinds(password) == kinds
