"""One page of the list, with what stands around it: tabs, totals, lights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from zhaoyin.ground.prepared import prepared
from zhaoyin.ground.ui.listing import Page

from .field import library_total
from .filtering import Asked, filtered, found, in_order, parts
from .rows import Row, rows_of
from .sums import Totals, library_sums


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Everything on the list's page. `tabs` are (section, count), the whole library first with an empty section."""

    page: Page
    rows: list[Row]
    totals: Totals
    tabs: Sequence[tuple[str, int]]


def library_page(asked: Asked, totals: Totals | None = None, known: int | None = None) -> LibraryPage:
    """The page that `asked` asks for; a page beyond the last is the last.

    `totals` as of `library_sums` and `known` as of `library_total`, where the caller has them.
    """
    totals = library_sums(asked) if totals is None else totals
    cut = asked.listing.page_of(Ids(asked), totals.count)
    return replace(around(asked, totals, known), page=cut, rows=rows_of(asked.field, list(cut.rows)))


def around(asked: Asked, totals: Totals, known: int | None = None) -> LibraryPage:
    """What stands around any view of the list, without rows; as for `library_page`."""
    if known is None:
        known = totals.count if asked.whole else library_total(asked.field.sight, asked.as_of)
    nothing = replace(asked.listing, number=1).page_of([], totals.count)
    return LibraryPage(nothing, [], totals, [("", known), *asked.field.sections])


class Ids:
    """The ids of the projects found, in order, cut without reading what lies outside the cut."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    @cached_property
    def _parts(self) -> list[QuerySet[Any, Any]]:
        return [part.values_list("pk", flat=True) for part in parts(filtered(self._asked), self._asked)]

    def __getitem__(self, span: slice) -> list[int]:
        """The ids from `span.start` to `span.stop`; a part is counted only where the span passes its end."""
        wanted = span.stop - span.start
        if span.start == 0 and not self._asked.typed:
            first = prepared(_beginning, f"{wanted}", self._asked.listing.order, *self._asked.chosen)
            ids = [pk for (pk,) in first]
        else:
            ids = list(self._parts[0][span])
        if len(ids) < wanted and len(self._parts) > 1:
            before = span.start + len(ids) if ids else self._parts[0].count()
            start = max(span.start - before, 0)
            ids += self._parts[1][start : span.stop - before]
        return ids

    def all(self) -> list[int]:
        """Every id."""
        return [pk for part in self._parts for pk in part]


def _beginning(most: str, order: str, *chosen: Any) -> QuerySet[Any, Any]:
    """The first of the list's parts, from its beginning: the page that is asked for most."""
    return in_order(found(*chosen), order, chosen[5])[0].values_list("pk")[: int(most)]


def ids_of(asked: Asked) -> list[int]:
    """Every project that answers, in the order asked for."""
    return Ids(asked).all()
