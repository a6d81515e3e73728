"""Organisations as one .xlsx: what its sheets hold, how they are written, how a cell is read."""

from .columns import SHEETS, Row, Unread, read_rows
from .export import export, file_name, node_labels, node_ways

__all__ = ["SHEETS", "Row", "Unread", "export", "file_name", "node_labels", "node_ways", "read_rows"]
