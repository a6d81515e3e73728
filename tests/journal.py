"""The journal for tests that tamper with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from tests.factories.accounts import a_user
from tests.factories.plans import a_jurisdiction
from zhaoyin.ground.journal import actions, triggers
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.journal.rules import Finding


def some_lines(count: int) -> list[int]:
    """Numbers of `count` lines, each of a transaction of its own, as actions write them."""
    unit = a_jurisdiction("云溪市")
    user = a_user(unit)
    last = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
    for number in range(count):
        actions.record(
            by=user, act="tests.done", subject=unit, jurisdiction_id=unit.pk, detail={"before": number, "after": "乙"}
        )
    return list(Entry.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True))


def found() -> list[tuple[str, int | None, int | None]]:
    """What verifying finds: kind, link, line."""
    return [(one.kind.value, one.seq, one.line) for one in findings()]


def findings() -> list[Finding]:
    """What verifying finds."""
    return list(actions.verify(by=None))


def write(statement: str, *values: Any) -> None:
    """Write past the product."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def unguarded() -> Iterator[None]:
    """Somebody who may change the database's schema takes its triggers away, and puts them back so that nobody notices."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)


def aged(until: datetime) -> None:
    """Let every line there is be written at `until`, with a seal and a chain that fit, as if time had passed."""
    from zhaoyin.ground.journal import keeping
    from zhaoyin.ground.journal.actions.linking import link_waiting
    from zhaoyin.ground.journal.models import Link, Waiting
    from zhaoyin.ground.journal.queries.chain import COLUMNS
    from zhaoyin.ground.journal.rules import Line, canonical

    keyed = keeping.keyed(lambda: True)
    with unguarded():
        Entry.objects.update(at=until)
        for row in Entry.objects.values_list(*COLUMNS):
            Entry.objects.filter(pk=row[0]).update(seal=keyed.of(canonical(Line(*row))))
        Link.objects.all().delete()
    (keeping.folder() / keeping.HEAD).unlink(missing_ok=True)
    Waiting.objects.create(first=1)
    link_waiting()
