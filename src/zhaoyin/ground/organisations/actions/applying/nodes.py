"""Units and jurisdictions of a workbook: made, changed and moved in any order of the rows, closed at the end."""

from collections import Counter
from typing import Any

from ...models import Unit, UnitKind
from ...sentences import value_words
from ...workbook import Row
from ..changing import Refused, plain
from ..units import add_jurisdiction, add_unit, close_unit, edit_unit, move_unit, reopen_unit
from .finding import STEP, Finding, differs, is_jurisdiction, way


class Nodes(Finding):
    """The sheet of units."""

    def units(self, rows: list[Row]) -> list[tuple[Row, Unit]]:
        """Make, change and move nodes, whatever the order of the rows: one waits until the one above it is there."""
        placed: list[tuple[Row, Unit]] = []
        waiting = rows
        while waiting:
            later: list[Row] = []
            for row in waiting:
                with self.at(row):
                    above = self.node(row["above"]) if row["above"] else None
                    if row["above"] and above is None:
                        later.append(row)
                    else:
                        placed.append((row, self.unit(row, above)))
            if len(later) == len(waiting):
                names = {row["name"] for row in later}
                for row in later:
                    last = row["above"].split(STEP)[-1].strip()
                    ring = f"上级“{row['above']}”在表中又要以它为上级，成了一个圈，或其上级没有写对。"
                    gone = f"没有名为“{row['above']}”的上级，或不在您的范围内。"
                    self.fault(row, ring if last in names else gone)
                break
            waiting = later
        times = Counter(unit.pk for _, unit in placed)
        for row, unit in placed:
            if times[unit.pk] > 1:
                self.fault(row, f"“{unit.name}”在表中写了不止一次。")
        return placed

    def unit(self, row: Row, above: Unit | None) -> Unit:
        """One node: made, or changed and moved."""
        is_place = row["kind"] == UnitKind.JURISDICTION
        stored = self.known(row, above, is_place)
        given = {
            key: row[key] for key in ("name", "short_name", "kind", "code", "reports", "founded_on") if row.has(key)
        }
        if stored is None:
            return self.new_unit(row, above, given, is_place)
        if above is not None and not stored.is_child_of(above):
            before = Unit.objects.get_parent(stored)
            move_unit(by=self.by, unit=stored, above=above)
            self.refresh()
            stored = self.nodes[stored.pk]
            self.change(row, f"“{stored.name}”的上级：{before.name if before else '空'} → {above.name}")
        if above is None and stored.depth > 1 and row.has("above") and Unit.objects.get_parent(stored).pk in self.nodes:
            raise Refused("请填写上级。")
        if not is_place and not given.get("code"):
            given.pop("code", None)
        changes = edit_unit(by=self.by, unit=stored, fields=given) if differs(stored, given) else {}
        self.fields(row, stored.name, changes)
        if "name" in changes:
            self.index()
        return stored

    def known(self, row: Row, above: Unit | None, is_place: bool) -> Unit | None:
        """The stored node that a row speaks of: a jurisdiction by its code or by its name below the same one, a unit by
        its name in its jurisdiction."""
        if not is_place:
            if above is None:
                raise Refused("请填写上级：单位属于一个行政区划。")
            home = above.place_id
            return next((one for one in self.by_name.get(row["name"], []) if one.jurisdiction_id == home), None)
        if row["code"]:
            found = next((one for one in self.nodes.values() if one.code == row["code"]), None)
            if found is not None:
                return found
        for one in self.by_name.get(row["name"], []):
            if is_jurisdiction(one) and (one.depth == 1 if above is None else one.is_child_of(above)):
                return one
        return None

    def new_unit(self, row: Row, above: Unit | None, given: dict[str, Any], is_place: bool) -> Unit:
        """Make a node."""
        short, founded = given.get("short_name", ""), given.get("founded_on")
        if is_place:
            made = add_jurisdiction(
                by=self.by,
                name=given["name"],
                code=given.get("code", ""),
                above=above,
                short_name=short,
                founded_on=founded,
            )
        elif above is None:
            raise Refused("请填写上级：单位属于一个行政区划。")
        else:
            home = self.nodes[above.jurisdiction_id] if above.jurisdiction_id else above
            if given.get("code"):
                raise Refused("只有行政区划有区划代码。")
            made = add_unit(
                by=self.by, jurisdiction=home, name=given["name"], kind=given["kind"], short_name=short,
                reports=bool(given.get("reports", False)), above=above, founded_on=founded,
            )  # fmt: skip
        self.nodes[made.pk] = made
        self.by_name.setdefault(made.name, []).append(made)
        self.ways[made.pk] = f"{self.ways[above.pk]}{STEP}{way(made.name)}" if above else way(made.name)
        self.by_way[self.ways[made.pk]] = made
        self.change(row, f"新增“{made.name}”" + (f"，上级“{above.name}”" if above else ""))
        return made

    def ending(self, row: Row, unit: Unit) -> None:
        """Close, merge or reopen a node as its row says."""
        if not row.has("closed_on"):
            return
        unit.refresh_from_db()
        on, into = row["closed_on"], None
        if row["into"]:
            among = (
                is_jurisdiction if is_jurisdiction(unit) else lambda one: one.jurisdiction_id == unit.jurisdiction_id
            )
            into = self.node(row["into"], among)
            if into is None:
                raise Refused(f"“并入”的“{row['into']}”没有找到，单位只能并入同一行政区划的单位。")
            if on is None:
                raise Refused("并入其他单位的，请填写撤销日。")
        merged = into.pk if into is not None else None
        if (unit.closed_on, unit.merged_into_id) == (on, merged if row.has("into") else unit.merged_into_id):
            return
        before = plain(unit.closed_on)
        if unit.closed_on is not None:
            reopen_unit(by=self.by, unit=unit)
        if on is not None:
            close_unit(by=self.by, unit=unit, on=on, into=into)
        merged_words = f"，并入“{into.name}”" if into else ""
        self.change(row, f"“{unit.name}”的撤销日：{value_words(before)} → {value_words(plain(on))}{merged_words}")
