"""A document's blocks and its reading as JSON and back, without loss: what `PlanDocument.source` and `.reading` hold.

Every dataclass is an object with its fields' names; numbers and dates are strings ("1/3" is a share), unknown is null.
A `Place` is `[block, start, end, row, cell]` and a `Cell` `[text, column, colspan, rowspan]`, because there are
thousands of them. Keys that the dataclass does not know are left alone by reading: the review keeps `printed` (the
values before they were edited, by field) in an item, and `removed` (rows taken out) beside the lists.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from zhaoyin.documents.reading.model import PlanReading
from zhaoyin.documents.reading.source import Cell, Paragraph, Place, SourceDocument, Table

Json = dict[str, Any]


def dump_reading(reading: PlanReading) -> Json:
    """The reading as JSON values."""
    return _dump(reading)  # type: ignore[no-any-return]


def load_reading(stored: Json) -> PlanReading:
    """The reading as edited so far. Raises KeyError for an empty object: the document has not been read."""
    return _loader(PlanReading)(stored)  # type: ignore[no-any-return]


def dump_source(document: SourceDocument) -> Json:
    """The file's blocks as JSON values."""
    return _dump(document)  # type: ignore[no-any-return]


def load_source(stored: Json) -> SourceDocument:
    """The file's blocks. Raises KeyError for an empty object: the document has not been read."""
    return _loader(SourceDocument)(stored)  # type: ignore[no-any-return]


def dump_place(place: Place | None) -> list[int | None] | None:
    """One place as `[block, start, end, row, cell]`."""
    return None if place is None else [place.block, place.start, place.end, place.row, place.cell]


def dump_number(value: Decimal | Fraction) -> str:
    """A plain decimal, or a share as "1/3"."""
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else f"{value:f}"


def _dump(value: Any) -> Any:
    match value:
        case Place():
            return dump_place(value)
        case Cell():
            return [value.text, value.column, value.colspan, value.rowspan]
        case Decimal() | Fraction():
            return dump_number(value)
        case date():
            return value.isoformat()
        case dict():
            return {key: _dump(item) for key, item in value.items()}
        case list() | tuple():
            return [_dump(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _dump(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def _number(text: str) -> Decimal | Fraction:
    return Fraction(text) if "/" in text else Decimal(text)


def _block(stored: Json) -> Paragraph | Table:
    return _loader(Table if "rows" in stored else Paragraph)(stored)  # type: ignore[no-any-return]


PLAIN: dict[Any, Callable[[Any], Any]] = {
    Place: lambda stored: Place(*stored),
    Cell: lambda stored: Cell(*stored),
    Decimal: Decimal,
    date: date.fromisoformat,
    Decimal | Fraction: _number,
    Paragraph | Table: _block,
}


@cache
def _loader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of the type `kind` from JSON."""
    if plain := PLAIN.get(kind):
        return plain
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # only `X | None` is left here
        load = _loader(next(one for one in arguments if one is not type(None)))
        return load if load is _as_it_is else _or_none(load)
    if origin is dict:
        item = _loader(arguments[1])
        return dict if item is _as_it_is else lambda stored: {key: item(value) for key, value in stored.items()}
    if origin in (list, tuple):
        one = _loader(arguments[0])
        return origin if one is _as_it_is else lambda stored: origin(map(one, stored))
    return _of_fields(kind) if is_dataclass(kind) else _as_it_is


def _of_fields(kind: Any) -> Callable[[Any], Any]:
    """What makes a dataclass from its fields' JSON; most fields are in JSON what they are here."""
    types, names = get_type_hints(kind), [field.name for field in fields(kind)]
    loaders = [(place, _loader(types[name])) for place, name in enumerate(names)]
    loaders = [(place, load) for place, load in loaders if load is not _as_it_is]

    def load_fields(stored: Any) -> Any:
        values = [stored[name] for name in names]
        for place, load in loaders:
            values[place] = load(values[place])
        return kind(*values)

    return load_fields


def _as_it_is(stored: Any) -> Any:
    return stored


def _or_none(load: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda stored: None if stored is None else load(stored)
