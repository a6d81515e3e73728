"""Every write to the journal: lines, refusals, links, archives."""

from .archiving import TooYoung, Unsound, archive
from .recording import record, record_many, refuse
from .verifying import verify

__all__ = ["TooYoung", "Unsound", "archive", "record", "record_many", "refuse", "verify"]
