"""What costs much is had so often a minute, and ordinary pages pay nothing for the count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.plans import a_jurisdiction
from zhaoyin.config.environment import WrongSetting, limits
from zhaoyin.ground.accounts.actions import count_use
from zhaoyin.ground.accounts.models import Use, User
from zhaoyin.ground.journal.models import Entry

NOON = datetime(2024, 7, 1, 12, 0, 5, tzinfo=UTC)
USUAL = {"export": 10, "search": 120}


@pytest.fixture
def user(db: None) -> User:
    return a_user(a_jurisdiction("云溪市"))


def used(user: User, times: int, at: datetime = NOON, kind: str = "export") -> list[bool]:
    return [count_use(by=user, kind=kind, most=3, at=at) for _ in range(times)]


def test_so_often_a_minute_and_then_again_in_the_next(user: User) -> None:
    assert used(user, 5) == [True, True, True, False, False]
    assert used(user, 1, kind="search") == [True]
    assert used(a_user(user.unit), 1) == [True]
    assert used(user, 4, NOON + timedelta(minutes=1)) == [True, True, True, False]
    assert Use.objects.filter(user=user, kind="export").count() == 1


def test_a_refusal_is_told_once_a_minute(user: User) -> None:
    used(user, 9)
    assert Entry.objects.filter(act="accounts.limited").count() == 1
    used(user, 9, NOON + timedelta(minutes=1))
    assert Entry.objects.filter(act="accounts.limited").count() == 2


def test_the_page_says_how_long_to_wait(user: User, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "export": 1}
    browser = signed_in(user)
    address = reverse("organisations:export")
    assert browser.get(address).status_code == 200
    answer = browser.get(address)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert f"每分钟最多 1 次，请 {answer['Retry-After']} 秒后再试。" in answer.content.decode()


def test_ordinary_pages_pay_nothing(user: User) -> None:
    browser = signed_in(user)
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("library:index"))
        browser.get(reverse("organisations:index"))
    assert not [one for one in asked.captured_queries if "accounts_use" in one["sql"].replace("accounts_user", "")]


def test_what_costs_much_is_marked() -> None:
    marked = {
        f"{space}:{name}": view.callback.limited[0]
        for space, (_, resolver) in get_resolver().namespace_dict.items()
        for view in resolver.url_patterns
        if (name := getattr(view, "name", None)) and hasattr(view.callback, "limited")
    }
    assert marked == {
        "library:export": "export",
        "supervision:document": "document",
        "audit:index": "search",
        "audit:export": "export",
        "audit:verify": "verify",
        "organisations:export": "export",
        "organisations:import": "upload",
        "imports:columns": "upload",
        "imports:index": "upload",
        "imports:left": "export",
        "imports:offline": "export",
        "projects:gates_file": "export",
        "projects:edit_gates": "upload",
        "projects:evidence": "upload",
        "plans:index": "upload",
        "plans:reread": "upload",
        "accounts:bring": "upload",
        "accounts:export_people": "export",
        "projects:attach": "upload",
        "projects:phone": "phone",
    }


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one writer")
@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_together() -> None:
    user = a_user(a_jurisdiction("云溪市"))

    def one(_: int) -> bool:
        try:
            return count_use(by=user, kind="export", most=5, at=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(12))) == [False] * 7 + [True] * 5


def test_numbers_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOYIN_LIMITS", "export=3, ")
    assert limits(USUAL) == {"export": 3, "search": 120}
    for wrong in ("exports=3", "export", "export=0", "export=-1"):
        monkeypatch.setenv("ZHAOYIN_LIMITS", wrong)
        with pytest.raises(WrongSetting, match="ZHAOYIN_LIMITS"):
            limits(USUAL)
