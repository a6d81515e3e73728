"""Days that are read by the thousand: as text out of the database, and each day made once.

SQLite keeps a day as text, and to make a date of every row's takes longer than the query that finds the rows.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Func, TextField


class DayText(Func):
    """A day as 2022-06-30, whatever the database's own way of printing it."""

    arity = 1
    template = "CAST(%(expressions)s AS text)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL prints days in the style its server was set to, unless it is told which."""
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM-DD')", **context)


day = lru_cache(maxsize=4096)(date.fromisoformat)  # the date of a `DayText`
