"""Requests that are too large, and what of a request must never come back or be written down."""

import http.client
import logging
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.plans import a_jurisdiction
from tests.serving import Served

pytestmark = pytest.mark.django_db
SECRETS = ("Mima-jiushi-Ta9", "13800001234", "dai-ma-0001", "zhuangtai-0002")


@pytest.fixture
def office() -> Client:
    return signed_in(a_user(a_jurisdiction("云溪市")))


def test_thirty_megabytes_of_words_are_refused_in_a_sentence(office: Client) -> None:
    answer = office.post(
        "/projects/new/", b"name=" + b"x" * (30 << 20), content_type="application/x-www-form-urlencoded"
    )
    text = answer.content.decode()
    assert answer.status_code == 413
    assert "提交的内容太大，没有保存" in text
    assert "Traceback" not in text


def test_a_file_of_thirty_megabytes_is_refused_by_its_form(office: Client) -> None:
    answer = office.post("/plans/", {"file": SimpleUploadedFile("方案.docx", b"PK\3\4" + bytes(30 << 20))})
    assert answer.status_code in (302, 422)
    assert (
        "文件超过 20 MB，没有接收" in (office.get("/plans/") if answer.status_code == 302 else answer).content.decode()
    )


def test_fields_and_files_without_end_are_refused(office: Client) -> None:
    fields = "&".join(f"a{number}=1" for number in range(5001))
    answer = office.post("/projects/new/", fields, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "提交的项目太多" in answer.content.decode()) == (413, True)
    files = {f"f{number}": SimpleUploadedFile("a.txt", b"a") for number in range(21)}
    answer = office.post("/projects/new/", files)
    assert (answer.status_code, "上传的文件太多" in answer.content.decode()) == (413, True)


def test_an_error_tells_nothing_of_the_inside(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("innen-0003")

    monkeypatch.setattr("zhaoyin.report.library.queries.chosen", broken)
    office.raise_request_exception = False
    answer = office.get(reverse("library:index"))
    text = answer.content.decode()
    assert answer.status_code == 500
    for inside in ("innen-0003", "Traceback", "Django", "site-packages", "Python"):
        assert inside not in text


def test_the_logs_hold_no_password_code_or_telephone(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    password, phone, code, state = SECRETS
    a_jurisdiction("云溪市")
    client.post("/account/login/", {"username": phone, "password": password})
    client.post("/account/login/", {"username": "nobody", "password": password})
    client.post("/account/second-factor/", {"code": code})
    client.get("/account/by/oidc/back/", {"code": code, "state": state})
    written = "\n".join(
        logging.Formatter("%(message)s").format(one) for one in caplog.records if one.name != "django.db.backends"
    )
    assert [secret for secret in SECRETS if secret in written] == []


@pytest.mark.browser
def test_the_server_names_no_version_and_refuses_headers_without_end(served: Served) -> None:
    place = urlsplit(served.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    connection.request("GET", "/account/login/")
    answer = connection.getresponse()
    answer.read()
    assert answer.getheader("Server") in (None, "granian")
    assert answer.getheader("X-Powered-By") is None
    connection.request("GET", "/account/login/", headers={"X-Much": "y" * (300 << 10)})
    assert connection.getresponse().status == 431
