"""One row of a project list, its cells already known by role → a `ReadProject` with places and doubts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from zhaoyin.kernel.area import find_areas

from ..model import Doubt, ReadProject
from .doubts import slip_doubts
from .goals import DatedHeading, read_date_cell, read_goals
from .items import UNKNOWN, read_items
from .passage import Span
from .people import read_leaders, read_unit
from .phases import phase_doubts, read_phases
from .quantities import land_figure, money_figure

_SEQ = re.compile(r"\D{0,3}?(\d{1,6})(?:\.0+)?\D{0,2}")
_CUT = re.compile(r"(?:\.{3,}|…+|\(略\)|。{3,})\s*$")


@dataclass(slots=True)
class Row:
    """The cells of one row by role, with what its table says once for all rows."""

    cells: dict[str, Span]
    extra: list[tuple[str, Span]] = field(default_factory=list)
    periods: list[tuple[DatedHeading, Span]] = field(default_factory=list)
    dates: list[tuple[str, Span]] = field(default_factory=list)
    section: str | None = None
    complete: bool = True
    money_unit: str | None = None
    area_unit: str | None = None


def build_project(row: Row, year: int | None) -> ReadProject:
    """The project that `row` tells of. What cannot be decided stays None, with a doubt that quotes its cell."""
    project = ReadProject(seq=None, section=row.section, name="", complete=row.complete)
    _plain_fields(project, row)
    _figures(project, row)
    if unit := row.cells.get("unit"):
        project.unit, places, others = read_unit(unit)
        project.places |= places
        project.extra |= others
    if leaders := row.cells.get("leaders"):
        project.leaders, places = read_leaders(leaders)
        project.places |= places
    if progress := row.cells.get("progress"):
        items = read_items(progress)
        project.progress = tuple(item.words for item in items)
        project.places["progress"] = tuple(place for item in items for place in item.places)
    if "land" not in row.cells and (both := row.cells.get("investment")) and "亩" in both.folded:
        _land_beside_money(project, both)
    project.phases = read_phases(
        tuple(row.cells[role] for role in ("investment", "content", "progress") if role in row.cells)
    )
    _whole_from_phases(project, row)
    _milestones(project, row, year)
    for heading, cell in row.extra:
        if cell.strip():
            project.extra[heading] = cell.words
            project.places[f"extra.{heading}"] = cell.places
    content = row.cells.get("content")
    project.doubts.extend(phase_doubts(project, content))
    if content:
        project.doubts.extend(slip_doubts(content))
    if not project.complete:
        _cut_off(project, row)
    return project


def _plain_fields(project: ReadProject, row: Row) -> None:
    if (seq := row.cells.get("seq")) and (match := _SEQ.fullmatch(seq.folded.strip())):
        project.seq = int(match[1])
        project.places["seq"] = seq.strip().places
    if name := row.cells.get("name"):
        project.name = name.words
        project.places["name"] = name.places
    for role in ("investor", "content", "goals"):
        cell = row.cells.get(role)
        if cell and not UNKNOWN.fullmatch(cell.folded):
            setattr(project, role, cell.words)
            project.places[role] = cell.places


def _figures(project: ReadProject, row: Row) -> None:
    for role, name, figure, unit in (
        ("investment", "investment_yi", money_figure, row.money_unit),
        ("land", "land_mu", land_figure, row.area_unit),
    ):
        cell = row.cells.get(role)
        if not cell:
            continue
        read = figure(cell, unit)
        setattr(project, name, read.value)
        if read.span:
            project.places[name] = read.span.places
        if read.doubt:
            project.doubts.append(Doubt(name, read.doubt, cell.words, next(iter(cell.places), None)))
            if read.value is None:
                project.extra.setdefault("总投资" if role == "investment" else "用地", cell.words)


def _land_beside_money(project: ReadProject, cell: Span) -> None:
    """A column of both ("10亿元，200亩") gives the land too, where it names exactly one area."""
    areas = list(find_areas(cell.text))
    if len(areas) == 1:
        area, at, to = areas[0]
        project.land_mu, project.places["land_mu"] = area.mu(), cell.sub(at, to).places


def _whole_from_phases(project: ReadProject, row: Row) -> None:
    """A cell that prints its phases and no total ("一期10亿元，二期20亿元") declares the total by them: summed, and said so."""
    cell = row.cells.get("investment")
    if not cell or project.investment_yi is not None or "期" not in cell.folded:
        return
    own = read_phases((cell,))
    amounts = [phase.investment_yi for phase in own]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < 2 or len(known) != len(amounts):
        return
    project.investment_yi = sum(known[1:], known[0])
    project.doubts = [d for d in project.doubts if d.field != "investment_yi"]
    project.doubts.append(
        Doubt("investment_yi", "总投资由各分期相加而得，原文没有写合计", cell.words, next(iter(cell.places), None))
    )


def _milestones(project: ReadProject, row: Row, year: int | None) -> None:
    read = []
    if goals := row.cells.get("goals"):
        read.extend(read_goals(goals, year))
    for column, cell in row.periods:
        if not UNKNOWN.fullmatch(cell.folded):
            read.extend(read_goals(cell, year, column))
    for event, cell in row.dates:
        if milestone := read_date_cell(cell, event, year):
            read.append((milestone, ""))
        elif not UNKNOWN.fullmatch(cell.folded):
            row.extra.append((f"{event}时间", cell))
    project.milestones = tuple(milestone for milestone, _ in read)
    for milestone, note in read:
        if note:
            place = next(iter(milestone.places.get("when", ())), None)
            project.doubts.append(Doubt("milestones", note, milestone.when, place))


def breaks_off(cells: Iterable[Span]) -> bool:
    """Whether the last words of a row are an ellipsis: the copy of the document ends there."""
    last = [cell for cell in cells if cell.strip()]
    return bool(last) and bool(_CUT.search(last[-1].folded[-12:]))


def _cut_off(project: ReadProject, row: Row) -> None:
    last = max((cell for cell in row.cells.values() if cell), key=lambda cell: cell.end, default=None)
    quote = last.sub(max(len(last) - 30, 0)) if last else None
    place = next(iter(quote.places), None) if quote else None
    project.doubts.append(
        Doubt("complete", "原文在这一行中断，其后的内容没有读到", quote.words if quote else "", place)
    )
