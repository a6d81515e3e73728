"""One page of the list, with what stands around it: tabs, totals, lights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value

from zhaoyin.ground.prepared import prepared
from zhaoyin.ground.ui.listing import Page
from zhaoyin.kernel.lights import Light
from zhaoyin.plan.schedules.queries import light_case
from zhaoyin.record.projects.models import Project

from .filtering import Asked, filtered, found, in_order, library_total, parts
from .rows import Row, rows_of

# One sum holds three counts: each light has its own digits, so that the light is computed once per row.
_STEP = 10**6


@dataclass(frozen=True, slots=True)
class Totals:
    """What the rows add up to. `unpriced` and `unmeasured` are those without money or land, which the sums leave out."""

    count: int
    investment_yi: Decimal | None
    land_mu: Decimal | None
    unpriced: int
    unmeasured: int
    lights: dict[Light, int]

    @property
    def left_out(self) -> str:
        """What the sums leave out, in a sentence; empty where nothing is missing."""
        missing = [("总投资", self.unpriced), ("用地", self.unmeasured)]
        words = [f"{label}有 {count} 个未填" for label, count in missing if count]
        return "，".join(words) + "，未计入" if words else ""


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
    if known is None:
        known = totals.count if asked.whole else library_total(asked.field.sight, asked.as_of)
    cut = asked.listing.page_of(Ids(asked), totals.count)
    return LibraryPage(cut, rows_of(asked.field, list(cut.rows)), totals, [("", known), *asked.field.sections])


def library_sums(asked: Asked) -> Totals:
    """What the list adds up to, whatever its order and page, in one pass."""
    sums = _summed(filtered(asked), asked.as_of) if asked.typed else prepared(_sums, *asked.chosen)
    if not sums:
        return Totals(0, None, None, 0, 0, dict.fromkeys(Light, 0))
    count, money, priced, land, measured, lit = sums[0]
    packed = int(lit or 0)
    red, yellow, green = packed % _STEP, packed // _STEP % _STEP, packed // _STEP**2
    lights = dict(zip(Light, (red, yellow, green, count - red - yellow - green), strict=True))
    return Totals(count, money, land, count - priced, count - measured, lights)


def _sums(*chosen: Any) -> QuerySet[Any, Any]:
    return _summed(found(*chosen), chosen[3])


def _summed(rows: QuerySet[Project], as_of: date) -> QuerySet[Any, Any]:
    sums = {
        "count": Count("pk"), "money": Sum("investment_yi"), "priced": Count("investment_yi"), "land": Sum("land_mu"),
        "measured": Count("land_mu"), "lit": Sum(light_case(as_of, (1, _STEP, _STEP**2, 0))),
    }  # fmt: skip
    return rows.order_by().values_list(Value(1)).annotate(**sums).values_list(*sums)


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
