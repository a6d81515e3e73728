"""What the review page shows of a document: the rows of one page of projects, their doubts, and the source beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence

from .. import review
from ..models import Doubt, PlanDocument
from ..stored import Json

PAGE_SIZE = 50
COLUMNS = ("seq", "name", "investment_yi", "land_mu", "investor", "leaders", "unit")
NUMBERS = {"seq", "investment_yi", "land_mu", "value", "floor_yi"}
TEXTS = ("section", "content", "progress", "goals")
NEWEST = 50  # lines of the history that the page shows
MOST_UNFOLDED = 3000  # units that "unfold everything" shows at once


@dataclass(frozen=True, slots=True)
class Cell:
    """One value on the page. `typed` is what its editor begins with, `printed` what stood there before it was edited."""

    path: str
    kind: str
    name: str
    label: str
    shown: str
    typed: str
    editor: str
    printed: str | None = None

    @property
    def known(self) -> bool:
        """Whether there is a value, or none is missed."""
        return self.shown != review.UNKNOWN

    @property
    def number(self) -> bool:
        """Whether the value is set to the right."""
        return self.name in NUMBERS


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A doubt on the page: `cell` is the path of the value it is about, where there is one."""

    row: Doubt
    cell: str | None

    @property
    def settled(self) -> bool:
        """Whether somebody has dealt with it."""
        return self.row.settled_at is not None


@dataclass(slots=True)
class Line:
    """One row of a table: its path, its cells in order, its doubts."""

    path: str
    index: int
    cells: list[Cell]
    doubts: list[Uncertain] = field(default_factory=list)
    milestones: int = 0
    complete: bool = True
    added: bool = False
    phases: list[str] = field(default_factory=list)

    def doubtful(self, cell: Cell) -> bool:
        """Whether an open doubt is about this cell, or about the same column of a phase."""
        return any(not one.settled and one.cell and _column(one.cell, self.path) == cell.name for one in self.doubts)


@dataclass(slots=True)
class Detail:
    """What opens below a project's row."""

    line: Line
    texts: list[Cell]
    phases: list[Line]
    milestones: list[Line]


@dataclass(slots=True)
class ReviewPage:
    """Everything on the page."""

    document: PlanDocument
    head: list[Cell]
    targets: list[Line]
    duties: list[Line]
    projects: list[Line]
    sections: list[Json]
    general: list[Uncertain]
    doubts: list[Uncertain]
    counts: review.Counts
    stretches: list[review.Stretch]
    page: int
    pages: int
    total: int
    removed: list[tuple[int, str]]
    target_lines: list[int]
    duty_lines: list[int]
    notes: list[str]
    history: list[tuple[Entry, str]]
    opened: Detail | None = None

    def elsewhere(self, place: str) -> str:
        """The place that the document names, where it is another than `place`, the library's own; else an empty string."""
        named: str = self.document.reading["place"] or ""
        return "" if not place or named in place or place in named else named

    @property
    def settled(self) -> int:
        """How many doubts somebody has dealt with."""
        return sum(doubt.settled for doubt in self.doubts)


def page_of_row(row: int | None) -> int:
    """The page, from 1, that shows the project number `row`."""
    return 1 if row is None else row // PAGE_SIZE + 1


def review_page(
    document: PlanDocument, *, page: int = 1, opened: int | None = None, unfolded: bool = False
) -> ReviewPage:
    """The page for a document that was read; two queries, whatever the document holds."""
    reading = document.reading
    total = len(reading["projects"])
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = range((page - 1) * PAGE_SIZE, min(page * PAGE_SIZE, total))
    rows = list(Doubt.objects.filter(document=document))
    here = [row for row in rows if row.row is None or row.row in shown]
    touched = review.units_with(reading, shown) | {(row.place[0], row.place[3]) for row in here if row.place}
    stretches = review.stretches(
        document.source, touched, unfolded=unfolded and sum(_units(document.source)) <= MOST_UNFOLDED
    )
    open_ones = [stretch for stretch in stretches if not stretch.folded]
    marks = _fill(open_ones, document, rows)
    doubts = [Uncertain(row, _cell_of(row, reading, marks) if row in here else None) for row in rows]
    by_row: dict[int | None, list[Uncertain]] = defaultdict(list)
    for doubt in doubts:
        by_row[doubt.row.row].append(doubt)
    return ReviewPage(
        document=document,
        head=list(_cells(reading, "reading", "", ("title", "year", "place"))),
        targets=[_line(item, "targets", index) for index, item in enumerate(reading["targets"])],
        duties=[_line(item, "duties", index) for index, item in enumerate(reading["duties"])],
        projects=[_project(reading, index, by_row[index]) for index in shown],
        sections=reading["sections"],
        general=by_row[None],
        doubts=doubts,
        counts=review.counts(reading),
        stretches=stretches,
        page=page,
        pages=pages,
        total=total,
        removed=[(number, _name(row)) for number, row in enumerate(reading.get("removed", []))],
        target_lines=_lines(document, reading["targets"]),
        duty_lines=_lines(document, reading["duties"]),
        notes=list(document.source.get("notes", ())),
        history=[(entry, sentence(entry)) for entry in history(document)[:NEWEST]],
        opened=project_detail(document, opened) if opened is not None and opened in shown else None,
    )


