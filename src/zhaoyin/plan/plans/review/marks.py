"""The source beside its reading: which characters were read as which field, where the doubts are, what may be folded.

Pure: the stored source and reading in, lists for the page out. A unit is a paragraph or one row of a table.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from ..stored import Json
from .editing import CHILDREN

Key = tuple[int, int | None, int | None]  # block, row, cell: one run of text
FOLD_FROM = 4  # units without any mark that are folded together
FOLD_CHARACTERS = 400  # a folded stretch is at least this long, or has FOLD_FROM units


class Mark(NamedTuple):
    """Characters `start` to `end` of one run of text that were read as the field at `path`."""

    start: int
    end: int
    path: str


@dataclass(frozen=True, slots=True)
class Point:
    """A doubt in the source: its number, whether it is settled, and its characters."""

    number: int
    settled: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with the same marks: `paths` from the widest to the narrowest, `doubts` that cover it, `badges` of those
    that end with it."""

    text: str
    paths: tuple[str, ...] = ()
    doubts: tuple[Point, ...] = ()
    badges: tuple[Point, ...] = ()


@dataclass(slots=True)
class Unit:
    """One paragraph or one table row: `cells` are (column, colspan, pieces); a paragraph has one cell.

    `line` is the paragraph's in the file, or the row's in its table, from 1.
    """

    block: int
    row: int | None
    line: int
    level: int = 0
    cells: list[tuple[int, int, list[Piece]]] = field(default_factory=list)


@dataclass(slots=True)
class Stretch:
    """Units that follow one another: `table` says how to draw them, `folded` that they hide at first.

    `at` is the number of its first unit in the document, from 0; `name` that of the sheet, where it begins one.
    """

    table: bool
    folded: bool
    units: list[Unit]
    at: int
    columns: int = 1
    name: str = ""

    @property
    def first(self) -> int:
        """The line it begins with."""
        return self.units[0].line

    @property
    def last(self) -> int:
        """The line it ends with."""
        return self.units[-1].line


def places_of(reading: Json) -> Iterator[tuple[str, Json]]:
    """Every item of a reading that has places, with its path prefix ("" or "projects.3.phases.0.")."""
    yield "", reading
    yield from _items(reading, "reading", "")
    for index, section in enumerate(reading["sections"]):
        yield f"sections.{index}.", section


def _items(item: Json, kind: str, prefix: str) -> Iterator[tuple[str, Json]]:
    for name in CHILDREN.get(kind, ()):
        for index, below in enumerate(item[name]):
            path = f"{prefix}{name}.{index}."
            yield path, below
            yield from _items(below, name, path)


def marks_of(reading: Json, units: Collection[tuple[int, int | None]]) -> dict[Key, list[Mark]]:
    """What was read from each run of text in `units` (block, row)."""
    found: dict[Key, list[Mark]] = defaultdict(list)
    for prefix, item in places_of(reading):
        for name, places in item["places"].items():
            for block, start, end, row, cell in places:
                if (block, row) in units:
                    found[block, row, cell].append(Mark(start, end, prefix + name))
    return found


def units_with(reading: Json, projects: Iterable[int]) -> set[tuple[int, int | None]]:
    """The units (block, row) that something of the whole document, or of these `projects`, was read from."""
    some = {**reading, "projects": []}
    items = [item for _, item in places_of(some)]
    for index in projects:
        project = reading["projects"][index]
        items += [project, *project["phases"], *project["milestones"]]
    return {(place[0], place[3]) for item in items for places in item["places"].values() for place in places}


def pieces(text: str, marks: Iterable[Mark], points: Iterable[Point]) -> list[Piece]:
    """`text` cut where a mark or a doubt begins or ends; put together again the pieces are `text`."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    doubts = [point for point in points if 0 <= point.start <= point.end <= len(text)]
    cuts = sorted({0, len(text), *_ends(inside), *_ends(doubts)})
    inside.sort(key=lambda mark: mark.start - mark.end)
    opening, closing = defaultdict(list), defaultdict(list)
    for mark in inside:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    made: list[Piece] = []
    active: dict[Mark, None] = {}
    for start, end in pairwise(cuts):
        for mark in closing[start]:
            active.pop(mark, None)
        for mark in opening[start]:
            active[mark] = None
        paths = [mark.path for mark in sorted(active, key=lambda mark: mark.start - mark.end)]
        covering = tuple(point for point in doubts if point.start <= start and end <= point.end)
        ending = tuple(point for point in doubts if point.end == end or (point.end == 0 and start == 0))
        made.append(Piece(text[start:end], tuple(dict.fromkeys(paths)), covering, ending))
    return made


def _ends(spans: Iterable[Mark | Point]) -> Iterator[int]:
    for span in spans:
        yield from (span.start, span.end)


def units_of(source: Json) -> Iterator[Unit]:
    """The units of a source in order, without their pieces."""
    for number, block in enumerate(source["blocks"]):
        if "rows" not in block:
            yield Unit(number, None, block["line"], block["level"])
            continue
        for row in range(len(block["rows"])):
            yield Unit(number, row, row + 1)


def fill(unit: Unit, source: Json, marks: dict[Key, list[Mark]], points: dict[Key, list[Point]]) -> None:
    """Cut a unit's text into its pieces."""
    block = source["blocks"][unit.block]
    if unit.row is None:
        key: Key = (unit.block, None, None)
        unit.cells = [(0, 1, pieces(block["text"], marks.get(key, ()), points.get(key, ())))]
        return
    for number, (text, column, colspan, _) in enumerate(block["rows"][unit.row]):
        key = (unit.block, unit.row, number)
        unit.cells.append((column, colspan, pieces(text, marks.get(key, ()), points.get(key, ()))))


def stretches(source: Json, touched: Collection[tuple[int, int | None]], *, unfolded: bool = False) -> list[Stretch]:
    """The whole source as stretches; long ones that hold nothing of `touched` (block, row) are folded."""
    made: list[Stretch] = []
    known = set(touched)

    def manner(unit: Unit) -> tuple[int, bool]:
        # Rows stay with the rows of their own table; paragraphs go together.
        return (-1 if unit.row is None else unit.block), (unit.block, unit.row) in known

    at = 0
    for (block, is_touched), group in groupby(units_of(source), key=manner):
        units = list(group)
        folded = not unfolded and not is_touched and _hides_much(source, units)
        before = made[-1] if made else None
        if block >= 0 and before and before.units[-1].block == block and not (folded or before.folded):
            before.units += units  # drawn as one table, so that its columns stand and scroll together
        elif block < 0:
            made.append(Stretch(False, folded, units, at))
        else:
            table = source["blocks"][block]
            name = table["name"] if units[0].row == 0 else ""
            made.append(Stretch(True, folded, units, at, _columns(table), name))
        at += len(units)
    return made


def _hides_much(source: Json, units: list[Unit]) -> bool:
    return len(units) >= FOLD_FROM or sum(_length(source, unit) for unit in units) >= FOLD_CHARACTERS


def _length(source: Json, unit: Unit) -> int:
    block = source["blocks"][unit.block]
    return len(block["text"]) if unit.row is None else sum(len(cell[0]) for cell in block["rows"][unit.row])


def _columns(table: Json) -> int:
    return max((cell[1] + cell[2] for row in table["rows"] for cell in row), default=1)


def lines_at(source: Json, places: Iterable[Any]) -> list[int]:
    """The lines of the file that `places` stand on (a table's is where it begins), in order, each once."""
    return sorted({source["blocks"][place[0]]["line"] for place in places})
