"""The list as it stands in the page.

A row is drawn from its contents and from what its reader may do, so a row that has not changed is not drawn again after a
write, or on another page.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from markupsafe import Markup

from .queries import GROUPS, Asked, Group, LibraryPage, Row


def drawn(asked: Asked, library: LibraryPage) -> Markup:
    """Conditions, table and pager of the list; of its reader only the field is known."""
    row = _macros("library/_rows.html").row
    field = asked.field
    rows = Markup("\n").join(_row(row, one, asked.as_of, field.edits, field.notes) for one in library.rows)
    listed: Markup = _macros("library/_list.html").listed(asked, library, rows)
    return listed


def drawn_groups(asked: Asked, library: LibraryPage, groups: Sequence[Group]) -> Markup:
    """Conditions and the table of groups, each figure leading to its projects."""
    listed: Markup = _macros("library/_groups.html").grouped(asked, library, groups, GROUPS)
    return listed


def _macros(template: str) -> Any:
    return get_template(template).template.module  # type: ignore[attr-defined]


@lru_cache(maxsize=1024)  # some 2 MB
def _row(row: Callable[[Row, date, bool, bool], Markup], one: Row, as_of: date, edits: bool, notes: bool) -> Markup:
    return row(one, as_of, edits, notes)
