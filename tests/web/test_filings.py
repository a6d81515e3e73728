"""The pages of filings: a lead on a phone, what looks like it, what is told to whoever comes later."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Place
from zhaoyin.record.filings.models import Filing, Status
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
TYPED = {"investor": "白石控股有限公司", "name": "白石精密制造二厂项目", "place": "南洋区块"}


@pytest.fixture
def place(settings: Any, tmp_path: Any) -> Place:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.AS_OF = date(2024, 7, 1)
    return Place()


def filed(client: Client, at: Place, unit: str, **typed: str) -> Any:
    data = {**TYPED, **typed, "unit": at.units[unit].pk}
    return client.post(reverse("filings:new"), data, follow=True)


def test_a_lead_is_filed_with_two_fields_typed(place: Place) -> None:
    client = place.browser("镇街专员")
    form = client.get(reverse("filings:new")).content.decode()
    assert f'<option value="{place.unit.pk}" selected>' in form
    answer = filed(client, place, "云溪镇", investor="远方光学有限公司", name="远方镜头项目", place="")
    assert "已备案，保护到 2024-09-29" in answer.content.decode()
    assert Filing.objects.latest("pk").project.stage == "lead"


def test_a_project_of_another_unit_is_told_without_its_name(place: Place) -> None:
    known = Project.objects.get(name__contains="白石精密制造")
    known.investor, known.unit = "白石控股有限公司", place.units["县局"]
    known.save()
    before = Filing.objects.count()
    client = place.browser("外镇专员")
    answer = filed(client, place, "清水镇", name="清水光学二厂项目")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "另一单位的项目（县局）：投资方相同" in words
    assert known.name not in words
    assert Filing.objects.count() == before
    shown = re.search(r'name="seen" value="([\d ]+)"', words)
    assert shown is not None
    filed(client, place, "清水镇", name="清水光学二厂项目", seen=shown[1])
    assert Filing.objects.latest("pk").status == Status.HOLDING


def test_whoever_comes_later_is_told_and_may_appeal(place: Place) -> None:
    client = place.browser("外镇专员")
    answer = filed(client, place, "清水镇", investor="云溪茶业股份有限公司", name="云溪茶业加工项目")
    words = answer.content.decode()
    assert "已有单位先备案" in words
    assert "县局" in words
    made = Filing.objects.latest("pk")
    client.post(reverse("filings:appeal", args=[made.pk]), {"text": "我镇先洽谈"})
    office = place.browser("办公室")
    appeal = made.appeals.get()
    assert (
        reverse("filings:decide", args=[appeal.pk])
        in office.get(reverse("filings:filing", args=[made.pk])).content.decode()
    )
    office.post(reverse("filings:decide", args=[appeal.pk]), {"outcome": "reversed", "reason": "有往来函件"})
    made.refresh_from_db()
    assert (made.status, made.project.unit) == (Status.HOLDING, place.units["清水镇"])


def test_bad_words_are_answered_in_one_sentence(place: Place) -> None:
    client = place.browser("镇街专员")
    answer = filed(client, place, "云溪镇", investor="", seen="x" * 10)
    assert answer.status_code == 422
    assert "这个字段是必填项" in answer.content.decode()
    answer = client.post(
        reverse("filings:step", args=[place.filing.pk]), {"kind": "named", "text": "甲", "on": "2024-07-01"}
    )
    assert "现由其他单位负责" in answer.content.decode()


def test_the_list_shows_what_is_late(place: Place) -> None:
    words = place.browser("办公室").get(reverse("filings:index")).content.decode()
    assert "明确专人 逾期 27 天" in words
