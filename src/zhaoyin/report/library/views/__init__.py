"""The project library's pages."""

from .bulk import bulk
from .lists import board, export, index
from .projects import front, pin, project
from .saved import first_view, remove_view, saved

__all__ = ["board", "bulk", "export", "first_view", "front", "index", "pin", "project", "remove_view", "saved"]
