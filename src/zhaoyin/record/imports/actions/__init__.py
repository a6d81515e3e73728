"""Every write of imports: taking a list in, understanding it, answering its questions, writing it, taking it back."""

from .committing import commit_batch, request_commit
from .deciding import answer, map_columns
from .offline import offline_sheet
from .reading import LARGEST, Refused, begin, fail, keep_table, receive_batch
from .undoing import undo_batch

__all__ = [
    "LARGEST",
    "Refused",
    "answer",
    "begin",
    "commit_batch",
    "fail",
    "keep_table",
    "map_columns",
    "offline_sheet",
    "receive_batch",
    "request_commit",
    "undo_batch",
]
