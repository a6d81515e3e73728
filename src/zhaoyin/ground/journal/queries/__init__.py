"""Reading the journal."""

from .chain import end_of_chain
from .lines import history, last_verification, newest, newest_id, touched_since

__all__ = ["end_of_chain", "history", "last_verification", "newest", "newest_id", "touched_since"]
