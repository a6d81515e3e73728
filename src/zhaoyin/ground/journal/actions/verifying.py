"""Walking the whole chain, and saying in the journal how it was found."""

import zlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, models, transaction

from .. import keeping, triggers
from ..models import Archive, Entry, Link
from ..queries import chain
from ..rules import Finding, Keyed, Kind, Mark, Walk
from .linking import link_waiting
from .recording import record

KEPT = 100  # findings that the journal's own line keeps


def verify(*, by: models.Model | None) -> Iterator[Finding]:
    """Everything that is wrong with the journal, as it is found: archives, links, lines, triggers. Nothing when it is whole.

    Links what waits first, and ends with a line that says how much was walked and what was found. Raises keeping.NoKey.
    """
    link_waiting()
    keyed = keeping.keyed(Entry.objects.exists)
    walk = Walk(keyed, keeping.head())
    found: list[Finding] = []
    count = 0
    for finding in _findings(walk, keyed):
        count += 1
        if len(found) < KEPT:
            found.append(finding)
        yield finding
    detail = {"lines": walk.lines, "count": count, "findings": [one.as_dict() for one in found], "head": walk.at.seq}
    with transaction.atomic():
        record(by=by, act="journal.verified", subject=None, jurisdiction_id=None, detail=detail)


def _findings(walk: Walk, keyed: Keyed) -> Iterator[Finding]:
    for name in triggers.absent(connection):
        yield Finding(Kind.UNGUARDED, note=name)
    if walk.head is None and Link.objects.exists():
        yield Finding(Kind.HEAD, note=f"数据目录中没有 {keeping.HEAD}，不能断定末尾没有被截去")
    for row in chain.archive_rows():
        yield from _archive(row, walk, keyed)
    for one in chain.linked(chain.links().filter(seq__gt=walk.at.seq)):
        yield from walk.step(one)
    yield from walk.end()
    yield from _below(walk)
    for part in chain.unlinked():
        # What was written since is in the chain after this; what is not then never will be.
        link_waiting()
        there = set(Link.objects.filter(entry__in=[number for number, _, _ in part]).values_list("entry_id", flat=True))
        for number, at, act in part:
            if number not in there:
                yield Finding(Kind.UNLINKED, line=number, at=at, act=act)


def _below(walk: Walk) -> Iterator[Finding]:
    """Links before the first one or within what is archived: nothing of ours is numbered so."""
    last = Archive.objects.aggregate(last=models.Max("last_seq"))["last"] or 0
    for one in chain.linked(chain.links().filter(seq__lte=last)):
        yield Finding(Kind.MISPLACED, one.seq, one.entry, note="链号属于已归档的一段")


def archive_seal(keyed: Keyed, file: str, sha256: str, first: int, last: Mark) -> str:
    """The seal of an archive's row."""
    return keyed.of(f"archive|{file}|{sha256}|{first}|{last.seq}|{last.hash}".encode())


def _archive(row: Archive, walk: Walk, keyed: Keyed) -> Iterator[Finding]:
    end = Mark(row.last_seq, row.last_hash)
    about: dict[str, Any] = {"seq": row.first_seq, "at": row.at}
    if row.seal != archive_seal(keyed.like(row.seal), row.file, row.sha256, row.first_seq, end):
        yield Finding(Kind.ARCHIVE, **about, note=f"{row.file} 的登记被改动或伪造")
        return
    file = keeping.archives() / row.file
    try:
        if chain.hash_of_file(file) != row.sha256:
            yield Finding(Kind.ARCHIVE, **about, note=f"{row.file} 被改动")
        for one in chain.archived(file):
            yield from walk.step(one)
    except FileNotFoundError:
        yield Finding(Kind.ARCHIVE, **about, note=f"{row.file} 不在")
    except (OSError, EOFError, ValueError, zlib.error):
        yield Finding(Kind.ARCHIVE, **about, note=f"{row.file} 不能完整读出")
    # Whatever the file says, the sealed row knows where the chain goes on.
    walk.resume(end)
