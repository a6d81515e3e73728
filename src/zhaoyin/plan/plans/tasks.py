"""Reading a document outside the request, so that nobody waits for a page."""

import logging

from django_tasks import task

from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.source import UnreadableFile

from . import actions
from .queries import file_at

log = logging.getLogger(__name__)


@task
def read_document(document_id: int) -> None:
    """Read the file of a document that waits, and keep what it says; a file that cannot be read says why on its page."""
    document = actions.begin_reading(by=None, document_id=document_id)
    if document is None:
        return
    by = document.uploaded_by
    try:
        source = read_file(file_at(document.path), name=document.name)
        actions.begin_reading(by=by, document_id=document_id, message="正在辨认目标、职责和项目")
        reading = interpret(source, year=document.year_hint)
        actions.keep_reading(by=by, document_id=document_id, source=source, reading=reading)
    except UnreadableFile as reason:
        actions.fail_reading(by=by, document_id=document_id, message=str(reason))
    except Exception:
        log.exception("document %s could not be read", document_id)
        actions.fail_reading(by=by, document_id=document_id, message="读取时出了意外，请重新读取；再次失败请告诉管理员")
