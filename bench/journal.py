"""The journal: thousands of lines at once, a list of many, the walk along the chain."""

import random
from contextlib import suppress

from bench.table import Table, median_ms

LINES = 100_000
AT_ONCE = 8_000


def measure(table: Table) -> None:
    """Fills the journal up to `LINES` and times what is asked of it."""
    from django.http import QueryDict

    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.audit import queries
    from zhaoyin.ground.journal import actions
    from zhaoyin.ground.journal.models import Entry

    _writing(table)
    _fill()
    user = User.objects.get(username="bench")
    for query in ("", "act=projects.edited", "outcome=refused", "q=3号", "since=2020-01-01&page=90"):
        listing = queries.read(QueryDict(query), queries.LIST)
        asked = median_ms(lambda listing=listing: queries.shown(Entry.objects.all(), listing), 9)  # type: ignore[misc]
        table.add(f"操作日志 {LINES // 10_000} 万条，?{query}", 12, asked)
    table.add("操作日志：我的操作", 12, median_ms(lambda: queries.shown(queries.mine(user), listing), 9))
    walked = median_ms(lambda: list(actions.verify(by=None)), 1)
    table.add(f"操作日志核验 {LINES // 10_000} 万条", 10_000, walked)


def _writing(table: Table) -> None:
    from django.db import connection, transaction

    from zhaoyin.ground.journal import actions
    from zhaoyin.record.projects.models import Project

    class Undone(Exception):
        pass

    subjects = [Project(pk=number, name=f"第{number}号精密铸件扩建项目") for number in range(AT_ONCE)]

    def write() -> None:
        with suppress(Undone), transaction.atomic():
            actions.record_many(by=None, act="projects.created", subjects=subjects, jurisdiction_id=None)
            raise Undone

    def insert() -> None:
        with suppress(Undone), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE floor (id integer, a text, b text, c text)")
            cursor.executemany(
                "INSERT INTO floor VALUES (%s, %s, %s, %s)",
                [(one.pk, one.name, "projects.created", "0" * 71) for one in subjects],
            )
            raise Undone

    table.add(
        f"操作日志写入 {AT_ONCE} 条", 400, median_ms(write, 5), median_ms(insert, 5), note="floor：同样多的行直接写入"
    )


def _fill() -> None:
    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.journal import actions
    from zhaoyin.ground.journal.models import Entry
    from zhaoyin.ground.journal.sentences import known_acts
    from zhaoyin.record.projects.models import Project

    chance, users, acts = random.Random(7), list(User.objects.all()), list(known_acts())
    while (there := Entry.objects.count()) < LINES:
        subjects = [Project(pk=n, name=f"第{n}号精密铸件扩建项目") for n in chance.sample(range(10_000), 100)]
        act = "projects.edited" if there % 3 else chance.choice(acts)
        actions.record_many(
            by=chance.choice(users),
            act=act,
            subjects=subjects,
            jurisdiction_id=None,
            detail={"before": "甲", "after": "乙"},
        )
        if chance.random() < 0.1:
            actions.refuse(by=chance.choice(users), act="accounts.refused", detail={"path": "/", "wanted": "甲"})
