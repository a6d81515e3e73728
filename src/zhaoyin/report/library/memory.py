"""What one thread has worked out from the database, for as long as nothing in the database changes.

A list of ten thousand projects is asked for again and again with another page or order, and its sums stay the same. The
database itself says whether anything was committed since: nothing here needs to know what a list is made of, and nothing
is ever served that the database has left behind.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

Found = TypeVar("Found")
KEPT = 64


def recall(key: Hashable, make: Callable[[], Found]) -> Found:
    """What `make` gave for `key` since the last change of the database, or gives now. Within a transaction always anew."""
    if connection.in_atomic_block:
        return make()
    stamp = _stamp()
    # On the thread's own connection: no lock is needed, and a thread that ends takes its memory with it.
    kept, values = getattr(connection, "library_memory", (None, {}))
    if kept != stamp:
        values = {}
        connection.library_memory = (stamp, values)  # type: ignore[attr-defined]
    if key not in values:
        if len(values) >= KEPT:
            values.pop(next(iter(values)))
        values[key] = make()
    found: Found = values[key]
    return found


def _stamp() -> Any:
    """A value that differs after any commit. Taken before the work: at worst, newer rows are kept under an older stamp."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        raw: Any = connection.connection
        # Of other connections' commits, and of this one's own writes. Both count for this very connection only.
        return raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return cursor.fetchone()[0]
