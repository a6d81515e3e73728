"""What lies outside somebody's scope does not exist: not in lists, counts, choices, searches, exports or other people's ids.

Each record of the place holds words that stand nowhere else; whoever meets the words of another scope was told too much.
"""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.factories.cast import MARKER, Place
from tests.web.test_access import TABLE, asked, undone
from zhaoyin.ground.accounts.actions import grant_role, revoke_role
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db

# Part → words of records that it must never meet.
HIDDEN = {
    "镇街专员": (MARKER.other, "清水光学", MARKER.elsewhere, "远山茶叶"),
    "外镇专员": (MARKER.town, "青山新材料", "云溪用地指标", MARKER.elsewhere, "远山茶叶"),
    "专班组长": (MARKER.other, "清水光学", MARKER.elsewhere, "远山茶叶"),
    "办公室": (MARKER.elsewhere, "远山茶叶"),
    "督查员": (MARKER.elsewhere, "远山茶叶"),
    "市领导": (MARKER.elsewhere, "远山茶叶"),
    "外地办公室": (MARKER.town, MARKER.other, "青山新材料", "清水光学", "云溪用地指标"),
    "系统管理员": (MARKER.town, MARKER.other, MARKER.elsewhere, "青山新材料", "清水光学", "远山茶叶"),
    "安全管理员": (MARKER.town, MARKER.other, MARKER.elsewhere, "青山新材料", "清水光学", "远山茶叶"),
    "陌生人": (MARKER.town, MARKER.other, MARKER.elsewhere, "青山", "清水", "远山茶叶"),
}
QUERIES = (
    "", "?q=清水", "?q=青山", "?q=远山", "?q=茶叶", "?q=光学", "?as=csv", "?as=xlsx", "?as=table.xlsx", "?as=table.docx", "?all",
    "?as_of=2024-03-01", "?sort=-money", "?stage=lead", "?light=yellow", "?page=2", "?size=100", "?unit=1", "?leader=1",
    "?figure=signed/total", "?year=2024",
)  # fmt: skip


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.AS_OF = date(2024, 7, 1)
    return Place()


def words_of(answer: HttpResponse) -> str:
    """Everything that an answer says, inside its office files too."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
    return content.decode(errors="replace") + str(answer.headers)


def told(answer: HttpResponse, part: str, query: str = "") -> list[str]:
    """The words of other scopes in an answer, but for those that the question itself said."""
    said = words_of(answer)
    return [word for word in HIDDEN[part] if word in said and word not in query]


@pytest.mark.parametrize("part", HIDDEN)
def test_no_address_tells_of_another_scope(place: Place, part: str) -> None:
    client = place.browser(part)
    for name in TABLE:
        with undone():
            assert told(asked(client, name, place), part) == [], name


@pytest.mark.parametrize("part", ["镇街专员", "外镇专员", "专班组长", "外地办公室"])
def test_no_sequence_of_calls_tells_of_another_scope(place: Place, part: str) -> None:
    client = place.browser(part)
    numbers = st.sampled_from([*sorted({row.pk for row in Project.objects.all()}), 0, 999])
    calls = st.tuples(
        st.sampled_from(sorted(TABLE)), st.sampled_from(QUERIES), numbers, st.sampled_from(["get", "post"])
    )

    @hypothesis_settings(max_examples=25)
    @given(st.lists(calls, min_size=1, max_size=8))
    def sequence(drawn: list[tuple[str, str, int, str]]) -> None:
        with undone():
            for name, query, number, method in drawn:
                _, _, record, *more = TABLE[name]
                if name == "accounts:logout":
                    continue
                address = reverse(name, args=[*([number] if record else []), *more])
                answer = getattr(client, method)(address + query)
                assert answer.status_code < 500
                assert told(answer, part, query) == [], (name, query)

    sequence()


def listed(client: Client, query: str = "") -> str:
    return client.get(reverse("library:index") + query).content.decode()


def test_counts_choices_and_searches_stay_inside(place: Place) -> None:
    client = place.browser("外镇专员")
    page = listed(client)
    assert "清水光学项目" in page
    assert re.search(r"sidenav-count\">1<", page)
    assert "云溪镇" not in page  # not among the units to choose from either
    assert "没有" in listed(client, f"?unit={place.unit.pk}")
    assert "没有" in listed(client, "?q=青山")
    assert len(client.get(reverse("library:export") + "?as=csv").content.decode().strip().splitlines()) <= 3


def test_what_is_hidden_is_told_to_whom_it_belongs(place: Place) -> None:
    # Otherwise the tests above would compare nothing with nothing.
    own = {"镇街专员": "青山新材料", "专班组长": "青山新材料", "外镇专员": "清水光学", "外地办公室": "远山茶叶"}
    for part, word in own.items():
        assert word in listed(place.browser(part))
    page = place.browser("镇街专员").get(reverse("library:project", args=[place.project.pk])).content.decode()
    assert MARKER.town in page


def test_a_role_given_or_taken_holds_from_the_next_request(place: Place) -> None:
    user = place.people["外镇专员"]
    client, address = place.browser("外镇专员"), reverse("library:project", args=[place.project.pk])
    assert client.get(address).status_code == 404
    grant = grant_role(by=None, user=user, role="supervisor", unit=place.here)
    assert client.get(address).status_code == 200
    assert client.get(reverse("supervision:index")).status_code == 200
    revoke_role(by=None, grant=grant)
    assert client.get(address).status_code == 404
    assert client.get(reverse("supervision:index")).status_code == 403


def test_an_account_that_is_closed_is_out_at_once(place: Place) -> None:
    user, client = place.people["镇街专员"], place.browser("镇街专员")
    assert client.get(reverse("library:index")).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(reverse("library:index")).status_code == 302
