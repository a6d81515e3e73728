"""Targets counted from the library, as of any day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.targets import FAR, a_jurisdiction, a_plan, a_project
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.targets.queries import progress_of, stage_records
from zhaoyin.plan.targets.rules import Progress
from zhaoyin.record.projects.actions import advance_stage, record_foreign_capital, replace_phases
from zhaoyin.record.promotion.actions import record_event

pytestmark = pytest.mark.django_db
JULY = date(2022, 7, 15)


def figures(area: list[int], as_of: date) -> dict[str, Progress]:
    (plan,) = progress_of(area, as_of.year, as_of)
    return {result.target.label: result for _, result in plan.progress}


def test_each_project_counts_once_by_its_first_formal_signing() -> None:
    city = a_jurisdiction()
    a_plan(city)
    big = a_project(city, "甲", yi="12", reached={Stage.SIGNED: date(2022, 3, 1)})
    a_project(city, "乙", yi="0.9", reached={Stage.SIGNED: date(2022, 3, 1)})
    a_project(city, "丙", yi=None, reached={Stage.SIGNED: date(2022, 3, 1)})
    last_year = {Stage.SIGNED: date(2021, 3, 1), Stage.LANDED: date(2022, 2, 1)}
    a_project(city, "丁", yi="30", known_on=date(2021, 1, 1), reached=last_year)
    a_project(city, "戊", yi="30", known_on=date(2022, 1, 5), stage=Stage.SIGNED)
    found = figures([city.pk], JULY)
    assert [record.name for record in found["签约亿元以上产业项目"].records] == ["甲"]
    assert found["签约亿元以上产业项目"].records[0].project_id == big.pk
    assert {item.record.name for item in found["签约亿元以上产业项目"].left_out} == {"丙", "戊"}
    assert found["其中 10 亿元以上"].figure == 1


def test_a_second_phase_signed_later_adds_nothing() -> None:
    city = a_jurisdiction()
    a_plan(city)
    project = a_project(city, reached={Stage.SIGNED: date(2022, 3, 1)})
    replace_phases(by=None, project=project, phases=[{"name": "一期"}, {"name": "二期"}], on=date(2022, 4, 1))
    second = project.phases.get(name="二期")
    advance_stage(by=None, phase=second, stage=Stage.SIGNED, on=date(2022, 5, 1), as_of=FAR, paper="formal")
    assert figures([city.pk], JULY)["签约亿元以上产业项目"].figure == 1
    assert figures([city.pk], date(2022, 2, 28))["签约亿元以上产业项目"].figure == 0


def test_the_framework_agreement_of_a_negotiation_is_no_signing() -> None:
    city = a_jurisdiction()
    a_plan(city)
    project = a_project(city)
    advance_stage(
        by=None, phase=project.phases.get(), stage=Stage.NEGOTIATION, on=date(2022, 2, 1), as_of=FAR, paper="framework"
    )
    assert figures([city.pk], JULY)["签约亿元以上产业项目"].figure == 0


def test_capital_and_events_by_their_own_day() -> None:
    city, other = a_jurisdiction(), a_jurisdiction()
    a_plan(city)
    for place, on, amount in ((city, date(2022, 7, 15), "1500.5"), (city, date(2022, 7, 16), "9"), (city, date(2021, 7, 1), "9"),
                              (other, date(2022, 7, 1), "9")):  # fmt: skip
        record_foreign_capital(by=None, jurisdiction=place, on=on, amount_wan_usd=Decimal(amount), note="凭证")
    record_event(by=None, jurisdiction=city, kind="large", title="深圳推介会", on=date(2022, 5, 1))
    found = figures([city.pk], JULY)
    assert found["实际使用外资"].figure == Decimal("1500.5")
    assert (found["大型推介签约活动"].figure, found["小型针对性推介活动"].figure) == (1, 0)
    assert found["招商满意度"].figure is None


def test_a_city_counts_the_towns_below_it() -> None:
    city = a_jurisdiction()
    town = a_jurisdiction(above=city)
    a_plan(city)
    a_project(town, reached={Stage.SIGNED: date(2022, 3, 1)})
    assert figures([city.pk], JULY)["签约亿元以上产业项目"].figure == 1


def test_another_years_plan_is_not_held_against_this_year() -> None:
    city = a_jurisdiction()
    a_plan(city, year=2021)
    assert progress_of([city.pk], 2022, JULY) == []


def test_landing_and_start_are_counted_by_their_own_first_day() -> None:
    city = a_jurisdiction()
    a_project(city, "甲", reached={Stage.SIGNED: date(2022, 1, 10), Stage.LANDED: date(2022, 2, 1)})
    a_project(city, "乙", stage=Stage.SIGNED, reached={Stage.CONSTRUCTION: date(2022, 3, 1)})
    records = stage_records([city.pk], date(2022, 1, 1), JULY)
    assert {source: [record.name for record in rows] for source, rows in records.items()} == {
        "signed": ["甲"], "landed": ["甲"], "construction": ["乙"], "production": [],
    }  # fmt: skip


def test_the_number_of_queries_does_not_grow() -> None:
    city = a_jurisdiction()
    a_plan(city)
    a_project(city, reached={Stage.SIGNED: date(2022, 3, 1)})
    with CaptureQueriesContext(connection) as few:
        figures([city.pk], JULY)
    for _ in range(5):
        a_project(city, reached={Stage.SIGNED: date(2022, 3, 1), Stage.LANDED: date(2022, 4, 1)})
    with CaptureQueriesContext(connection) as more:
        figures([city.pk], JULY)
    assert len(more) == len(few)
