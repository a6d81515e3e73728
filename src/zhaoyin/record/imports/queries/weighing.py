"""A whole list held against the library: what would become of each row. Writes nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from zhaoyin.record.projects.rules import Named, bare_name, bare_project, match, repeated

from ..models import Batch
from ..rules import CHECKED, Known, Outcome, Row, Surroundings, Weighed, edited_cells, weigh
from .known import known_of, projects_of, secret, surroundings_of

_NO_RECORD = re.compile(r"合计|总计|小计|注[:：].*", re.DOTALL)
_WRONG_KEY = "系统编号、版本或校验码被改动过，认不出是哪个项目；请用重新导出的表"
EVERY = 200  # rows between two words about how far it is
Told = Callable[[int, int], None]


def rows_of(batch: Batch) -> list[Row]:
    """The rows of the list by the fields that the mapping gives its columns; sums and remarks are no rows."""
    columns = batch.table["columns"]
    units = {one["field"]: one["unit"] for one in batch.mapping}
    rows = []
    for number, cells in batch.table["rows"]:
        if any(_NO_RECORD.fullmatch(cell.strip()) for cell in [c for c in cells if c][:2]):
            continue
        given: dict[str, str] = {}
        extra: dict[str, str] = {}
        for column, one, cell in zip(columns, batch.mapping, cells, strict=True):
            if one["field"] == "extra":
                if column["label"]:
                    extra[column["label"]] = cell
            elif one["field"] != "skip":
                given[one["field"]] = cell
        rows.append(Row(number, given, extra, units))
    return rows


def weigh_batch(batch: Batch, user: Any, on: date, told: Told | None = None) -> dict[int, tuple[str, Weighed]]:
    """For each row's number its name and what would become of it, with the answers that were given; in the sheet's order."""
    return _Weighing(batch, user, on).all(told)


def weigh_line(batch: Batch, user: Any, on: date, number: int) -> tuple[str, Weighed] | None:
    """One row again, after somebody answered a question about it; None where the list has no such row."""
    return _Weighing(batch, user, on).all(only=number).get(number)


class _Weighing:
    """What is looked up once for a list."""

    def __init__(self, batch: Batch, user: Any, on: date) -> None:
        self.user = user
        self.rows = rows_of(batch)
        self.keyed = any(one["field"] == "check" for one in batch.mapping)
        self.around: Surroundings = surroundings_of(user, batch.jurisdiction, on)
        self.choices = dict(batch.lines.exclude(choice={}).values_list("number", "choice"))
        named = projects_of(user, batch.jurisdiction)
        self.taken_for = {} if self.keyed else _recognised(self.rows, named)
        names = [Named(row.cells.get("name", ""), row.cells.get("investor", "")) for row in self.rows]
        self.first = (
            {}
            if self.keyed
            else {again: self.rows[first].number for again, first in repeated(names).items() if names[again].name}
        )
        self.here = {number for number, _, _ in named}

    def all(self, told: Told | None = None, only: int | None = None) -> dict[int, tuple[str, Weighed]]:
        wanted = [place for place, row in enumerate(self.rows) if only in (None, row.number)]
        ids = (
            [self._number(self.rows[place]) for place in wanted]
            if self.keyed
            else [self.taken_for[place][0] for place in wanted if place in self.taken_for]
        )
        known = known_of(self.user, [number for number in ids if number in self.here])
        found: dict[int, tuple[str, Weighed]] = {}
        for done, place in enumerate(wanted):
            row = self.rows[place]
            weighed = self._keyed(row, known) if self.keyed else self._plain(place, row, known)
            found[row.number] = row.cells.get("name", "")[:200], weighed
            if told is not None and done % EVERY == 0:
                told(done, len(wanted))
        return found

    def _plain(self, place: int, row: Row, known: Mapping[int, tuple[Known, int]]) -> Weighed:
        number, sure = self.taken_for.get(place, (0, True))
        return weigh(
            row, self.around, known=known[number][0] if number in known else None, sure=sure,
            first=self.first.get(place), choice=self.choices.get(row.number),
        )  # fmt: skip

    def _keyed(self, row: Row, known: Mapping[int, tuple[Known, int]]) -> Weighed:
        """A row of a sheet that went out with keys. One without any key is a project that was added below."""
        choice = self.choices.get(row.number)
        number, version, check = (row.cells.get(key, "").strip() for key in ("number", "version", "check"))
        if not (number or version or check):
            return weigh(row, self.around, choice=choice)
        fields = [field for field in CHECKED if field in row.cells]
        edited = edited_cells(secret(), number, version, check, row.cells, fields)
        if edited is None:
            return Weighed(Outcome.REFUSED, [_WRONG_KEY])
        if (pk := self._number(row)) not in known:
            return Weighed(Outcome.REFUSED, ["这个项目已不在库中，或不在您的范围内"])
        project = known[pk][0]
        moved = edited_cells(secret(), number, version, check, project.cells, fields) or set()
        return weigh(row, self.around, known=project, edited=edited, conflicts=edited & moved, choice=choice)

    @staticmethod
    def _number(row: Row) -> int:
        text = row.cells.get("number", "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _recognised(rows: Sequence[Row], named: Sequence[tuple[int, str, str]]) -> dict[int, tuple[int, bool]]:
    """Place of a row → the number of the project it is taken for, and whether beyond doubt."""
    asked = [Named(row.cells.get("name", ""), row.cells.get("investor", "")) for row in rows]
    places = [place for place, one in enumerate(asked) if one.name.strip()]
    matched = match([asked[place] for place in places], [Named(name, investor) for _, name, investor in named])
    by_name: dict[str, int] = {bare_project(name): index for index, (_, name, _) in reversed(list(enumerate(named)))}
    found: dict[int, tuple[int, bool]] = {}
    for place, index in zip(places, matched, strict=True):
        mine = asked[place]
        bare = bare_project(mine.name)
        if index is None:
            index = by_name.get(bare)
        if index is None:
            continue
        number, name, investor = named[index]
        alike = not mine.investor or not investor or bare_name(mine.investor) == bare_name(investor)
        found[place] = number, bare == bare_project(name) and alike
    return found
