"""Queries that are put into SQL once and asked many times.

Django takes about half a millisecond to put a query into SQL, every time, and a page that shows fifty projects asks a score
of them. Here the SQL of a query is kept for each shape of its arguments, and only the values are new.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet


class Free(str):
    """Words that stand in a query as they are, and may be others each time: a key, a name."""


Value = int | date | bool | str | None | Sequence[int] | QuerySet[Any, Any]
LONGEST = 100  # more values than a page has are not asked often
_NUMBER, _DAY = 4_611_686_018_427_000_000, date(9000, 1, 1)
# The stand-in days of two arguments lie so far apart that `day + 45` is told from another argument; those of the second
# compiling differ from the first in year, month, day and weekday, so that only a fixed span keeps its length.
_APART, _NEAR, _OTHER = 4000, 1500, 703


def prepared(query: Callable[..., QuerySet[Any, Any]], *values: Value) -> list[Any]:
    """The rows (tuples) of `query(*values)`, a module's function that gives a `values_list` without other state.

    Numbers, lists of numbers, `Free` words and days must stand in the query as they are, or a fixed number of days away
    (`day + 15`): a query with anything else computed from them (`day.year`) is put into SQL anew each time. Other words,
    truths and None belong to the shape. Instead of a long list of numbers comes the query that finds them.
    """
    for value in values:
        if isinstance(value, list | tuple):
            if not value:
                return []
            if len(value) > LONGEST:
                return list(query(*values))
        elif isinstance(value, QuerySet):
            return list(query(*values))
        elif isinstance(value, int) and value >= _NUMBER:
            return list(query(*values))  # larger than a column: Django knows that no row has it
    database = connections[DEFAULT_DB_ALIAS]
    kept = _statement(query, database.vendor, tuple([_shape(value) for value in values]))
    if kept is None:
        return list(query(*values))
    sql, places, converted = kept
    given = [fixed if place is None else _filled(database, values, *place) for place, fixed in places]
    with database.cursor() as cursor:
        cursor.execute(sql, given)
        rows = cursor.fetchall()
    if not converted:
        return rows
    return [tuple(row) for row in _converted(rows, converted, database)]


def _converted(rows: list[Any], converted: Any, database: BaseDatabaseWrapper) -> Iterator[list[Any]]:
    """The rows as Django would give them: what the columns' converters make of the database's values."""
    for row in rows:
        made = list(row)
        for place, converters, expression in converted:
            for convert in converters:
                made[place] = convert(made[place], expression, database)
        yield made


def _filled(database: BaseDatabaseWrapper, values: Sequence[Any], index: int, within: int | None, days: int) -> Any:
    value = values[index] if within is None else values[index][within]
    return database.ops.adapt_datefield_value(value + timedelta(days=days)) if isinstance(value, date) else value


def _shape(value: Value) -> Any:
    if isinstance(value, list | tuple):
        return (len(value),)
    return type(value) if isinstance(value, date | Free) or type(value) is int else value


@lru_cache(maxsize=512)
def _statement(query: Callable[..., QuerySet[Any, Any]], vendor: str, shapes: tuple[Any, ...]) -> Any:
    """The SQL, where each value goes in it, and how which columns of the answer are converted.

    None where the SQL holds anything computed from a value.
    """
    try:
        compiler, sql, places = _compiled(query, shapes, 0)
        _, other_sql, others = _compiled(query, shapes, 1)
    except EmptyResultSet:  # Django knows without asking that there is no such row
        return None
    # Put into SQL with other values, everything that is not one of them must be as before: `day.year` is not.
    if sql != other_sql or [place or fixed for place, fixed in places] != [place or fixed for place, fixed in others]:
        return None
    columns = [column[0] for column in compiler.select]
    converters = compiler.get_converters(columns[: compiler.col_count])
    if len(columns) != compiler.col_count or compiler.has_extra_select:
        return None  # it sorts by what it does not give
    return sql, places, [(place, *found) for place, found in converters.items()]


def _compiled(query: Callable[..., QuerySet[Any, Any]], shapes: tuple[Any, ...], variant: int) -> Any:
    """The query put into SQL with stand-ins that no database holds, and the place among the values of each parameter.

    A place is the argument's index, the index within it where it is a list, and the days that were added to it.
    """
    marks: dict[Any, tuple[int, int | None, int]] = {}
    days: dict[int, date] = {}
    stand_ins: list[Any] = []
    for index, shape in enumerate(shapes):
        start = _NUMBER + 10_000_000 * variant + 1000 * index
        if isinstance(shape, tuple):
            numbers = [start + place for place in range(shape[0])]
            marks |= {number: (index, place, 0) for place, number in enumerate(numbers)}
            stand_ins.append(numbers)
        elif shape is date:
            days[index] = _DAY + timedelta(days=_APART * index + _OTHER * variant)
            stand_ins.append(days[index])
        elif shape is int or shape is Free:
            marks[shape(start + 999)] = (index, None, 0)
            stand_ins.append(shape(start + 999))
        else:
            stand_ins.append(shape)
    compiler = query(*stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    return compiler, sql, [(marks.get(param) or _days_from(param, days), param) for param in params]


def _days_from(param: Any, stand_ins: dict[int, date]) -> tuple[int, None, int] | None:
    """The stand-in day that `param` is, or lies near, with the days between; None for anything else."""
    try:
        day = date.fromisoformat(param) if isinstance(param, str) else param
    except ValueError:
        return None
    if type(day) is not date:
        return None
    between = {index: (day - stand_in).days for index, stand_in in stand_ins.items()}
    return next(((index, None, days) for index, days in between.items() if abs(days) <= _NEAR), None)
