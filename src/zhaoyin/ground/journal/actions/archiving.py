"""Taking old lines out of the database into files, with their chain."""

import gzip
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from .. import keeping
from ..models import Archive, Entry, Link
from ..queries import chain
from ..rules import Linked, Mark, Walk
from .linking import link_waiting, lock
from .recording import record
from .verifying import archive_seal


class TooYoung(Exception):
    """Lines so young must stay in the database. The message is one sentence."""


class Unsound(Exception):
    """What should be archived is not whole; verify says what is wrong with it. The message is one sentence."""


def archive(*, by: models.Model | None, before: date) -> Archive | None:
    """Move the lines written before that day to a file: the chain's beginning, up to the first line that is younger.

    The file is written, read back and checked against the chain; then its row and a line of the journal are added and just
    these lines deleted, in one transaction. Returns the row, None where nothing is so old. Raises TooYoung for lines that
    settings.JOURNAL_KEEP_DAYS keep, Unsound for a broken chain.
    """
    latest = timezone.localdate() - timedelta(days=settings.JOURNAL_KEEP_DAYS)
    if before > latest:
        raise TooYoung(
            f"操作日志须在库中保留 {settings.JOURNAL_KEEP_DAYS} 天，只能归档 {latest} 以前的，不能到 {before}。"
        )
    link_waiting()
    until = timezone.make_aware(datetime.combine(before, time.min))
    last = Archive.objects.order_by("-last_seq").first()
    start = Mark(last.last_seq, last.last_hash) if last else Mark()
    first, end = start.seq + 1, _end(start, until)
    if end is None:
        return None
    keyed = keeping.keyed(Entry.objects.exists)
    name = f"journal-{first:012d}-{end:012d}.jsonl.gz"
    file = keeping.archives() / name
    _write_file(file, chain.linked(chain.links().filter(seq__gte=first, seq__lte=end)))
    walk = Walk(keyed, start=start)
    for one in chain.archived(file):
        for finding in walk.step(one):
            raise Unsound(f"日志不完整，没有归档：{finding}。请先运行 zhaoyin journal verify。")
    if walk.at.seq != end:
        raise Unsound("归档文件没有写全，没有归档。请检查磁盘空间。")
    sha256 = chain.hash_of_file(file)
    with transaction.atomic():
        lock()
        row = Archive.objects.create(
            at=timezone.now(), file=name, sha256=sha256, first_seq=first, last_seq=end, last_hash=walk.at.hash,
            seal=archive_seal(keyed, name, sha256, first, walk.at),
        )  # fmt: skip
        detail = {"file": name, "before": before.isoformat(), "lines": end - start.seq, "first": first, "last": end}
        record(by=by, act="journal.archived", subject=None, jurisdiction_id=None, detail=detail)
        covered = Link.objects.filter(seq__gte=first, seq__lte=end)
        # By the links themselves: a transaction that began earlier may have lower numbers later in the chain.
        Entry.objects.filter(pk__in=covered.values("entry_id")).delete()
        covered.delete()
    return row


def _end(start: Mark, until: datetime) -> int | None:
    """The last link before the first one whose line is not older than `until`; None where that leaves nothing."""
    rows = chain.links().filter(seq__gt=start.seq)
    young = rows.filter(entry__at__gte=until).values_list("seq", flat=True).first()
    if young is not None:
        rows = rows.filter(seq__lt=young)
    return rows.values_list("seq", flat=True).last()


def _write_file(file: Path, rows: Iterator[Linked]) -> None:
    """Whole or not at all; what an earlier attempt left there is replaced."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with gzip.open(draft, "wt", encoding="utf-8", compresslevel=6) as text:
            for one in rows:
                if one.line is None:
                    raise Unsound(f"链上第 {one.seq} 条的记录不在，没有归档。请先运行 zhaoyin journal verify。")
                text.write(chain.as_json(one) + "\n")
        draft.chmod(0o600)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
