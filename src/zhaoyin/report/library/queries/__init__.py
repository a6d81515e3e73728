"""Every read of the library's pages."""

from .board import Column, board_of, movable
from .field import Field, field_of, library_total, plans_in_force
from .filtering import GROUPS, LIST, READY, Asked, chosen, filtered
from .lines import Line, lines_of
from .page import LibraryPage, around, ids_of, library_page
from .project import ProjectPage, project_page
from .rows import Row, rows_of
from .sums import Group, Totals, groups_of, library_sums
from .table import TableFacts, table_facts

__all__ = [
    "GROUPS", "LIST", "READY", "Asked", "Column", "Field", "Group", "LibraryPage", "Line", "ProjectPage", "Row",
    "TableFacts", "Totals", "around", "board_of", "chosen", "field_of", "filtered", "groups_of", "ids_of",
    "library_page", "library_sums", "library_total", "lines_of", "movable", "plans_in_force", "project_page",
    "rows_of", "table_facts",
]  # fmt: skip
