"""Reviewing a reading: pure functions over the JSON that a document stores."""

from .editing import add_row, apply_edit, item_at, remove_row, restore_row
from .fields import FIELDS, UNKNOWN, Field, Unfit, field_of, shown, typed, value_at
from .marks import Key, Mark, Piece, Point, Stretch, fill, lines_at, marks_of, pieces, stretches, units_with
from .summary import Counts, counts, ordered_doubts

__all__ = [
    "FIELDS", "UNKNOWN", "Counts", "Field", "Key", "Mark", "Piece", "Point", "Stretch", "Unfit", "add_row",
    "apply_edit", "counts", "field_of", "fill", "item_at", "lines_at", "marks_of", "ordered_doubts",
    "pieces", "remove_row", "restore_row", "shown", "stretches", "typed", "units_with", "value_at",
]  # fmt: skip
