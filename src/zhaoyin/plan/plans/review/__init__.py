"""Reviewing a reading: pure functions over the JSON that a document stores."""

from .editing import add_row, apply_edit, item_at, remove_row, restore_row
from .fields import FIELDS, Field, Unfit, field_of, shown, typed, value_at

__all__ = [
    "FIELDS", "Field", "Unfit", "add_row", "apply_edit", "field_of", "item_at", "remove_row", "restore_row", "shown",
    "typed", "value_at",
]  # fmt: skip
