"""The board and the groups: what they show, to whom, and where they lead."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import a_user, signed_in
from tests.factories.cast import MARKER, Place
from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.kernel.stages import Stage

pytestmark = pytest.mark.django_db
DAY = "as_of=2022-07-15"


def test_the_board_has_a_column_for_each_stage_with_its_sums_and_first_cards() -> None:
    here = a_jurisdiction()
    for n in range(15):
        a_project(here, f"谈判{n:02}", yi="2", known_on=date(2022, 1, 1), stage=Stage.NEGOTIATION)
    a_project(here, "已签", yi="7", known_on=date(2022, 1, 1), stage=Stage.SIGNED)
    page = signed_in(a_user(here)).get(f"/library/board/?{DAY}").content.decode()
    assert page.count('class="board-column"') == 8
    assert page.count('class="board-card"') == 12 + 1
    assert "还有 3 个，看全部" in page
    assert 'aria-label="谈判，15 个"' in page
    assert "30.0 亿元" in page
    some = signed_in(a_user(here)).get(f"/library/board/?{DAY}&stage=signed").content.decode()
    assert some.count('class="board-column"') == some.count('class="board-card"') == 1


def test_a_card_moves_only_to_later_stages_and_only_for_whoever_may() -> None:
    here = a_jurisdiction()
    project = a_project(here, "已签", known_on=date(2022, 1, 1), stage=Stage.SIGNED)
    page = signed_in(a_user(here)).get(f"/library/board/?{DAY}").content.decode()
    moves = re.findall(rf"/projects/{project.pk}/stage/\?stage=(\w+)", page)
    assert moves == ["landed", "construction", "production", "capacity"]
    assert 'draggable="true"' in page
    reader = signed_in(a_user(here, role="leader")).get(f"/library/board/?{DAY}").content.decode()
    assert "已签" in reader
    assert 'draggable="true"' not in reader
    assert "data-move" not in reader


def test_the_board_takes_as_many_queries_however_many_cards() -> None:
    here = a_jurisdiction()
    client = signed_in(a_user(here))

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/library/board/?{DAY}").status_code == 200
        return len(found)

    a_project(here, known_on=date(2022, 1, 1))
    asked()
    few = asked()
    for n in range(20):
        a_project(here, known_on=date(2022, 1, 1), stage=list(Stage)[n % 8])
    assert asked() <= few + 1


@pytest.mark.parametrize(
    "path", ["/library/board/", "/library/?group=unit", "/library/?group=stage", "/library/?who=mine"]
)
def test_nobody_learns_of_what_lies_outside(path: str, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.AS_OF = tmp_path, date(2024, 7, 1)
    place = Place()
    for part, hidden in (("外镇专员", (MARKER.town, "青山新材料")), ("镇街专员", ("清水",)), ("办公室", ("远山",))):
        page = place.browser(part).get(path)
        assert page.status_code == 200
        content = page.content.decode().replace("清水镇", "") if "group" not in path else page.content.decode()
        for word in hidden:
            assert word not in content, (part, word)


def test_groups_lead_to_their_projects() -> None:
    here = a_jurisdiction()
    a_project(here, "已签", known_on=date(2022, 1, 1), stage=Stage.SIGNED)
    client = signed_in(a_user(here))
    page = client.get(f"/library/?group=stage&{DAY}").content.decode()
    link = re.search(r'<td class="name"><a href="([^"]+)">签约', page)
    assert link
    assert "已签" in client.get(f"/library/{link[1]}".replace("&amp;", "&")).content.decode()


def test_the_boards_script_is_one_that_the_page_lets_run() -> None:
    page = signed_in(a_user(a_jurisdiction())).get("/library/board/")
    tags = re.findall(r"<script\b[^>]*>", page.content.decode())
    assert tags
    assert all(re.search(r'nonce="[^"]{8,}"', tag) for tag in tags), tags
