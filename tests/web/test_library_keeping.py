"""Views under a name, pinned and recent projects, many projects edited at once."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.accounts import a_user, signed_in
from tests.factories.cast import Place
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.ground.journal.models import Entry
from zhaoyin.record.projects.actions import edit_project
from zhaoyin.record.projects.models import Project
from zhaoyin.report.library.models import SavedView

pytestmark = pytest.mark.django_db
KNOWN = date(2022, 1, 1)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT, settings.AS_OF = tmp_path, date(2024, 7, 1)
    return Place()


def test_a_view_is_kept_for_oneself_or_for_the_place_and_opens_first(place: Place) -> None:
    office, town = place.browser("办公室"), place.browser("镇街专员")
    given = {"name": "我的红灯", "whose": "own", "first": "on"}
    assert office.post("/library/views/?light=red&page=3", given).status_code == 302
    assert SavedView.objects.get(name="我的红灯").query == "light=red"
    assert office.get("/")["Location"] == "/library/?light=red"
    assert "我的红灯" not in town.get("/library/views/").content.decode()
    assert "逾期" in town.get("/library/views/").content.decode(), "the office's is everybody's"
    assert "逾期" not in place.browser("外地办公室").get("/library/views/").content.decode()
    refused = town.post("/library/views/?light=red", {"name": "全辖", "whose": "office"})
    assert refused.status_code == 422
    assert town.post("/library/views/?light=red", {"name": "本镇", "whose": "unit"}).status_code == 302


def test_a_pinned_project_stands_in_ones_own_list_only(place: Place) -> None:
    town, office = place.browser("镇街专员"), place.browser("办公室")
    town.post(f"/projects/{place.project.pk}/pin/", {"pinned": "1"})
    assert f"/projects/{place.project.pk}/" in town.get("/library/?who=pinned").content.decode()
    assert "没有符合条件的项目" in office.get("/library/?who=pinned").content.decode()
    town.post(f"/projects/{place.project.pk}/pin/", {"pinned": "0"})
    assert "没有符合条件的项目" in town.get("/library/?who=pinned").content.decode()


def test_what_was_looked_at_last_is_kept_for_that_account_only(place: Place) -> None:
    office = place.browser("办公室")
    office.get(f"/projects/{place.project.pk}/")
    assert place.project.name in office.get("/library/views/").content.decode()
    other = place.browser("镇街专员")
    other.cookies["recent"] = office.cookies["recent"].value
    assert f'href="/projects/{place.project.pk}/"' not in other.get("/library/views/").content.decode()


def test_many_projects_are_seen_before_they_are_changed_and_each_is_journalled() -> None:
    here = a_jurisdiction()
    unit = a_unit(here, "东镇")
    projects = [a_project(here, f"第{n}号项目", known_on=KNOWN) for n in range(3)]
    a_project(a_jurisdiction(), "外地项目", known_on=KNOWN)
    client, chosen = signed_in(a_user(here)), [str(one.pk) for one in Project.objects.all()]
    given = {"chosen": chosen, "field": "unit", "unit": str(unit.pk)}
    page = client.post("/library/bulk/", given).content.decode()
    assert "外地项目" not in page
    assert "确认修改 3 个项目" in page
    assert Project.objects.filter(unit=unit).count() == 0, "a preview writes nothing"
    seen = re.findall(r'name="seen" value="([\d:]+)"', page)
    edit_project(by=None, project=projects[1], fields={"investor": "别人改的"})
    answer = client.post("/library/bulk/", given | {"seen": seen, "do": "1"})
    assert answer.status_code == 409
    assert "第1号项目" in answer.content.decode()
    assert set(Project.objects.filter(unit=unit)) == {projects[0], projects[2]}
    assert Entry.objects.filter(act="projects.edited", detail__has_key="unit").count() == 2


def test_nobody_edits_many_without_the_right(place: Place) -> None:
    for part in ("市领导", "镇街专员", "审计员"):
        given = {"chosen": [place.project.pk], "field": "unit", "unit": ""}
        assert place.browser(part).post("/library/bulk/", given).status_code == 403
    assert place.browser("办公室").post("/library/bulk/", {}).status_code == 302


def test_what_is_typed_wrong_is_said() -> None:
    here = a_jurisdiction()
    project = a_project(here, known_on=KNOWN)
    given = {"chosen": [project.pk], "field": "leaders", "leaders": "没有的人"}
    answer = signed_in(a_user(here)).post("/library/bulk/", given)
    assert answer.status_code == 422
    assert "没有的人" in answer.content.decode()
