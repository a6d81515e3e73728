"""A list page from its query string alone: filters, chips, sort, page. Pure: rows and their count come from the caller.

A room declares what its list can do, once:

    LIST = Declared(
        filters=(Filter("stage", "阶段", (("lead", "信息"), ("signed", "签约")), many=True), Filter("q", "搜索")),
        sorts={"seq": ("seq",), "due": ("next_due", "seq")}, order="seq",
    )

and its view reads a request, asks its queries, and shows one page:

    listing = LIST.read(request.GET)
    rows = queries.listed(user, **listing.chosen).order_by(*listing.ordering)
    page = listing.page_of(rows)          # .rows, .total, .first, .last, .numbers
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import QueryDict

SIZES = (20, 50, 100)
LONGEST = 100  # characters of a value that anybody typed


class Rows(Protocol):
    """What can be cut into pages: a QuerySet or a list."""

    def __getitem__(self, span: slice, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition. With `choices` (value, label) only those values count, `many` of them at once; without, any text.

    `kind`: text, date, number or choice, for the form. `unit` follows the value on its chip.
    """

    key: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    kind: str = "text"
    unit: str = ""

    def word(self, value: str) -> str:
        """The value as its chip names it."""
        return dict(self.choices).get(value, value) + (f" {self.unit}" if self.unit else "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force, and the address without it."""

    key: str
    label: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, numbered from 1; `first` and `last` are positions in the whole, 0 when there is nothing."""

    rows: Sequence[Any]
    total: int
    number: int
    pages: int
    size: int
    first: int
    last: int
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a list can do. `sorts`: key → fields for order_by; `order`: the key it starts with, `-` for descending.

    `keep` names parameters that are no filters but stay in every address (the view: table, board).
    """

    filters: tuple[Filter, ...] = ()
    sorts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    sizes: tuple[int, ...] = SIZES
    keep: tuple[str, ...] = ()

    def ordering(self, order: str) -> tuple[str, ...]:
        """Fields for order_by; a descending list turns every one of them round."""
        fields = self.sorts.get(order.removeprefix("-"), ())
        if not order.startswith("-"):
            return tuple(fields)
        return tuple(one.removeprefix("-") if one.startswith("-") else f"-{one}" for one in fields)

    def read(self, query: QueryDict, *, choices: Mapping[str, Sequence[tuple[str, str]]] | None = None) -> "Listing":
        """The list that `query` asks for; `choices` fills those filters whose values only the database knows.

        What the list does not know is left out and named in `remarks`, a Chinese sentence each.
        """
        given = choices or {}
        filters = tuple(
            Filter(one.key, one.label, tuple(given[one.key]), one.many, one.kind, one.unit) if one.key in given else one
            for one in self.filters
        )
        remarks: list[str] = []
        values: dict[str, tuple[str, ...]] = {}
        for one in filters:
            asked = [text.strip()[:LONGEST].replace("\x00", "") for text in query.getlist(one.key)]
            asked = list(dict.fromkeys(text for text in asked if text))
            if one.choices or one.key in given:
                known = {value for value, _ in one.choices}
                remarks += [f"筛选条件“{one.label}”没有“{text}”这一项，未采用。" for text in asked if text not in known]
                asked = [text for text in asked if text in known]
            if asked:
                values[one.key] = tuple(asked if one.many else asked[-1:])
        order = query.get("sort", "") or self.order
        if order.removeprefix("-") not in self.sorts:
            if order != self.order:
                remarks.append("不能按这一列排序，已按默认顺序排列。")
            order = self.order
        size = _whole(query.get("size"), self.sizes[0])
        size = size if size in self.sizes else self.sizes[0]
        kept = {name: str(query.get(name)) for name in self.keep if query.get(name)}
        return Listing(self, filters, values, order, _whole(query.get("page"), 1), size, kept, tuple(remarks))


@dataclass(frozen=True, slots=True)
class Listing:
    """What one address asks for. Addresses it gives are query strings, relative to the page."""

    declared: Declared
    filters: tuple[Filter, ...]
    values: Mapping[str, tuple[str, ...]]
    order: str
    number: int
    size: int
    kept: Mapping[str, str]
    remarks: tuple[str, ...] = ()

    def value(self, key: str) -> str:
        """The one value of a filter, or the empty string."""
        return self.values.get(key, ("",))[0]

    def among(self, key: str) -> tuple[str, ...]:
        """All values of a filter."""
        return self.values.get(key, ())

    @property
    def chosen(self) -> dict[str, Any]:
        """Filters in force for a query: key → value, or a tuple of values where there may be many."""
        many = {one.key for one in self.filters if one.many}
        return {key: found if key in many else found[0] for key, found in self.values.items()}

    @property
    def ordering(self) -> tuple[str, ...]:
        """Fields for order_by."""
        return self.declared.ordering(self.order)

    def url(self, **changes: str | int | Sequence[str] | None) -> str:
        """The address with parameters replaced, or left out where None; back on page one unless `page` is given."""
        pairs: dict[str, Any] = {**self.kept, **self.values}
        if self.order != self.declared.order:
            pairs["sort"] = self.order
        if self.size != self.declared.sizes[0]:
            pairs["size"] = self.size
        pairs.update(changes)
        clean = {key: value for key, value in pairs.items() if value not in (None, "", (), [])}
        return "?" + urlencode(clean, doseq=True)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """One chip for each value in force, in the order of the filters."""
        made = []
        for one in self.filters:
            found = self.values.get(one.key, ())
            for value in found:
                rest = tuple(other for other in found if other != value)
                made.append(Chip(one.key, one.label, one.word(value), self.url(**{one.key: rest})))
        return tuple(made)

    @property
    def clear_url(self) -> str:
        """The address without any condition."""
        return self.url(**dict.fromkeys(self.values))

    def sort_url(self, key: str) -> str:
        """The address sorted by `key`; turned round if it is already. LookupError for a key that is not declared."""
        if key not in self.declared.sorts:
            raise LookupError(f"this list is not sorted by {key}")
        turned = f"-{key}" if self.order == key else key
        return self.url(sort=None if turned == self.declared.order else turned)

    def sorted_by(self, key: str) -> str:
        """`ascending`, `descending`, or nothing: what aria-sort says of a column."""
        return {key: "ascending", f"-{key}": "descending"}.get(self.order, "")

    def page_url(self, number: int) -> str:
        """The address of page `number`."""
        return self.url(page=number if number > 1 else None)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Name and value of what a form of filters must carry along: the kept parameters, sort and page size."""
        pairs = list(self.kept.items())
        if self.order != self.declared.order:
            pairs.append(("sort", self.order))
        if self.size != self.declared.sizes[0]:
            pairs.append(("size", str(self.size)))
        return tuple(pairs)

    def page_of(self, rows: Rows, total: int | None = None) -> Page:
        """Cut the page out of `rows`, counted once unless `total` is known. A page beyond the last is the last."""
        if total is None:
            total = len(rows) if isinstance(rows, list | tuple) else rows.count()  # type: ignore[attr-defined]
        pages = max(1, ceil(total / self.size))
        number = min(max(1, self.number), pages)
        start = (number - 1) * self.size
        stop = min(start + self.size, total)
        cut = list(rows[start:stop])
        return Page(cut, total, number, pages, self.size, start + 1 if total else 0, stop, window(number, pages))


def window(number: int, pages: int) -> tuple[int | None, ...]:
    """The page numbers worth showing: the ends and what is near `number`; None is a gap."""
    near = sorted({1, pages, *(n for n in range(number - 1, number + 2) if 1 <= n <= pages)})
    shown: list[int | None] = []
    for one in near:
        before = shown[-1] if shown else 0
        if before is not None and one - before == 2:
            shown.append(one - 1)
        elif before is not None and one - before > 2:
            shown.append(None)
        shown.append(one)
    return tuple(shown)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else otherwise
