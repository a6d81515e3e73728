"""Lights and changes of dates: domain.md §4 in examples, and what must hold for any dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Standing
from zhaoyin.plan.schedules.rules import (
    MilestoneFacts,
    days_late,
    is_open,
    is_silent,
    may_change_dates,
    may_reach,
    milestone_light,
    milestone_words,
    outlook_light,
    project_light,
    project_words,
)

DAY = date(2022, 7, 15)
days = st.dates(date(2022, 1, 1), date(2022, 12, 31))
facts = st.builds(
    MilestoneFacts,
    kind=st.sampled_from(["planned", "strive", "deadline"]),
    end=st.none() | days,
    reached_on=st.none() | days,
    withdrawn_on=st.none() | days,
)


@pytest.mark.parametrize(
    ("kind", "end", "light", "words"),
    [
        ("planned", date(2022, 4, 30), Light.RED, "逾期 76 天"),
        ("deadline", date(2022, 7, 14), Light.RED, "逾期 1 天"),
        ("planned", DAY, Light.YELLOW, "今日到期"),
        ("planned", date(2022, 7, 25), Light.YELLOW, "剩 10 天"),
        ("planned", date(2022, 7, 30), Light.YELLOW, "剩 15 天"),
        ("planned", date(2022, 7, 31), Light.GREEN, "剩 16 天"),
        ("strive", date(2022, 4, 30), Light.YELLOW, "超争取日 76 天"),
        ("undated", None, Light.GREY, "未定期"),
    ],
)
def test_a_milestone_lights_up_by_its_day_and_kind(kind: str, end: date | None, light: Light, words: str) -> None:
    one = MilestoneFacts(kind, end)
    assert (milestone_light(one, DAY), milestone_words(one, DAY)) == (light, words)


def test_a_reached_milestone_is_grey_and_says_how_late_it_was() -> None:
    late = MilestoneFacts("planned", date(2022, 6, 30), date(2022, 7, 6))
    assert (milestone_light(late, DAY), milestone_words(late, DAY)) == (Light.GREY, "7-06 完成，迟 6 天")
    assert milestone_light(late, date(2022, 7, 5)) is Light.RED, "until the day it was reached it was late"
    assert milestone_words(MilestoneFacts("planned", date(2022, 6, 30), date(2022, 6, 29)), DAY) == "6-29 完成"
    assert milestone_words(MilestoneFacts("planned", date(2022, 6, 30), None, DAY), DAY) == "已撤销"


@given(facts, days)
def test_a_striven_for_date_is_never_red(one: MilestoneFacts, as_of: date) -> None:
    if one.kind == "strive":
        assert milestone_light(one, as_of) is not Light.RED


@given(facts, days, st.integers(0, 60))
def test_an_open_milestone_never_gets_better_by_waiting(one: MilestoneFacts, as_of: date, later: int) -> None:
    then = as_of + timedelta(later)
    if is_open(one, then) and one.end is not None:
        assert milestone_light(one, then).rank <= milestone_light(one, as_of).rank


@given(st.lists(facts, max_size=6), days, st.booleans())
def test_a_project_is_as_bad_as_its_worst_milestone(ones: list[MilestoneFacts], as_of: date, silent: bool) -> None:
    light = project_light(ones, as_of, silent=silent)
    assert all(light.rank <= milestone_light(one, as_of).rank for one in ones)
    assert light is not Light.GREEN or not silent
    assert project_light(ones, as_of, silent=silent, active=False) is Light.GREY


@given(st.lists(facts, max_size=6), days, st.none() | st.integers(1, 99), days)
def test_the_earliest_open_dates_are_enough(
    ones: list[MilestoneFacts], as_of: date, limit: int | None, moved: date
) -> None:
    """What is stored with a project (its earliest dates) gives the light that all its milestones give."""
    still = [one for one in ones if is_open(one, as_of) and one.end is not None]
    due = min((one.end for one in still if one.kind != "strive" and one.end), default=None)
    strive = min((one.end for one in still if one.kind == "strive" and one.end), default=None)
    stored = outlook_light(Standing.ACTIVE, limit, due=due, strive=strive, moved_on=moved, as_of=as_of)
    assert stored is project_light(ones, as_of, silent=is_silent(limit, moved, as_of))


@given(st.integers(1, 999))
def test_silence_is_longer_than_the_limit(limit: int) -> None:
    assert not is_silent(limit, DAY - timedelta(limit), DAY)
    assert is_silent(limit, DAY - timedelta(limit + 1), DAY)
    assert not is_silent(None, DAY - timedelta(limit), DAY)


def test_words_name_what_makes_the_light() -> None:
    def words(light: Light, due: date | None = None, strive: date | None = None, **more: Standing) -> str:
        return project_words(light, due=due, strive=strive, moved_on=date(2022, 6, 12), as_of=DAY, **more)

    assert words(Light.RED, date(2022, 4, 30)) == "逾期 76 天"
    assert words(Light.YELLOW, date(2022, 7, 25), date(2022, 7, 20)) == "剩 5 天"
    assert words(Light.YELLOW, date(2022, 9, 1), date(2022, 7, 10)) == "超争取日 5 天"
    assert words(Light.YELLOW, date(2022, 9, 30)) == "33 天未动"
    assert words(Light.GREEN, date(2022, 9, 30)) == "按期"
    assert words(Light.GREY) == "未定期"
    assert words(Light.GREY, standing=Standing.PAUSED) == "暂缓"


def test_days_count_from_the_end() -> None:
    assert [days_late(day, DAY) for day in (date(2022, 7, 10), DAY, date(2022, 7, 20), None)] == [5, 0, -5, None]


@given(days, days, st.booleans())
def test_only_an_open_milestone_is_reached_and_not_in_the_future(on: date, as_of: date, open_: bool) -> None:
    assert may_reach(reached_on=on, as_of=as_of, open_=open_).ok == (open_ and on <= as_of)


@given(st.none() | days, st.none() | days, st.sampled_from(["", " ", "用地未批"]), days, days, st.booleans())
def test_dates_move_with_a_reason_into_a_window_in_order(
    start: date | None, end: date | None, reason: str, on: date, since: date, open_: bool
) -> None:
    verdict = may_change_dates(start=start, end=end, reason=reason, on=on, since=since, open_=open_)
    window = start is None or (end is not None and start <= end)
    assert verdict.ok == (open_ and bool(reason.strip()) and window and on >= since)
    assert verdict.ok == (not verdict.reasons)
