"""The pages of the year's targets: what they show, to whom, and as of which day."""

from datetime import date

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import a_user
from tests.factories.accounts import signed_in as browser_of
from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit
from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.duties.queries import DutyLine
from zhaoyin.plan.targets.queries import progress_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Unit:
    place = a_jurisdiction("某某市")
    a_plan(place)
    a_project(place, "甲项目", yi="12", reached={Stage.SIGNED: date(2022, 6, 1)})
    a_project(place, "乙项目", yi=None, reached={Stage.SIGNED: date(2022, 6, 2)})
    return place


def signed_in(unit: Unit | None) -> Client:
    user, _ = add_user(by=None, username="office", unit=unit, role="office")
    user.must_change_password = False
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_the_page_needs_a_login(client: Client) -> None:
    assert client.get("/targets/").status_code == 302
    assert client.get("/targets/1/").status_code == 302


def test_each_target_with_its_figure_gap_and_definition(city: Unit) -> None:
    page = signed_in(city).get("/targets/?as_of=2022-07-15").content.decode()
    assert "签约亿元以上产业项目" in page
    assert "比时间进度少 12.4 个" in page
    assert "框架协议、章程不计" in page
    assert "另有 1 个项目总投资不详，未计入：乙项目" in page
    assert "须人工填报" in page
    assert "1 条记录，1 条未计入" in page


def test_whoever_sees_a_part_is_not_told_that_the_whole_is_late(city: Unit) -> None:
    page = browser_of(a_user(a_unit(city, "东镇"), role="head")).get("/targets/?as_of=2022-07-15").content.decode()
    assert "这里只计您能看到的项目" in page
    assert "比时间进度" not in page


def test_an_earlier_day_counts_what_was_then(city: Unit) -> None:
    page = signed_in(city).get("/targets/?as_of=2022-05-31").content.decode()
    assert "0 条记录" in page
    assert "第 151 天 / 365 天" in page


def test_a_figure_opens_its_records_and_those_left_out(city: Unit) -> None:
    number = city.plans.get().targets.get(label="签约亿元以上产业项目").pk
    page = signed_in(city).get(f"/targets/{number}/?as_of=2022-07-15").content.decode()
    assert page.index("甲项目") < page.index("未计入的记录") < page.index("乙项目")
    assert "2022-06-01" in page
    assert "12.0" in page


def test_another_place_sees_nothing(city: Unit) -> None:
    number = city.plans.get().targets.all()[0].pk
    stranger = signed_in(a_jurisdiction())
    assert "还没有 2022 年的目标" in stranger.get("/targets/?as_of=2022-07-15").content.decode()
    assert stranger.get(f"/targets/{number}/?as_of=2022-07-15").status_code == 404


def test_another_year_is_chosen_by_its_address(city: Unit) -> None:
    a_plan(city, year=2021)
    client = signed_in(city)
    assert "第 365 天 / 365 天" in client.get("/targets/?as_of=2022-07-15&year=2021").content.decode()
    for wrong in ("2019", "x", "9" * 40, "二"):
        assert "第 196 天 / 365 天" in client.get(f"/targets/?as_of=2022-07-15&year={wrong}").content.decode()


def test_the_number_of_queries_does_not_grow(city: Unit) -> None:
    client = signed_in(city)
    client.get("/targets/?as_of=2022-07-15")
    with CaptureQueriesContext(connection) as few:
        client.get("/targets/?as_of=2022-07-15")
    for n in range(5):
        a_project(city, reached={Stage.SIGNED: date(2022, 6, n + 1)})
    with CaptureQueriesContext(connection) as more:
        client.get("/targets/?as_of=2022-07-15")
    assert len(more) == len(few)


def test_duties_are_shown_as_a_table_and_an_empty_plan_says_so() -> None:
    template = engines["jinja2"].from_string('{% from "duties/table.html" import duty_table %}{{ duty_table(lines) }}')
    line = DutyLine(("专班",), "外出招商", "原则上每月各不少于 4 次", True, "")
    shown = template.render({"lines": [line]})
    assert "原则上每月各不少于 4 次" in shown
    assert '<span class="unknown">/</span>' in shown
    assert "没有职责要求" in template.render({"lines": []})


def test_the_card_for_the_workbench(city: Unit) -> None:
    (plan,) = progress_of([city.pk], 2022, date(2022, 7, 15))
    template = engines["jinja2"].from_string('{% from "targets/card.html" import target_card %}{{ target_card(plan) }}')
    shown = template.render({"plan": plan})
    assert "第 196 天 / 365 天" in shown
    assert shown.count("target-svg") == 6
    assert "全年预测" not in shown
