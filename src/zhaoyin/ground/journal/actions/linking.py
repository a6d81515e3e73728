"""Putting committed lines into the chain."""

from typing import Any

from django.db import connection, transaction

from zhaoyin.ground.inserting import insert_rows

from .. import keeping
from ..models import Archive, Entry, Link
from ..rules import Mark

_COLUMNS = ("seq", "entry_id", "hash")
LOCK = 7_241_606_317  # any number that nothing else in this database locks
Statement = tuple[str, list[Any]]
_LOCKED: list[Statement] = [("SELECT pg_advisory_xact_lock(%s)", [LOCK])] if connection.vendor == "postgresql" else []


def link_waiting() -> None:
    """Link every committed line that has no link yet, in the order of their numbers; then keep the head outside.

    It is called when an action's transaction is over, so that no writer waits for another one's work: the lock is held for
    as long as the links take. Whoever finds its lines linked by another has nothing to do. What a crash leaves unlinked is
    linked by the next call.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # A transaction that is seen here is committed with all its lines, and the next statement sees those.
        *_, waiting, last = _results(
            cursor,
            *_LOCKED,
            ("SELECT id, first FROM journal_waiting", []),
            ("SELECT seq, hash FROM journal_link ORDER BY seq DESC LIMIT 1", []),
        )
        if not waiting:
            return
        cursor.execute(
            "SELECT e.id, e.seal FROM journal_entry e LEFT JOIN journal_link l ON l.entry_id = e.id"
            " WHERE e.id >= %s AND l.seq IS NULL ORDER BY e.id",
            [min(first for _, first in waiting)],
        )
        links, mark = _links(cursor.fetchall(), _end(last))
        seen = [pk for pk, _ in waiting]
        done = (f"DELETE FROM journal_waiting WHERE id IN ({', '.join(['%s'] * len(seen))})", seen)  # noqa: S608
        if len(links) == 1:
            _results(cursor, ("INSERT INTO journal_link (seq, entry_id, hash) VALUES (%s, %s, %s)", [*links[0]]), done)
        else:
            insert_rows(Link, _COLUMNS, links, plain=_COLUMNS)
            _results(cursor, done)
        # Lines that the same transaction writes from now on wait anew.
        connection.run_on_commit = [one for one in connection.run_on_commit if one[1] is not link_waiting]
        transaction.on_commit(lambda: keeping.keep_head(mark))


def lock() -> None:
    """Wait until nobody else appends to the chain or archives it. SQLite's transactions hold its one write lock anyway."""
    with connection.cursor() as cursor:
        _results(cursor, *_LOCKED)


def _results(cursor: Any, *statements: Statement) -> list[list[tuple[Any, ...]]]:
    """What each statement gives; PostgreSQL takes them in one go, and every writer waits for this one."""
    if connection.vendor != "postgresql":
        found = []
        for sql, values in statements:
            cursor.execute(sql, values)
            found.append(cursor.fetchall())
        return found
    cursor.execute("; ".join(sql for sql, _ in statements), [value for _, values in statements for value in values])
    found = [cursor.fetchall() if cursor.description else []]
    while cursor.nextset():
        found.append(cursor.fetchall() if cursor.description else [])
    return found


def _links(lines: list[tuple[int, str]], mark: Mark) -> tuple[list[tuple[int, int, str]], Mark]:
    """The links of lines (number, seal) after `mark`, and the mark after them."""
    keyed, links = keeping.keyed(Entry.objects.exists), []
    for entry, seal in lines:
        mark = Mark(mark.seq + 1, keyed.link(mark.hash, mark.seq + 1, seal))
        links.append((mark.seq, entry, mark.hash))
    return links, mark


def _end(last: list[tuple[Any, ...]]) -> Mark:
    """Where the chain goes on: after its last link, or after the head that is kept outside where that one is further.

    Whoever has cut the chain's end leaves a gap in this way that never closes again.
    """
    row = last[0] if last else Archive.objects.order_by("-last_seq").values_list("last_seq", "last_hash").first()
    return max(Mark(*row) if row else Mark(), keeping.head() or Mark(), key=lambda mark: mark.seq)
