"""Files on the disk: written whole or not at all, under names that nobody can guess, outside of everything that is served.

A file is written beside its place, forced to the disk, and renamed into it; only then may a row speak of it. What a dying
process leaves is a draft or a file without a row, and `stray` finds both.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

FOLDER = "files"
DRAFTS = ".incoming"  # in FOLDER
YOUNG_SECONDS = 3600  # an upload may be under way for so long


class Draft:
    """A file that is being taken in: `path` until it is kept, with its size and hash. Leaving the block drops it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.sha256 = ""

    def __enter__(self) -> "Draft":
        return self

    def __exit__(self, *exception: object) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def keep(self) -> str:
        """Give the file its place; returns it, relative to the folder of all attachments. Raises OSError."""
        name = secrets.token_hex(16)
        kept = f"{FOLDER}/{name[:2]}/{name}"
        settle(self.path, place_of(kept))
        return kept


def place_of(path: str) -> Path:
    """Where a kept file lies."""
    return Path(settings.MEDIA_ROOT) / path


def take_in(pieces: Iterable[bytes], most: int) -> Draft:
    """Write the pieces into a draft, forced to the disk. What comes after more than `most` bytes is left where it is: the
    draft's size says so. Raises OSError; then nothing stays.
    """
    folder = place_of(FOLDER) / DRAFTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Draft(folder / secrets.token_hex(16))
    hashed = hashlib.sha256()
    try:
        with os.fdopen(os.open(draft.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in pieces:
                draft.size += len(piece)
                if draft.size > most:
                    break
                hashed.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.__exit__()
        raise
    draft.sha256 = hashed.hexdigest()
    return draft


def write_whole(target: Path, data: bytes) -> None:
    """Write a file in one step, so that neither a reader nor a full disk ever meets half of it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with take_in([data], len(data)) as draft:
        settle(draft.path, target)


def settle(draft: Path, target: Path) -> None:
    """Rename a draft into its place, for good: the folder's own entry is forced to the disk too. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(draft, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def discard(path: str) -> None:
    """Take a kept file off the disk; one that is gone already is as well."""
    with suppress(OSError):
        place_of(path).unlink(missing_ok=True)


def stray(known: Collection[str]) -> Iterator[Path]:
    """The drafts and files that no row of `known` speaks of, without those so young that an upload may be at work on them."""
    root = Path(settings.MEDIA_ROOT)
    oldest = time.time() - YOUNG_SECONDS
    for path in sorted((root / FOLDER).rglob("*")):
        if path.is_file() and path.relative_to(root).as_posix() not in known and path.stat().st_mtime < oldest:
            yield path


def hash_of(path: str) -> str | None:
    """The hash of a kept file's contents; None where there is no such file."""
    try:
        with place_of(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
