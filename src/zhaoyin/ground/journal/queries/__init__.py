"""Reading the journal."""

from .lines import history, last_verification, newest, newest_id, touched_since

__all__ = ["history", "last_verification", "newest", "newest_id", "touched_since"]
