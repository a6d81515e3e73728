"""The rows of the list as they stand in the page.

A row is drawn from its contents alone, so a row that has not changed is not drawn again after a write, or on another page.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from django.template.loader import get_template
from markupsafe import Markup

from .queries import Row


def drawn(rows: Sequence[Row], as_of: date) -> Markup:
    """The table's rows, for any reader: nothing of one user stands in them."""
    row: Callable[[Row, date], Markup] = get_template("library/_rows.html").template.module.row  # type: ignore[attr-defined]
    return Markup("\n").join(_drawn(row, one, as_of) for one in rows)


@lru_cache(maxsize=1024)  # some 2 MB
def _drawn(row: Callable[[Row, date], Markup], one: Row, as_of: date) -> Markup:
    return row(one, as_of)
