"""Pausing, terminating, handing on and resuming on pages."""

from datetime import date

import pytest

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.models import Project, StandingChange

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def project(here: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), fields={"unit": a_unit(here, "东镇")})


def test_an_office_terminates_and_says_who_won_and_resumes(here: Unit, project: Project) -> None:
    client, page = signed_in(a_user(here)), f"/projects/{project.pk}/"
    shown = client.get(page).content.decode()
    assert all(f"{page}standing/{turn}/" in shown for turn in ("pause", "terminate", "transfer"))
    assert f"{page}standing/resume/" not in shown
    assert "最终落户何处" in client.get(f"{page}standing/terminate/").content.decode()
    given = {"on": "2022-07-10", "reason": "要素不能满足", "winner": "外省某市"}
    refused = client.post(f"{page}standing/terminate/", given | {"reason": ""})
    assert refused.status_code == 422
    assert client.post(f"{page}standing/terminate/", given).status_code == 302
    shown = client.get(page).content.decode()
    assert "推进中 → 终止：要素不能满足" in shown
    assert "最终落户：外省某市" in shown
    assert f"{page}standing/resume/" in shown
    again = client.post(f"{page}standing/terminate/", given)
    assert "项目现为“终止”，不能终止" in again.content.decode()
    assert client.post(f"{page}standing/resume/", {"on": "2022-07-15", "reason": "重新接洽"}).status_code == 302
    assert "终止 → 推进中：重新接洽" in client.get(page).content.decode()


def test_a_project_is_handed_to_another_unit(here: Unit, project: Project) -> None:
    client, west = signed_in(a_user(here)), a_unit(here, "西镇")
    address = f"/projects/{project.pk}/standing/transfer/"
    assert "东镇，现为“推进中”" in client.get(address).content.decode()
    nowhere = client.post(address, {"on": "2022-07-15", "reason": "用地在西镇", "unit": "", "place": ""})
    assert "请写明转交给哪个单位" in nowhere.content.decode()
    assert client.post(address, {"on": "2022-07-15", "reason": "用地在西镇", "unit": west.pk}).status_code == 302
    assert "由东镇转交西镇：用地在西镇" in client.get(f"/projects/{project.pk}/").content.decode()
    assert signed_in(a_user(west, role="reporter")).get(f"/projects/{project.pk}/").status_code == 200


def test_a_day_before_the_project_is_asked_once(here: Unit, project: Project) -> None:
    client, address = signed_in(a_user(here)), f"/projects/{project.pk}/standing/pause/"
    given = {"on": "2022-01-02", "reason": "企业资金紧张", "until": ""}
    asked = client.post(address, given).content.decode()
    assert "日期早于项目入库日 2022-01-10，确实是这一天吗" in asked
    assert 'type="checkbox" name="sure"' in asked
    assert client.post(address, given | {"sure": "on"}).status_code == 302
    assert StandingChange.objects.get().on == date(2022, 1, 2)


def test_no_other_turn_and_nobody_else(here: Unit, project: Project) -> None:
    assert signed_in(a_user(here)).get(f"/projects/{project.pk}/standing/drop/").status_code == 404
    reporter = signed_in(a_user(project.unit, role="reporter"))
    assert reporter.get(f"/projects/{project.pk}/standing/pause/").status_code == 403
    assert f"/projects/{project.pk}/standing/" not in reporter.get(f"/projects/{project.pk}/").content.decode()
