"""One page of the list, with what stands around it: tabs, totals, lights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from zhaoyin.ground.ui.listing import Page
from zhaoyin.kernel.lights import Light
from zhaoyin.plan.schedules.queries import light_case
from zhaoyin.record.projects.models import Project

from .filtering import Asked, filtered, parts
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


def library_page(asked: Asked, totals: Totals | None = None) -> LibraryPage:
    """The page that `asked` asks for; a page beyond the last is the last. `totals` as of `library_sums`, where known."""
    found = filtered(asked)
    totals = totals_of(found, asked.as_of) if totals is None else totals
    cut = asked.listing.page_of(Ids(found, asked), totals.count)
    return LibraryPage(cut, rows_of(asked.field, list(cut.rows)), totals, asked.field.tabs)


def library_sums(asked: Asked) -> Totals:
    """What the list adds up to, whatever its order and page."""
    return totals_of(filtered(asked), asked.as_of)


def totals_of(found: QuerySet[Project], as_of: date) -> Totals:
    """The sums over projects of `with_lights`, in one pass."""
    sums = found.aggregate(
        count=Count("pk"), money=Sum("investment_yi"), priced=Count("investment_yi"), land=Sum("land_mu"),
        measured=Count("land_mu"), lights=Sum(light_case(as_of, (1, _STEP, _STEP**2, 0))),
    )  # fmt: skip
    count, packed = sums["count"], int(sums["lights"] or 0)
    red, yellow, green = packed % _STEP, packed // _STEP % _STEP, packed // _STEP**2
    lights = dict(zip(Light, (red, yellow, green, count - red - yellow - green), strict=True))
    unpriced, unmeasured = count - sums["priced"], count - sums["measured"]
    return Totals(count, sums["money"], sums["land"], unpriced, unmeasured, lights)


class Ids:
    """The ids of the projects found, in order, cut without reading what lies outside the cut."""

    def __init__(self, found: QuerySet[Project], asked: Asked) -> None:
        self._parts = [part.values_list("pk", flat=True) for part in parts(found, asked)]

    def __getitem__(self, span: slice) -> list[int]:
        """The ids from `span.start` to `span.stop`; a part is counted only where the span passes its end."""
        first, *rest = self._parts
        found = list(first[span])
        if rest and len(found) < span.stop - span.start:
            before = span.start + len(found) if found else first.count()
            start = max(span.start - before, 0)
            found += rest[0][start : span.stop - before]
        return found

    def all(self) -> list[int]:
        """Every id."""
        return [pk for part in self._parts for pk in part]


def ids_of(asked: Asked) -> list[int]:
    """Every project that answers, in the order asked for."""
    return Ids(filtered(asked), asked).all()
