"""Sessions: how they end, what becomes of whoever is in one, and the list of one's own."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts import actions, queries
from zhaoyin.ground.accounts.models import Session, User

pytestmark = pytest.mark.django_db

PAGE = "/account/security/"
PASSWORD = "Linhai-2022-zhaoyin"


@pytest.fixture
def user() -> User:
    return a_user(a_jurisdiction("云溪市"))


def away(minutes: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def out(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/")


def test_an_idle_session_ends_after_half_an_hour(user: User) -> None:
    client = signed_in(user)
    with away(29):
        assert client.get(PAGE).status_code == 200
    with away(58):
        assert client.get(PAGE).status_code == 200
    with away(89):
        assert out(client.get(PAGE))


def test_any_session_ends_after_twelve_hours(user: User) -> None:
    client = signed_in(user)
    for minutes in range(20, 12 * 60, 20):
        with away(minutes):
            assert client.get(PAGE).status_code == 200
    with away(12 * 60 + 1):
        assert out(client.get(PAGE))


def test_a_session_in_use_is_written_once_a_minute(user: User, django_assert_num_queries: Any) -> None:
    client = signed_in(user)
    with away(2):
        client.get(PAGE)  # the first request writes
        seen = Session.objects.get().seen
    with away(2.9):
        client.get(PAGE)
        assert Session.objects.get().seen == seen
    with away(3.1):
        client.get(PAGE)
        assert Session.objects.get().seen > seen


def test_whoever_was_sent_away_is_told_and_comes_back(user: User) -> None:
    client = signed_in(user)
    user.set_password(PASSWORD)
    user.save()
    answer = client.get("/library/?q=1", follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/library/%3Fq%3D1", 302)]
    assert "登录已过期" in answer.content.decode()
    posted = client.post("/account/login/", {"username": user.username, "password": PASSWORD, "next": "/library/?q=1"})
    assert posted["Location"] == "/library/?q=1"


def test_what_was_typed_is_not_lost_without_a_word(user: User) -> None:
    client = signed_in(user)
    Session.objects.all().delete()
    sent = {"headers": {"Referer": "http://testserver/projects/new/"}}
    answer = client.post("/projects/new/", {"name": "茶叶加工园"}, follow=True, **sent)
    assert answer.redirect_chain == [("/account/login/?next=/projects/new/", 302)]
    assert "没有保存" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "back"),
    [("http://testserver/library/?q=1", "/library/%3Fq%3D1"), ("https://elsewhere.example/x", "/"), ("", "/")],
)
def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in_page(user: User, page: str, back: str) -> None:
    client = signed_in(user)
    Session.objects.all().delete()
    answer = client.get("/library/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == f"/account/login/?next={back}"


@pytest.mark.parametrize("key", ["", "x", "forged" * 6, "a" * 5000, "'; drop table", "\0", "../../x", "钥匙"])
def test_a_forged_session_is_none(client: Client, user: User, key: str) -> None:
    client.cookies[configured.SESSION_COOKIE_NAME] = key.encode().decode("latin-1")
    assert out(client.get(PAGE))


def test_a_session_that_was_tampered_with_is_none(user: User) -> None:
    client = signed_in(user)
    row = Session.objects.get()
    Session.objects.update(session_data=row.session_data[:-2] + "xx")
    assert out(client.get(PAGE))


def test_the_cookie_is_kept_from_scripts_and_until_the_browser_closes(client: Client, user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
    answer = client.post("/account/login/", {"username": user.username, "password": PASSWORD})
    cookie = answer.cookies[configured.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_sessions_that_are_over_are_swept_away_by_whoever_signs_in(client: Client, user: User) -> None:
    signed_in(a_user())
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    user.set_password(PASSWORD)
    user.save()
    client.post("/account/login/", {"username": user.username, "password": PASSWORD})
    assert [row.user for row in Session.objects.all()] == [user]


def test_signing_in_gives_a_new_key(client: Client, user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
    session = client.session
    session["as_of"] = "2024-01-01"
    session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
    client.post("/account/login/", {"username": user.username, "password": PASSWORD})
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_a_password_change_ends_the_other_sessions_and_not_this_one(user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
    here, there = signed_in(user), signed_in(user)
    new = {"old_password": PASSWORD, "new_password1": "Yunxi-chayuan-1", "new_password2": "Yunxi-chayuan-1"}
    assert here.post("/account/password/", new)["Location"] == "/"
    assert here.get(PAGE).status_code == 200
    assert out(there.get(PAGE))
    assert Session.objects.filter(user=user).count() == 1


def test_switching_an_account_off_takes_effect_at_the_next_request(user: User) -> None:
    client = signed_in(user)
    assert client.get(PAGE).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert out(client.get(PAGE))


def test_ones_sessions_are_listed_and_any_can_be_ended(user: User) -> None:
    here, there = signed_in(user), signed_in(user)
    Session.objects.filter(pk=there.session.session_key).update(
        agent="Mozilla/5.0 (iPhone) Safari/604", address="10.1.2.3"
    )
    signed_in(a_user())
    shown = queries.sessions_of(user, here.session.session_key, timezone.now())
    assert [(one.here, one.device, one.address) for one in shown][1:] == [(False, "苹果手机·Safari 浏览器", "10.1.2.3")]
    page = here.get(PAGE).content.decode()
    assert "苹果手机" in page
    assert there.session.session_key not in page
    assert here.post("/account/sessions/end/", {"session": shown[1].handle}).status_code == 302
    assert out(there.get(PAGE))
    assert here.get(PAGE).status_code == 200


def test_all_others_are_ended_at_once(user: User) -> None:
    here, others = signed_in(user), [signed_in(user) for _ in range(3)]
    here.post("/account/sessions/end/", {"others": "1"})
    assert all(out(client.get(PAGE)) for client in others)
    assert here.get(PAGE).status_code == 200


def test_nobody_ends_anothers_session(user: User) -> None:
    client, other = signed_in(user), signed_in(a_user())
    handle = queries.session_handle(client.session.session_key or "")
    for given in (handle, client.session.session_key, "", "x" * 5000, "\0"):
        other.post("/account/sessions/end/", {"session": given})
    assert client.get(PAGE).status_code == 200
    with pytest.raises(Forbidden):
        actions.end_sessions(by=user, user=user)
    assert actions.end_sessions(by=a_user(role="security"), user=user) == 1
    assert out(client.get(PAGE))
