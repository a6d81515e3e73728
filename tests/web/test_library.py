"""The library's pages and files: what they show, to whom, and as of which day."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.schedules import a_milestone, an_entry
from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.ground.accounts.actions import grant_role
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.models import Entry as JournalLine
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.plans.models import Doubt, PlanDocument
from zhaoyin.plan.schedules.actions import move_milestone
from zhaoyin.record.projects.actions import raise_problem, write_note
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
DAY = "as_of=2022-07-15"


@pytest.fixture
def user() -> User:
    here = a_jurisdiction("某某市", demo=True)
    plan = a_plan(here, [])
    plan.sections = [{"title": "盯引抓签约", "declared": 33, "read": 1}]
    plan.save()
    unit = a_unit(here, "东镇")
    leaders = [an_official(here, "领导甲"), an_official(here, "领导乙")]
    project = a_project(
        here, "=危险|项目", yi="12.5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION, leaders=leaders,
        fields={"unit": unit, "land_mu": Decimal(10000), "investor": "甲湾控股", "content": "建设<厂房>"},
    )  # fmt: skip
    a_milestone(project, date(2022, 4, 30), text="正式签约", when="4月", stage="signed")
    write_note(by=None, project=project, text="第三轮磋商", on=date(2022, 7, 13), unit=unit)
    an_entry(plan, project, 1, "盯引抓签约", goals="4月正式签约。", progress=["框架协议已签订。", "专班已成立。"])
    a_project(here, "乙项目", yi=None, known_on=date(2022, 3, 1), stage=Stage.LEAD)
    return a_user(unit)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/library/", "/library/export/", "/projects/1/", "/projects/new/"])
def test_every_page_needs_a_login(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_the_front_page_is_the_library(user: User) -> None:
    assert signed_in(user).get("/")["Location"] == "/library/"


def test_the_list_shows_each_project_with_its_light_and_what_is_missing(user: User) -> None:
    page = text(signed_in(user), f"/library/?{DAY}")
    for words in (
        "逾期 76 天",
        "甲湾控股",
        "领导甲<br>领导乙",
        "10\u2009000",
        "12.5",
        "正式签约",
        "第三轮磋商",
        "4-30",
    ):
        assert words in page, words
    assert "总投资有 1 个未填，用地有 1 个未填，未计入" in page
    assert page.count('class="fill-in"') == 4, "乙项目 has no money, investor, leader, unit"
    assert "=危险|项目" in page
    assert "演示数据" in page


def test_the_address_reproduces_the_view(user: User) -> None:
    page = text(signed_in(user), f"/library/?{DAY}&light=red&least=10&section=盯引抓签约&sort=-money")
    assert "乙项目" not in page
    assert page.count("chip-off") + page.count("去掉条件") >= 2
    assert "没有符合条件的项目" in text(signed_in(user), f"/library/?{DAY}&light=green")


def test_whoever_is_tied_to_nothing_is_told_so_and_not_to_upload_a_plan(user: User) -> None:
    page = text(signed_in(a_user(user.unit, role="team")), "/library/")
    assert "没有您能看到的项目" in page
    assert "上传一份行动方案" not in page


def test_an_empty_library_says_what_to_do(user: User) -> None:
    page = text(signed_in(a_user(a_jurisdiction("空市"))), "/library/")
    assert "项目库还是空的" in page
    assert "/plans/" in page


def test_the_project_page_shows_facts_stages_promises_and_history(user: User) -> None:
    project = Project.objects.get(name="=危险|项目")
    one = project.milestones.get()
    move_milestone(by=user, milestone=one, start=None, end=date(2022, 9, 30), reason="用地未批", on=date(2022, 7, 1))
    raise_problem(by=user, project=project, kind="land", text="规划条件未确认", on=date(2022, 6, 1))
    page = text(signed_in(user), f"/projects/{project.pk}/?{DAY}")
    for words in (
        "建设&lt;厂房&gt;",
        "领导甲、领导乙",
        "原定 4-30",
        "9-30",
        "用地未批",
        "第三轮磋商",
        "规划条件未确认",
        "框架协议已签订。",
        "项目入库",
    ):
        assert words in page, words
    earlier = text(signed_in(user), f"/projects/{project.pk}/?as_of=2022-06-15")
    assert "逾期 46 天" in earlier
    assert "原定 4-30" not in earlier
    assert 'class="moment-body">第三轮磋商' not in earlier, "notes of later days are not shown"


def test_a_day_before_the_project_says_when_it_came(user: User) -> None:
    project = Project.objects.get(name="乙项目")
    page = text(signed_in(user), f"/projects/{project.pk}/?as_of=2022-02-01", status=404)
    assert "2022-03-01" in page


def test_nobody_opens_another_places_project(user: User) -> None:
    stranger = signed_in(a_user(a_jurisdiction("别的市")))
    for project in Project.objects.all():
        for path in ("", "edit/", "notes/new/", "stage/", "problems/new/"):
            assert stranger.get(f"/projects/{project.pk}/{path}").status_code == 404


def test_an_open_doubt_stays_with_the_project_until_it_is_settled(user: User) -> None:
    project = Project.objects.get(name="=危险|项目")
    document = PlanDocument.objects.create(
        jurisdiction=project.jurisdiction, name="a.txt", path="a", sha256="0", size=1
    )
    doubt = Doubt.objects.create(
        document=document, project=project, number=7, field="land_mu", message="分期用地与总用地不符"
    )
    client = signed_in(user)
    assert "分期用地与总用地不符" in text(client, f"/projects/{project.pk}/?{DAY}")
    assert client.post(reverse("plans:settle_later", args=[doubt.pk]), {"settlement": " "}).status_code == 302
    doubt.refresh_from_db()
    assert doubt.settled_at is None
    here = f"/projects/{project.pk}/"
    done = client.post(
        reverse("plans:settle_later", args=[doubt.pk]), {"settlement": "以总用地为准", "next": f"{here}?{DAY}"}
    )
    assert done["Location"] == here, "back to the page on which it stood"
    page = text(client, f"/projects/{project.pk}/?{DAY}")
    assert 'id="doubts"' not in page
    assert "处理疑点“分期用地与总用地不符”：以总用地为准" in page


@time_machine.travel("2022-07-15 09:30:59 +0800", tick=False)
def test_the_list_as_a_file_is_what_is_shown_and_runs_nothing(user: User) -> None:
    client = signed_in(user)
    answer = client.get(f"/library/export/?{DAY}&as=csv&light=red")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    mark = f"注：{user}（{user.username}）于 2022-07-15 09:30 导出　内部资料，注意保密"
    assert rows[2] == [mark, *[""] * 13]
    assert rows[1][:6] == ["1", "'=危险|项目", "12.5", "10000", "甲湾控股", "谈判"]
    assert rows[1][6:10] == ["2022-04-30", "正式签约", "逾期", "逾期 76 天"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/library/export/?{DAY}&as=xlsx").content)).active
    assert "演示数据" in sheet["A1"].value
    assert [sheet["B3"].value, sheet["B3"].data_type, sheet["C3"].value] == ["=危险|项目", "s", 12.5]
    assert sheet.cell(sheet.max_row, 1).value == mark
    assert mark.removeprefix("注：") in sheet.oddFooter.center.text
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row - 1)), "sorting leaves the mark where it is"
    table = client.get(f"/library/export/?{DAY}&as=table.docx").content
    with zipfile.ZipFile(io.BytesIO(table)) as parts:
        assert mark.removeprefix("注：") in parts.read("word/footer1.xml").decode()
    assert JournalLine.objects.filter(act="library.exported", by=user).count() == 3


def test_what_may_be_seen_but_not_exported_is_in_no_file(user: User) -> None:
    here = user.unit.jurisdiction
    theirs = a_project(here, "只能看的项目", fields={"unit": a_unit(here, "西镇")})
    user.grants.all().delete()
    grant_role(by=None, user=user, role="reader", unit=theirs.unit)
    grant_role(by=None, user=user, role="head", unit=user.unit)
    client = signed_in(User.objects.get(pk=user.pk))
    assert "只能看的项目" in text(client, f"/library/?{DAY}")
    exported = client.get(f"/library/export/?{DAY}&as=csv").content.decode()
    assert "危险|项目" in exported
    assert "只能看的项目" not in exported


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_the_plans_table_reads_back_unchanged(user: User, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"table{suffix}"
    path.write_bytes(signed_in(user).get(f"/library/export/?{DAY}&as=table{suffix}").content)
    reading = interpret(read_file(path), year=2022)
    first, second = reading.projects
    assert (first.seq, first.section, first.name, first.investment_yi) == (
        1,
        "盯引抓签约",
        "=危险|项目",
        Decimal("12.5"),
    )
    assert (first.land_mu, first.investor, first.content) == (10000, "甲湾控股", "建设<厂房>")
    assert first.progress == ("框架协议已签订。", "专班已成立。", "7月13日第三轮磋商")
    assert (first.goals, first.leaders, first.unit) == ("4月正式签约。", ("领导甲", "领导乙"), "东镇")
    assert (second.name, second.investment_yi, second.investor, second.leaders) == ("乙项目", None, None, ())


def test_a_format_that_is_none_is_refused_in_words(user: User) -> None:
    answer = signed_in(user).get("/library/export/?as=exe", follow=True)
    assert "没有这种导出格式" in answer.content.decode()


def test_before_the_first_plan_only_a_plan_can_be_begun_with(client: Client) -> None:
    client.force_login(a_user())
    page = client.get("/library/").content.decode()
    assert "上传行动方案" in page
    assert "新建项目" not in page
