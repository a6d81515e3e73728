"""Keeping, handing out and removing files. Whoever calls has asked already whether `by` may do it with the record."""

from collections.abc import Iterable
from typing import BinaryIO

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from . import storing
from .examining import examine
from .models import Attachment
from .queries import held_by, known_paths, last_version, limits, taken_kinds
from .rules import Refused, clean_name, fits, promised

__all__ = ["FileGone", "Refused", "keep_file", "remove_file", "sweep", "take_file"]

FULL = "服务器磁盘空间不足或不能写入，文件没有保存，请联系系统管理员"


class FileGone(Exception):
    """The row speaks of a file that is not on the disk as it was kept. The message is for the person."""


def keep_file(
    *, by: models.Model | None, subject: models.Model, jurisdiction_id: int, name: str, pieces: Iterable[bytes]
) -> Attachment:
    """Hang a file on `subject`: `pieces` are its contents, `name` what its owner calls it. One of a name that is there
    already becomes its next version.

    Raises Refused for a kind that is not taken, contents that are not what the name says, a file that is too large, empty
    or damaged, a record that holds enough already, and a disk that is full; then nothing is kept.
    """
    name, most = clean_name(name), limits()
    kind = promised(name, taken_kinds())
    try:
        with storing.take_in(pieces, most.file) as draft:
            fits(most, size=draft.size, held=0, count=0)
            examine(draft.path, kind)
            path = draft.keep()
            size, digest = draft.size, draft.sha256
    except OSError:
        raise Refused(FULL) from None
    try:
        with transaction.atomic():
            # One at a time on a record, so that two files at once do not pass the limit together.
            type(subject)._default_manager.select_for_update().get(pk=subject.pk)
            count, held = held_by(subject)
            fits(most, size=size, held=held, count=count)
            row = Attachment.objects.create(
                subject_kind=subject._meta.label_lower, subject_id=subject.pk, jurisdiction_id=jurisdiction_id, name=name,
                path=path, kind=kind.key, size=size, sha256=digest, by_id=by.pk if by is not None else None,
                version=last_version(subject, name) + 1,
            )  # fmt: skip
            detail = {"name": name, "size": size, "sha256": digest}
            journal.record(
                by=by, act="attachments.kept", subject=subject, jurisdiction_id=jurisdiction_id, detail=detail
            )
    except BaseException:
        storing.discard(path)
        raise
    return row


def take_file(*, by: models.Model, attachment: Attachment, of: str) -> BinaryIO:
    """Hand a file out, opened for reading; that somebody took it is on record, with the name `of` what it hangs on.

    Raises FileGone.
    """
    try:
        file = storing.place_of(attachment.path).open("rb")
    except OSError:
        raise FileGone(f"附件“{attachment}”的文件不在服务器上，请联系系统管理员从备份恢复") from None
    if storing.place_of(attachment.path).stat().st_size != attachment.size:
        file.close()
        raise FileGone(f"附件“{attachment}”的文件与上传时不一致，请联系系统管理员从备份恢复")
    journal.record(
        by=by, act="attachments.taken", subject=attachment, jurisdiction_id=attachment.jurisdiction_id,
        detail={"name": attachment.name, "of": of},
    )  # fmt: skip
    return file


@transaction.atomic
def remove_file(*, by: models.Model | None, attachment: Attachment, subject: models.Model) -> None:
    """Remove a file from `subject`. Its line in the journal stays; the file goes once that is committed. One that somebody
    has removed meanwhile is gone already.
    """
    detail = {"name": attachment.name, "size": attachment.size, "sha256": attachment.sha256}
    path = attachment.path
    if not attachment.delete()[0]:
        return
    journal.record(
        by=by, act="attachments.removed", subject=subject, jurisdiction_id=attachment.jurisdiction_id, detail=detail
    )
    transaction.on_commit(lambda: storing.discard(path), robust=True)


@transaction.atomic
def sweep(*, by: models.Model | None) -> int:
    """Remove drafts and files that no row speaks of, an hour after they came; returns how many."""
    found = list(storing.stray(known_paths()))
    for path in found:
        path.unlink(missing_ok=True)
    if found:
        journal.record(by=by, act="attachments.swept", subject=None, jurisdiction_id=None, detail={"count": len(found)})
    return len(found)
