"""The chain as it lies in the database and in the archives, link by link, in memory that does not grow with it."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from zhaoyin.ground.prepared import prepared

from ..models import Archive, Entry, Link
from ..rules import Line, Linked

CHUNK = 2000
COLUMNS = (
    "id", "at", "by_id", "by_name", "address", "act", "outcome", "jurisdiction_id", "detail", "subject_kind",
    "subject_id", "subject_name", "seal",
)  # fmt: skip


def end_of_chain() -> tuple[int, str] | None:
    """The last link's number and hash, which no other act of any database can repeat; None before the first act."""
    found = prepared(_last)
    return found[0] if found else None


def _last() -> QuerySet[Any, Any]:
    return Link.objects.order_by("-seq").values_list("seq", "hash")[:1]


def links() -> QuerySet[Link]:
    """The links that are in the database, in the chain's order."""
    return Link.objects.order_by("seq")


def linked(rows: QuerySet[Link]) -> Iterator[Linked]:
    """Links with their lines, those of no line too. `rows` are ordered by seq."""
    last = None
    while True:
        part = rows if last is None else rows.filter(seq__gt=last)
        found = list(part.values_list("seq", "entry_id", "hash")[:CHUNK])
        if not found:
            return
        lines = {
            row[0]: Line(*row)
            for row in Entry.objects.filter(pk__in=[entry for _, entry, _ in found]).values_list(*COLUMNS)
        }
        for seq, entry, value in found:
            yield Linked(seq, entry, value, lines.get(entry))
        last = found[-1][0]


def unlinked() -> Iterator[list[tuple[int, datetime, str]]]:
    """Lines that no link holds: number, time, act; a list at a time."""
    last = 0
    there = Subquery(Link.objects.filter(entry=OuterRef("pk")).values("seq")[:1])
    while True:
        rows = Entry.objects.filter(pk__gt=last).annotate(seq=there).filter(seq__isnull=True).order_by("pk")
        found = list(rows.values_list("pk", "at", "act")[:CHUNK])
        if not found:
            return
        yield found
        last = found[-1][0]


def as_json(one: Linked) -> str:
    """A link and its line as one line of an archive."""
    if one.line is None:
        raise ValueError("a link without its line is not archived")
    line = one.line._asdict() | {"at": one.line.at.isoformat()}
    return json.dumps({"seq": one.seq, "hash": one.hash, **line}, ensure_ascii=False)


def archived(file: Path) -> Iterator[Linked]:
    """What an archive holds. Raises OSError, EOFError, ValueError or zlib.error where it is not as it was written."""
    with gzip.open(file, "rt", encoding="utf-8") as text:
        for row in text:
            values: dict[str, Any] = json.loads(row)
            try:
                seq, value = values.pop("seq"), values.pop("hash")
                line = Line(**(values | {"at": datetime.fromisoformat(values["at"])}))
            except (KeyError, TypeError) as wrong:
                raise ValueError(f"no line of an archive: {wrong}") from None
            yield Linked(seq, line.id, value, line)


def archive_rows() -> QuerySet[Archive]:
    """The archives in the chain's order."""
    return Archive.objects.order_by("first_seq")


def hash_of_file(file: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
