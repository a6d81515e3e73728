"""The second factor: setting it up, being asked for it, losing the telephone."""

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.factories.accounts import a_user
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts import actions
from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.adapters import FactorAdapter, WrongKey
from zhaoyin.ground.accounts.models import Session, User
from zhaoyin.ground.journal.models import Entry

pytestmark = pytest.mark.django_db

PASSWORD = "Linhai-2022-zhaoyin"
SET_UP, CODES, CODE = "/account/second-factor/set-up/", "/account/recovery-codes/", "/account/second-factor/"


def somebody(username: str, role: str) -> User:
    user, _ = add_user(by=None, username=username, role=role)
    user.set_password(PASSWORD)
    user.must_change_password = False
    user.save()
    return user


@pytest.fixture
def auditor() -> User:
    return somebody("auditor", "auditor")


def entering(client: Client, user: User, target: str = "") -> Any:
    return client.post("/account/login/", {"username": user.username, "password": PASSWORD, "next": target})


def code_of(secret: str, ahead: int = 0) -> str:
    """What the telephone shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Go through the page; returns the secret and the recovery codes."""
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="num">([A-Z2-7 ]+)<', page)
    assert secret
    bare = secret[1].replace(" ", "")
    assert client.post(SET_UP, {"code": code_of(bare)})["Location"] == CODES
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", client.get(CODES).content.decode())
    assert client.post(CODES, {"kept": "1"})["Location"] == "/"
    return bare, codes


@pytest.fixture
def secret(auditor: User) -> str:
    """The secret of an auditor who has set one up."""
    client = Client()
    entering(client, auditor)
    return set_up(client)[0]


