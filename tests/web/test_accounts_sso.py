"""Single sign-on, against a real provider of OpenID Connect that the tests start; DingTalk as far as it goes without network."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from jwt.algorithms import RSAAlgorithm
from werkzeug.serving import make_server

from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction
from zhaoyin.config import environment
from zhaoyin.config.environment import WrongSetting
from zhaoyin.ground.accounts import actions
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.models import Entry

# The provider speaks through a library that warns of itself.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

START, BACK = "/account/by/oidc/", "/account/by/oidc/back/"
PAGE = "/account/security/"


class Provider:
    """The running provider, and what was asked of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.tokens: list[dict[str, str]] = []
        self.keys: dict[str, Any] | None = None

    def knows(self, subject: str, **claims: Any) -> None:
        """Let the provider know somebody."""
        requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5).raise_for_status()


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    app = oidc_provider_mock.app(require_nonce=True)
    server = make_server("localhost", 0, app, threaded=True)
    provider = Provider(f"http://localhost:{server.server_port}")

    @app.before_request
    def listen() -> Any:
        if flask.request.path == "/jwks" and provider.keys:
            return flask.jsonify(provider.keys)
        if flask.request.path.endswith("/token"):
            provider.tokens.append(flask.request.form.to_dict())
        return None

    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()


