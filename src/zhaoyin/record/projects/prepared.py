"""Queries that are put into SQL once and asked many times.

Django takes about half a millisecond to put a query into SQL, every time, and a page that shows fifty projects asks ten of
them. Here the SQL of a query is kept for each shape of its arguments, and only the values are new.
"""

import copy
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | date | bool | str | None | Sequence[int] | QuerySet[Any, Any]
LONGEST = 100  # more values than a page has are not asked often
_NUMBER, _DAY = 4_611_686_018_427_000_000, date(9000, 1, 1)


def prepared(query: Callable[..., QuerySet[Any, Any]], *values: Value) -> list[Any]:
    """The rows (tuples) of `query(*values)`, a module's function that gives a `values_list` without other state.

    Numbers, lists of numbers and days must stand in the query as they are: a query with anything computed from them
    (`day + 15`) is put into SQL anew each time. Words, truths and None belong to the shape.
    Instead of a long list of numbers comes the query that finds them.
    """
    if any(isinstance(value, QuerySet) for value in values):
        return list(query(*values))
    if any(isinstance(value, list | tuple) and not value for value in values):
        return []
    if any(isinstance(value, list | tuple) and len(value) > LONGEST for value in values):
        return list(query(*values))
    if any(isinstance(value, int) and value >= _NUMBER for value in values):
        return list(query(*values))  # larger than a column: Django knows that no row has it
    kept = _statement(query, connection.vendor, tuple(_shape(value) for value in values))
    if kept is None:
        return list(query(*values))
    compiler, sql, places = copy.copy(kept[0]), kept[1], kept[2]
    given = [
        fixed if place is None else _value(values[place[0]] if place[1] is None else values[place[0]][place[1]])  # type: ignore[index]
        for place, fixed in places
    ]
    compiler.connection, compiler.as_sql = connection, lambda: (sql, tuple(given))
    return list(compiler.results_iter(tuple_expected=True))


def _shape(value: Value) -> Any:
    if isinstance(value, list | tuple):
        return (len(value),)
    return type(value) if isinstance(value, date) or type(value) is int else value


def _value(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@lru_cache(maxsize=512)
def _statement(query: Callable[..., QuerySet[Any, Any]], vendor: str, shapes: tuple[Any, ...]) -> Any:
    """The compiled query with where each value goes; None where its SQL holds anything computed from a value."""
    compiler, sql, places = _compiled(query, shapes, 0)
    _, other_sql, others = _compiled(query, shapes, 1)
    # Put into SQL with other values, everything that is not one of them must be as before: `day + 15` is not.
    if sql != other_sql or [one if one[0] is None else one[0] for one in places] != [
        one if one[0] is None else one[0] for one in others
    ]:
        return None
    return compiler, sql, places


def _compiled(query: Callable[..., QuerySet[Any, Any]], shapes: tuple[Any, ...], variant: int) -> Any:
    """The query put into SQL with stand-ins that no database holds, and the place among the values of each parameter."""
    marks: dict[Any, tuple[int, int | None]] = {}
    stand_ins: list[Any] = []
    for index, shape in enumerate(shapes):
        start = _NUMBER + 10_000_000 * variant + 1000 * index
        if isinstance(shape, tuple):
            numbers = [start + place for place in range(shape[0])]
            marks |= {number: (index, place) for place, number in enumerate(numbers)}
            stand_ins.append(numbers)
        elif shape is int or shape is date:
            mark: Any = start + 999 if shape is int else _DAY + timedelta(days=index + 1000 * variant)
            marks[_value(mark)] = (index, None)
            stand_ins.append(mark)
        else:
            stand_ins.append(shape)
    compiler = query(*stand_ins).query.get_compiler(connection.alias)
    sql, params = compiler.as_sql()
    return compiler, sql, [(marks.get(param), param) for param in params]
