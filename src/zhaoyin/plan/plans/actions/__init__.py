"""Every write to plans."""

from .commit import commit_document
from .doubts import settle_doubt
from .review import Overtaken, add_row, edit_cell, remove_row, restore_row
from .undo import undo_commit
from .upload import (
    FORMATS,
    AlreadyReceived,
    Refused,
    begin_reading,
    fail_reading,
    keep_reading,
    receive_document,
    request_reading,
)

__all__ = [
    "FORMATS", "AlreadyReceived", "Overtaken", "Refused", "add_row", "begin_reading", "commit_document", "edit_cell",
    "fail_reading", "keep_reading", "receive_document", "remove_row", "request_reading", "restore_row", "settle_doubt",
    "undo_commit",
]  # fmt: skip