@pytest.fixture
def provider(running: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider, named by the environment as an office would."""
    running.tokens.clear()
    for name, value in {
        "URL": running.url,
        "CLIENT": "zhaoyin",
        "SECRET": "s3cret",
        "SCOPE": "openid profile phone",
    }.items():
        monkeypatch.setenv(f"ZHAOYIN_OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = environment.single_sign_on()
    return running


@pytest.fixture
def person() -> User:
    return a_user(a_jurisdiction("云溪市"))


def asked(client: Client, **data: str) -> str:
    """Follow the button to the provider; returns its address."""
    answer = client.get(START, data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def vouched(address: str, subject: str) -> str:
    """Sign in at the provider; returns the address it sends people back to, without the host."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def through(client: Client, subject: str, **data: str) -> Any:
    return client.get(vouched(asked(client, **data), subject))


def inside(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_somebody_is_matched_by_name_and_then_by_subject(provider: Provider, client: Client, person: User) -> None:
    assert "统一身份认证" in client.get("/account/login/?next=/targets/").content.decode()
    provider.knows("s-1", preferred_username=person.username)
    assert through(client, "s-1", next="/targets/")["Location"] == "/targets/"
    assert inside(client)
    assert SocialAccount.objects.get().user == person
    provider.knows("s-1", preferred_username="renamed")
    again = Client()
    assert through(again, "s-1").status_code == 302
    assert inside(again)
    told = list(Entry.objects.filter(act__in=("accounts.linked", "accounts.signed_in")).values_list("act", flat=True))
    assert told == ["accounts.linked", "accounts.signed_in", "accounts.signed_in"]


def test_the_sign_in_carries_state_nonce_and_a_proof_of_who_began_it(
    provider: Provider, client: Client, person: User
) -> None:
    provider.knows("s-2", preferred_username=person.username)
    address = asked(client, scope="address", auth_params="prompt=none", process="connect")
    query = parse_qs(urlsplit(address).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"http://testserver{BACK}"]
    assert sorted(query["scope"][0].split()) == ["openid", "phone", "profile"]
    assert "prompt" not in query
    assert len(query["state"][0]) >= 16
    assert len(query["nonce"][0]) >= 16
    client.get(vouched(address, "s-2"))
    digest = hashlib.sha256(provider.tokens[0]["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == query["code_challenge"][0]
    assert inside(client)


def test_an_unknown_person_gets_one_sentence_and_no_account(provider: Provider, client: Client, person: User) -> None:
    provider.knows("s-3", preferred_username="nobody")
    before = User.objects.count()
    answer = through(client, "s-3")
    assert answer.status_code == 403
    assert "您在这里还没有账号" in answer.content.decode()
    assert "s-3" in answer.content.decode()
    assert User.objects.count() == before
    assert not inside(client)


def test_two_subjects_never_share_an_account(provider: Provider, client: Client, person: User) -> None:
    actions.link_subject(by=None, user=person, provider="oidc", subject="first")
    provider.knows("second", preferred_username=person.username)
    answer = through(client, "second")
    assert answer.status_code == 403
    assert "已与另一个身份绑定" in answer.content.decode()
    with pytest.raises(actions.LinkRefused, match="另一个账号"):
        actions.link_subject(by=None, user=a_user(), provider="oidc", subject="first")


@pytest.mark.parametrize(("checked", "status"), [(True, 302), (False, 403), (None, 403), ("true", 403)])
def test_a_telephone_counts_only_where_the_provider_has_checked_it(
    provider: Provider,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    person: User,
    checked: Any,
    status: int,
) -> None:
    monkeypatch.setenv("ZHAOYIN_OIDC_MATCH", "phone_number=mobile")
    settings.SOCIALACCOUNT_PROVIDERS = environment.single_sign_on()
    person.mobile = "13800000000"
    person.save()
    claims = {"phone_number": "13800000000"} | ({} if checked is None else {"phone_number_verified": checked})
    provider.knows(f"s-{checked}", **claims)
    assert through(client, f"s-{checked}").status_code == status


def test_without_a_match_only_those_who_are_linked_come_in(
    provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch, person: User
) -> None:
    monkeypatch.setenv("ZHAOYIN_OIDC_MATCH", "none")
    settings.SOCIALACCOUNT_PROVIDERS = environment.single_sign_on()
    provider.knows("s-4", preferred_username=person.username)
    assert through(Client(), "s-4").status_code == 403
    actions.link_subject(by=None, user=person, provider="oidc", subject="s-4")
    assert through(Client(), "s-4").status_code == 302


def test_an_account_that_is_switched_off_stays_out(provider: Provider, client: Client, person: User) -> None:
    provider.knows("s-5", preferred_username=person.username)
    User.objects.update(is_active=False)
    answer = through(client, "s-5")
    assert answer.status_code == 403
    assert "已停用" in answer.content.decode()
    assert not inside(client)


def test_the_second_factor_is_asked_after_the_provider_too(provider: Provider, client: Client) -> None:
    person = a_user(role="auditor")
    provider.knows("s-6", preferred_username=person.username)
    through(client, "s-6")
    assert client.get(PAGE)["Location"] == "/account/second-factor/set-up/"


def test_a_one_time_password_is_no_hindrance_to_whoever_does_not_use_it(
    provider: Provider, client: Client, person: User
) -> None:
    provider.knows("s-7", preferred_username=person.username)
    User.objects.update(must_change_password=True)
    through(client, "s-7")
    assert inside(client)


@pytest.mark.parametrize("wrong", ["state=forged", "", "state=", "state=" + "x" * 5000])
def test_a_wrong_state_is_refused(provider: Provider, client: Client, person: User, wrong: str) -> None:
    provider.knows("s-8", preferred_username=person.username)
    back = vouched(asked(client), "s-8")
    code = parse_qs(urlsplit(back).query)["code"][0]
    answer = client.get(f"{BACK}?code={code}&{wrong}")
    assert answer.status_code == 401
    assert "请重新登录" in answer.content.decode()
    assert not inside(client)
    assert not provider.tokens  # the code was not even shown to the provider


def test_what_comes_back_to_another_browser_or_twice_is_refused(
    provider: Provider, client: Client, person: User
) -> None:
    provider.knows("s-9", preferred_username=person.username)
    back = vouched(asked(client), "s-9")
    assert Client().get(back).status_code == 401
    assert client.get(back).status_code == 302
    client.post("/account/logout/")
    assert client.get(back).status_code == 401


def test_a_token_made_for_another_sign_in_is_refused(provider: Provider, client: Client, person: User) -> None:
    provider.knows("s-10", preferred_username=person.username)
    address = asked(client)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    answer = client.get(vouched(address.replace(nonce, "of-another-sign-in"), "s-10"))
    assert answer.status_code == 400
    assert not inside(client)
    assert not SocialAccount.objects.exists()


def test_a_token_that_the_provider_did_not_sign_is_refused(
    provider: Provider, client: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.knows("s-11", preferred_username=person.username)
    back = vouched(asked(client), "s-11")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    monkeypatch.setattr(provider, "keys", {"keys": [{**RSAAlgorithm.to_jwk(key, as_dict=True), "alg": "RS256"}]})
    assert client.get(back).status_code == 401
    assert not inside(client)


def test_a_refusal_at_the_provider_or_its_absence_is_one_sentence(
    provider: Provider, settings: Any, client: Client, person: User
) -> None:
    state = parse_qs(urlsplit(asked(client)).query)["state"][0]
    answer = client.get(f"{BACK}?error=access_denied&state={state}")
    assert answer.status_code == 401
    assert "没有从统一身份认证得到确认" in answer.content.decode()
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:1"
    answer = client.get(START)
    assert answer.status_code == 401
    assert "没有从统一身份认证得到确认" in answer.content.decode()


def test_nobody_is_sent_elsewhere_afterwards(provider: Provider, client: Client, person: User) -> None:
    provider.knows("s-12", preferred_username=person.username)
    assert through(client, "s-12", next="https://elsewhere.example/")["Location"] == "/"
    assert client.get(START, {"next": "//elsewhere.example/"})["Location"] == "/"


# What the environment says.


def test_dingtalk_is_asked_at_its_own_address(settings: Any, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setenv("ZHAOYIN_DINGTALK_CLIENT", "ding123")
    monkeypatch.setenv("ZHAOYIN_DINGTALK_SECRET", "s3cret")
    settings.SOCIALACCOUNT_PROVIDERS = environment.single_sign_on()
    a_jurisdiction("云溪市")
    assert "用钉钉登录" in client.get("/account/login/").content.decode()
    address = urlsplit(client.get("/account/by/dingtalk/")["Location"])
    query = parse_qs(address.query)
    assert (address.netloc, address.path) == ("login.dingtalk.com", "/oauth2/auth")
    assert query["client_id"] == ["ding123"]
    assert query["redirect_uri"] == ["http://testserver/account/by/dingtalk/back/"]
    assert query["scope"] == ["openid"]
    assert query["prompt"] == ["consent"]
    assert query["state"]
    assert client.get("/account/by/dingtalk/back/?authCode=x&state=forged").status_code == 401


@pytest.mark.parametrize(
    "given",
    [
        {"ZHAOYIN_OIDC_URL": "https://id.example"},
        {"ZHAOYIN_OIDC_URL": "https://id.example", "ZHAOYIN_OIDC_CLIENT": "x"},
        {"ZHAOYIN_OIDC_URL": "ftp://id.example", "ZHAOYIN_OIDC_CLIENT": "x", "ZHAOYIN_OIDC_SECRET": "y"},
        {"ZHAOYIN_DINGTALK_CLIENT": "x"},
        {"ZHAOYIN_DINGTALK_CLIENT": "x", "ZHAOYIN_DINGTALK_SECRET": "y", "ZHAOYIN_DINGTALK_MATCH": "mobile"},
        {"ZHAOYIN_DINGTALK_CLIENT": "x", "ZHAOYIN_DINGTALK_SECRET": "y", "ZHAOYIN_DINGTALK_MATCH": "mobile=password"},
    ],
)
def test_half_a_setting_is_refused(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting):
        environment.single_sign_on()


@pytest.mark.parametrize(
    ("name", "value"),
    [("ZHAOYIN_IDLE_MINUTES", "1"), ("ZHAOYIN_IDLE_MINUTES", "半小时"), ("ZHAOYIN_IDLE_MINUTES", "-5")],
)
def test_a_wrong_number_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name):
        environment.whole(name, 30, 2)


def test_who_must_have_a_second_factor_is_all_or_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOYIN_SECOND_FACTOR", "all")
    assert environment.second_factor_for_all()
    monkeypatch.setenv("ZHAOYIN_SECOND_FACTOR", "everybody")
    with pytest.raises(WrongSetting):
        environment.second_factor_for_all()
