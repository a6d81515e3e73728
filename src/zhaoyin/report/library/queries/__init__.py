"""Every read of the library's pages."""

from .board import Column, board_of, movable
from .bulk import BULK_FIELDS, MOST, Planned, bulk_plan
from .field import Field, field_of, library_total, plans_in_force
from .filtering import GROUPS, LIST, READY, Asked, chosen, filtered
from .keeping import Whose, first_view, pins_of, recent_of, views_visible_to
from .lines import Line, lines_of
from .page import LibraryPage, around, ids_of, library_page
from .project import ProjectPage, project_page
from .rows import Row, rows_of
from .sums import Group, Totals, groups_of, library_sums
from .table import TableFacts, table_facts

__all__ = [
    "BULK_FIELDS", "GROUPS", "LIST", "MOST", "READY", "Asked", "Column", "Field", "Group", "LibraryPage", "Line",
    "Planned", "ProjectPage", "Row", "TableFacts", "Totals", "Whose", "around", "board_of", "bulk_plan", "chosen",
    "field_of", "filtered", "first_view", "groups_of", "ids_of", "library_page", "library_sums", "library_total",
    "lines_of", "movable", "pins_of", "plans_in_force", "project_page", "recent_of", "rows_of", "table_facts",
    "views_visible_to",
]  # fmt: skip
