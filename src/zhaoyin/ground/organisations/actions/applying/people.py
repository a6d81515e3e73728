"""Officials, posts, groups and teams of a workbook; and the order in which everything in it is done."""

from datetime import date
from typing import Any

from ...models import Appointment, GroupLead, InvestmentGroup, Official, SpecialTeam, TeamMember, TeamSeat, Unit
from ...rules import post_kind_of
from ...workbook import Row
from ..changing import Refused, plain
from ..groups import add_group, add_group_lead, edit_group, end_group_lead
from ..officials import add_appointment, add_official, edit_appointment
from ..teams import add_team, edit_team, end_member, seat_member
from .finding import differs
from .nodes import Nodes


class Applying(Nodes):
    """A whole workbook; each row is one small transaction."""

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
        if differs(group, given):
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
        elif differs(team, given):
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