def test_whoever_must_have_one_opens_nothing_but_the_page_that_sets_it_up(client: Client, auditor: User) -> None:
    entering(client, auditor)
    for page in ("/library/", "/account/security/", "/account/password/", "/"):
        assert client.get(page)["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "data:" not in page.split("<main")[1]
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    set_up(client)
    assert client.get("/account/security/").status_code == 200


@pytest.mark.parametrize(
    ("role", "asked"), [("system", True), ("security", True), ("auditor", True), ("office", False)]
)
def test_who_must_have_one(settings: Any, client: Client, role: str, asked: bool) -> None:
    user = somebody("someone", role)
    entering(client, user)
    assert (client.get("/account/security/").status_code == 302) is asked
    settings.SECOND_FACTOR_FOR_ALL = True
    assert client.get("/account/security/").status_code == 302


def test_a_role_granted_meanwhile_asks_at_the_next_request(client: Client) -> None:
    user = somebody("someone", "office")
    entering(client, user)
    assert client.get("/account/security/").status_code == 200
    user.grants.all().delete()
    actions.grant_role(by=None, user=user, role="security")
    assert client.get("/account/security/")["Location"] == SET_UP


def test_afterwards_the_code_is_asked_and_nobody_is_in_before_it(client: Client, auditor: User, secret: str) -> None:
    assert entering(client, auditor, "/account/security/")["Location"] == CODE
    assert client.get("/account/security/")["Location"].startswith("/account/login/")
    assert client.post(CODE, {"code": "12345"}).status_code == 422
    answer = client.post(CODE, {"code": " ".join(code_of(secret, 1))})
    assert answer["Location"] == "/account/security/"
    assert client.get("/account/security/").status_code == 200


def test_the_code_page_without_a_password_leads_to_the_sign_in_page(client: Client) -> None:
    assert client.get(CODE)["Location"] == "/account/login/"
    assert client.post(CODE, {"code": "123456"})["Location"] == "/account/login/"


def test_a_code_opens_once(auditor: User, secret: str) -> None:
    first, second = Client(), Client()
    code = code_of(secret, 1)
    for client in (first, second):
        entering(client, auditor)
    assert first.post(CODE, {"code": code}).status_code == 302
    again = second.post(CODE, {"code": code})
    assert again.status_code == 422
    assert "已用过" in again.content.decode()


def test_the_code_that_set_it_up_and_older_ones_open_nothing(auditor: User, secret: str) -> None:
    assert not actions.use_code(by=auditor, code=code_of(secret))
    with time_machine.travel(time.time() + 90):
        assert actions.use_code(by=auditor, code=code_of(secret))
        assert not actions.use_code(by=auditor, code=code_of(secret, -1))
        assert not actions.use_code(by=auditor, code=code_of(secret, 2))


@pytest.mark.parametrize("code", ["", " ", "12345６", "-1", "1e5", "９９９９９９", "1" * 30, "abc", "\0"])
def test_nonsense_is_no_code(client: Client, auditor: User, secret: str, code: str) -> None:
    entering(client, auditor)
    assert client.post(CODE, {"code": code}).status_code == 422


def test_wrong_codes_lock_like_wrong_passwords(client: Client, auditor: User, secret: str) -> None:
    entering(client, auditor)
    answers = [client.post(CODE, {"code": "000000"}) for _ in range(5)]
    assert [one.status_code for one in answers] == [422] * 4 + [429]
    assert client.post(CODE, {"code": code_of(secret, 1)}).status_code == 429
    assert entering(Client(), auditor).status_code == 429  # a right password does not take failures of the code back


def test_each_recovery_code_opens_once(auditor: User) -> None:
    client = Client()
    entering(client, auditor)
    _, codes = set_up(client)
    assert len(set(codes)) == 10
    for expected in (302, 422):
        another = Client()
        entering(another, auditor)
        assert another.post(CODE, {"code": codes[3]}).status_code == expected
    assert Entry.objects.filter(act="accounts.recovery_code_used").count() == 1


def test_recovery_codes_are_shown_once_and_can_be_taken_along(client: Client, auditor: User) -> None:
    entering(client, auditor)
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="num">([A-Z2-7 ]+)<', page)
    assert secret
    client.post(SET_UP, {"code": code_of(secret[1].replace(" ", ""))})
    shown = re.findall(r"<li>(\d{4}) (\d{4})</li>", client.get(CODES).content.decode())
    file = client.get(CODES + "file/")
    assert file["Content-Disposition"].startswith("attachment")
    assert all("".join(code) in file.content.decode() for code in shown)
    client.post(CODES, {"kept": "1"})
    assert not re.findall(r"<li>(\d{4}) (\d{4})</li>", client.get(CODES).content.decode())
    assert client.get(CODES + "file/").status_code == 302


def test_new_recovery_codes_void_the_old(auditor: User, secret: str) -> None:
    client = Client()
    entering(client, auditor)
    client.post(CODE, {"code": code_of(secret, 1)})
    old = actions.renew_recovery_codes(by=auditor)
    assert client.post(CODES, {"code": "000000"}).status_code == 422
    assert client.post(CODES, {"code": old[0]})["Location"] == CODES
    assert not actions.use_code(by=auditor, code=old[1])


def test_another_telephone_needs_a_code_of_the_present_one(auditor: User, secret: str) -> None:
    client = Client()
    entering(client, auditor)
    client.post(CODE, {"code": code_of(secret, 1)})
    page = client.get(SET_UP).content.decode()
    new = re.search(r'class="num">([A-Z2-7 ]+)<', page)
    assert new
    fresh = new[1].replace(" ", "")
    assert fresh != secret
    assert client.post(SET_UP, {"code": code_of(fresh)}).status_code == 422
    with time_machine.travel(time.time() + 90):
        assert client.post(SET_UP, {"old": code_of(secret), "code": code_of(fresh)}).status_code == 302
        assert not actions.use_code(by=auditor, code=code_of(secret, 1))


def test_the_secret_lies_sealed(settings: Any, auditor: User, secret: str) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    sealed = Authenticator.objects.get(type="totp").data["secret"]
    assert FactorAdapter().decrypt(sealed) == secret
    settings.FACTOR_KEY = "another"
    with pytest.raises(WrongKey):
        FactorAdapter().decrypt(sealed)


def test_the_security_administrator_takes_a_lost_one_away(auditor: User, secret: str) -> None:
    client = Client()
    entering(client, auditor)
    client.post(CODE, {"code": code_of(secret, 1)})
    with pytest.raises(Forbidden):
        actions.reset_second_factor(by=auditor, user=auditor)
    actions.reset_second_factor(by=a_user(role="security"), user=auditor)
    assert not Session.objects.filter(user=auditor).exists()
    assert client.get("/account/security/")["Location"].startswith("/account/login/")
    entering(client, auditor)
    assert client.get("/account/security/")["Location"] == SET_UP
    assert {"accounts.factor_set", "accounts.factor_reset"} <= set(Entry.objects.values_list("act", flat=True))


def test_setting_one_up_ends_sessions_that_have_not_shown_it(auditor: User) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        entering(client, auditor)
    set_up(first)
    assert second.get(SET_UP)["Location"].startswith("/account/login/")
    assert first.get("/account/security/").status_code == 200
