"""Writing to milestones: dates that moved stay in sight, and the project keeps its next days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import a_user
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.plan.schedules.actions import (
    add_milestones,
    move_milestone,
    reach_milestone,
    renew_milestones,
    withdraw_milestones,
)
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.actions import NotAllowed
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
KNOWN, TODAY = date(2022, 1, 10), date(2022, 7, 15)
APRIL, JUNE, AUGUST = date(2022, 4, 30), date(2022, 6, 30), date(2022, 8, 31)


@pytest.fixture
def project() -> Project:
    return a_project(a_jurisdiction(), known_on=KNOWN)


def facts(project: Project) -> tuple[date | None, date | None, date]:
    project.refresh_from_db()
    return project.due_on, project.strive_on, project.recorded_on


def test_promises_stand_in_order_and_give_the_project_its_next_days(project: Project) -> None:
    day = date(2022, 2, 1)
    first = a_milestone(project, JUNE, known_on=day)
    fields = [{"text": "争取开工", "kind": "strive", "end": AUGUST}, {"text": "落地", "kind": "planned", "end": APRIL}]
    add_milestones(by=None, promises=[(project, one) for one in fields], known_on=day)
    assert [one.position for one in project.milestones.all()] == [0, 1, 2]
    assert project.milestones.first() == first
    assert facts(project) == (APRIL, AUGUST, day)


def test_many_projects_take_as_many_statements_as_one() -> None:
    here = a_jurisdiction()
    projects = [a_project(here, known_on=KNOWN) for _ in range(5)]
    fields = {"text": "签约", "kind": "planned", "end": JUNE}
    asked = []
    for some in (projects[:1], projects[1:]):
        with CaptureQueriesContext(connection) as found:
            add_milestones(by=None, promises=[(one, fields) for one in some], known_on=KNOWN)
        asked.append(len(found))
    assert asked[0] == asked[1] <= 8
    assert {facts(one)[0] for one in projects} == {JUNE}


def test_reaching_moves_the_project_and_the_next_day(project: Project) -> None:
    first, _ = a_milestone(project, APRIL), a_milestone(project, AUGUST)
    reach_milestone(by=a_user(), milestone=first, on=date(2022, 5, 6), as_of=TODAY)
    assert facts(project) == (AUGUST, None, date(2022, 5, 6))
    assert project.moved_on == date(2022, 5, 6)
    with pytest.raises(NotAllowed, match="已经完成"):
        reach_milestone(by=None, milestone=first, on=TODAY, as_of=TODAY)
    with pytest.raises(NotAllowed, match="晚于截至日"):
        reach_milestone(by=None, milestone=project.milestones.get(end=AUGUST), on=AUGUST, as_of=TODAY)


def test_a_moved_date_keeps_where_it_came_from(project: Project) -> None:
    one = a_milestone(project, APRIL, start=date(2022, 4, 1))
    move_milestone(by=a_user(), milestone=one, start=None, end=JUNE, reason=" 用地未批 ", on=date(2022, 5, 6))
    move_milestone(by=None, milestone=one, start=None, end=AUGUST, kind="strive", reason="又未批", on=date(2022, 7, 1))
    first, second = one.moves.all()
    assert (first.from_start, first.from_end, first.to_end, first.reason) == (date(2022, 4, 1), APRIL, JUNE, "用地未批")
    assert (second.from_end, second.from_kind, second.to_kind) == (JUNE, "planned", "strive")
    assert facts(project) == (None, AUGUST, date(2022, 7, 1))
    assert project.moved_on == KNOWN, "a promise that moves is no progress"
    assert sentence(history(project)[0]) == "节点“正式签约”改期 2022-06-30 → 2022-08-31：又未批"


def test_a_move_without_a_date_leaves_it_undated_and_back(project: Project) -> None:
    one = a_milestone(project, APRIL)
    move_milestone(by=None, milestone=one, start=None, end=None, reason="待定", on=TODAY)
    one.refresh_from_db()
    assert (one.kind, one.end, facts(project)[0]) == ("undated", None, None)
    move_milestone(by=None, milestone=one, start=None, end=AUGUST, reason="定了", on=TODAY)
    one.refresh_from_db()
    assert (one.kind, one.end) == ("planned", AUGUST)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "理由"),
        ({"start": AUGUST, "end": JUNE}, "起始日晚于截止日"),
        ({"start": JUNE, "end": None}, "要有截止日"),
        ({"on": date(2022, 2, 28)}, "2022-03-01"),
    ],
)
def test_a_move_that_cannot_stand_changes_nothing(project: Project, changes: dict[str, date], words: str) -> None:
    one = a_milestone(project, APRIL, known_on=date(2022, 3, 1))
    given = {"start": None, "end": JUNE, "reason": "用地", "on": TODAY, **changes}
    with pytest.raises(NotAllowed, match=words):
        move_milestone(by=None, milestone=one, **given)
    one.refresh_from_db()
    assert (one.end, one.moves.count()) == (APRIL, 0)


def test_withdrawn_promises_count_no_longer_and_stay(project: Project) -> None:
    one = a_milestone(project, APRIL)
    withdraw_milestones(by=None, milestones=[one], on=JUNE)
    assert facts(project) == (None, None, JUNE)
    assert Milestone.objects.get().withdrawn_on == JUNE
    with pytest.raises(NotAllowed):
        reach_milestone(by=None, milestone=one, on=TODAY, as_of=TODAY)


def test_a_newer_edition_renews_an_open_promise_and_no_other(project: Project) -> None:
    one, done = a_milestone(project, APRIL), a_milestone(project, APRIL)
    reach_milestone(by=None, milestone=done, on=APRIL, as_of=TODAY)
    move_milestone(by=None, milestone=one, start=None, end=JUNE, reason="用地", on=TODAY)
    now = {"start": None, "end": AUGUST, "kind": "planned", "text": "签约", "when": "8月"}
    renew_milestones(by=None, renewed=[(one, now), (done, now)], reason="新版", on=date(2022, 3, 1))
    one.refresh_from_db()
    done.refresh_from_db()
    assert (one.end, one.text, one.when, done.end, done.text) == (AUGUST, "签约", "8月", APRIL, "正式签约")
    assert one.moves.last().on == TODAY, "an edition dated earlier does not rewrite what was asked in between"


def test_an_edition_that_only_strives_changes_the_kind(project: Project) -> None:
    one = a_milestone(project, APRIL)
    now = {"start": one.start, "end": APRIL, "kind": "strive", "text": one.text, "when": one.when}
    renew_milestones(by=None, renewed=[(one, now)], reason="新版", on=date(2022, 3, 1))
    one.refresh_from_db()
    assert (one.kind, one.end) == ("strive", APRIL)
    assert facts(project)[:2] == (None, APRIL)


@pytest.mark.django_db(transaction=True)
def test_two_milestones_of_a_project_changed_at_once_both_count() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, which one connection has for itself; a file has one writer anyway")
    project = a_project(a_jurisdiction(), known_on=KNOWN)
    first, second = a_milestone(project, APRIL), a_milestone(project, JUNE)
    reached, moving = Event(), Event()

    def reach() -> None:
        with transaction.atomic():
            reach_milestone(by=None, milestone=first, on=date(2022, 2, 1), as_of=TODAY)
            reached.set()
            moving.wait(5)
            sleep(0.5)  # until the other one waits for the project's row
        connection.close()

    def move() -> None:
        reached.wait(5)
        moving.set()
        move_milestone(by=None, milestone=second, start=None, end=AUGUST, reason="用地", on=date(2022, 2, 2))
        connection.close()

    with ThreadPoolExecutor(2) as people:
        for act in (people.submit(reach), people.submit(move)):
            act.result()
    project.refresh_from_db()
    assert project.due_on == AUGUST


def test_the_database_keeps_windows_in_order(project: Project) -> None:
    for wrong in ({"start": JUNE, "end": APRIL}, {"kind": "undated", "end": JUNE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.create(**{"project": project, "text": "x", "kind": "planned", "known_on": KNOWN, **wrong})
