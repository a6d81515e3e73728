"""The cast: who plays in every access test, and a place with one record of each kind for them to be seen with.

The project is led by 云溪镇 (whose commissioner is the 镇街专员) and worked on by the special team of the 专班组长. The 外镇专员
reports for another town of the same place; 外地办公室 and 外地 records are those of another jurisdiction.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.plans import a_jurisdiction, a_read_document
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.plan.plans.actions import commit_document
from zhaoyin.plan.plans.models import Commit, Plan
from zhaoyin.record.filings.actions import appeal, file_lead
from zhaoyin.record.filings.models import Filing
from zhaoyin.record.imports.actions import receive_batch
from zhaoyin.record.investors.actions import add_investor
from zhaoyin.record.projects.actions import (
    add_alias,
    create_project,
    edit_project,
    join_team,
    link_investor,
    merge_projects,
    raise_problem,
    record_foreign_capital,
    record_yield,
    set_leading_industry,
    write_note,
)
from zhaoyin.record.projects.actions.contacts import add_contact
from zhaoyin.record.projects.actions.files import attach_file
from zhaoyin.record.projects.actions.sharing import share_project
from zhaoyin.record.projects.models import Evidence, MoveRequest, Project
from zhaoyin.record.projects.rules import Lead
from zhaoyin.report.library.actions import save_view
from zhaoyin.report.library.queries import Whose

CAST = (
    "市领导", "办公室", "督查员", "专班组长", "镇街专员", "外镇专员", "审计员", "系统管理员", "安全管理员", "外地办公室",
    "陌生人",
)  # fmt: skip
# Role, and the unit it is granted in.
PARTS = {
    "市领导": ("leader", "云溪市"), "办公室": ("office", "云溪市"), "督查员": ("supervisor", "云溪市"),
    "专班组长": ("team", "云溪市"), "镇街专员": ("reporter", "云溪镇"), "外镇专员": ("reporter", "清水镇"),
    "审计员": ("auditor", ""), "系统管理员": ("system", ""), "安全管理员": ("security", ""), "外地办公室": ("office", "远山市"),
}  # fmt: skip


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Marker:
    """Words that stand in a record of one scope only: whoever reads them elsewhere was told too much."""

    town: str = "云溪洽谈纪要"
    other: str = "清水暗访记录"
    elsewhere: str = "远山茶叶谈判"


MARKER = Marker()


class Place:
    """A place with one record of each kind."""

    def __init__(self) -> None:
        here = a_jurisdiction("云溪市")
        self.user = a_user(here)
        self.document = a_read_document(self.user)
        commit_document(by=self.user, document=self.document, on=date(2024, 1, 2))
        self.units: dict[str, Unit] = {"云溪市": here, "": None}  # type: ignore[dict-item]
        for name in ("云溪镇", "清水镇", "县局"):
            self.units[name] = organisations.add_unit(by=None, jurisdiction=here, name=name)
        self.unit = self.units["云溪镇"]
        self.commit, self.plan = Commit.objects.get(), Plan.objects.get()
        self.target = self.plan.targets.filter(metric="projects_signed").first()
        self.official = organisations.add_officials(by=None, jurisdiction=here, names=["专员午"])[0]
        self.team = organisations.add_team(
            by=None, jurisdiction=here, name="新材料专班", people={"commissioner": [self.official]}
        )
        self.group = organisations.add_group(by=None, jurisdiction=here, number=1, name="第一组")
        self.leading = organisations.add_leading_group(by=None, jurisdiction=here, name="招大引强领导小组")
        self.seat = organisations.give_seat(by=None, group=self.leading, official=self.official, seat="member")
        self.post = organisations.add_appointment(by=None, official=self.official, unit=self.unit, post="招商专员")
        self.here = here
        self.project = Project.objects.order_by("pk")[0]
        edit_project(by=None, project=self.project, fields={"unit": self.unit, "team": self.team})
        self.milestone = self.project.milestones.first()
        self.problem = raise_problem(
            by=self.user, project=self.project, kind="land", text="云溪用地指标不足", on=date(2024, 5, 2)
        )
        write_note(by=self.user, project=self.project, text=MARKER.town, on=date(2024, 6, 3))
        self.doubt = self.document.doubts.first()
        assert self.doubt is not None
        self.doubt.project = self.project
        self.doubt.save()
        self.line = self.user.journal_entries.first()
        self.contact = add_contact(by=None, project=self.project, name="云溪联系人", phone="13900000001")
        self.file = attach_file(by=self.user, project=self.project, name="云溪纪要.pdf", pieces=[PDF])
        share_project(by=None, project=self.project, unit=self.units["县局"])
        self.share = self.project.shares.get()
        self.move = MoveRequest.objects.create(
            phase=self.project.phases.all()[0],
            stood=self.project.stage,
            stage="signed",
            on=date(2024, 6, 1),
            by=self.user,
        )
        investor = add_investor(by=None, jurisdiction=here, name="云溪控股公司")
        self.stake = link_investor(by=None, project=self.project, investor=investor)
        self.investor = investor
        add_alias(by=None, project=self.project, name="云溪星河工程")
        self.alias = self.project.aliases.get()
        self.part = join_team(
            by=None, project=self.project, official=self.official, part="agent", since=date(2024, 2, 1)
        )
        self.capital = record_foreign_capital(
            by=None,
            jurisdiction=here,
            project=self.project,
            on=date(2024, 3, 1),
            amount_wan_usd=Decimal(5),
            note="云溪凭证",
        )
        self.filing = self._filed(here)
        self.appeal = self.filing.appeals.get()
        self.evidence = Evidence.objects.create(
            phase=self.move.phase, stage="signed", item="正式投资协议", attachment=self.file
        )
        self.line_of_yields = record_yield(by=None, project=self.project, measure="tax", year=2023, promised=Decimal(9))
        self.leads = set_leading_industry(by=None, jurisdiction=here, name="云溪新材料", codes=["26"])
        twice = create_project(by=None, jurisdiction=here, name="云溪重复登记", known_on=date(2024, 1, 2))
        self.merging = merge_projects(by=None, gone=twice, into=self.project, on=date(2024, 6, 3)).merging
        self._others(here)
        self.people = self._people()
        self.person = self.people["镇街专员"]
        self.batch = receive_batch(by=self.user, jurisdiction=here, name="清单.csv", data="项目名称,投资方\n".encode())
        self.view = save_view(by=self.people["办公室"], name="逾期", query="light=red", whose=Whose.OFFICE)
        self.book = organisations.keep_workbook(by=self.people["办公室"], name="组织.xlsx", data=b"PK")

    def _filed(self, here: Unit) -> Filing:
        """A lead that the department filed first and the town later, and which the town disputes."""
        lead = Lead("云溪茶业有限公司", "", "云溪茶业加工项目")
        for name in ("县局", "云溪镇"):
            made = file_lead(by=None, jurisdiction=here, unit=self.units[name], lead=lead, on=date(2024, 6, 3))
        appeal(by=None, filing=made, text="五月已经洽谈", on=date(2024, 6, 4))
        return made

    def _others(self, here: Unit) -> None:
        """What the town's commissioner must never be told of."""
        made = create_project(
            by=None,
            jurisdiction=here,
            name="清水光学项目",
            known_on=date(2024, 1, 2),
            fields={"unit": self.units["清水镇"]},
        )
        write_note(by=None, project=made, text=MARKER.other, on=date(2024, 6, 4))
        self.units["远山市"] = far = organisations.add_jurisdiction(by=None, name="远山市")
        made = create_project(by=None, jurisdiction=far, name="远山茶叶项目", known_on=date(2024, 1, 2))
        write_note(by=None, project=made, text=MARKER.elsewhere, on=date(2024, 6, 5))

    def _people(self) -> dict[str, User]:
        """The cast's accounts, by part; 陌生人 has none."""
        people = {}
        for part, (role, unit) in PARTS.items():
            user = a_user(self.units[unit], role=role)
            user.name = part
            if part == "专班组长":
                user.official = self.official
            user.save()
            people[part] = user
        return people

    def browser(self, part: str) -> Client:
        """A browser in which the part is signed in; 陌生人 is not."""
        return Client() if part == "陌生人" else signed_in(self.people[part])

    def address(self, name: str, record: str, *more: Any) -> str:
        """The address of this place's record; `record` names an attribute, "" none."""
        return reverse(name, args=[*([getattr(self, record).pk] if record else []), *more])
