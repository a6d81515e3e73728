"""The gates on pages: what is missing leads to its field, a second person confirms, an office edits the table."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.actions import edit_project, set_leaders
from zhaoyin.record.projects.models import Gates, MoveRequest, Project

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def unit(here: Unit) -> Unit:
    return a_unit(here, "东镇")


@pytest.fixture
def reporter(unit: Unit) -> User:
    return a_user(unit, role="reporter")


@pytest.fixture
def project(here: Unit, unit: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION, fields={"unit": unit})


def test_from_what_is_missing_to_a_confirmed_signing(project: Project, unit: Unit, reporter: User) -> None:
    client, head = signed_in(reporter), signed_in(a_user(unit, role="head"))
    page = client.get(f"/projects/{project.pk}/").content.decode()
    assert "进入“签约”还缺 3 项" in page
    assert f'href="/projects/{project.pk}/edit/#id_investor"' in page
    given = {"phase": project.phases.get().pk, "stage": "signed", "on": "2022-07-14", "paper": "formal", "note": ""}
    refused = client.post(f"/projects/{project.pk}/stage/", given)
    assert refused.status_code == 422
    assert "#id_leaders" in refused.content.decode()
    edit_project(by=None, project=project, fields={"investor": "甲公司", "content": "新建厂房"})
    set_leaders(by=None, project=project, leaders=[an_official(project.jurisdiction, "领导甲")])
    assert client.post(f"/projects/{project.pk}/stage/", given).status_code == 302
    waiting = MoveRequest.objects.get()
    assert "须由另一个人确认" in client.get(f"/projects/{project.pk}/").content.decode()
    assert client.get(f"/projects/moves/{waiting.pk}/").status_code == 403
    assert f"/projects/moves/{waiting.pk}/" in head.get(f"/projects/{project.pk}/").content.decode()
    assert "谈判 → 签约" in head.get(f"/projects/moves/{waiting.pk}/").content.decode()
    assert "写明不同意的原因" in head.post(f"/projects/moves/{waiting.pk}/", {"agreed": "no"}).content.decode()
    assert head.post(f"/projects/moves/{waiting.pk}/", {"agreed": "yes"}).status_code == 302
    project.refresh_from_db()
    assert project.stage == "signed"


def test_a_leap_is_asked_once(here: Unit, unit: Unit, reporter: User) -> None:
    fields = {"unit": unit, "investor": "乙公司", "content": "新建厂房"}
    lead = a_project(here, "乙项目", yi="2", known_on=date(2022, 1, 10), fields=fields)
    client = signed_in(reporter)
    given = {"phase": lead.phases.get().pk, "stage": "negotiation", "on": "2022-07-14", "paper": "", "note": ""}
    asked = client.post(f"/projects/{lead.pk}/stage/", given)
    assert asked.status_code == 422
    assert "将跳过研判" in asked.content.decode()
    assert 'type="checkbox" name="sure"' in asked.content.decode()
    assert client.post(f"/projects/{lead.pk}/stage/", given | {"sure": "on"}).status_code == 302


def test_a_phase_is_sent_back_by_two(project: Project, unit: Unit, reporter: User) -> None:
    client = signed_in(reporter)
    given = {"phase": project.phases.get().pk, "stage": "lead", "on": "2022-07-14", "reason": "信息不实"}
    assert "必填" in client.post(f"/projects/{project.pk}/stage/back/", given | {"reason": ""}).content.decode()
    assert client.post(f"/projects/{project.pk}/stage/back/", given).status_code == 302
    waiting = MoveRequest.objects.get()
    head = signed_in(a_user(unit, role="head"))
    assert "信息不实" in head.get(f"/projects/moves/{waiting.pk}/").content.decode()
    assert head.post(f"/projects/moves/{waiting.pk}/", {"agreed": "yes"}).status_code == 302
    project.refresh_from_db()
    assert project.stage == "lead"


def test_one_takes_back_what_one_asked_for(project: Project, reporter: User) -> None:
    client = signed_in(reporter)
    given = {"phase": project.phases.get().pk, "stage": "lead", "on": "2022-07-14", "reason": "信息不实"}
    client.post(f"/projects/{project.pk}/stage/back/", given)
    assert client.post(f"/projects/moves/{MoveRequest.objects.get().pk}/withdraw/").status_code == 302
    assert MoveRequest.objects.get().answer == "withdrawn"


def test_an_office_takes_the_table_changes_it_and_brings_it_back(here: Unit) -> None:
    client = signed_in(a_user(here))
    page = client.get("/projects/gates/").content.decode()
    assert "软件自带的条件" in page
    assert "奠基、场地平整不算开工" in page
    text = client.get("/projects/gates/file/").content.decode()
    changed = text.replace("几天不动提醒: 20", "几天不动提醒: 15")
    given = {"valid_from": "2022-07-01", "basis": "某政办〔2022〕3号"}
    wrong = client.post("/projects/gates/edit/", given | {"text": "阶段:\n- 阶段: 喝茶", "save": "1"})
    assert wrong.status_code == 422
    assert "没有“喝茶”这个阶段" in wrong.content.decode()
    assert not Gates.objects.exists()
    file = SimpleUploadedFile("条件.yaml", changed.encode())
    checked = client.post("/projects/gates/edit/", given | {"file": file, "check": "1"})
    assert "检查通过" in checked.content.decode()
    assert not Gates.objects.exists()
    assert client.post("/projects/gates/edit/", given | {"text": changed, "save": "1"}).status_code == 302
    assert Gates.objects.get().text.replace("\r\n", "\n") == changed
    page = client.get("/projects/gates/").content.decode()
    assert "某政办〔2022〕3号" in page
    assert "15 天" in page
    gone = client.post(
        "/projects/gates/edit/", given | {"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00"), "save": "1"}
    )
    assert "UTF-8" in gone.content.decode()
