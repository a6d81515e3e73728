"""Every write to plans."""

from .commit import commit_document
from .doubts import settle_doubt
from .undo import undo_commit

__all__ = ["commit_document", "settle_doubt", "undo_commit"]
