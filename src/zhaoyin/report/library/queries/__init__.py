"""Every read of the library's pages."""

from .filtering import LIST, Asked, Field, chosen, field_of, filtered, library_total, plans_in_force
from .lines import Line, lines_of
from .page import LibraryPage, Totals, ids_of, library_page, library_sums
from .project import ProjectPage, project_page
from .rows import Row, rows_of
from .table import TableFacts, table_facts

__all__ = [
    "LIST", "Asked", "Field", "LibraryPage", "Line", "ProjectPage", "Row", "TableFacts", "Totals", "chosen", "field_of",
    "filtered", "ids_of", "library_page", "library_sums", "library_total", "lines_of", "plans_in_force", "project_page",
    "rows_of", "table_facts",
]  # fmt: skip
