"""Every read of the library's pages."""

from .filtering import LIST, Asked, chosen, plans_in_force, scope_of
from .page import LibraryPage, ids_of, library_page, library_total
from .project import ProjectPage, project_page
from .rows import Row, rows_of
from .table import TableFacts, table_facts

__all__ = [
    "LIST", "Asked", "LibraryPage", "ProjectPage", "Row", "TableFacts", "chosen", "ids_of", "library_page", "library_total", "plans_in_force",
    "project_page", "rows_of", "scope_of", "table_facts",
]  # fmt: skip
