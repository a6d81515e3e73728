"""Requests that no browser of ours sends, by everybody of the cast: forged headers, cookies, encodings and numbers.

Whatever is sent is answered, never with an accident: that would fill the log, and tell where the product is weak.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import CAST, PDF, Place
from tests.web.test_access import TABLE, undone

pytestmark = pytest.mark.django_db
# Half of a pair as UTF-7 says it: no database keeps it, and no answer can be written with it.
HALF = "%2B2AA-"
# What our addresses and forms may hold, and what no page of ours puts there.
NAMES = (
    "act", "all", "as", "as_of", "at", "code", "count", "day", "doubt", "end", "figure", "kind", "leader", "least",
    "light", "month", "most", "new", "next", "number", "on", "open", "outcome", "page", "place", "platform", "q",
    "record", "role", "section", "seen", "since", "size", "sort", "source", "stage", "state", "text", "unit",
    "until", "version", "which", "who", "year",
)  # fmt: skip
HOSTILE = ("a\0b", "0001-01-01", "1e400", "²", "9" * 5000)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.AS_OF = date(2024, 7, 1)
    return Place()


@pytest.mark.parametrize("part", ["办公室", "镇街专员", "审计员", "系统管理员"])
def test_no_page_falls_over_what_is_asked_of_it(place: Place, part: str, settings: Any) -> None:
    settings.LIMITS = dict.fromkeys(settings.LIMITS, 10**6)
    client = place.browser(part)
    client.raise_request_exception = False
    fallen = []
    for name, (marks, method, record, *more) in TABLE.items():
        if marks.replace(" ", "")[CAST.index(part)] != "+" or name == "accounts:logout":
            continue
        for value in HOSTILE:
            with undone():
                answer = getattr(client, method)(place.address(name, record, *more), dict.fromkeys(NAMES, value))
            if answer.status_code >= 500:
                fallen.append((name, value[:10]))
    assert fallen == []


@pytest.mark.parametrize("charset", ["utf-7", "hex", "rot13", "idna", "undefined", "utf-16", "\0"])
def test_what_is_sent_is_read_as_utf_8_whatever_it_says_of_itself(place: Place, charset: str) -> None:
    kind = f"text/plain; charset={charset}"
    for part, page in (
        ("办公室", f"/library/?q={HALF}"), ("办公室", f"/organisations/?q={HALF}"), ("审计员", f"/journal/?q={HALF}&who={HALF}"),
        ("系统管理员", f"/account/people/?q={HALF}"), ("陌生人", f"/account/login/?next={HALF}"),
    ):  # fmt: skip
        assert place.browser(part).get(page, CONTENT_TYPE=kind).status_code == 200, page
    body = (
        b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-\r\n'
        b'--B\r\nContent-Disposition: form-data; name="on"\r\n\r\n2024-06-01\r\n--B--\r\n'
    )
    form = f"multipart/form-data; boundary=B; charset={charset}"
    address = reverse("projects:note", args=[place.project.pk])
    # Not by `post`, which would write the body in that encoding.
    assert place.browser("办公室").generic("POST", address, body, content_type=form).status_code == 302
    assert place.project.notes.filter(text="+2AA-").exists()


@pytest.mark.parametrize("cookie", ['"\\000aaaaaaaaaa"', '"\\377\\376aaaaaaaa"', "a" * 5000, "../../x"])
def test_a_session_that_nobody_was_given_is_nobody(place: Place, cookie: str) -> None:
    stranger = Client()
    assert stranger.get("/account/login/", HTTP_COOKIE=f"sessionid={cookie}").status_code == 200
    led = stranger.get("/library/", HTTP_COOKIE=f"sessionid={cookie}")
    assert led["Location"].startswith("/account/login/")


@pytest.mark.parametrize("target", ["1e400", "accounts:logout", "library:index", "\ufffd", "x/../y", "?q=1"])
def test_the_way_on_after_signing_in_is_an_address(place: Place, target: str) -> None:
    # `redirect` takes anything else for the name of a page, and falls over a name that is none.
    for client in (place.browser("办公室"), Client()):
        answer = client.get("/account/login/", {"next": target})
        assert answer.status_code in (200, 302)
        assert answer.headers.get("Location", "/") == "/"


@pytest.mark.parametrize("code", ["²²²²²²", "１２３４５６", "١٢٣٤٥٦", "\0\0\0\0\0\0", "-00001", "1e400"])
def test_a_code_that_is_no_code_is_a_wrong_one(place: Place, code: str) -> None:
    answer = place.browser("镇街专员").post(reverse("accounts:set_up_factor"), {"code": code})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        "since=0001-01-01", "until=0001-01-01", "until=9999-12-31", "record=%00:1", "record=projects.project:%D9%A3", "record=:",
        "who=没有这个人&q=青山", "record=projects.project:999999999999999999&q=青山",
    ],
)  # fmt: skip
def test_the_journal_is_asked_for_what_it_cannot_hold(place: Place, asked: str) -> None:
    auditor = place.browser("审计员")
    assert auditor.get(f"/journal/?{asked}").status_code == 200
    assert auditor.get(f"/journal/export/?{asked}&as=csv").status_code in (200, 302)
    assert place.browser("镇街专员").get(f"/journal/mine/?{asked}").status_code == 200


@pytest.mark.parametrize("year", ["002024" + "9" * 5000, "0020249999", "99999999999999999999"])
def test_a_year_of_many_digits_is_no_year(place: Place, year: str) -> None:
    assert place.browser("办公室").get(reverse("targets:index"), {"year": year}).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_too_many_parameters_are_too_many(place: Place, method: str) -> None:
    many = "&".join("q=1" for _ in range(5001))
    for part in ("办公室", "陌生人"):
        client = place.browser(part)
        if method == "get":
            answer = client.get(f"/library/?{many}")
        else:
            answer = client.post("/account/login/", many, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 413


@pytest.mark.parametrize(
    "disposition",
    [
        b'filename="a\x00b.pdf"', b"filename*=utf-7''%2B2AA-.pdf", b"filename*=nonsense''x.pdf",
        b"filename*=utf-8''%0D%0AX-A:b.pdf", b'filename="../../../../etc/cron.d/x.pdf"', b'filename="..\\..\\x.pdf"',
        b'filename="&#0;x&#xD800;.pdf"', b'filename="\xff\xfe.pdf"', b'filename="CON.pdf"',
    ],
)  # fmt: skip
def test_a_file_by_any_name_is_kept_under_a_plain_one(place: Place, disposition: bytes) -> None:
    head = b'--B\r\nContent-Disposition: form-data; name="file"; ' + disposition
    body = head + b"\r\nContent-Type: application/pdf\r\n\r\n" + PDF + b"\r\n--B--\r\n"
    client, before = place.browser("办公室"), {place.file.pk}
    address = reverse("projects:attach", args=[place.project.pk])
    answer = client.generic("POST", address, body, content_type="multipart/form-data; boundary=B")
    assert answer.status_code in (302, 422)
    for kept in type(place.file).objects.exclude(pk__in=before):
        assert not set(kept.name) & set('/\\\r\n\0"')
        taken = client.get(reverse("projects:download", args=[kept.pk]))
        assert taken["Content-Disposition"].startswith("attachment")
        assert "X-A" not in taken.headers
