"""Filing a lead: the first one holds it, the later one is kept, the office decides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.plans import a_jurisdiction, a_user
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.organisations.actions import add_unit
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.filings import actions
from zhaoyin.record.filings.actions import CannotFile, LooksAlike
from zhaoyin.record.filings.models import Filing, Status, Terms
from zhaoyin.record.filings.queries import row_of, times_of, visible_to
from zhaoyin.record.projects.actions import create_project
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.rules import Lead

ON = date(2022, 7, 1)
LEAD = Lead("白石控股有限公司", "白石集团", "白石精密制造项目", "南洋区块")


class Two:
    """A place with two towns, each with a head, and its office."""

    def __init__(self) -> None:
        self.here = a_jurisdiction()
        self.towns = [add_unit(by=None, jurisdiction=self.here, name=name) for name in ("云溪镇", "清水镇")]
        self.heads = [a_user(f"head{n}", town, role="head") for n, town in enumerate(self.towns)]
        self.office = a_user("office", self.here)

    def file(self, town: int, lead: Lead = LEAD, on: date = ON, **more: Any) -> Filing:
        return actions.file_lead(
            by=self.heads[town], jurisdiction=self.here, unit=self.towns[town], lead=lead, on=on, **more
        )


@pytest.fixture
def two(db: None) -> Two:
    return Two()


def test_a_filing_makes_a_lead_and_protects_it(two: Two) -> None:
    made = two.file(0)
    project = made.project
    assert (project.stage, project.unit, project.investor, project.text.site) == (
        "lead",
        two.towns[0],
        LEAD.investor,
        "南洋区块",
    )
    assert (made.status, made.until) == (Status.HOLDING, date(2022, 9, 29))


def test_the_later_one_is_kept_and_makes_no_second_project(two: Two) -> None:
    first, later = two.file(0), two.file(1, LEAD._replace(investor="白石股份有限公司"))
    assert (later.status, later.project) == (Status.LATER, first.project)
    assert first.at <= later.at
    assert list(visible_to(two.heads[1])) == [later]
    assert Project.objects.count() == 1


def test_the_same_unit_files_once(two: Two) -> None:
    two.file(0)
    with pytest.raises(CannotFile, match="不必重复备案"):
        two.file(0)


def test_what_looks_alike_is_shown_before_anything_is_saved(two: Two) -> None:
    first = two.file(0)
    other = LEAD._replace(project="光学镜头项目")
    with pytest.raises(LooksAlike) as shown:
        two.file(1, other)
    assert [one.project for one in shown.value.found] == [first.project_id]
    assert Filing.objects.count() == 1
    made = two.file(1, other, seen=[first.project_id])
    assert made.status == Status.HOLDING


def test_a_project_of_the_library_is_joined_by_its_unit_and_held_against_others(two: Two) -> None:
    known = create_project(
        by=None, jurisdiction=two.here, name=LEAD.project, known_on=ON,
        fields={"investor": LEAD.investor, "unit": two.towns[0]},
    )  # fmt: skip
    later, own = two.file(1), two.file(0)
    assert (later.status, own.status, own.project, later.project) == (Status.LATER, Status.HOLDING, known, known)


def test_after_the_period_the_next_one_holds_it(two: Two) -> None:
    first = two.file(0)
    second = two.file(1, on=date(2022, 9, 30))
    first.refresh_from_db()
    assert (first.status, second.status, second.project) == (Status.LAPSED, Status.HOLDING, first.project)
    assert Project.objects.get().unit == two.towns[1]


def test_nobody_files_for_another_unit(two: Two) -> None:
    with pytest.raises(Forbidden):
        actions.file_lead(by=two.heads[0], jurisdiction=two.here, unit=two.towns[1], lead=LEAD, on=ON)


def test_two_rows_cannot_hold_one_lead(two: Two) -> None:
    first = two.file(0)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


@pytest.mark.parametrize(
    ("outcome", "first", "later"),
    [("upheld", "holding", "later"), ("reversed", "later", "holding"), ("distinct", "holding", "holding")],
)
def test_the_office_decides_an_appeal_once(two: Two, outcome: str, first: str, later: str) -> None:
    one, other = two.file(0), two.file(1)
    appeal = actions.appeal(by=two.heads[1], filing=other, text="我们 6 月已经洽谈", on=ON)
    with pytest.raises(CannotFile, match="已经申诉"):
        actions.appeal(by=two.heads[1], filing=other, text="再申诉", on=ON)
    with pytest.raises(Forbidden):
        actions.decide(by=two.heads[1], appeal=appeal, outcome=outcome, reason="自己裁定", on=ON)
    actions.decide(by=two.office, appeal=appeal, outcome=outcome, reason="核对往来函件", on=ON)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, other.status) == (first, later)
    assert other.project.unit == two.towns[outcome != "upheld"]
    with pytest.raises(CannotFile, match="裁定"):
        actions.decide(by=two.office, appeal=appeal, outcome="upheld", reason="再来一次", on=ON)


def test_steps_run_the_clock_and_are_told_in_the_project(two: Two) -> None:
    made = two.file(0, introducer="商会甲")
    assert row_of(made, date(2022, 7, 4)).next.due_on == date(2022, 7, 2)  # type: ignore[union-attr]
    actions.take_step(by=two.heads[0], filing=made, kind="named", text="专员甲负责", on=date(2022, 7, 2))
    assert row_of(made, date(2022, 7, 4)).next.kind == "judged"  # type: ignore[union-attr]
    assert made.project.notes.get().text == "明确专人：专员甲负责"


def test_a_jurisdictions_days_hold_from_their_day_on(two: Two) -> None:
    Terms.objects.create(jurisdiction=two.here, since=date(2022, 7, 2), protection=30)
    assert times_of(two.here, ON).protection == 90
    assert two.file(0, on=date(2022, 7, 2)).until == date(2022, 8, 1)


@pytest.mark.django_db(transaction=True)
def test_two_units_in_the_same_second() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, which one connection has for itself; a file has one writer anyway")
    two, together = Two(), Barrier(6)

    def bring(number: int) -> str:
        together.wait()
        try:
            return str(two.file(number % 2).status)
        except CannotFile:
            return "again"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        told = sorted(people.map(bring, range(6)))
    assert told.count("holding") == 1
    assert told.count("later") >= 1
    assert Filing.objects.filter(status="holding").count() == 1
    assert Project.objects.count() == Unit.objects.filter(led_projects__isnull=False).count() == 1
    first = Filing.objects.order_by("at", "pk").first()
    assert first is not None
    assert first.status == "holding"
