"""The pages of the bulletin: the list of months, the sheet beside its checks, the records, the document."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit
from tests.web.test_targets import signed_in
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.report.supervision import views
from zhaoyin.report.supervision.bulletin import Bulletin
from zhaoyin.report.supervision.facts import MonthFacts

pytestmark = pytest.mark.django_db
AS_OF = "as_of=2022-07-15"
JUNE = f"/supervision/bulletins/2022-06/?{AS_OF}"


@pytest.fixture
def city() -> Unit:
    place = a_jurisdiction("某某市")
    a_plan(place)
    unit = a_unit(place, "东镇")
    a_project(place, "甲项目", yi="12", reached={Stage.SIGNED: date(2022, 6, 1)}, fields={"unit": unit})
    return place


@pytest.fixture
def office(city: Unit) -> Client:
    return signed_in(city)


@pytest.mark.parametrize(
    "path", ["", "bulletins/2022-06/", "bulletins/2022-06/document/", "bulletins/2022-06/records/"]
)
def test_every_page_needs_a_login(client: Client, path: str) -> None:
    answer = client.get(f"/supervision/{path}")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_months_that_can_be_reported(office: Client) -> None:
    page = office.get(f"/supervision/?{AS_OF}").content.decode()
    assert page.index("2022年7月") < page.index("2022年6月") < page.index("2021年12月")
    assert "未满月" in page
    assert office.get("/supervision/?month=2022-06")["Location"] == "/supervision/bulletins/2022-06/"


def test_a_place_without_projects_says_what_to_do() -> None:
    page = signed_in(a_jurisdiction()).get(f"/supervision/?{AS_OF}").content.decode()
    assert "还没有可以通报的月份" in page


def test_the_sheet_and_the_checks(office: Client) -> None:
    page = office.get(JUNE).content.decode()
    assert "招大引强督查通报" in page
    assert "本年累计签约" in page
    assert 'href="/supervision/bulletins/2022-06/records/?figure=signed/all"' in page
    assert page.index("未报单位") < page.index("合计勾稽")
    assert "东镇。列入未报告名单，不作 0。" in page
    assert 'href="/supervision/bulletins/2022-06/document/"' in page


def test_a_month_that_is_not_over_says_so(office: Client) -> None:
    page = office.get("/supervision/bulletins/2022-06/?as_of=2022-06-10").content.decode()
    assert "2022年6月尚未结束，本通报数据截至 6 月 10 日" in page


@pytest.mark.parametrize("month", ["2022-13", "2022", "2022-Q2", "abc", "0000-01"])
def test_what_is_no_month_is_not_found(office: Client, month: str) -> None:
    assert office.get(f"/supervision/bulletins/{month}/").status_code == 404
    assert office.get(f"/supervision/?month={month}").status_code == 404


def test_a_month_to_come_is_answered_in_words(office: Client) -> None:
    answer = office.get(f"/supervision/bulletins/2022-09/?{AS_OF}")
    assert answer.status_code == 404
    assert "2022年9月还没有开始" in answer.content.decode()


@pytest.mark.parametrize(
    "figure", ["signed/all", "month_signed_yi/all", "signed/unit:0", "stock/leader:0", "due_next/all"]
)
def test_a_figure_opens_its_records(office: Client, figure: str) -> None:
    answer = office.get(f"/supervision/bulletins/2022-06/records/?{AS_OF}&figure={figure}")
    assert answer.status_code == 200
    assert ("甲项目" in answer.content.decode()) == (figure not in ("signed/unit:0", "due_next/all"))


@pytest.mark.parametrize(
    "figure", ["", "nothing/all", "signed/unit:99999", "signed/unit:x", "signed/town:1", "signed/"]
)
def test_a_figure_that_is_none_is_not_found(office: Client, figure: str) -> None:
    assert office.get(f"/supervision/bulletins/2022-06/records/?{AS_OF}&figure={figure}").status_code == 404


def test_the_document_is_the_same_twice_and_its_export_is_journalled(office: Client) -> None:
    path = f"/supervision/bulletins/2022-06/document/?{AS_OF}&number=某投促办〔2022〕6号"
    first, second = office.get(path), office.get(path)
    assert first.content == second.content
    assert "2022-06.docx" in first["Content-Disposition"]
    with ZipFile(BytesIO(first.content)) as archive:
        assert "某投促办〔2022〕6号" in archive.read("word/document.xml").decode()
    entries = Entry.objects.filter(act="supervision.bulletin_exported")
    assert [entry.detail["period"] for entry in entries] == ["2022-06", "2022-06"]


def test_a_wrong_number_is_said_at_its_field_and_stops_the_document(office: Client) -> None:
    page = office.get(f"{JUNE}&number=某投促办[2022]6号").content.decode()
    assert "年份应用六角括号" in page
    assert 'aria-disabled="true"' in page
    answer = office.get(f"/supervision/bulletins/2022-06/document/?{AS_OF}&number=某投促办[2022]6号")
    assert answer.status_code == 409
    assert "六角括号" in answer.content.decode()
    assert not Entry.objects.filter(act="supervision.bulletin_exported").exists()


def test_a_bulletin_that_does_not_foot_is_shown_and_not_written(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = views.compose

    def wrong(facts: MonthFacts, number: str | None = None) -> Bulletin:
        return replace(real(facts, number), zero=("东镇",), silent=("东镇",))

    monkeypatch.setattr(views, "compose", wrong)
    page = office.get(JUNE).content.decode()
    assert "还有 1 项检查不通过" in page
    assert page.index("零报与未报") < page.index("合计勾稽")
    answer = office.get(f"/supervision/bulletins/2022-06/document/?{AS_OF}")
    assert answer.status_code == 409
    assert "东镇同时列入零报告和未报告名单" in answer.content.decode()


def test_another_place_has_its_own_bulletin(city: Unit) -> None:
    assert city.projects.exists()
    page = signed_in(a_jurisdiction("别的市")).get(JUNE).content.decode()
    assert "甲项目" not in page
    assert "别的市" in page
