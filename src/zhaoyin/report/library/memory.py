"""What this process has worked out from the database, for as long as nothing in the database changes.

A list of ten thousand projects is asked for again and again with another page or order, and its sums stay the same. The
database itself says whether anything was committed since: nothing here needs to know what a list is made of, and nothing
is served that the database has left behind.

Every thread asks its own connection before it takes anything out. Whoever learns of a commit empties the memory and starts
a new generation; what was begun in an older one is not kept, because it may have been read before the commit.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

Found = TypeVar("Found")
KEPT = 128

_lock = Lock()
_values: dict[Hashable, Any] = {}
_generation = 0


def recall(key: Hashable, make: Callable[[], Found]) -> Found:
    """What `make` gave for `key` since the last change of the database, or gives now. Within a transaction always anew."""
    if connection.in_atomic_block:
        return make()
    generation = _current()
    try:
        found: Found = _values[key]
    except KeyError:
        found = make()
        with _lock:
            if generation == _generation:
                if len(_values) >= KEPT:
                    del _values[next(iter(_values))]
                _values[key] = found
    return found


def _current() -> int:
    """The generation to which the memory belongs, a new one if this thread's connection learns of a commit."""
    global _generation
    stamp = _stamp()
    # Kept on the connection itself: a thread that has asked nothing yet cannot know that nothing changed.
    if getattr(connection, "library_stamp", None) != stamp:
        connection.library_stamp = stamp  # type: ignore[attr-defined]
        with _lock:
            _generation += 1
            _values.clear()
    return _generation


def _stamp() -> Any:
    """A value that differs after any commit that this thread's connection can see."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        raw: Any = connection.connection
        # Of other connections' commits, and of this one's own writes. Both count for this very connection only.
        return raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return cursor.fetchone()[0]