def project_detail(document: PlanDocument, index: int) -> Detail:
    """What opens below the row of one project. Raises review.Unfit where there is no such row."""
    item, _, _ = review.item_at(document.reading, f"projects.{index}.name")
    doubts = [Uncertain(row, None) for row in Doubt.objects.filter(document=document, row=index)]
    path = f"projects.{index}."
    extra = [f"extra.{heading}" for heading in item["extra"]]
    phases, milestones = (
        [_line(below, name, number, f"{path}{name}") for number, below in enumerate(item[name])]
        for name in ("phases", "milestones")
    )
    line = _project(document.reading, index, doubts)
    return Detail(line, list(_cells(item, "projects", path, (*TEXTS, *extra))), phases, milestones)


def cells_around(reading: Json, path: str) -> list[Cell]:
    """Every cell that an edit at `path` may have changed: those of its target, duty or project, or of the head."""
    steps = path.split(".")
    if len(steps) < 3:
        return list(_cells(reading, "reading", "", ("title", "year", "place")))
    kind, index = steps[0], int(steps[1])
    item, prefix = reading[kind][index], f"{kind}.{index}."
    extra = [f"extra.{heading}" for heading in item.get("extra", {})]
    cells = list(_cells(item, kind, prefix, (*review.FIELDS[kind], *extra)))
    for below in ("phases", "milestones"):
        for number, row in enumerate(item.get(below, ())):
            cells += _cells(row, below, f"{prefix}{below}.{number}.", review.FIELDS[below])
    return cells


def source_stretch(document: PlanDocument, at: int, count: int) -> list[review.Stretch]:
    """`count` units of the source from the unit number `at`, unfolded."""
    found = review.stretches(document.source, (), unfolded=True)
    for stretch in found:
        stretch.units = stretch.units[max(0, at - stretch.at) : max(0, at + count - stretch.at)]
    found = [stretch for stretch in found if stretch.units]
    _fill(found, document, list(Doubt.objects.filter(document=document)))
    return found


def _cells(item: Json, kind: str, prefix: str, names: Iterable[str]) -> Iterator[Cell]:
    printed = item.get("printed", {})
    for name in names:
        about = review.field_of(kind, name)
        value = review.value_at(item, name)
        yield Cell(
            prefix + name, kind, name, name.removeprefix("extra.") if name.startswith("extra.") else about.label,
            review.shown(kind, name, value), review.typed(kind, name, value), about.editor,
            review.shown(kind, name, printed[name]) if name in printed else None,
        )  # fmt: skip


def _line(item: Json, kind: str, index: int, path: str | None = None) -> Line:
    path = f"{path or kind}.{index}"
    cells = list(_cells(item, kind, f"{path}.", review.FIELDS[kind]))
    return Line(path, index, cells, added=bool(item.get("added")))


def _project(reading: Json, index: int, doubts: list[Uncertain]) -> Line:
    item = reading["projects"][index]
    path = f"projects.{index}"
    return Line(
        path, index, list(_cells(item, "projects", f"{path}.", COLUMNS)), doubts, len(item["milestones"]), item["complete"],
        bool(item.get("added")), [phase["name"] for phase in item["phases"]],
    )  # fmt: skip


def _name(removed: Json) -> str:
    item = removed["item"]
    return str(next((item[key] for key in ("name", "label", "text", "measure") if item.get(key)), "一行"))


def _column(path: str, project: str) -> str:
    return path.rpartition(".")[2] if path.startswith(f"{project}.") else ""


def _cell_of(doubt: Doubt, reading: Json, marks: dict[review.Key, list[review.Mark]]) -> str | None:
    """The value that a doubt is about: the field it names, else the narrowest one that was read from its place."""
    if doubt.row is not None and doubt.field in review.FIELDS["projects"]:
        return f"projects.{doubt.row}.{doubt.field}"
    if doubt.row is None and doubt.field in review.FIELDS["reading"]:
        return doubt.field
    if doubt.place is None:
        return None
    block, start, end, row, cell = doubt.place
    inside = [mark for mark in marks.get((block, row, cell), ()) if mark.start <= start and end <= mark.end]
    for mark in sorted(inside, key=lambda mark: mark.end - mark.start):
        try:
            _, kind, name = review.item_at(reading, mark.path)
            review.field_of(kind, name)
        except review.Unfit:
            continue
        return mark.path
    return None


def _fill(
    stretches: Iterable[review.Stretch], document: PlanDocument, doubts: Iterable[Doubt]
) -> dict[review.Key, list[review.Mark]]:
    """Cut the units of `stretches` into their pieces. Returns what was read from them."""
    units = [unit for stretch in stretches for unit in stretch.units]
    marks = review.marks_of(document.reading, {(unit.block, unit.row) for unit in units})
    points: dict[review.Key, list[review.Point]] = defaultdict(list)
    for doubt in doubts:
        if doubt.place:
            block, start, end, row, cell = doubt.place
            points[block, row, cell].append(review.Point(doubt.number, doubt.settled_at is not None, start, end))
    for unit in units:
        review.fill(unit, document.source, marks, points)
    return marks


def _units(source: Json) -> Iterator[int]:
    return (len(block["rows"]) if "rows" in block else 1 for block in source["blocks"])


def _lines(document: PlanDocument, items: Iterable[Json]) -> list[int]:
    places = (place for item in items for found in item["places"].values() for place in found)
    return review.lines_at(document.source, places)
