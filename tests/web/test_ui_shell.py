"""The frame of every page: the day it is computed for, what it lists, what it says."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tests.factories.accounts import a_user
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.ui import asof, context, gallery, navigation

NOW = "2022-07-20 02:00:00+00:00"


@needs()
def told(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.as_of.isoformat())  # type: ignore[attr-defined]


@needs()
def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@needs(Permission.ROLE_GRANT)
def people(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("told/", told),
    path("parts/", gallery.parts),
    path("list/", gallery.table),
    path("view/", include("zhaoyin.ground.ui.urls")),
    path("account/", include("zhaoyin.ground.accounts.urls")),
    path("library/", include(([path("", index, name="index")], "library"))),
    path("duties/", include(([path("", index, name="index")], "duties"))),
    path("targets/", include(([path("", people, name="index")], "targets"))),
]


@pytest.fixture(autouse=True)
def frame(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Our few pages, and a frame to which no other room has said anything."""
    settings.ROOT_URLCONF = __name__
    settings.AS_OF = None
    monkeypatch.setattr(context, "_providers", {})
    monkeypatch.setattr(asof, "_opening", [])
    monkeypatch.setattr(navigation, "_counters", {})


@pytest.fixture
def clerk(client: Client, db: None) -> Client:
    client.force_login(a_user())
    return client


def day(client: Client, query: str = "") -> str:
    return client.get(f"/told/{query}").content.decode()


def choose(client: Client, **posted: str) -> HttpResponse:
    return client.post("/view/as-of/", {"next": "/told/?page=2&as_of=2022-01-01", **posted})  # type: ignore[return-value]


@time_machine.travel(NOW, tick=False)
def test_the_day_is_today_unless_the_deployment_the_user_or_the_address_says_otherwise(
    clerk: Client, settings: Any
) -> None:
    assert day(clerk) == "2022-07-20"
    settings.AS_OF = date(2022, 7, 15)
    assert day(clerk) == "2022-07-15"
    assert choose(clerk, day="2022-05-31").headers["Location"] == "/told/?page=2"
    assert day(clerk) == "2022-05-31"
    assert day(clerk, "?as_of=2022-03-01") == "2022-03-01"
    assert day(clerk) == "2022-05-31"
    choose(clerk, reset="1")
    assert day(clerk) == "2022-07-15"


def test_today_begins_at_midnight_of_the_offices_own_clock(clerk: Client) -> None:
    with time_machine.travel("2022-07-19 15:59:00+00:00", tick=False):
        assert day(clerk) == "2022-07-19"
    with time_machine.travel("2022-07-19 16:01:00+00:00", tick=False):
        assert day(clerk) == "2022-07-20"


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("七月十五", "截至日期“七月十五”不是日期，应形如 2022-07-15。"),
        ("2022-02-30", "截至日期“2022-02-30”不是日期，应形如 2022-07-15。"),
        ("", "截至日期“”不是日期，应形如 2022-07-15。"),
        ("2022-07-21", "截至日期不能晚于 2022-07-20，还没有发生的事无法统计。"),
        ("1949-10-01", "截至日期不能早于 2000-01-01。"),
    ],
)
def test_a_wrong_day_is_answered_with_one_sentence(clerk: Client, words: str, answer: str) -> None:
    choose(clerk, day=words)
    assert answer in clerk.get("/parts/").content.decode()
    assert day(clerk) == "2022-07-20"
    if words:
        assert answer in clerk.get("/parts/", {"as_of": words}).content.decode()


@time_machine.travel(NOW, tick=False)
def test_choosing_today_lets_the_day_move_on_with_the_clock(clerk: Client) -> None:
    choose(clerk, day="2022-07-20")
    with time_machine.travel("2022-07-21 02:00:00+00:00", tick=False):
        assert day(clerk) == "2022-07-21"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(clerk: Client, elsewhere: str) -> None:
    assert choose(clerk, day="2022-05-31", next=elsewhere).headers["Location"] == "/"


def test_only_pages_that_exist_and_are_allowed_are_listed(clerk: Client) -> None:
    navigation.count("duties", lambda request: 9)
    page = clerk.get("/list/").content.decode()
    assert page.count('href="/library/" aria-current="page"') == 2  # left, and in the phone's bar
    assert '<span class="sidenav-count">9</span>' in page
    assert "督查" not in page
    assert page.count('<p class="sidenav-name">行动方案</p>') == 1
    assert 'href="/targets/"' not in page
    assert clerk.get("/targets/").status_code == 403
    with pytest.raises(LookupError):
        navigation.count("nowhere", lambda request: 1)


@pytest.mark.parametrize(
    ("keys", "first", "rest"),
    [
        ("abC", "abC", ""),  # an administrator's three pages stand there, and no lone 更多
        ("abCDE", "abCDE", ""),
        ("aBcDEfG", "BDEG", "acf"),
        ("abCdef", "Cabd", "ef"),
    ],
)
def test_a_phone_shows_five_items_and_more_only_where_there_are_more(keys: str, first: str, rest: str) -> None:
    links = tuple(navigation.Link(key, key, key, "home", "/", None, key.isupper()) for key in keys)
    shown = navigation.bottom_bar((navigation.Shown("", links[:2], False), navigation.Shown("管理", links[2:], False)))
    assert ["".join(link.key for link in some) for some in shown] == [first, rest]


def test_the_frame_says_what_upper_rooms_tell_it(clerk: Client) -> None:
    assert "演示数据" not in clerk.get("/list/").content.decode()
    for key, value in {"place": "东湾市", "plan": "2022 年<b>行动</b>", "demo": True, "notices": 7}.items():
        context.provide(key, lambda request, value=value: value)
    page = clerk.get("/list/").content.decode()
    assert "东湾市" in page
    assert "2022 年&lt;b&gt;行动&lt;/b&gt;" in page
    assert "演示数据" in page
    assert "通知，7 条未读" in page
    with pytest.raises(LookupError):
        context.provide("weather", lambda request: "晴")


@pytest.mark.parametrize("page", ["/parts/", "/list/?stage=lead&page=2"])
def test_every_component_obeys_the_content_security_policy(clerk: Client, page: str) -> None:
    answer = clerk.get(page)
    text = answer.content.decode()
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text
    assert text.count("<script") == text.count("<script src=")


def test_leaving_is_a_post(clerk: Client) -> None:
    assert '<form method="post" action="/account/logout/">' in clerk.get("/list/").content.decode()
