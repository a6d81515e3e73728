"""One month's facts from the library, as of the month's end, in a constant number of queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.targets import FAR, a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.schedules.actions import add_milestones, move_milestone, reach_milestone, refresh_outlooks
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.actions import raise_problem, settle_problem, turn_project, write_note
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.rules import Turn
from zhaoyin.report.supervision.compose import compose
from zhaoyin.report.supervision.document import to_docx
from zhaoyin.report.supervision.facts import MonthFacts
from zhaoyin.report.supervision.queries import NotYet, gather, months_to_report
from zhaoyin.report.supervision.rules import Ledger, checks, require_footing

pytestmark = pytest.mark.django_db
JUNE = Period(2022, "month", 6)
TODAY = date(2022, 7, 15)


def june(city: Unit, today: date = TODAY) -> MonthFacts:
    return gather(city, JUNE, today)


def milestone(project: Project, text: str, end: date | None, kind: str = "planned") -> Milestone:
    fields = {"text": text, "end": end, "kind": kind, "when": "", "start": None}
    add_milestones(by=None, promises=[(project, fields)], known_on=date(2022, 1, 1))
    refresh_outlooks(project_ids=[project.pk])
    return project.milestones.get(text=text)


def test_the_month_ends_on_its_last_day_or_on_the_day_of_asking() -> None:
    city = a_jurisdiction()
    assert (june(city).as_of, june(city).complete) == (date(2022, 6, 30), True)
    assert (june(city, date(2022, 6, 15)).as_of, june(city, date(2022, 6, 15)).complete) == (date(2022, 6, 15), False)
    with pytest.raises(NotYet, match="2022年6月还没有开始"):
        june(city, date(2022, 5, 31))


def test_what_happened_after_the_month_is_not_in_it() -> None:
    city = a_jurisdiction()
    project = a_project(city, reached={Stage.NEGOTIATION: date(2022, 5, 1), Stage.SIGNED: date(2022, 7, 1)})
    a_project(city, known_on=date(2022, 7, 2))
    facts = june(city)
    assert list(facts.projects) == [project.pk]
    assert facts.projects[project.pk].stage is Stage.NEGOTIATION
    assert facts.events["signed"] == ()
    assert [record.name for record in gather(city, JUNE.next(), FAR).events["signed"]] == [project.name]


def test_lights_of_milestones_are_those_of_the_day() -> None:
    city = a_jurisdiction()
    project = a_project(city)
    in_june = milestone(project, "签约", date(2022, 6, 1))
    reach_milestone(by=None, milestone=in_june, on=date(2022, 6, 20), as_of=FAR)
    in_july = milestone(project, "落地", date(2022, 6, 10))
    reach_milestone(by=None, milestone=in_july, on=date(2022, 7, 10), as_of=FAR)
    moved = milestone(project, "开工", date(2022, 6, 10))
    move_milestone(by=None, milestone=moved, start=None, end=date(2022, 7, 20), reason="用地", on=date(2022, 6, 25))
    later = milestone(project, "投产", date(2022, 6, 12))
    move_milestone(by=None, milestone=later, start=None, end=date(2022, 9, 1), reason="用地", on=date(2022, 7, 5))
    facts = june(city)
    assert [row.text for row in facts.reached] == ["签约"]
    assert [item.what for item in Ledger(facts).items("late")] == ["落地", "投产"]
    assert [item.what for item in Ledger(facts).items("due_next")] == ["开工"]


def test_a_paused_project_is_neither_in_stock_nor_late() -> None:
    city = a_jurisdiction()
    project = a_project(city)
    milestone(project, "签约", date(2022, 6, 1))
    turn_project(by=None, project=project, turn=Turn.PAUSE, on=date(2022, 6, 20), as_of=TODAY, reason="等用地指标")
    facts = june(city)
    assert Ledger(facts).items("stock") == []
    assert facts.due == ()
    turn_project(by=None, project=project, turn=Turn.RESUME, on=date(2022, 7, 2), as_of=TODAY, reason="指标已到")
    assert june(city).due == (), "June goes on telling how it stood in June"


def test_units_that_reported_nothing_and_units_that_did_not_report() -> None:
    city = a_jurisdiction()
    moving, zero, silent, exempt = (
        a_unit(city, name, reports=reports)
        for name, reports in (("东镇", True), ("西镇", True), ("南镇", True), ("局", False))
    )
    moved = a_project(city, reached={Stage.NEGOTIATION: date(2022, 6, 3)}, fields={"unit": moving})
    still = a_project(city, fields={"unit": zero})
    for project, unit in ((moved, moving), (still, zero)):
        write_note(by=None, project=project, text="对接", on=date(2022, 6, 9), unit=unit)
    write_note(by=None, project=still, text="对接", on=date(2022, 7, 1), unit=silent)
    bulletin = compose(june(city))
    assert bulletin.zero == ("西镇",)
    assert bulletin.silent == ("南镇",)
    assert exempt.name not in bulletin.silent


def test_problems_open_on_the_day() -> None:
    city = a_jurisdiction()
    project = a_project(city)
    settled = raise_problem(by=None, project=project, kind="land", text="用地", on=date(2022, 5, 1))
    settle_problem(by=None, problem=settled, on=date(2022, 6, 2), answer="已落实")
    still = raise_problem(by=None, project=project, kind="money", text="资金", on=date(2022, 5, 1))
    settle_problem(by=None, problem=still, on=date(2022, 7, 2), answer="已到位")
    raise_problem(by=None, project=project, kind="policy", text="政策", on=date(2022, 7, 1))
    assert [(row.kind, row.text) for row in june(city).problems] == [("资金", "资金")]


def test_the_office_of_the_leading_group_signs() -> None:
    city = a_jurisdiction("某某市")
    assert june(city).office == "某某市招大引强工作领导小组办公室"
    a_unit(city, "市招商工作领导小组办公室")
    assert june(city).office == "市招商工作领导小组办公室"


def grow(city: Unit, count: int) -> None:
    unit, leaders = a_unit(city, f"单位{count}"), [an_official(city, f"领导{count}{n}") for n in "ab"]
    for _ in range(count):
        project = a_project(city, reached={Stage.SIGNED: date(2022, 6, 3)}, fields={"unit": unit}, leaders=leaders)
        milestone(project, "落地", date(2022, 6, 5))
        write_note(by=None, project=project, text="对接", on=date(2022, 6, 9), unit=unit)
        raise_problem(by=None, project=project, kind="land", text="用地", on=date(2022, 5, 1), unit=unit)


def test_the_number_of_queries_does_not_grow() -> None:
    city = a_jurisdiction()
    a_plan(city)
    grow(city, 1)
    with CaptureQueriesContext(connection) as few:
        to_docx(compose(june(city)))
    grow(city, 4)
    with CaptureQueriesContext(connection) as more:
        bulletin = compose(june(city))
        to_docx(bulletin)
    assert len(more) == len(few) <= 24
    assert all(check.outcome for check in checks(bulletin))


def test_the_same_month_gives_the_same_bytes_whenever_it_is_written() -> None:
    city = a_jurisdiction()
    a_plan(city)
    grow(city, 2)
    first = to_docx(compose(gather(city, JUNE, TODAY), "某投促办〔2022〕6号"))
    assert to_docx(compose(gather(city, JUNE, FAR), "某投促办〔2022〕6号")) == first


def test_two_places_do_not_mix() -> None:
    here, there = a_jurisdiction(), a_jurisdiction()
    a_project(there, yi="3", reached={Stage.SIGNED: date(2022, 6, 3)})
    bulletin = compose(june(here))
    require_footing(bulletin)
    assert {figure.value for _, figure in bulletin.figures()} <= {0, Decimal(0)}


def test_the_months_that_can_be_reported() -> None:
    city = a_jurisdiction()
    assert months_to_report(city, TODAY) == months_to_report(None, TODAY) == []
    a_project(city, known_on=date(2022, 5, 20))
    assert [str(month) for month in months_to_report(city, TODAY)] == ["2022-07", "2022-06", "2022-05"]
