"""Rows copied many times by the database itself, keys and references shifted; PostgreSQL only.

Indexes and foreign keys of the tables are taken away meanwhile and made anew at the end, which checks every reference: to
keep them up to date row by row takes several times as long.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

DAYS_APART = 29  # the copies' days lie up to so many before those of the rows they were made from


@dataclass(frozen=True, slots=True)
class Copied:
    """What is copied: all rows of `tables`, `copies` times, the rows themselves being replaced by the copies.

    A copy lies beside the copies of the same row, as records lie that many places write at once. References among `tables`
    go to the same copy; those to a model of `per` as many rows further for each copy as it says. `changed`: columns that a
    copy has otherwise, as SQL of the row `b` and the copy's number `n`, with its values.
    """

    tables: Sequence[type[models.Model]]
    copies: int
    per: Mapping[type[models.Model], int]
    changed: Mapping[tuple[type[models.Model], str], tuple[str, list[Any]]]


def copied(asked: Copied) -> None:
    """Copy the rows, within the caller's transaction."""
    names = [model._meta.db_table for model in asked.tables]
    with connection.cursor() as cursor, _bare(cursor, names):
        past = 0
        for model in asked.tables:
            cursor.execute(f"SELECT coalesce(max({model._meta.pk.column}), 0) FROM {model._meta.db_table}")  # noqa: S608
            past = max(past, cursor.fetchone()[0])
        for model in asked.tables:
            _copy(cursor, model, asked, past)
        for model in asked.tables:
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f"DELETE FROM {table} WHERE {key} <= %s", [past])  # noqa: S608
            if model._meta.auto_field:
                last = f"(SELECT coalesce(max({key}), 1) FROM {table})"  # noqa: S608
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), {last})")


def _copy(cursor: Any, model: type[models.Model], asked: Copied, past: int) -> None:
    table, made, values = model._meta.db_table, [], []
    columns = [f"{field.column}" for field in model._meta.local_concrete_fields]
    for name, field in zip(columns, model._meta.local_concrete_fields, strict=True):
        column, other = f'b."{name}"', field.related_model
        if (model, name) in asked.changed:
            sql, given = asked.changed[model, name]
            values += given
        elif other in asked.tables or (field.primary_key and other is None):
            sql = f"{column} * {asked.copies} + n + {past}"
        elif isinstance(other, type) and other in asked.per:
            sql = f"{column} + n * {asked.per[other]}"
        elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            sql = f"{column} - n %% {DAYS_APART}"
        else:
            sql = column
        made.append(sql)
    names = ", ".join(f'"{column}"' for column in columns)
    key = model._meta.pk.column
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(made)} FROM {table} b"  # noqa: S608
        f' CROSS JOIN generate_series(0, {asked.copies - 1}) n WHERE b."{key}" <= {past} ORDER BY b."{key}", n',
        values,
    )


@contextmanager
def _bare(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """The tables without triggers, foreign keys and indexes other than the primary keys'; all is there again afterwards."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    given = "conrelid = ANY(%s::text[]::regclass[])"
    cursor.execute(
        f"SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"  # noqa: S608
        f" WHERE {given} AND contype IN ('f', 'u')",
        [list(tables)],
    )
    constraints = cursor.fetchall()
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::text[]::regclass[]) AND NOT indisprimary",
        [list(tables)],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for _, statement in indexes:
        cursor.execute(statement)
    for table, name, statement in constraints:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {statement}')
