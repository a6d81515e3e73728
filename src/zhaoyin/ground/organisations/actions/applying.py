"""Holding a workbook's rows against what is stored, and acting on the difference: each row is one small transaction."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from django.db import models, transaction

from zhaoyin.ground.access.rules import Forbidden

from ..models import (
    Appointment,
    GroupLead,
    InvestmentGroup,
    Official,
    SpecialTeam,
    TeamMember,
    TeamSeat,
    Unit,
    UnitKind,
)
from ..queries import visible_to
from ..rules import post_kind_of
from ..sentences import LABELS, value_words
from ..workbook import Row, node_ways
from .changing import Refused, plain
from .groups import add_group, add_group_lead, edit_group, end_group_lead
from .officials import add_appointment, add_official, edit_appointment
from .teams import add_team, edit_team, end_member, seat_member
from .units import add_jurisdiction, add_unit, close_unit, edit_unit, move_unit, reopen_unit

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


class Applying:
    """One workbook on its way in. `by` sees and keeps only what lies in the person's scope; None is the operator."""

    def __init__(self, by: models.Model | None) -> None:
        self.by = by
        self.changes: list[Change] = []
        self.faults: list[Fault] = []
        self.same = 0
        seen = Unit.objects.all() if by is None else visible_to(by)
        self.nodes: dict[int, Unit] = {one.pk: one for one in seen.order_by("path")}
        self.index()

    def run(self, rows: list[Row]) -> None:
        """Units first, then officials and their posts, groups, teams; closings last, the lowest first."""
        sheets: dict[str, list[Row]] = {}
        for row in rows:
            sheets.setdefault(row.sheet, []).append(row)
        placed = self.units(sheets.get("单位", []))
        self.each(sheets.get("干部", []), self.official)
        self.people = {
            (one.jurisdiction_id, one.name): one
            for one in Official.objects.filter(jurisdiction_id__in=list(self.nodes))
        }
        # What ends is written before what begins: a post is handed over within one file.
        self.each(sorted(sheets.get("任职", []), key=lambda row: row["until"] or date.max), self.post)
        self.groups(sheets.get("专业招商组", []))
        self.each(sheets.get("专班", []), self.team)
        self.each(sorted(sheets.get("专班成员", []), key=lambda row: row["until"] or date.max), self.member)
        for row, unit in sorted(placed, key=lambda one: -len(one[1].path)):
            with self.at(row):
                self.ending(row, unit)
        touched = {(change.sheet, change.row) for change in self.changes} | {
            (fault.sheet, fault.row) for fault in self.faults
        }
        self.same = len({(row.sheet, row.number) for row in rows} - touched)
        self.changes.sort(key=lambda change: (list(sheets).index(change.sheet), change.row))
        self.faults.sort(key=lambda fault: (list(sheets).index(fault.sheet), fault.row))

    # ---- rows, and what is said of them ----
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

    # ---- finding what a cell names ----
    def index(self) -> None:
        """Names and ways from the top → nodes, as the export writes them."""
        self.by_name: dict[str, list[Unit]] = {}
        for one in self.nodes.values():
            self.by_name.setdefault(one.name, []).append(one)
        ways = node_ways((one.pk, one.path, one.name) for one in self.nodes.values())
        self.ways = {pk: _way(way) for pk, way in ways.items()}
        self.by_way = {way: self.nodes[pk] for pk, way in self.ways.items()}

    def node(self, text: str, among: Callable[[Unit], bool] = lambda one: True) -> Unit | None:
        """The node that a cell names; None where nobody has that name, Refused where several have."""
        if STEP in text:
            found = self.by_way.get(_way(text))
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
        found = self.node(row["place"], _is_place)
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

    # ---- units ----
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
        if not is_place:
            given.pop("code", None) if not given.get("code") else None
        changes = edit_unit(by=self.by, unit=stored, fields=given) if _differs(stored, given) else {}
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
            if _is_place(one) and (one.depth == 1 if above is None else one.is_child_of(above)):
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
        self.ways[made.pk] = f"{self.ways[above.pk]}{STEP}{_way(made.name)}" if above else _way(made.name)
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
            among = _is_place if _is_place(unit) else lambda one: one.jurisdiction_id == unit.jurisdiction_id
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

    def refresh(self) -> None:
        """Read the nodes anew: a move changes the places of all that stand below."""
        self.nodes = {one.pk: one for one in Unit.objects.filter(pk__in=list(self.nodes)).order_by("path")}
        self.index()

    # ---- people ----
    def official(self, row: Row) -> None:
        """Register an official who is not known yet."""
        place = self.place(row)
        if not Official.objects.filter(jurisdiction=place, name=row["name"]).exists():
            add_official(by=self.by, jurisdiction=place, name=row["name"])
            self.change(row, f"新增干部“{row['name']}”（{place.name}）")

    def post(self, row: Row) -> None:
        """Record an appointment, or the end of one that is known by official, unit, post, kind and first day."""
        place = self.place(row)
        official, unit = self.person(place, row["name"]), self.inside(place, row["unit"])
        kind = row["kind"] or post_kind_of(row["post"]).value
        known = Appointment.objects.filter(official=official, unit=unit, post=row["post"], since=row["since"])
        same = known.filter(kind=kind).first() or (known.first() if known.count() == 1 else None)
        if same is None:
            add_appointment(
                by=self.by,
                official=official,
                unit=unit,
                post=row["post"],
                kind=kind,
                since=row["since"],
                until=row["until"],
            )
            self.change(row, f"“{official.name}”任“{unit.name}”的“{row['post']}”")
            return
        given = {"kind": kind} | ({"until": row["until"]} if row.has("until") else {})
        if any(getattr(same, key) != value for key, value in given.items()):
            self.fields(
                row, f"{official.name}·{same.post}", edit_appointment(by=self.by, appointment=same, fields=given)
            )

    # ---- groups and teams ----
    def groups(self, rows: list[Row]) -> None:
        """Groups with their leads, one lead a row; the leads that end come first."""
        said: dict[tuple[int, int], tuple[str, date | None]] = {}
        for row in sorted(rows, key=lambda row: row["until"] or date.max):
            with self.at(row):
                place = self.place(row)
                facts = (row["name"], row["closed_on"])
                if said.setdefault((place.pk, row["number"]), facts) != facts:
                    raise Refused(f"第 {row['number']} 组在表中有不同的名称或撤销日。")
                self.group(row, place)

    def group(self, row: Row, place: Unit) -> None:
        """One group, and one lead of it."""
        group = InvestmentGroup.objects.filter(jurisdiction=place, number=row["number"]).first()
        if group is None:
            group = add_group(by=self.by, jurisdiction=place, number=row["number"], name=row["name"])
            self.change(row, f"新增“{group.name}”（{place.name}第 {group.number} 组）")
        given = {key: row[key] for key in ("name", "closed_on") if row.has(key)}
        if _differs(group, given):
            self.fields(row, group.name, edit_group(by=self.by, group=group, fields=given))
        if not row["lead"]:
            return
        official = self.person(place, row["lead"])
        same = GroupLead.objects.filter(group=group, official=official, since=row["since"]).first()
        if same is None:
            add_group_lead(by=self.by, group=group, official=official, since=row["since"], until=row["until"])
            self.change(row, f"“{official.name}”牵头“{group.name}”")
        elif same.until != row["until"]:
            if row["until"] is None:
                raise Refused(f"“{official.name}”已于 {same.until} 不再牵头，不能改回在任；重新牵头请另写一行。")
            end_group_lead(by=self.by, lead=same, on=row["until"])
            self.change(row, f"“{official.name}”牵头“{group.name}”至 {row['until']}")

    def team(self, row: Row) -> None:
        """One special team."""
        place = self.place(row)
        given: dict[str, Any] = {key: row[key] for key in ("fund", "base", "closed_on") if row.has(key)}
        team = SpecialTeam.objects.filter(jurisdiction=place, name=row["name"]).first()
        if team is None:
            closed = given.pop("closed_on", None)
            team = add_team(by=self.by, jurisdiction=place, name=row["name"], **given)
            if closed:
                edit_team(by=self.by, team=team, fields={"closed_on": closed})
            self.change(row, f"新增专班“{team.name}”（{place.name}）")
        elif _differs(team, given):
            before = {key: [plain(getattr(team, key)), plain(value)] for key, value in given.items()}
            edit_team(by=self.by, team=team, fields=given)
            self.fields(row, team.name, {key: pair for key, pair in before.items() if pair[0] != pair[1]})

    def member(self, row: Row) -> None:
        """Somebody's seat in a special team, or the end of one that is known by team, official, seat and first day."""
        place = self.place(row)
        team = SpecialTeam.objects.filter(jurisdiction=place, name=row["team"]).first()
        if team is None:
            raise Refused(f"“{place.name}”没有名为“{row['team']}”的专班，请先在“专班”表中登记。")
        official, seat = self.person(place, row["name"]), TeamSeat(row["seat"])
        same = TeamMember.objects.filter(team=team, official=official, seat=seat, since=row["since"]).first()
        if same is None:
            seat_member(
                by=self.by, team=team, official=official, seat=seat, since=row["since"], until=row["until"]
            )  # fmt: skip
            self.change(row, f"“{official.name}”任“{team.name}”的{seat.label}")
        elif row.has("until") and same.until != row["until"]:
            if row["until"] is None:
                raise Refused(f"“{official.name}”已于 {same.until} 离任，不能改回在任；重新任职请另写一行。")
            end_member(by=self.by, member=same, on=row["until"])
            self.change(row, f"“{official.name}”任“{team.name}”的{seat.label}至 {row['until']}")


def _is_place(unit: Unit) -> bool:
    return unit.kind == UnitKind.JURISDICTION


def _way(text: str) -> str:
    return STEP.join(part.strip() for part in text.split(STEP))


def _differs(row: models.Model, given: dict[str, Any]) -> bool:
    return any(getattr(row, key) != value for key, value in given.items())
