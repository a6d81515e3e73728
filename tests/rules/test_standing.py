"""Pausing, terminating, handing on, resuming: which follows which, in which order of days, for a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.stages import Standing
from zhaoyin.record.projects.rules import StandingMove, Turn, may_turn, turn_questions

KNOWN, TODAY = date(2022, 1, 10), date(2022, 7, 15)


def move(turn: Turn = Turn.PAUSE, current: Standing = Standing.ACTIVE, **more: Any) -> StandingMove:
    given = {"since": None, "known_on": KNOWN, "on": TODAY, "as_of": TODAY, "reason": "等用地指标", **more}
    return StandingMove(turn, current, **given)


@pytest.mark.parametrize(
    ("current", "allowed"),
    [
        (Standing.ACTIVE, {Turn.PAUSE, Turn.TERMINATE, Turn.TRANSFER}),
        (Standing.PAUSED, {Turn.TERMINATE, Turn.TRANSFER, Turn.RESUME}),
        (Standing.TERMINATED, {Turn.RESUME}),
        (Standing.TRANSFERRED, {Turn.RESUME}),
    ],
)
def test_which_turn_follows_which_standing(current: Standing, allowed: set[Turn]) -> None:
    assert {turn for turn in Turn if may_turn(move(turn, current)).ok} == allowed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"current": Standing.PAUSED}, "项目现为“暂缓”，不能暂缓"),
        ({"since": date(2022, 7, 16)}, "早于上一次状态变动"),
        ({"on": date(2022, 7, 16)}, "晚于截至日 2022-07-15"),
        ({"reason": "  "}, "请写明暂缓的原因"),
        ({"turn": Turn.TRANSFER, "goes": False}, "转交给哪个单位"),
        ({"until": TODAY}, "再议的日期应晚于"),
    ],
)
def test_why_a_turn_does_not_stand(given: dict[str, Any], said: str) -> None:
    assert said in "；".join(may_turn(move(**given)).reasons)


def test_a_day_before_the_project_is_asked_and_not_refused() -> None:
    early = move(on=KNOWN - timedelta(days=1))
    assert may_turn(early).ok
    assert "早于项目入库日 2022-01-10" in turn_questions(early)[0]
    assert turn_questions(move(on=KNOWN)) == ()


@given(st.lists(st.sampled_from(Turn), max_size=12))
def test_whatever_was_done_there_is_a_way_back(turns: list[Turn]) -> None:
    standing = Standing.ACTIVE
    for turn in turns:
        if may_turn(move(turn, standing)).ok:
            standing = turn.standing
    assert standing is Standing.ACTIVE or may_turn(move(Turn.RESUME, standing)).ok
