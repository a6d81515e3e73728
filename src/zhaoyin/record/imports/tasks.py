"""Reading and writing lists outside the request, so that nobody waits for a page."""

import logging
from datetime import date

from django_tasks import task

from zhaoyin.documents.reading.files.rows import read_tables
from zhaoyin.documents.reading.interpret.lists import ReadList, read_list
from zhaoyin.documents.reading.source import UnreadableFile
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.attachments.storing import place_of

from . import actions
from .models import Batch

log = logging.getLogger(__name__)
UNFORESEEN = "处理时出了意外，什么都没有写入，请重新导入；再次失败请告诉管理员"


@task
def read_batch(batch_id: int, by_id: int, on: str, again: bool = False) -> None:
    """Read the list of a batch that waits (`again`: only weigh it anew) and hold it against the library as of `on`."""
    by = User.objects.get(pk=by_id)
    try:
        batch = actions.begin(by=by, batch_id=batch_id)
        if batch is None:
            return
        read, notes = (None, []) if again else _read(batch)
        actions.keep_table(by=by, batch=batch, read=read, notes=notes, on=date.fromisoformat(on))
    except (UnreadableFile, Forbidden) as reason:
        actions.fail(by=by, batch_id=batch_id, message=str(reason))
    except Exception:
        log.exception("list %s could not be read", batch_id)
        actions.fail(by=by, batch_id=batch_id, message=UNFORESEEN)


def _read(batch: Batch) -> tuple[ReadList, list[str]]:
    tables, notes = read_tables(place_of(batch.path), name=batch.name)
    lists = [found for one in tables if (found := read_list(one))]
    if not lists:
        raise UnreadableFile("表里没有找到表头和数据行，请确认选对了文件。")
    best = max(lists, key=lambda one: (any(column.role == "name" for column in one.columns), len(one.rows)))
    others = [f"工作表“{one.name}”没有导入，一次导入一张表。" for one in lists if one is not best]
    return best, [*notes, *others]


@task
def write_batch(batch_id: int, by_id: int, on: str) -> None:
    """Write a list that somebody confirmed."""
    by = User.objects.get(pk=by_id)
    try:
        actions.commit_batch(by=by, batch_id=batch_id, on=date.fromisoformat(on))
    except Forbidden as reason:
        actions.fail(by=by, batch_id=batch_id, message=str(reason))
    except Exception:
        log.exception("list %s could not be written", batch_id)
        actions.fail(by=by, batch_id=batch_id, message=UNFORESEEN)
