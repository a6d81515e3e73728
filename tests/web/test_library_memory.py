"""What is remembered of the list is never shown once the database has moved on."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction, a_project
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
