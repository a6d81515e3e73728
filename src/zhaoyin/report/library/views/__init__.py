"""The project library's pages."""

from .lists import board, export, index
from .projects import front, project

__all__ = ["board", "export", "front", "index", "project"]
