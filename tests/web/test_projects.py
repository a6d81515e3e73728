"""The forms that record: what they store, what they refuse and how they say it."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.actions import raise_problem, set_gates
from zhaoyin.record.projects.models import Note, Project

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def user(here: Unit) -> User:
    return a_user(a_unit(here, "东镇"))


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


@pytest.fixture
def project(here: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION)


def facts(project: Project, **changes: object) -> dict[str, object]:
    """What a browser sends back of the form of facts."""
    given = {
        "version": project.version, "name": project.name, "investor": "", "investment_yi": "5", "land_mu": "", "unit": "",
        "leaders": "", "platform": "", "site": "", "content": "",
    }  # fmt: skip
    return given | changes


def test_a_new_project_comes_into_the_library(client: Client, here: Unit) -> None:
    leader, unit = an_official(here, "领导甲"), a_unit(here, "西镇")
    assert "2022-07-15" in client.get("/projects/new/").content.decode()
    given = {
        "name": "乙项目", "investor": "乙公司", "investment_yi": "1.5", "land_mu": "", "unit": unit.pk, "leaders": "领导甲",
        "stage": "appraisal", "known_on": "2022-07-10", "content": "新建厂房",
    }  # fmt: skip
    answer = client.post("/projects/new/", given)
    project = Project.objects.get(name="乙项目")
    assert answer["Location"] == f"/projects/{project.pk}/"
    assert (project.investment_yi, project.land_mu, project.stage) == (Decimal("1.5"), None, "appraisal")
    assert (project.unit, list(project.leaders.all()), project.jurisdiction) == (unit, [leader], here)
    assert project.text.content == "新建厂房"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "必填"),
        ({"investment_yi": "很多"}, "应为数字"),
        ({"investment_yi": "-1"}, "大于或等于"),
        ({"leaders": "领导甲、领导癸"}, "没有名为“领导癸”的干部"),
        ({"known_on": "2022-07-16"}, "不能晚于 2022-07-15"),
        ({"known_on": "昨天"}, "应为日期"),
        ({"stage": "odd"}, "选"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: Client, here: Unit, changes: dict[str, str], words: str) -> None:
    an_official(here, "领导甲")
    given = {"name": "乙项目", "stage": "lead", "known_on": "2022-07-10", **changes}
    answer = client.post("/projects/new/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Project.objects.exists()


def test_facts_are_edited(client: Client, project: Project, here: Unit) -> None:
    an_official(here, "领导甲")
    answer = client.post(
        f"/projects/{project.pk}/edit/",
        facts(project, investor="甲公司", leaders="领导甲", site="东区"),
    )
    assert answer.status_code == 302
    project.refresh_from_db()
    assert (project.investor, project.text.site) == ("甲公司", "东区")
    assert [one.name for one in project.leaders.all()] == ["领导甲"]


def test_a_note_is_written_for_ones_own_unit(client: Client, project: Project, user: User) -> None:
    page = client.get(f"/projects/{project.pk}/notes/new/").content.decode()
    assert f'<option value="{user.unit_id}" selected' in page
    given = {"text": "第三轮磋商", "on": "2022-07-13", "unit": user.unit_id}
    client.post(f"/projects/{project.pk}/notes/new/", given)
    note = Note.objects.get()
    assert (note.text, note.on, note.unit, note.by) == ("第三轮磋商", date(2022, 7, 13), user.unit, user)
    late = client.post(f"/projects/{project.pk}/notes/new/", given | {"on": "2022-07-16"})
    assert "不能晚于 2022-07-15" in late.content.decode()
    assert "第三轮磋商" in late.content.decode(), "nothing typed is lost"


def test_a_later_day_on_the_page_may_be_written_on(client: Client, project: Project) -> None:
    with time_machine.travel("2026-11-23 12:00 +0800"):
        given = {"text": "回访", "on": "2022-07-20"}
        assert client.post(f"/projects/{project.pk}/notes/new/", given).status_code == 422
        assert client.post(f"/projects/{project.pk}/notes/new/?as_of=2022-07-31", given).status_code == 302


def test_a_stage_advances_or_says_why_not(client: Client, project: Project) -> None:
    phase = project.phases.get()
    set_gates(by=None, jurisdiction=project.jurisdiction, text="阶段: []", valid_from=date(2022, 1, 1), basis="测试")
    milestone = a_milestone(project, date(2022, 4, 30), stage="signed")
    given = {"phase": phase.pk, "stage": "signed", "on": "2022-07-14", "paper": "framework", "note": ""}
    answer = client.post(f"/projects/{project.pk}/stage/", given)
    assert answer.status_code == 422
    assert "框架协议、章程不算签约" in answer.content.decode()
    assert client.post(f"/projects/{project.pk}/stage/", given | {"paper": "formal"}).status_code == 302
    milestone.refresh_from_db()
    project.refresh_from_db()
    assert (project.stage, milestone.reached_on) == ("signed", date(2022, 7, 14))


def test_milestones_are_reached_moved_and_added(client: Client, project: Project) -> None:
    one = a_milestone(project, date(2022, 4, 30))
    refused = client.post(f"/milestones/{one.pk}/move/", {"end": "2022-08-31", "kind": "planned", "reason": ""})
    assert refused.status_code == 422
    client.post(f"/milestones/{one.pk}/move/", {"end": "2022-08-31", "kind": "strive", "reason": "用地未批"})
    one.refresh_from_db()
    assert (one.end, one.kind, one.moves.get().from_end) == (date(2022, 8, 31), "strive", date(2022, 4, 30))
    assert client.post(f"/milestones/{one.pk}/reach/", {"on": "2022-07-16"}).status_code == 422
    assert client.post(f"/milestones/{one.pk}/reach/", {"on": "2022-07-15"}).status_code == 302
    assert client.post(f"/milestones/{one.pk}/reach/", {"on": "2022-07-15"}).status_code == 422, "once is enough"
    new = {
        "text": "完成供地",
        "kind": "planned",
        "start": "2022-09-01",
        "end": "2022-09-30",
        "stage": "landed",
        "phase": "",
    }
    client.post(f"/milestones/new/{project.pk}/", new)
    added = project.milestones.get(text="完成供地")
    assert (added.known_on, added.plan, added.stage) == (TODAY, None, "landed")
    for wrong in ({"end": ""}, {"kind": "undated"}, {"start": "2022-10-01"}):
        assert client.post(f"/milestones/new/{project.pk}/", new | wrong).status_code == 422
    assert project.milestones.count() == 2


def test_problems_are_raised_and_settled(client: Client, project: Project) -> None:
    given = {"kind": "land", "text": "规划条件未确认", "on": "2022-07-01", "due_on": "2022-07-31", "unit": ""}
    assert client.post(f"/projects/{project.pk}/problems/new/", given).status_code == 302
    problem = project.problems.get()
    wrong = client.post(f"/projects/problems/{problem.pk}/", {"answer": "已确认", "on": "2022-06-30"})
    assert "不能早于提出日 2022-07-01" in wrong.content.decode()
    assert client.post(f"/projects/problems/{problem.pk}/", {"answer": "已确认", "on": "2022-07-12"}).status_code == 302
    problem.refresh_from_db()
    assert (problem.settled_on, problem.answer) == (date(2022, 7, 12), "已确认")


def test_strangers_may_not_touch_milestones_and_problems(project: Project) -> None:
    stranger = signed_in(a_user(a_jurisdiction("别的市")))
    one = a_milestone(project, date(2022, 4, 30))
    problem = raise_problem(by=None, project=project, kind="land", text="用地", on=date(2022, 6, 1))
    paths = (f"/milestones/{one.pk}/move/", f"/milestones/{one.pk}/reach/", f"/projects/problems/{problem.pk}/")
    for path in (*paths, f"/milestones/new/{project.pk}/"):
        assert stranger.get(path).status_code == stranger.post(path, {}).status_code == 404
