"""The record's pages: what they store, what they ask, whom they show it to."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.cast import PDF
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.projects.actions import restrict_project, set_economy
from zhaoyin.record.projects.models import Economy, ForeignCapital, LeadingIndustry, Project

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)
GOOD = "91350100M000100Y43"


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> Unit:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def client(here: Unit) -> Client:
    user = a_user(here)
    user.official = an_official(here, "领导甲")
    user.save()
    return signed_in(user)


@pytest.fixture
def project(here: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), fields={"investor": "意向企业有甲公司等"})


def test_the_whole_record_is_written_by_forms_and_shown(client: Client, here: Unit, project: Project) -> None:
    base = f"/projects/{project.pk}"
    given = {
        f"{base}/economy/": {
            "code": "2201-331082-04-01-000001",
            "industry": "C384 电池制造",
            "fixed_yi": "3",
            "statistics_name": "甲统项目",
        },
        f"{base}/yields/new/": {"measure": "output", "year": "2021", "promised": "10", "actual": "6"},
        f"{base}/capital/new/": {
            "on": "2022-05-06",
            "currency": "欧元",
            "paid": "100",
            "rate": "1.05",
            "note": "验资 3 号",
        },
        f"{base}/investors/new/": {
            "name": "甲公司",
            "kind": "company",
            "uscc": GOOD,
            "group": "甲集团",
            "part": "main",
        },
        f"{base}/aliases/new/": {"name": "星河工程", "kind": "former"},
        f"{base}/team/new/": {"who": "领导甲", "part": "head", "since": "2022-02-01"},
        f"{base}/origin/": {"kind": "business", "who": "商会"},
        "/projects/leading-industries/": {"name": "新能源", "codes": "38、C397"},
    }
    for address, facts in given.items():
        assert client.get(address).status_code == 200, address
        answer = client.post(address, facts)
        assert answer.status_code == 302, (address, answer.content.decode()[-3000:])
    page = client.get(f"{base}/record/").content.decode()
    for words in ("C384 电池制造", "新能源", "甲统项目", "差 40%", "105 万美元", "甲公司", "甲集团", "意向企业有甲公司等",
                  "星河工程", "负责人", "以商引商"):  # fmt: skip
        assert words in page, words
    assert LeadingIndustry.objects.get().codes == "38 397"
    found = Investor.objects.get(name="甲公司")
    assert "甲项目" in client.get(f"/projects/investors/{found.pk}/").content.decode()
    assert "甲集团" in client.get("/projects/investors/?q=甲公司").content.decode()
    assert client.get(f"/projects/investors/{found.pk}/edit/").status_code == 200
    row = ForeignCapital.objects.get()
    assert client.post(f"/projects/capital/{row.pk}/remove/", {"reason": "重复"}).status_code == 302
    assert not ForeignCapital.objects.exists()


def test_a_figure_in_the_wrong_unit_is_asked_about_and_not_refused(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/economy/"
    answer = client.post(address, {"fixed_yi": "65000"})
    assert answer.status_code == 422
    assert "是不是把万元当成了亿元" in answer.content.decode()
    assert 'type="checkbox" name="sure"' in answer.content.decode()
    assert client.post(address, {"fixed_yi": "65000", "sure": "on"}).status_code == 302
    assert Economy.objects.get().fixed_yi == 65000
    assert client.post(address, {"fixed_yi": "65000", "code": ""}).status_code == 302, "asked about once"


def test_a_total_in_the_wrong_unit_is_asked_about_where_projects_are_made_and_edited(
    client: Client, here: Unit, project: Project
) -> None:
    given = {"name": "乙项目", "investment_yi": "65000", "stage": "lead", "known_on": "2022-07-01"}
    for address, facts, words in (
        ("/projects/new/", given, "是不是把万元当成了亿元"),
        (f"/projects/{project.pk}/edit/", {"version": project.version, "land_mu": "900000"}, "是不是把平方米当成了亩"),
    ):
        answer = client.post(address, facts)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert client.post(address, {**facts, "sure": "on"}).status_code == 302
    assert Project.objects.get(name="乙项目").investment_yi == 65000


@pytest.mark.parametrize(
    ("address", "facts"),
    [
        ("notes/new/", {"text": "初次接触", "on": "2021-12-30"}),
        ("problems/new/", {"kind": "land", "text": "缺指标", "on": "2021-12-30"}),
        ("team/new/", {"who": "领导甲", "part": "head", "since": "2021-12-30"}),
        ("capital/new/", {"on": "2021-12-30", "currency": "美元", "paid": "1", "note": "验资 1 号"}),
        ("economy/", {"contracted_wan_usd": "1", "contracted_on": "2021-12-30"}),
    ],
)
def test_a_day_before_the_project_is_asked_about_and_not_refused(
    client: Client, project: Project, address: str, facts: dict[str, str]
) -> None:
    address = f"/projects/{project.pk}/{address}"
    answer = client.post(address, facts)
    assert answer.status_code == 422
    assert "早于项目入库日 2022-01-10" in answer.content.decode()
    assert client.post(address, {**facts, "sure": "on"}).status_code == 302


def test_a_code_that_another_project_has_is_asked_about_only_where_that_one_is_seen(
    client: Client, here: Unit, project: Project
) -> None:
    code = "2201-331082-04-01-000001"
    other = a_project(here, "乙项目", yi="2", known_on=date(2022, 1, 10))
    set_economy(by=None, project=other, facts={"code": code})
    answer = client.post(f"/projects/{project.pk}/economy/", {"code": code})
    assert answer.status_code == 422
    assert "“乙项目”已用这个项目代码" in answer.content.decode()
    restrict_project(by=None, project=other, reason="商业秘密", officials=[an_official(here, "领导乙")])
    assert client.post(f"/projects/{project.pk}/economy/", {"code": code}).status_code == 302


def test_the_second_of_two_editors_of_figures_decides_field_by_field(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/economy/"
    set_economy(by=None, project=project, facts={"fixed_yi": Decimal(3), "industry": "384"})
    answer = client.post(address, {"base": NOTHING, "fixed_yi": "4", "statistics_name": "甲统项目"})
    assert answer.status_code == 409
    assert "固定资产投资" in answer.content.decode()
    row = Economy.objects.get(project=project)
    assert (row.fixed_yi, row.statistics_name) == (3, "")
    assert client.post(address, {"base": NOTHING, "statistics_name": "甲统项目"}).status_code == 302
    row.refresh_from_db()
    assert (row.fixed_yi, row.industry, row.statistics_name) == (3, "384", "甲统项目")


NOTHING = json.dumps(dict.fromkeys((
    "code", "industry", "fixed_yi", "statistics_name", "statistics_yi", "contracted_wan_usd", "contracted_on",
), ""))  # fmt: skip


def test_a_line_of_promises_is_changed_and_taken_off(client: Client, project: Project) -> None:
    base = f"/projects/{project.pk}"
    assert client.post(f"{base}/yields/new/", {"measure": "tax", "year": "2021", "promised": "800"}).status_code == 302
    assert client.post(f"{base}/yields/new/", {"measure": "tax", "year": "2021", "actual": "700"}).status_code == 302
    row = project.yields.get()
    assert (row.promised, row.actual) == (800, 700), "the promise is not typed twice"
    page = client.get(f"/projects/yields/{row.pk}/").content.decode()
    assert 'value="800"' in page
    assert "万元" in page
    assert client.post(f"/projects/yields/{row.pk}/", {"promised": "800", "actual": "9000000"}).status_code == 422
    assert client.post(f"/projects/yields/{row.pk}/", {"promised": "", "actual": ""}).status_code == 302
    assert not project.yields.exists()
    assert client.post(f"{base}/yields/new/", {"measure": "tax", "year": "2021"}).status_code == 422


def test_printed_investors_are_linked_by_one_button(client: Client, project: Project) -> None:
    page = client.get(f"/projects/{project.pk}/record/").content.decode()
    assert "照此登记 1 家" in page
    assert "另有未列名的企业" in page
    assert 'value="甲公司"' in client.get(f"/projects/{project.pk}/investors/new/").content.decode()
    assert client.post(f"/projects/{project.pk}/investors/printed/").status_code == 302
    page = client.get(f"/projects/{project.pk}/record/").content.decode()
    assert "照此登记" not in page
    assert "意向方" in page


def test_leading_industries_are_listed_changed_and_taken_off(client: Client, here: Unit) -> None:
    assert client.post("/projects/leading-industries/", {"name": "新能源", "codes": "38"}).status_code == 302
    row = LeadingIndustry.objects.get()
    page = client.get(f"/projects/leading-industries/?edit={row.pk}").content.decode()
    assert "C38 电气机械和器材制造业" in page
    assert 'value="新能源"' in page
    assert client.post("/projects/leading-industries/", {"name": "新能源", "codes": "99"}).status_code == 422
    assert client.post(f"/projects/leading-industries/{row.pk}/remove/").status_code == 302
    assert "还没有主导产业" in client.get("/projects/leading-industries/").content.decode()


def test_a_late_problem_is_red_and_can_be_put_off(client: Client, project: Project) -> None:
    given = {"kind": "land", "text": "缺指标", "on": "2022-06-01", "due_on": "2022-06-30"}
    assert client.post(f"/projects/{project.pk}/problems/new/", {**given, "due_on": "2022-05-01"}).status_code == 422
    assert client.post(f"/projects/{project.pk}/problems/new/", given).status_code == 302
    row = project.problems.get()
    assert "土地，逾期 15 天" in client.get(f"/projects/{project.pk}/").content.decode()
    assert 'value="2022-06-30"' in client.get(f"/projects/problems/{row.pk}/edit/").content.decode()
    assert client.post(f"/projects/problems/{row.pk}/edit/", {**given, "due_on": "2022-07-30"}).status_code == 302
    assert "逾期 15 天" not in client.get(f"/projects/{project.pk}/").content.decode()


def test_a_file_has_versions(client: Client, project: Project) -> None:
    def bring(name: str, more: str = "") -> None:
        file = SimpleUploadedFile(name, PDF, "application/pdf")
        assert client.post(f"/projects/{project.pk}/files/new/{more}", {"file": file}).status_code == 302

    bring("协议.pdf")
    first = Attachment.objects.get()
    assert "的第 2 版保存" in client.get(f"/projects/{project.pk}/files/new/?of={first.pk}").content.decode()
    bring("协议（改）.pdf", f"?of={first.pk}")
    bring("纪要.pdf")
    assert sorted(Attachment.objects.values_list("name", "version")) == [
        ("协议.pdf", 1),
        ("协议.pdf", 2),
        ("纪要.pdf", 1),
    ]
    page = client.get(f"/projects/{project.pk}/").content.decode()
    assert "2 份" in page
    assert "早先 1 版" in page
    assert f"/projects/files/{first.pk}/" in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"name": "甲公司", "kind": "company", "uscc": GOOD[:-1] + "4", "part": "main"}, "校验位"),
        ({"name": "Alpha", "kind": "foreign", "part": "main"}, "写明国家或地区"),
        ({"name": "Alpha", "kind": "foreign", "country": "德国", "uscc": GOOD, "part": "main"}, "没有统一社会信用代码"),
        ({"name": "甲公司", "kind": "company", "members": "乙公司", "part": "main"}, "只有联合体有成员"),
    ],
)
def test_a_wrong_investor_is_told_in_one_sentence(
    client: Client, project: Project, facts: dict[str, str], words: str
) -> None:
    answer = client.post(f"/projects/{project.pk}/investors/new/", facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Investor.objects.exists()


def test_an_industry_that_is_none_or_several_is_told(client: Client, project: Project) -> None:
    for typed, words in (("通用设备", "对应多个行业"), ("魔法", "没有名称含"), ("电池制造", "")):
        answer = client.post(f"/projects/{project.pk}/economy/", {"industry": typed})
        assert answer.status_code == (422 if words else 302), typed
        assert words in answer.content.decode()
    assert Economy.objects.get().industry == "384"


def test_a_restricted_project_is_gone_for_others_and_comes_back(client: Client, here: Unit, project: Project) -> None:
    other = signed_in(a_user(here))
    base = f"/projects/{project.pk}"
    assert client.post(f"{base}/restrict/", {"people": "领导甲", "reason": "商业秘密"}).status_code == 302
    assert other.get(f"{base}/record/").status_code == 404
    assert other.post(f"{base}/unrestrict/").status_code == 404
    assert "限定范围" in client.get(f"{base}/record/").content.decode()
    assert client.post(f"{base}/unrestrict/").status_code == 302
    assert other.get(f"{base}/record/").status_code == 200
    assert signed_in(a_user(a_unit(here, "西镇"), role="reporter")).get(f"{base}/record/").status_code == 404


def test_a_contract_of_tomorrow_is_refused_and_the_form_leads_back_to_the_record(
    client: Client, project: Project
) -> None:
    base = f"/projects/{project.pk}"
    refused = client.post(f"{base}/economy/", {"contracted_wan_usd": "10", "contracted_on": "2022-07-16"})
    assert (refused.status_code, Economy.objects.count()) == (422, 0)
    page = refused.content.decode()
    assert "不能晚于 2022-07-15" in page
    assert f'href="{base}/record/"' in page


def test_the_record_leads_to_contacts_files_and_problems(client: Client, project: Project) -> None:
    base = f"/projects/{project.pk}"
    for turn in (b"1", b"2"):
        client.post(f"{base}/files/new/", {"file": SimpleUploadedFile("协议.pdf", PDF + b"%%" + turn)})
    client.post(f"{base}/problems/new/", {"kind": "land", "text": "用地指标未落实", "on": "2022-07-01"})
    page = client.get(f"{base}/record/").content.decode()
    for words, part in (("0 人", "people"), ("1 份", "files"), ("1 个未解决", "problems")):
        assert words in page
        assert f'href="{base}/#{part}"' in page


def test_every_digit_of_an_industry_is_shown(client: Client, project: Project) -> None:
    client.post(f"/projects/{project.pk}/economy/", {"industry": "3841"})
    assert "C3841 电池制造" in client.get(f"/projects/{project.pk}/record/").content.decode()
