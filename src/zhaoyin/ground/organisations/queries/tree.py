"""The tree for its page: jurisdictions at once, the units of one when it is opened. Three queries however large it is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ..models import Unit, UnitKind
from .posts import held_on
from .visible import posts_visible_to, visible_to

WHOLE = 300  # nodes: a tree of no more is shown open
MOST = 500  # units of one branch; whoever looks for one among more searches
FOUND = 100  # hits of a search

KINDS = dict(UnitKind.choices)
COLUMNS = (
    "pk", "path", "kind", "name", "short_name", "code", "reports", "founded_on", "closed_on", "merged_into__name",
    "jurisdiction_id",
)  # fmt: skip


@dataclass(slots=True)
class Branch:
    """A node as the tree shows it on a day. `units` and `gone` say how many units a folded jurisdiction has, there and
    no longer there; `loaded`: what is below it is in `children` (there) and `closed` (no longer there)."""

    pk: int
    path: str
    kind: str
    name: str
    short_name: str
    code: str
    reports: bool
    founded_on: date | None
    closed_on: date | None
    merged_into: str | None
    jurisdiction: int | None
    ended: bool = False
    to_come: bool = False
    children: "list[Branch]" = field(default_factory=list)
    closed: "list[Branch]" = field(default_factory=list)
    units: int = 0
    gone: int = 0
    loaded: bool = True
    left_out: int = 0

    @property
    def is_place(self) -> bool:
        """Whether the node is a jurisdiction."""
        return self.kind == UnitKind.JURISDICTION

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return str(KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class Tree:
    """What one user sees: the topmost nodes, and how many jurisdictions and units there are on the day."""

    roots: list[Branch]
    places: int
    units: int
    gone: int


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a search: the node, and where it stands."""

    node: Branch
    place: str


def tree(user: Any, on: date) -> Tree:
    """The tree of the user's scope as of a day. What is below a jurisdiction is there at once where the whole is small or
    the jurisdiction is the topmost; else `branch` brings it."""
    rows = visible_to(user)
    places = _branches(rows.filter(kind=UnitKind.JURISDICTION), on)
    units = rows.exclude(kind=UnitKind.JURISDICTION)
    counts = {
        place: (count, gone)
        for place, count, gone in units.order_by()
        .values_list("jurisdiction_id")
        .annotate(count=Count("pk"), ended=Count("pk", filter=Q(closed_on__lte=on)))
    }
    known = {place.pk: place for place in places}
    for place in places:
        count, place.gone = counts.get(place.pk, (0, 0))
        place.units = count - place.gone
    total = sum(count for count, _ in counts.values())
    gone = sum(count for _, count in counts.values())
    if len(places) + total <= WHOLE:
        opened = list(counts)
    else:
        # The units of the topmost place, or those of a scope without any whole place.
        opened = [pk for pk in counts if pk not in known or not any(_below(known[pk], other) for other in places)]
    shown = _branches(units.filter(jurisdiction_id__in=opened), on, MOST)
    for pk in counts:
        if pk in known and pk not in opened:
            known[pk].loaded = False
        elif pk in known:
            listed = sum(1 for unit in shown if unit.jurisdiction == pk)
            known[pk].left_out = counts[pk][0] - listed
    return Tree(_nested([*places, *shown]), len(places), total - gone, gone)


def branch(user: Any, pk: int, on: date) -> Branch | None:
    """One jurisdiction with its own units (not those of jurisdictions below it); None outside the user's scope."""
    found = _branches(visible_to(user).filter(pk=pk, kind=UnitKind.JURISDICTION), on)
    if not found:
        return None
    rows = visible_to(user).filter(jurisdiction_id=pk).exclude(kind=UnitKind.JURISDICTION)
    units = _branches(rows, on, MOST + 1)
    if len(units) > MOST:
        found[0].left_out = rows.count() - MOST
    _nested([found[0], *units[:MOST]])
    return found[0]


def search(user: Any, words: str, on: date) -> tuple[list[Found], int]:
    """The nodes whose name, short name or code holds `words`, or in which somebody of that name holds a post on the day;
    at most FOUND of them, and how many there are."""
    held = posts_visible_to(user).filter(held_on(on), official__name__icontains=words)
    rows = visible_to(user).filter(
        Q(name__icontains=words)
        | Q(short_name__icontains=words)
        | Q(code__startswith=words)
        | Q(pk__in=held.values("unit_id"))
    )
    nodes = _branches(rows, on, FOUND)
    names = dict(Unit.objects.filter(pk__in={node.jurisdiction for node in nodes}).values_list("pk", "name"))
    total = len(nodes) if len(nodes) < FOUND else rows.count()
    return [Found(node, names.get(node.jurisdiction or 0, "")) for node in nodes], total


def _branches(rows: QuerySet[Unit], on: date, most: int | None = None) -> list[Branch]:
    found: Any = rows.order_by("path").values_list(*COLUMNS)[:most]
    nodes = [Branch(*values) for values in found]
    for node in nodes:
        node.ended = node.closed_on is not None and node.closed_on <= on
        node.to_come = node.founded_on is not None and node.founded_on > on
    return nodes


def _nested(nodes: list[Branch]) -> list[Branch]:
    """Hang every node below the nearest one that holds it; returns those that none does. Units stand before places."""
    roots: list[Branch] = []
    above: list[Branch] = []
    for node in sorted(nodes, key=lambda one: one.path):
        while above and not node.path.startswith(above[-1].path):
            above.pop()
        if not above:
            roots.append(node)
        else:
            (above[-1].closed if node.ended else above[-1].children).append(node)
        above.append(node)
    for node in nodes:
        node.children.sort(key=lambda one: one.is_place)
    return roots


def _below(node: Branch, other: Branch) -> bool:
    return node.path != other.path and node.path.startswith(other.path)
