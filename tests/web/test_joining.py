"""Merging two projects in the browser's view: choose, look, merge, be led on, take it back."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.actions import write_note
from zhaoyin.record.projects.models import Merging, Project

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def client(here: Unit) -> Client:
    return signed_in(a_user(a_unit(here, "东镇")))


@pytest.fixture
def pair(here: Unit) -> tuple[Project, Project]:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 10)) for name in ("光学镜片项目", "光学镜片产业园"))
    write_note(by=None, project=gone, text="第一轮磋商", on=date(2022, 3, 1))
    return gone, into


def test_choose_look_merge_be_led_on_and_take_it_back(client: Client, pair: tuple[Project, Project]) -> None:
    gone, into = pair
    address = f"/projects/{gone.pk}/merge/"
    assert f"{address}?into={into.pk}" in client.get(address).content.decode(), "what looks alike is offered"
    assert "没有找到" in client.get(f"{address}?q=钢铁").content.decode()
    assert "光学镜片产业园" in client.get(f"{address}?q={into.pk}").content.decode()
    page = client.get(f"{address}?into={into.pk}").content.decode()
    assert "进展 1 条" in page
    assert Project.objects.count() == 2, "looking changes nothing"
    assert client.post(address, {"into": into.pk})["Location"] == f"/projects/{into.pk}/"
    assert client.get(f"/projects/{gone.pk}/")["Location"] == f"/projects/{into.pk}/"
    merging = Merging.objects.get()
    shown = client.get(f"/projects/{into.pk}/").content.decode()
    assert f"/projects/mergings/{merging.pk}/" in shown
    assert "第一轮磋商" in shown
    page = client.get(f"/projects/mergings/{merging.pk}/").content.decode()
    assert "撤销合并" in page
    assert "记 2022-03-01 进展：第一轮磋商" in page, "the old history stays readable"
    assert client.post(f"/projects/mergings/{merging.pk}/undo/")["Location"] == f"/projects/{gone.pk}/"
    assert client.get(f"/projects/{gone.pk}/").status_code == 200
    assert "已于" in client.get(f"/projects/mergings/{merging.pk}/").content.decode()
    again = client.post(f"/projects/mergings/{merging.pk}/undo/", follow=True).content.decode()
    assert "已经撤销过了" in again


@pytest.mark.parametrize("into", ["0", "-1", "x", "9" * 30, "²"])
def test_no_such_project_to_go_into(client: Client, pair: tuple[Project, Project], into: str) -> None:
    gone, _ = pair
    for answer in (
        client.get(f"/projects/{gone.pk}/merge/", {"into": into}),
        client.post(f"/projects/{gone.pk}/merge/", {"into": into}),
    ):
        assert answer.status_code == 404


def test_a_project_and_itself(client: Client, pair: tuple[Project, Project]) -> None:
    gone, _ = pair
    answer = client.post(f"/projects/{gone.pk}/merge/", {"into": gone.pk})
    assert answer.status_code == 422
    assert "不能把项目并入它自己" in answer.content.decode()
