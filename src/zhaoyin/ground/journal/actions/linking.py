"""Putting committed lines into the chain."""

from django.db import connection, transaction

from zhaoyin.ground.inserting import insert_rows

from .. import keeping
from ..models import Archive, Entry, Link, Waiting
from ..rules import Mark

LOCK = 7_241_606_317  # any number that nothing else in this database locks


def link_waiting() -> None:
    """Link every committed line that has no link yet, in the order of their numbers; then keep the head outside.

    It is called when an action's transaction is over, so that no writer waits for another one's work: the lock is held for
    as long as the links take. Whoever finds its lines linked by another has nothing to do. What a crash leaves unlinked is
    linked by the next call.
    """
    with transaction.atomic():
        lock()
        # A transaction that is seen here is committed with all its lines, and the next statement sees those.
        waiting = list(Waiting.objects.values_list("pk", "first"))
        if not waiting:
            return
        mark = _link(min(first for _, first in waiting))
        Waiting.objects.filter(pk__in=[pk for pk, _ in waiting]).delete()
        # Lines that the same transaction writes from now on wait anew.
        connection.run_on_commit = [one for one in connection.run_on_commit if one[1] is not link_waiting]
        transaction.on_commit(lambda: keeping.keep_head(mark))


def lock() -> None:
    """Wait until nobody else appends to the chain or archives it. SQLite's transactions hold its one write lock anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _link(first: int) -> Mark:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.seal FROM journal_entry e LEFT JOIN journal_link l ON l.entry_id = e.id"
            " WHERE e.id >= %s AND l.seq IS NULL ORDER BY e.id",
            [first],
        )
        lines = cursor.fetchall()
    keyed, mark = keeping.keyed(Entry.objects.exists), _end()
    links = []
    for entry, seal in lines:
        mark = Mark(mark.seq + 1, keyed.link(mark.hash, mark.seq + 1, seal))
        links.append((mark.seq, entry, mark.hash))
    insert_rows(Link, ("seq", "entry_id", "hash"), links)
    return mark


def _end() -> Mark:
    """Where the chain goes on: after its last link, or after the head that is kept outside where that one is further.

    Whoever has cut the chain's end leaves a gap in this way that never closes again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM journal_link ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone() or Archive.objects.order_by("-last_seq").values_list("last_seq", "last_hash").first()
    known = keeping.head() or Mark()
    return max(Mark(*row) if row else Mark(), known, key=lambda mark: mark.seq)
