"""How a project stands, by date: each past day shows the standing of then, whatever was done later."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.schedules.queries import with_lights
from zhaoyin.record.projects.actions import NotAllowed, NotSure, advance_stage, edit_project, turn_project
from zhaoyin.record.projects.models import Project, StandingChange
from zhaoyin.record.projects.queries import known_on, standing_panel
from zhaoyin.record.projects.rules import Turn

pytestmark = pytest.mark.django_db
KNOWN, TODAY = date(2022, 1, 10), date(2022, 7, 15)


@pytest.fixture
def project() -> Project:
    here = a_jurisdiction("某某市")
    return a_project(here, "甲项目", yi="5", known_on=KNOWN, fields={"unit": a_unit(here, "东镇")})


def turned(project: Project, turn: Turn, on: date = TODAY, **more: Any) -> StandingChange:
    given = {"by": None, "as_of": TODAY, "reason": "企业资金紧张", **more}
    return turn_project(project=project, turn=turn, on=on, **given)


def then(project: Project, day: date) -> tuple[str, int]:
    rows = with_lights(known_on(Project.objects.filter(pk=project.pk), day), day)
    return rows.values_list("standing_then", "light_rank")[0]


def test_a_past_day_shows_the_standing_of_then(project: Project) -> None:
    turned(project, Turn.PAUSE, date(2022, 3, 1))
    turned(project, Turn.RESUME, date(2022, 5, 1))
    turned(project, Turn.TERMINATE, date(2022, 7, 1), winner="外省某市，由其驻点组引进")
    days = [KNOWN, date(2022, 2, 28), date(2022, 3, 1), date(2022, 4, 30), date(2022, 5, 1), date(2022, 6, 30), TODAY]
    assert [then(project, day)[0] for day in days] == [
        "active", "active", "paused", "paused", "active", "active", "terminated",
    ]  # fmt: skip
    assert [standing_panel(project.pk, day).standing.value for day in days] == [then(project, day)[0] for day in days]
    grey = 3
    assert then(project, date(2022, 4, 30))[1] == grey
    assert then(project, date(2022, 2, 28))[1] != grey, "49 days without movement: yellow then, whatever came later"
    said = [sentence(line) for line in history(project)]
    assert "终止（2022-07-01），最终落户：外省某市，由其驻点组引进：企业资金紧张" in said
    panel = standing_panel(project.pk, TODAY)
    assert ([one.standing for one in panel.changes], panel.turns) == (
        ["terminated", "active", "paused"],
        (Turn.RESUME,),
    )
    assert standing_panel(project.pk, date(2022, 6, 1)).turns == (), "a past day is not acted upon"


def test_what_is_paused_does_not_move_on_until_it_is_resumed(project: Project) -> None:
    turned(project, Turn.PAUSE, until=date(2022, 9, 1))
    move = {"by": None, "phase": project.phases.get(), "stage": Stage.APPRAISAL, "on": TODAY, "as_of": TODAY}
    with pytest.raises(NotAllowed, match="暂缓"):
        advance_stage(**move)
    assert not standing_panel(project.pk, TODAY).due
    assert standing_panel(project.pk, date(2022, 9, 1)).due
    turned(project, Turn.RESUME)
    advance_stage(**move)


def test_a_project_handed_to_another_unit_is_that_units_and_goes_on(project: Project) -> None:
    west = a_unit(project.jurisdiction, "西镇")
    moved = turned(project, Turn.TRANSFER, unit=west, reason="用地在西镇")
    project.refresh_from_db()
    assert (project.unit, project.standing, project.moved_on) == (west, "active", TODAY)
    assert moved.former is not None
    assert moved.former.name == "东镇"
    assert "转交（2022-07-15），由东镇转交西镇：用地在西镇" in [sentence(line) for line in history(project)]
    for wrong in ({"unit": west}, {"unit": a_jurisdiction("别的市")}, {"unit": moved.former, "place": "外省"}):
        with pytest.raises(NotAllowed, match="本地的另一个单位"):
            turned(project, Turn.TRANSFER, **wrong)
    with pytest.raises(NotAllowed, match="哪个单位"):
        turned(project, Turn.TRANSFER)


def test_a_project_that_goes_elsewhere_is_no_longer_pursued_here(project: Project) -> None:
    turned(project, Turn.TRANSFER, place="外省某市")
    assert then(project, TODAY)[0] == "transferred"
    assert any("流转到外省某市" in sentence(line) for line in history(project))


def test_two_people_turn_one_project_and_the_second_is_told(project: Project) -> None:
    seen_by_second = Project.objects.get(pk=project.pk)
    turned(project, Turn.TERMINATE)
    with pytest.raises(NotAllowed, match="现为“终止”，不能暂缓"):
        turned(seen_by_second, Turn.PAUSE)
    assert StandingChange.objects.count() == 1


def test_a_day_before_the_project_is_asked(project: Project) -> None:
    early = KNOWN - timedelta(days=3)
    with pytest.raises(NotSure, match="早于项目入库日"):
        turned(project, Turn.PAUSE, early)
    assert not StandingChange.objects.exists()
    turned(project, Turn.PAUSE, early, sure=True)
    assert then(project, KNOWN)[0] == "paused"


def test_only_who_may_change_a_project_turns_it_and_only_with_a_day(project: Project) -> None:
    with pytest.raises(Forbidden):
        turned(project, Turn.PAUSE, by=a_user(project.unit, role="reporter"))
    with pytest.raises(Forbidden):
        turned(project, Turn.PAUSE, by=a_user(a_jurisdiction("别的市")))
    with pytest.raises(ValueError, match="standing"):
        edit_project(by=None, project=project, fields={"standing": "paused"})


class AnyHistory(TestCase):
    """Whatever the turns and days, each day shows what the last turn up to it left."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(Turn), st.integers(0, 20)), max_size=8), st.integers(0, 186))
    def test_each_day_shows_what_the_last_turn_up_to_it_left(self, turns: list[tuple[Turn, int]], asked: int) -> None:
        project = a_project(a_jurisdiction("某某市"), known_on=KNOWN)
        day, standing, expected = KNOWN, Standing.ACTIVE, Standing.ACTIVE
        asked_on = KNOWN + timedelta(days=asked)
        for turn, days in turns:
            day += timedelta(days=days)
            if standing not in turn.of:
                continue
            turned(project, turn, day, place="外省" if turn is Turn.TRANSFER else "")
            standing = turn.standing
            if day <= asked_on:
                expected = standing
        assert then(project, asked_on)[0] == expected
