"""What two plans, two editions or two tries of one document make of the same project."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from tests.actions.test_plans_commit import DAY, document, milestone, reading
from tests.factories.plans import a_jurisdiction, a_user
from zhaoyin.documents.reading.model import PlanReading, ReadMilestone
from zhaoyin.ground.accounts.models import User
from zhaoyin.plan.plans.actions import commit_document, undo_commit
from zhaoyin.plan.plans.models import Doubt, Entry, Plan, PlanDocument
from zhaoyin.plan.plans.queries import outcome
from zhaoyin.plan.plans.rules import Promise, known_from, match_promises, same_plan
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.actions import write_note
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return a_user("office", None)


def edition(*milestones: ReadMilestone) -> PlanReading:
    read = deepcopy(reading())
    read.projects[1].milestones = milestones
    return read


def test_words_alike_that_name_two_stages_are_two_promises() -> None:
    before = [Promise("完成项目一期正式签约", "signed", "一期")]
    assert match_promises([Promise("完成项目一期正式开工", "construction", "一期")], before) == [None]
    assert match_promises([Promise("完成项目一期正式签约仪式", "", "一期")], before) == [0]


def test_an_edition_that_promises_another_stage_makes_another_milestone(officer: User) -> None:
    first = edition(milestone("6月", 6, "完成项目厂房正式签约", "signed"))
    commit_document(by=officer, document=document(first), on=DAY)
    second = edition(milestone("6月", 6, "完成项目厂房正式开工", "construction"))
    commit_document(by=officer, document=document(second, "plan-2.docx"), on=date(2022, 4, 1))

    rows = Milestone.objects.filter(project__name="电商产业园项目").order_by("pk")
    assert [(row.text[-2:], row.stage, row.withdrawn_on) for row in rows] == [
        ("签约", "signed", date(2022, 4, 1)), ("开工", "construction", None),
    ]  # fmt: skip


def next_year() -> PlanReading:
    read = deepcopy(reading())
    read.title, read.year = "2023年临川市招大引强行动方案", 2023
    for project in read.projects:
        project.milestones = ()
    return read


def test_an_undo_leaves_the_projects_that_another_plan_lists(officer: User) -> None:
    first = commit_document(by=officer, document=document(reading()), on=DAY)
    commit_document(by=officer, document=document(next_year(), "plan-2023.docx"), on=date(2023, 1, 5))
    assert outcome(first).touched == ["新材料产业园项目", "电商产业园项目"]

    kept = undo_commit(by=officer, commit=first, on=date(2023, 1, 6))

    assert kept[:2] == ["项目“新材料产业园项目”", "项目“电商产业园项目”"]
    assert Entry.objects.filter(plan=Plan.objects.get(year=2023)).count() == 2


def test_an_open_doubt_stays_with_the_project_that_stays(officer: User) -> None:
    commit = commit_document(by=officer, document=document(reading()), on=DAY)
    project = Project.objects.get(name="新材料产业园项目")
    write_note(by=officer, project=project, text="已对接", on=date(2022, 3, 5))
    undo_commit(by=officer, commit=commit, on=DAY)
    assert Doubt.objects.get().project == project


def test_a_second_try_does_not_doubt_the_same_thing_twice(officer: User) -> None:
    read = reading()
    read.projects.append(deepcopy(read.projects[0]))
    row = document(read)
    commit = commit_document(by=officer, document=row, on=DAY)
    undo_commit(by=officer, commit=commit, on=DAY)
    assert not Doubt.objects.filter(message__contains="疑为重复").exists()
    commit_document(by=officer, document=row, on=DAY)
    assert Doubt.objects.filter(message__contains="疑为重复").count() == 1


@pytest.mark.parametrize(
    ("year", "today", "last", "day"),
    [
        (2022, date(2022, 7, 15), None, date(2022, 7, 15)),
        (2023, date(2022, 12, 20), None, date(2022, 12, 20)),
        (2022, date(2026, 2, 1), None, date(2022, 1, 1)),
        (2022, date(2026, 2, 1), date(2022, 7, 15), date(2022, 7, 15)),
    ],
)
def test_since_when_a_plan_is_known(year: int, today: date, last: date | None, day: date) -> None:
    assert known_from(year, today, last) == day


def test_the_doubts_of_an_edition_go_to_the_projects_of_its_rows(officer: User) -> None:
    commit_document(by=officer, document=document(reading()), on=DAY)
    shorter = deepcopy(reading())
    del shorter.projects[0]
    shorter_document = document(shorter, "plan-2.docx")
    commit_document(by=officer, document=shorter_document, on=DAY)
    assert Entry.objects.filter(position=0).count() == 2, "the dropped project was in the first row too"
    assert Doubt.objects.get(document=shorter_document).project == Project.objects.get(name="电商产业园项目")


def test_a_later_edition_of_a_past_year_takes_nothing_back_before_it_was_promised(officer: User) -> None:
    commit_document(by=officer, document=document(reading()), on=DAY)
    commit_document(by=officer, document=document(edition(), "plan-2.docx"), on=date(2024, 1, 9))
    assert Milestone.objects.get(text="开工建设").withdrawn_on == DAY


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time anyhow")
def test_two_documents_of_one_plan_committed_at_once_make_one_plan() -> None:
    documents = [document(reading(), name) for name in ("a.docx", "b.docx")]
    PlanDocument.objects.update(jurisdiction=a_jurisdiction("临川市"))
    first_is_in, faults = Event(), list[Exception]()

    def first() -> None:
        with transaction.atomic():
            commit_document(by=None, document=documents[0], on=DAY)
            first_is_in.set()
            sleep(0.5)  # the second one begins before this one is done

    def second() -> None:
        first_is_in.wait(10)
        commit_document(by=None, document=documents[1], on=DAY)

    def kept(run: Callable[[], None]) -> None:
        try:
            run()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=kept, args=(run,)) for run in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (Plan.objects.count(), Project.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("2022年临川市招商引资攻坚行动实施方案（修订稿）", True),
        ("关于印发《2022年临川市招商引资攻坚行动实施方案》的通知", True),
        ("2022年临川市招商引资攻坚行动方案", True),
        ("2022年临川市招才引智攻坚行动实施方案", False),
    ],
)
def test_what_title_is_of_the_same_plan(other: str, same: bool) -> None:
    title = "2022年临川市招商引资攻坚行动实施方案"
    assert same_plan(title, other) is same_plan(other, title) is same
