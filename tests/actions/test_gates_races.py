"""Two people at once at one project: one act counts, the other person is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.actions import NotAllowed, advance_stage, set_gates, turn_project
from zhaoyin.record.projects.models import MoveRequest, Project, StageChange, StandingChange
from zhaoyin.record.projects.rules import Turn

TODAY = date(2022, 7, 15)
PEOPLE = 4


@pytest.fixture
def project() -> Project:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, which one connection has for itself; a file has one writer anyway")
    here = a_jurisdiction("某某市")
    return a_project(here, "甲项目", known_on=date(2022, 1, 10), fields={"unit": a_unit(here, "东镇")})


def told(act: Callable[[], Any]) -> list[str]:
    """What each of the people is told who do it in the same moment; nothing for whoever did it."""
    together = Barrier(PEOPLE)

    def one(_: int) -> str:
        together.wait()
        try:
            act()
        except NotAllowed as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(PEOPLE) as people:
        return sorted(people.map(one, range(PEOPLE)))


@pytest.mark.django_db(transaction=True)
def test_one_of_several_moves_a_project(project: Project) -> None:
    set_gates(by=None, jurisdiction=project.jurisdiction, text="阶段: []", valid_from=date(2022, 1, 1), basis="纪要")
    user, phase = a_user(project.jurisdiction), project.phases.get()
    move = {"by": user, "phase": phase, "stage": Stage.APPRAISAL, "on": TODAY, "as_of": TODAY, "seen": Stage.LEAD}
    said = told(lambda: advance_stage(**move))
    assert said == ["", *["刚刚有人把它从“信息”改为“研判”，请核对后再提交"] * (PEOPLE - 1)]
    assert StageChange.objects.filter(stage="appraisal").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_of_several_asks_for_a_signing(project: Project) -> None:
    text = "阶段:\n- {阶段: 签约, 谁确认: 负责人}"
    set_gates(by=None, jurisdiction=project.jurisdiction, text=text, valid_from=date(2022, 1, 1), basis="纪要")
    user, phase = a_user(project.jurisdiction), project.phases.get()
    move = {"by": user, "phase": phase, "stage": Stage.SIGNED, "on": TODAY, "as_of": TODAY, "paper": "formal"}
    said = told(lambda: advance_stage(**move, sure=True))
    assert said == ["", *["已有一个阶段变动等待确认，请先确认或撤回它"] * (PEOPLE - 1)]
    assert MoveRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_of_several_terminates_a_project(project: Project) -> None:
    given = {"by": None, "project": project, "turn": Turn.TERMINATE, "on": TODAY, "as_of": TODAY, "reason": "要素不足"}
    said = told(lambda: turn_project(**given))
    assert said == ["", *["项目现为“终止”，不能终止"] * (PEOPLE - 1)]
    assert StandingChange.objects.count() == 1
