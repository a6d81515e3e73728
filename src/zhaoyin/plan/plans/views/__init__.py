"""The pages of plans: their list, a document's way from upload to review, and what came of it."""

from .outcome import commit, committed, plan, settle_later, undo
from .reviewing import edit, project, rows, settle, source
from .uploading import document, index, progress, reread

__all__ = [
    "commit", "committed", "document", "edit", "index", "plan", "progress", "project", "reread", "rows", "settle",
    "settle_later", "source", "undo",
]  # fmt: skip
