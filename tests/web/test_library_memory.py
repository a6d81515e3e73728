"""What is remembered of the list is never shown once the database has moved on."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.record.projects.actions import edit_project
from zhaoyin.report.library import queries

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN = date(2022, 1, 1)


def counted(client: Client) -> tuple[int, int]:
    """The number on the first tab and the number of rows shown."""
    page = client.get(reverse("library:index") + "?as_of=2022-07-15").content.decode()
    tab = re.search(r"全部\s*<[^>]*>\s*(\d+)", page)
    assert tab, page
    return int(tab[1]), len(set(re.findall(r"/projects/(\d+)/\"", page)))


def test_a_project_committed_between_two_reads_of_a_page_is_on_the_next_one(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    here = a_jurisdiction()
    client.force_login(a_user(here))
    read = queries.chosen

    def interrupted(*given: Any) -> Any:
        monkeypatch.setattr(queries, "chosen", read)
        a_project(here, known_on=KNOWN)
        return read(*given)

    monkeypatch.setattr(queries, "chosen", interrupted)
    counted(client)
    assert counted(client) == (1, 1)


def test_each_write_is_seen_by_the_next_request(client: Client) -> None:
    here = a_jurisdiction()
    client.force_login(a_user(here))
    for number in range(3):
        assert counted(client) == (number, number)
        a_project(here, known_on=KNOWN)


def test_a_list_asked_for_again_reads_no_project(client: Client) -> None:
    here = a_jurisdiction()
    client.force_login(a_user(here))
    for number in range(3):
        a_project(here, f"光学项目{number}", known_on=KNOWN)
    counted(client)
    with CaptureQueriesContext(connection) as asked:
        counted(client)
    assert not any("projects_project" in one["sql"] for one in asked)


def test_a_row_is_drawn_anew_when_its_project_changes(client: Client) -> None:
    here = a_jurisdiction()
    client.force_login(a_user(here))
    one, _ = a_project(here, "光学项目", known_on=KNOWN), a_project(here, "轴承项目", known_on=KNOWN)
    address = reverse("library:index") + "?as_of=2022-07-15"
    assert "光学项目" in client.get(address).content.decode()
    edit_project(by=None, project=one, fields={"name": "精密光学项目"})
    page = client.get(address).content.decode()
    assert "精密光学项目" in page
    assert "轴承项目" in page
    assert ">光学项目<" not in page


def test_what_is_said_about_an_address_is_said_of_that_address_only(client: Client) -> None:
    here = a_jurisdiction()
    client.force_login(a_user(here))
    a_project(here, known_on=KNOWN)
    plain, wrong = reverse("library:index"), reverse("library:index") + "?unit=99999"
    for _ in range(2):
        assert "未采用" not in client.get(plain).content.decode()
        assert "未采用" in client.get(wrong).content.decode()
