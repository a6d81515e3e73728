"""What every answer tells the browser, and that no page asks for what it forbids."""

import os
import re
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories.cast import Place
from tests.serving import environment
from tests.web.test_access import TABLE, asked, undone
from zhaoyin.ground.journal.origin import address_of

SOURCES = Path(__file__).resolve().parents[2] / "src"
DUE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
POLICY = {
    "default-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.AS_OF = date(2024, 7, 1)
    return Place()


def policy(answer: HttpResponse) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: rest.strip() for name, _, rest in parts}


class Page(HTMLParser):
    """What of a page would have to be allowed: inline scripts and styles, handlers, scripts without a nonce."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.nonces: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.wrong += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith(("on", "hx-on"))]
        self.wrong += [f"{name}={value}" for name, value in attrs if (value or "").lower().startswith("javascript:")]
        if tag == "style":
            self.wrong.append("<style>")
        if tag == "script":
            self.nonces.add(given.get("nonce") or "")
            if not given.get("src"):
                self.wrong.append("<script> without src")


@pytest.mark.parametrize("part", ["办公室", "审计员", "安全管理员", "陌生人"])
def test_every_address_answers_with_every_header(place: Place, part: str) -> None:
    client = place.browser(part)
    wrong: dict[str, Any] = {}
    nonces: list[str] = []
    for name in TABLE:
        with undone():
            answer = asked(client, name, place)
        lacks = {header: answer.get(header) for header, due in DUE.items() if answer.get(header) != due}
        told = policy(answer)
        # A file that people brought comes under a policy of its own, which allows nothing at all.
        due_policy = POLICY if told["default-src"] != "'none'" else {"default-src": "'none'"}
        lacks |= {directive: told.get(directive) for directive, due in due_policy.items() if told.get(directive) != due}
        if "unsafe" in answer["Content-Security-Policy"] or "camera=()" not in answer["Permissions-Policy"]:
            lacks["policy"] = answer["Content-Security-Policy"]
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = Page()
            page.feed(answer.content.decode())
            if page.wrong:
                lacks["inline"] = page.wrong
            if page.nonces and {told["script-src"]} != {f"'nonce-{nonce}'" for nonce in page.nonces}:
                lacks["script-src"] = (told["script-src"], page.nonces)
            nonces += page.nonces
        if lacks:
            wrong[name] = lacks
    assert wrong == {}
    assert nonces
    assert len(set(nonces)) == len(nonces), "a nonce was used twice"


def test_pages_of_errors_have_them_too(client: Client, db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for answer in (client.get("/nowhere/"), client.get("/", headers={"host": "elsewhere.example"})):
        assert answer.status_code in (400, 404)
        assert {header: answer.get(header) for header in DUE} == DUE
        assert policy(answer)["script-src"] == ""


@pytest.mark.parametrize("template", sorted(SOURCES.rglob("templates/**/*.html")), ids=lambda one: one.name)
def test_no_template_has_anything_inline(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert re.search(r'\ssrc="\{\{ asset\(', script), script
        assert 'nonce="{{ request.csp_nonce }}"' in script, script


def test_files_of_the_build_keep_their_long_time(client: Client, settings: Any) -> None:
    built = sorted((SOURCES / "zhaoyin/ground/ui/static/dist").glob("app.*.css"))
    if not built:
        pytest.skip("nothing is built")
    answer = client.get(f"/static/dist/{built[0].name}")
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]


def settings_of(tmp_path: Path, **given: str) -> dict[str, str]:
    """The settings in a process of its own, over those variables."""
    program = (
        "from zhaoyin.config import settings\n"
        "for name, value in vars(settings).items():\n"
        "    if name.startswith(('SESSION_', 'CSRF_', 'SECURE_')): print(name, value)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment(tmp_path), **given, "PYTHONPATH": os.pathsep.join(["src", "."])},
        text=True,
        capture_output=True,
        check=True,
    )
    return dict(line.split(" ", 1) for line in told.stdout.splitlines())


def test_under_tls_cookies_are_bound_to_the_host_and_the_browser_stays_with_tls(tmp_path: Path) -> None:
    found = settings_of(tmp_path, ZHAOYIN_TLS="1", ZHAOYIN_PROXIES="1")
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    for setting in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"):
        assert found[setting] == "True"
    assert found["SESSION_COOKIE_SAMESITE"] == found["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert found["SECURE_HSTS_SECONDS"] == str(365 * 24 * 3600)
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] == "False"
    assert found["SECURE_SSL_REDIRECT"] == "True"
    assert "HTTP_X_FORWARDED_PROTO" in found["SECURE_PROXY_SSL_HEADER"]


def test_without_a_front_nobody_says_how_it_was_reached(tmp_path: Path) -> None:
    found = settings_of(tmp_path, ZHAOYIN_TLS="1")
    assert (found["SECURE_PROXY_SSL_HEADER"], found["SECURE_SSL_REDIRECT"]) == ("None", "False")


def test_hsts_is_sent_over_tls_and_plain_requests_are_led_there(client: Client, db: None, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 365 * 24 * 3600
    browser = Client()  # the middleware reads its settings once
    over = browser.get("/account/login/", headers={"x-forwarded-proto": "https"})
    assert over["Strict-Transport-Security"] == "max-age=31536000"
    plain = browser.get("/account/login/", headers={"x-forwarded-proto": "http"})
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/account/login/")


def test_only_a_front_of_ours_says_where_a_visitor_comes_from(settings: Any) -> None:
    from zhaoyin.config.environment import networks

    os.environ["ZHAOYIN_TRIED"] = "10.0.0.0/8, ::1"
    try:
        settings.PROXIES, settings.PROXY_ADDRESSES = 1, networks("ZHAOYIN_TRIED")
    finally:
        del os.environ["ZHAOYIN_TRIED"]
    for direct, due in (("10.2.3.4", "203.0.113.9"), ("::1", "203.0.113.9"), ("198.51.100.7", "198.51.100.7")):
        request = RequestFactory().get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR="203.0.113.9")
        assert address_of(request) == due
