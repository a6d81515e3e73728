"""What this process has worked out from the database, for as long as nobody has done anything.

A list of ten thousand projects is asked for again and again with another page or order, and its sums stay the same. Every
act leaves a line in the journal, and the line is linked into the journal's chain as soon as the act is committed: what was
worked out while the chain ended where it ends now still holds, whichever thread or process acted.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

from zhaoyin.ground.journal.queries import end_of_chain

Found = TypeVar("Found")
KEPT = 128

_lock = Lock()
_values: dict[tuple[Hashable, Hashable], Any] = {}


def recall(key: Hashable, make: Callable[[], Found]) -> Found:
    """What `make` gave for `key` since the last act, or gives now. Within a transaction, and before any act, always anew."""
    end = None if connection.in_atomic_block else end_of_chain()
    if end is None:
        return make()
    try:
        found: Found = _values[end, key]
    except KeyError:
        # An act may be committed from here on: then its line moves the end, and nobody asks for this value again.
        found = make()
        with _lock:
            if len(_values) >= KEPT:
                del _values[next(iter(_values))]
            _values[end, key] = found
    return found
