"""Many rows put into one table at once, for the actions of every room."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, partial
from itertools import chain, repeat
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

LONGEST = 1000  # rows in one statement, where the database itself sets no limit
WORTH_COPYING = 20  # rows: fewer are sooner inserted


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    replacing: Sequence[str] = (),
    plain: Collection[str] = (),
    **same: Any,
) -> list[Any]:
    """Add `rows` to the table of `model`, in their order, inside the caller's transaction. Returns their keys, in order.

    Each row gives the values of `columns`, named as in the table (`project_id`); `same` is what all rows have in common;
    what neither names takes the model's default. Values of `plain` columns are numbers and words just as the table takes them.
    Where `replacing` names the columns of a unique constraint, a row that is there already takes the new values of `columns`
    instead. Raises IntegrityError where the database's constraints do not hold, ValueError for a column that does not exist.

    Like `bulk_create` it calls neither `save` nor signals. It is for rows that nobody needs as objects afterwards:
    making and reading those takes several times as long as writing the rows.
    """
    given = list(rows)
    if not given:
        return []
    by_column = dict(zip(columns, zip(*given, strict=True), strict=True))
    connection = connections[DEFAULT_DB_ALIAS]
    quote: Callable[[Any], str] = connection.ops.quote_name
    blank = model(**same)
    numbered = model._meta.auto_field  # numbers come from the database, unless the caller has drawn them already
    fields = [
        field for field in model._meta.local_concrete_fields if field is not numbered or field.attname in by_column
    ]
    values: list[Iterable[Any]] = []
    for field in fields:
        prepare = partial(field.get_db_prep_save, connection=connection)
        if field.attname not in by_column:
            values.append(repeat(prepare(field.pre_save(blank, add=True))))
        elif field.attname in plain:
            values.append(by_column.pop(field.attname))
        else:
            # Days, stages and units come again and again; JSON values cannot be looked up.
            once = prepare if isinstance(field, models.JSONField) else cache(prepare)
            values.append(map(once, by_column.pop(field.attname)))
    if by_column:
        raise ValueError(f"no such column: {', '.join(by_column)}")
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    names = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    if connection.vendor == "postgresql" and model._meta.pk.attname in plain and len(given) >= WORTH_COPYING:
        _copied(connection, f"COPY {table} ({names}) FROM STDIN", values)
        return [one[columns.index(model._meta.pk.attname)] for one in given]
    end = f"RETURNING {key}"
    if replacing:
        new = ", ".join(f"{quote(column)} = EXCLUDED.{quote(column)}" for column in columns if column not in replacing)
        end = f"ON CONFLICT ({', '.join(map(quote, replacing))}) DO UPDATE SET {new} {end}"
    at_once = min(LONGEST, connection.ops.bulk_batch_size(fields, given))
    ready, keys = list(zip(*values, strict=False)), []
    with connection.cursor() as cursor:
        for start in range(0, len(ready), at_once):
            part = ready[start : start + at_once]
            # Only names of the models stand in the statement itself.
            sql = f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * len(part))} {end}"  # noqa: S608
            cursor.execute(sql, [*chain.from_iterable(part)])
            keys += [number for (number,) in cursor.fetchall()]
    return keys


def _copied(connection: Any, statement: str, values: Sequence[Iterable[Any]]) -> None:
    """The rows as PostgreSQL takes them fastest, where the caller knows their keys already."""
    from psycopg.types.json import Jsonb

    ready = [
        # What all rows have in common is put into words once, not for each of them.
        repeat(json.dumps(first.obj))
        if isinstance(column, repeat) and isinstance(first := next(column), Jsonb)
        else column
        for column in values
    ]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in zip(*ready, strict=False):
            copy.write_row(row)
