"""The record's pages: what they store, what they ask, whom they show it to."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.projects.models import Economy, ForeignCapital, LeadingIndustry, Project

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)
GOOD = "91350100M000100Y43"


@pytest.fixture
def here() -> Unit:
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
            "code": "2201-331082",
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
