"""Signing in, and one's own password."""

import pytest
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction
from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER
from zhaoyin.ground.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_demonstration_account_is_named_only_where_it_is_one(client: Client) -> None:
    User.objects.create_user(DEMO_USER, password=DEMO_PASSWORD)
    here = a_jurisdiction("某某市", demo=False)
    assert DEMO_PASSWORD not in client.get("/account/login/").content.decode()
    here.demo = True
    here.save()
    page = client.get("/account/login/").content.decode()
    assert DEMO_PASSWORD in page
    answer = client.post("/account/login/", {"username": DEMO_USER, "password": DEMO_PASSWORD, "next": "/targets/"})
    assert answer["Location"] == "/targets/"


def test_a_wrong_password_is_said_in_words(client: Client) -> None:
    page = client.post("/account/login/", {"username": "nobody", "password": "x"}).content.decode()
    assert "账号或密码不对" in page
    assert 'value="nobody"' in page


def test_a_one_time_password_opens_only_its_own_page(client: Client) -> None:
    user, password = add_user(by=None, username="office")
    client.post("/account/login/", {"username": "office", "password": password})
    assert client.get("/library/")["Location"] == "/account/password/"
    assert "一次性密码" in client.get("/account/password/").content.decode()
    short = client.post("/account/password/", {"new_password1": "12345", "new_password2": "12345"})
    assert short.status_code == 422
    assert "密码至少 10 位" in short.content.decode()
    new = {"new_password1": "Linhai-2022-zhaoyin", "new_password2": "Linhai-2022-zhaoyin"}
    assert client.post("/account/password/", new)["Location"] == "/"
    assert client.get("/library/").status_code == 200
    user.refresh_from_db()
    assert user.check_password("Linhai-2022-zhaoyin")


def test_whoever_is_in_is_sent_on_and_may_leave() -> None:
    client = signed_in(a_user())
    assert client.get("/account/login/")["Location"] == "/"
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/library/").status_code == 302
