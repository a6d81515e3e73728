"""Two people at once, and a disk that lost a file."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.factories.plans import a_document, a_jurisdiction, a_user
from zhaoyin.plan.plans import actions
from zhaoyin.plan.plans.models import PlanDocument
from zhaoyin.plan.plans.queries import file_at


@pytest.fixture(autouse=True)
def attachments(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db(transaction=True)
def test_the_same_file_brought_twice_at_once_is_one_document() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, which one connection has for itself; a file has one writer anyway")
    user, together = a_user("office", a_jurisdiction()), Barrier(6)

    def bring(_: int) -> bool:
        together.wait()
        try:
            a_document(user)
        except actions.AlreadyReceived:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as people:
        assert sorted(people.map(bring, range(6))) == [False] * 5 + [True]
    assert PlanDocument.objects.count() == 1


@pytest.mark.django_db
def test_a_file_lost_from_the_disk_comes_back_with_whoever_brings_it_again() -> None:
    user = a_user("office", a_jurisdiction())
    document = a_document(user)
    file_at(document.path).unlink()
    with pytest.raises(actions.AlreadyReceived):
        a_document(user)
    assert file_at(document.path).exists()
