"""How far the work on a list is, for the page that watches it.

It stands in a small file and not in the database: what a transaction under way has written, nobody else can read.
"""

from contextlib import suppress

from zhaoyin.ground.attachments.storing import place_of

FOLDER = "imports/progress"


def tell(batch: int, done: int, total: int) -> None:
    """Say that `done` of `total` rows are done. What cannot be written is not told."""
    with suppress(OSError):
        path = place_of(f"{FOLDER}/{batch}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{done} {total}", encoding="ascii")


def told(batch: int) -> tuple[int, int] | None:
    """How many rows are done, of how many; None before anything was said."""
    try:
        done, total = place_of(f"{FOLDER}/{batch}").read_text(encoding="ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return None


def forget(batch: int) -> None:
    """The work is over."""
    with suppress(OSError):
        place_of(f"{FOLDER}/{batch}").unlink(missing_ok=True)
