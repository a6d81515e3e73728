"""A workbook on its way in: what is said of its rows, and the records that their cells name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import models, transaction

from zhaoyin.ground.access.rules import Forbidden

from ...models import Official, Unit, UnitKind
from ...queries import visible_to
from ...sentences import LABELS, value_words
from ...workbook import Row, node_ways
from ..changing import Refused

STEP = ">"


class Change(NamedTuple):
    """One thing that the import does, said for the preview."""

    sheet: str
    row: int
    words: str


class Fault(NamedTuple):
    """What is wrong, and where."""

    sheet: str
    row: int
    words: str


class Finding:
    """One workbook on its way in. `by` sees and keeps only what lies in the person's scope; None is the operator."""

    def __init__(self, by: models.Model | None) -> None:
        self.by = by
        self.changes: list[Change] = []
        self.faults: list[Fault] = []
        self.same = 0
        seen = Unit.objects.all() if by is None else visible_to(by)
        self.nodes: dict[int, Unit] = {one.pk: one for one in seen.order_by("path")}
        self.index()
        self.people: dict[tuple[int, str], Official] = {}

    def each(self, rows: list[Row], act: Callable[[Row], None]) -> None:
        """Act on every row; what one refuses does not keep the others from being looked at."""
        for row in rows:
            with self.at(row):
                act(row)

    @contextmanager
    def at(self, row: Row) -> Iterator[None]:
        """What goes wrong here is said with sheet and row."""
        before = len(self.changes)
        try:
            with transaction.atomic():
                yield
        except Refused as refused:
            del self.changes[before:]
            self.fault(row, str(refused))
        except Forbidden:
            del self.changes[before:]
            self.fault(row, "不在您维护的范围内。")

    def fault(self, row: Row, words: str) -> None:
        """Note what is wrong with a row."""
        self.faults.append(Fault(row.sheet, row.number, words))

    def change(self, row: Row, words: str) -> None:
        """Note what a row does."""
        self.changes.append(Change(row.sheet, row.number, words))

    def fields(self, row: Row, name: str, changes: dict[str, list[Any]]) -> None:
        """Note the fields that a row changes."""
        for key, (before, after) in changes.items():
            self.change(row, f"“{name}”的{LABELS.get(key, key)}：{value_words(before)} → {value_words(after)}")

    def index(self) -> None:
        """Names and ways from the top → nodes, as the export writes them."""
        self.by_name: dict[str, list[Unit]] = {}
        for one in self.nodes.values():
            self.by_name.setdefault(one.name, []).append(one)
        ways = node_ways((one.pk, one.path, one.name) for one in self.nodes.values())
        self.ways = {pk: way(way_there) for pk, way_there in ways.items()}
        self.by_way = {way: self.nodes[pk] for pk, way in self.ways.items()}

    def refresh(self) -> None:
        """Read the nodes anew: a move changes the places of all that stand below."""
        self.nodes = {one.pk: one for one in Unit.objects.filter(pk__in=list(self.nodes)).order_by("path")}
        self.index()

    def node(self, text: str, among: Callable[[Unit], bool] = lambda one: True) -> Unit | None:
        """The node that a cell names; None where nobody has that name, Refused where several have."""
        if STEP in text:
            found = self.by_way.get(way(text))
            return found if found is not None and among(found) else None
        fitting = [one for one in self.by_name.get(text, []) if among(one)]
        if len(fitting) > 1:
            raise Refused(f"有 {len(fitting)} 个“{text}”，请写全路径，如“某省 > 某市 > {text}”。")
        return fitting[0] if fitting else None

    def place(self, row: Row) -> Unit:
        """The jurisdiction that a row names; without a name the only one there is."""
        if not row["place"]:
            places = [one for one in self.nodes.values() if one.kind == UnitKind.JURISDICTION]
            if len(places) == 1:
                return places[0]
            raise Refused("请填写行政区划。")
        found = self.node(row["place"], is_jurisdiction)
        if found is None:
            raise Refused(f"没有名为“{row['place']}”的行政区划，或不在您的范围内。")
        return found

    def inside(self, place: Unit, name: str) -> Unit:
        """The jurisdiction itself, or the unit of that name in it."""
        if name == place.name:
            return place
        found = next((one for one in self.by_name.get(name, []) if one.jurisdiction_id == place.pk), None)
        if found is None:
            raise Refused(f"“{place.name}”没有名为“{name}”的单位，或不在您的范围内。")
        return found

    def person(self, place: Unit, name: str) -> Official:
        """The official of that name in a jurisdiction."""
        found = self.people.get((place.pk, name))
        if found is None:
            raise Refused(f"“{place.name}”没有名为“{name}”的干部，请先在“干部”表中登记。")
        return found


def is_jurisdiction(unit: Unit) -> bool:
    """Whether the node is a jurisdiction."""
    return unit.kind == UnitKind.JURISDICTION


def way(text: str) -> str:
    """A way from the top, without blanks around its steps."""
    return STEP.join(part.strip() for part in text.split(STEP))


def differs(row: models.Model, given: dict[str, Any]) -> bool:
    """Whether a record holds anything else than is given."""
    return any(getattr(row, key) != value for key, value in given.items())
