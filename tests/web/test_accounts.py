"""Signing in with a password, locks, and one's own password."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts import actions, locks
from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.accounts.queries.people import locked_names
from zhaoyin.ground.journal.models import Entry

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"
GOOD = "Linhai-2022-zhaoyin"


@pytest.fixture
def office() -> User:
    user, _ = add_user(by=None, username="office", name="办公室甲", role="office")
    user.set_password(GOOD)
    user.must_change_password = False
    user.save()
    return user


def sign_in(client: Client, password: str = GOOD, username: str = "office", **more: Any) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **more.pop("data", {})}, **more)


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def test_the_demonstration_account_is_named_only_where_it_is_one(client: Client) -> None:
    User.objects.create_user(DEMO_USER, password=DEMO_PASSWORD)
    here = a_jurisdiction("某某市", demo=False)
    assert DEMO_PASSWORD not in client.get(LOGIN).content.decode()
    here.demo = True
    here.save()
    assert DEMO_PASSWORD in client.get(LOGIN).content.decode()
    answer = sign_in(client, DEMO_PASSWORD, DEMO_USER, data={"next": "/targets/"})
    assert answer["Location"] == "/targets/"


def test_the_demonstration_password_is_nobody_elses(office: User) -> None:
    with pytest.raises(ValidationError, match="常见密码"):
        validate_password(DEMO_PASSWORD, office)


def test_a_wrong_password_is_said_in_words(client: Client) -> None:
    answer = sign_in(client, "x", "nobody")
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.content.decode()
    assert 'value="nobody"' in answer.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {}, {"username": "office"}, {"password": "x"}, {"username": "o" * 10_000, "password": "x"},
        {"username": "office", "password": "x" * 1_000_000}, {"username": "a\0b", "password": "x"},
        {"username": "office", "password": "\0"}, {"username": "' OR 1=1 --", "password": "x"},
    ],
)  # fmt: skip
def test_nonsense_is_answered_with_a_sentence(client: Client, office: User, given: dict[str, str]) -> None:
    answer = client.post(LOGIN, given)
    assert answer.status_code == 422
    assert "message-error" in answer.content.decode()


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/targets/?year=2024", "/targets/?year=2024"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("https:///elsewhere.example", "/"),
        ("/" + "x" * 5000, "/"),
    ],
)
def test_one_lands_within_this_site_only(client: Client, office: User, wanted: str, target: str) -> None:
    assert sign_in(client, data={"next": wanted})["Location"] == target
    assert client.get(LOGIN, {"next": wanted})["Location"] == target


def test_signing_in_and_out_is_told(client: Client, office: User) -> None:
    sign_in(client, "wrong-one-9A")
    sign_in(client, "wrong-one-9A", "nobody")
    sign_in(client)
    client.post("/account/logout/")
    told = [(one.act, one.by_id, one.outcome, one.address) for one in Entry.objects.order_by("pk")][-4:]
    assert told == [
        ("accounts.sign_in_failed", None, "refused", "127.0.0.1"),
        ("accounts.sign_in_failed", None, "refused", "127.0.0.1"),
        ("accounts.signed_in", office.pk, "done", "127.0.0.1"),
        ("accounts.signed_out", office.pk, "done", "127.0.0.1"),
    ]
    assert "wrong-one" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_the_stored_hash_is_argon2id_at_the_recommended_cost(settings: Any, office: User) -> None:
    settings.PASSWORD_HASHERS = ["zhaoyin.ground.accounts.passwords.Hasher"]
    office.set_password(GOOD)
    assert office.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert office.check_password(GOOD)


# Locks.


def fail(client: Client, times: int, username: str = "office", **more: Any) -> list[Any]:
    return [sign_in(client, "wrong-one-9A", username, **more) for _ in range(times)]


@pytest.mark.parametrize("username", ["office", "nobody"])
def test_five_failures_lock_the_account_and_the_page_says_for_how_long(
    client: Client, office: User, username: str
) -> None:
    answers = fail(client, 6, username)
    assert [one.status_code for one in answers] == [422, 422, 422, 422, 429, 429]
    assert "再错 1 次将锁定 15 分钟" in answers[3].content.decode()
    assert "请 15 分钟后再试，或请安全管理员解锁" in answers[4].content.decode()
    assert sign_in(client, username=username).status_code == 429  # the right password opens nothing now
    assert acts().count("accounts.locked") == 1


def test_the_lock_grows_and_is_not_prolonged_by_trying_on(client: Client, office: User) -> None:
    fail(client, 9)
    later(timedelta(minutes=16))
    assert "30 分钟" in fail(client, 1)[0].content.decode()
    later(timedelta(minutes=31))
    assert "1 小时后" in fail(client, 1)[0].content.decode()
    later(timedelta(minutes=61))
    assert sign_in(client).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_failures_are_forgotten_after_a_day(client: Client, office: User) -> None:
    fail(client, 4)
    later(timedelta(hours=25))
    assert fail(client, 1)[0].status_code == 422
    assert AccessAttempt.objects.get().failures_since_start == 1


def test_a_lock_holds_for_one_account_from_one_address(client: Client, office: User) -> None:
    other, _ = add_user(by=None, username="other", role="office")
    other.set_password(GOOD)
    other.must_change_password = False
    other.save()
    fail(client, 5)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302
    assert sign_in(Client(), username="other").status_code == 302


def test_an_account_tried_from_everywhere_is_locked_everywhere(client: Client, office: User) -> None:
    for number in range(13):
        fail(client, 4, REMOTE_ADDR=f"10.0.0.{number}")
    assert sign_in(client, REMOTE_ADDR="10.0.1.1").status_code == 429


def test_behind_a_front_the_visitors_own_address_counts_and_not_what_is_invented(settings: Any, office: User) -> None:
    settings.PROXIES = 1
    for number in range(5):
        fail(Client(), 1, HTTP_X_FORWARDED_FOR=f"1.2.3.{number}, 10.9.9.9")
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="4.4.4.4, 10.9.9.9").status_code == 429
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="10.9.9.9, 4.4.4.4").status_code == 302


def test_the_security_administrator_unlocks_and_nobody_else(client: Client, office: User) -> None:
    fail(client, 5)
    assert "office" in locked_names(timezone.now())
    with pytest.raises(Forbidden):
        actions.unlock(by=office, user=office)
    actions.unlock(by=a_user(role="security"), user=office)
    assert "office" not in locked_names(timezone.now())
    assert sign_in(client).status_code == 302
    assert "accounts.unlocked" in acts()


def later(span: timedelta) -> None:
    """Let time pass, as the failures see it."""
    for row in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - span)


@pytest.mark.django_db(transaction=True)
def test_attempts_at_once_cannot_outrun_the_lock() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, which one connection has for itself; a file has one writer anyway")
    allowed: list[bool] = []
    start = threading.Barrier(12)

    def attempt() -> None:
        start.wait()
        try:
            allowed.append(locks.begin(RequestFactory().post(LOGIN), "office"))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 7 + [True] * 5
    assert AccessAttempt.objects.get().failures_since_start == 5


# One's own password.


def test_a_one_time_password_opens_only_its_own_page(client: Client) -> None:
    user, password = add_user(by=None, username="office", role="office")
    sign_in(client, password)
    assert client.get("/library/")["Location"] == "/account/password/"
    assert client.get("/library/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/password/"
    page = client.get("/account/password/").content.decode()
    assert "一次性密码" in page
    assert "old_password" not in page
    short = client.post("/account/password/", {"new_password1": "12345", "new_password2": "12345"})
    assert short.status_code == 422
    assert "密码至少 10 位" in short.content.decode()
    assert client.post("/account/password/", {"new_password1": GOOD, "new_password2": GOOD})["Location"] == "/"
    assert client.get("/library/").status_code == 200
    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert "accounts.password_changed" in acts()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Short-1", "至少 10 位"),
        ("alllowercase", "至少含其中三种"),
        ("alllower2222", "至少含其中三种"),
        ("Password-2024", "常见密码"),
        ("Banshiyuan-22", "不能与登录名"),
        ("x13857612345X", "不能与登录名"),
        (GOOD, "最近 5 次"),
    ],
)
def test_each_rule_says_what_is_missing(office: User, password: str, why: str) -> None:
    office.username, office.mobile = "banshiyuan", "13857612345"
    office.save()
    with pytest.raises(ValidationError) as refused:
        validate_password(password, office)
    assert len(refused.value.messages) == 1
    assert why in refused.value.messages[0]


def test_the_last_five_passwords_may_not_come_back(office: User) -> None:
    for number in range(1, 6):
        actions.change_password(by=office, user=office, password=f"Yunxi-chayuan-{number}")
    for number in range(1, 6):
        with pytest.raises(ValidationError, match="最近 5 次"):
            validate_password(f"Yunxi-chayuan-{number}", office)
    validate_password(GOOD, office)
    assert office.old_passwords.count() == 4


def test_an_old_password_must_be_changed_and_the_demonstrations_not(
    settings: Any, client: Client, office: User
) -> None:
    User.objects.update(password_set_at=timezone.now() - timedelta(days=181))
    sign_in(client)
    assert client.get("/library/")["Location"] == "/account/password/"
    assert "密码已到期" in client.get("/account/password/").content.decode()
    settings.PASSWORD_DAYS = 0
    assert client.get("/library/").status_code == 200
    settings.PASSWORD_DAYS = 180
    User.objects.update(username=DEMO_USER)
    assert client.get("/library/").status_code == 200


def test_changing_asks_for_the_old_one(client: Client, office: User) -> None:
    sign_in(client)
    new = {"new_password1": "Yunxi-chayuan-1", "new_password2": "Yunxi-chayuan-1"}
    assert "原密码不对" in client.post("/account/password/", {**new, "old_password": "x"}).content.decode()
    assert client.post("/account/password/", {**new, "old_password": GOOD})["Location"] == "/"
    assert client.get("/library/").status_code == 200


def test_two_that_differ_and_one_too_long(client: Client, office: User) -> None:
    sign_in(client)
    differ = {"old_password": GOOD, "new_password1": "Yunxi-chayuan-1", "new_password2": "Yunxi-chayuan-2"}
    assert "两次输入的密码不一致" in client.post("/account/password/", differ).content.decode()
    long = "Yunxi-1" * 100
    answer = client.post("/account/password/", {"old_password": GOOD, "new_password1": long, "new_password2": long})
    assert "最多 128 位" in answer.content.decode()


def test_a_reset_gives_a_one_time_password_and_ends_everything(client: Client, office: User) -> None:
    sign_in(client)
    with pytest.raises(Forbidden):
        actions.reset_password(by=office, user=office)
    password = actions.reset_password(by=a_user(role="security"), user=office)
    assert client.get("/library/").status_code == 302
    assert sign_in(client, password)["Location"] == "/"
    assert client.get("/library/")["Location"] == "/account/password/"


def test_whoever_is_in_is_sent_on_and_may_leave() -> None:
    client = signed_in(a_user())
    assert client.get(LOGIN)["Location"] == "/"
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/library/").status_code == 302


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_form_from_elsewhere_is_answered_in_words(strict: Client, office: User) -> None:
    answer = sign_in(strict)
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "password/reset/",
        "social/connections/",
        "3rdparty/",
        "inactive/",
        "reauthenticate/",
        "by/none/",
    ],
)
def test_pages_of_the_library_that_we_do_not_use_are_not_there(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client.get(f"/accounts/{path}").status_code == 404
