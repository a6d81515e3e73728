"""From the blocks of a document to what the plan says: `interpret`."""

from .reader import interpret

__all__ = ["interpret"]
