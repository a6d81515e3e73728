"""What people and programs may send that no page asks for: answered with a sentence, never with an accident."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.plans import PLAN, a_read_document
from tests.factories.targets import a_jurisdiction, a_plan, a_project
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def here() -> Unit:
    jurisdiction = a_jurisdiction()
    a_plan(jurisdiction)
    return jurisdiction


@pytest.fixture
def client(here: Unit) -> Client:
    client = signed_in(a_user(here))
    client.raise_request_exception = False
    return client


def facts(**given: str) -> dict[str, str]:
    return {"name": "某项目", "stage": "lead", "known_on": "2022-07-01", **given}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("investment_yi", "999999999999.999999"), ("investment_yi", "1e30"), ("investment_yi", "65000万元"),
        ("investment_yi", "NaN"), ("investment_yi", "-1"), ("land_mu", "1e999999999"), ("known_on", "0001-01-01"),
        ("known_on", "1999-12-31"), ("known_on", "9999-12-31"), ("name", "甲\0乙"), ("name", " \u3000"), ("stage", "__class__"),
        ("unit", "9" * 30), ("content", "字" * 20001),
    ],
)  # fmt: skip
def test_a_form_refuses_what_no_project_has(client: Client, field: str, typed: str) -> None:
    answer = client.post(reverse("projects:new"), facts(**{field: typed}))
    assert answer.status_code == 422
    assert not Project.objects.exists()


@pytest.mark.parametrize("largest", ["999999999.999999", "0.000001"])
def test_the_largest_and_smallest_figures_come_back_as_typed(client: Client, largest: str) -> None:
    # A database that keeps figures as binary fractions holds fifteen digits: more would change, or not be read at all.
    # The form asks about what is beyond any project we know, and takes it when it is said to be so.
    assert client.post(reverse("projects:new"), facts(investment_yi=largest, sure="on")).status_code == 302
    assert Project.objects.get().investment_yi == Decimal(largest)
    assert client.get(reverse("library:index")).status_code == 200


def test_milestones_and_notes_lie_in_years_that_plans_speak_of(client: Client, here: Unit) -> None:
    project = a_project(here)
    promise = {"text": "正式签约", "kind": "planned"}
    for end in ("0001-01-01", "9999-12-31"):
        answer = client.post(reverse("schedules:add", args=[project.pk]), {**promise, "end": end})
        assert answer.status_code == 422
        assert "2000" in answer.content.decode()
    answer = client.post(reverse("projects:note", args=[project.pk]), {"text": "甲", "on": "0001-01-01"})
    assert answer.status_code == 422
    assert not project.milestones.exists()


def test_markup_in_names_is_shown_as_it_was_typed(client: Client, here: Unit) -> None:
    client.post(reverse("projects:new"), facts(name=MARKUP, investor=MARKUP, content=MARKUP))
    project = Project.objects.get()
    client.post(reverse("projects:note", args=[project.pk]), {"text": MARKUP, "on": "2022-07-10"})
    client.post(reverse("projects:problem", args=[project.pk]), {"kind": "land", "text": MARKUP, "on": "2022-07-10"})
    milestone = {"text": MARKUP, "kind": "planned", "end": "2022-07-31"}
    client.post(reverse("schedules:add", args=[project.pk]), milestone)
    pages = [
        reverse("library:index"), reverse("library:project", args=[project.pk]), reverse("targets:index"),
        reverse("supervision:bulletin", args=["2022-07"]), reverse("projects:edit", args=[project.pk]),
    ]  # fmt: skip
    for page in pages:
        words = client.get(page).content.decode()
        assert "<script>alert" not in words, page
        assert "<img src=x" not in words, page
    assert "&lt;script&gt;" in client.get(pages[1]).content.decode()


@pytest.mark.parametrize(
    ("name", "arguments", "query", "status"),
    [
        ("library:index", [], "least=1e999999999", 200),
        ("library:index", [], "as_of=foo&page=-1&sort=__class__&size=1e9&stage=x&stage=lead", 200),
        ("library:index", [], "q=%00%ff&section=%00&unit=%00", 200),
        ("supervision:bulletin", ["0001-01"], "", 404),
        ("supervision:bulletin", ["1999-12"], "", 404),
        ("supervision:bulletin", ["9999-12"], "", 404),
        ("supervision:document", ["0001-01"], "", 404),
        ("supervision:records", ["2022-06"], "figure=signed/unit:" + "9" * 5000, 404),
        ("supervision:records", ["2022-06"], "figure=__class__/x", 404),
        ("library:project", [10**30], "", 404),
    ],
)
def test_an_address_made_up_is_answered(
    client: Client, name: str, arguments: list[Any], query: str, status: int
) -> None:
    assert client.get(f"{reverse(name, args=arguments)}?{query}").status_code == status


@pytest.mark.parametrize(
    "back",
    [
        "http://testserver//elsewhere.example/", "http://testserver/\\elsewhere.example", "//elsewhere.example", "http://[",
        "/\\elsewhere.example", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_the_as_of_day_leads_nowhere_else(client: Client, back: str) -> None:
    location = client.post(reverse("ui:asof"), {"day": "2022-07-01", "next": back})["Location"]
    assert location.startswith("/")
    assert location[1:2] not in ("/", "\\")


def test_what_is_not_there_is_said_in_chinese_within_the_policy(client: Client) -> None:
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    assert "没有这个页面" in missing.content.decode()
    guarded = Client(enforce_csrf_checks=True).post(reverse("accounts:login"), {"username": "a"})
    assert guarded.status_code == 403
    assert "刷新后再提交一次" in guarded.content.decode()
    foreign = client.get("/", headers={"Host": "elsewhere.example"})
    assert foreign.status_code == 400
    for answer in (missing, guarded, foreign):
        assert 'lang="zh-Hans"' in answer.content.decode()
        assert "<style" not in answer.content.decode()


def test_an_accident_is_said_in_chinese(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhaoyin.ground.ui.views.way_back", lambda _: 1 / 0)
    answer = client.post(reverse("ui:asof"), {"day": date(2022, 7, 1).isoformat()})
    assert answer.status_code == 500
    assert "出了意外" in answer.content.decode()


def test_a_character_that_no_database_keeps_is_no_accident(
    client: Client, here: Unit, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = a_read_document(a_user(here), PLAN.replace("青山控股", "青\0山控股"))
    rows = reverse("plans:rows", args=[document.pk])
    row = {"act": "add", "path": "projects", "version": document.version, "name": "甲\0乙"}
    assert client.post(rows, row).status_code == 302
    assert (
        client.post(rows, {**row, "act": "remove", "path": ""}, headers={"Accept": "application/json"}).status_code
        == 422
    )
    doubt = document.doubts.first()
    assert doubt
    doubt.project = a_project(here)
    doubt.save()
    assert client.post(reverse("plans:settle_later", args=[doubt.pk]), {"settlement": "甲\0乙"}).status_code == 302
    doubt.refresh_from_db()
    assert doubt.settled_at is None
