"""Organisations as one .xlsx: what its sheets hold, how they are written, how a cell is read."""

from .columns import SHEETS, Column, Row, Unread, read_rows, rows_of, words
from .export import export, file_name, node_labels, node_ways

__all__ = [
    "SHEETS", "Column", "Row", "Unread", "export", "file_name", "node_labels", "node_ways", "read_rows", "rows_of", "words",
]  # fmt: skip
