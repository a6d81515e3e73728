"""Writing what a folder says, through the same actions that people use, in one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import models, transaction

from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.source import UnreadableFile
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.models import Official, SpecialTeam, TeamSeat, Unit, UnitKind
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.plans.actions import Refused, commit_document, keep_reading, receive_document
from zhaoyin.plan.plans.queries import file_at
from zhaoyin.plan.schedules import actions as schedules
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects import actions as projects
from zhaoyin.record.projects.actions import CannotShare, NotAllowed, ProjectDraft
from zhaoyin.record.projects.models import Phase, Problem, Project
from zhaoyin.record.promotion.actions import record_event
from zhaoyin.record.resources.actions import add_platform
from zhaoyin.record.resources.models import Platform

from .document import plan_document
from .folder import Folder, read_folder
from .lines import Block, WrongData

# A team's people as its block names them → their seats.
TEAM_SEATS = {
    "city_leader": TeamSeat.LEADER, "section_official": TeamSeat.SECTION, "commissioners": TeamSeat.COMMISSIONER,
}  # fmt: skip


def load_folder(path: Path, *, by: models.Model) -> Unit:
    """Check the folder's files, then make the jurisdiction, its plan and its record. Returns the jurisdiction.

    Raises WrongData with file and line of what is wrong; then nothing was written.
    """
    folder = read_folder(path)
    code, name = folder.jurisdiction["code"], folder.jurisdiction["name"]
    same = models.Q(name=name) | (models.Q(code=code) if code else models.Q(pk__in=[]))
    if Unit.objects.filter(same, kind=UnitKind.JURISDICTION).exists():
        raise WrongData([f"organisations.yaml 第 {folder.jurisdiction.line} 行：已有行政区划“{name}”，不能再次载入"])
    with transaction.atomic():
        return _Loading(folder, by).run()


class _Loading:
    """One folder on its way into the database; names lead to the rows made for them."""

    def __init__(self, folder: Folder, by: models.Model) -> None:
        self.folder, self.by = folder, by

    def run(self) -> Unit:
        """Organisations first, then the plan, then the record day by day."""
        given = self.folder.jurisdiction
        with self._at(given):
            self.jurisdiction = organisations.add_jurisdiction(
                by=self.by, name=given["name"], code=given["code"], demo=given["demo"], opens_on=given["opens_on"]
            )
        self._organisations()
        if self.folder.plan is not None:
            self._plan(self.folder.plan)
        self._projects()
        self.projects = {row.name: row for row in Project.objects.filter(jurisdiction=self.jurisdiction)}
        for block in self.folder.facts:
            self._facts(block)
        for block in sorted(self.folder.records, key=lambda block: block["on"]):
            try:
                getattr(self, f"_{block['is']}")(block)
            except NotAllowed as refused:
                raise self._wrong(block, str(refused)) from None
        return self.jurisdiction

    @contextmanager
    def _at(self, block: Block) -> Iterator[None]:
        """What the rules of organisations refuse is said with the block's line."""
        try:
            yield
        except organisations.Refused as refused:
            raise WrongData([f"organisations.yaml 第 {block.line} 行：{refused}"]) from None

    def _organisations(self) -> None:
        folder, by, here = self.folder, self.by, self.jurisdiction
        self.units: dict[str, Unit] = {}
        for block in folder.units:
            with self._at(block):
                self.units[block["name"]] = organisations.add_unit(
                    by=by, jurisdiction=here, name=block["name"], short_name=block["short"], kind=block["kind"],
                    reports=block["reports"], founded_on=block["founded_on"],
                )  # fmt: skip
        made = organisations.add_officials(
            by=by, jurisdiction=here, names=[block["name"] for block in folder.officials]
        )
        self.officials: dict[str, Official] = {official.name: official for official in made}
        for block in folder.officials:
            for post in block["posts"]:
                with self._at(post):
                    organisations.add_appointment(
                        by=by, official=self.officials[block["name"]], unit=self.units.get(post["unit"], here),
                        post=post["post"], kind=post["kind"], since=post["since"], until=post["until"],
                    )  # fmt: skip
        for block in folder.leading:
            with self._at(block):
                group = organisations.add_leading_group(
                    by=by, jurisdiction=here, name=block["name"], office=self.units.get(block["office"])
                )
            for member in block["members"]:
                with self._at(member):
                    given = {key: member[key] for key in ("seat", "in_office", "since", "until")}
                    organisations.give_seat(by=by, group=group, official=self.officials[member["official"]], **given)
        for block in folder.groups:
            with self._at(block):
                organisations.add_group(
                    by=by, jurisdiction=here, number=int(block["number"]), name=block["name"],
                    lead=self.officials.get(block["lead"]), since=block["since"],
                )  # fmt: skip
        self.teams: dict[str, SpecialTeam] = {}
        for block in folder.teams:
            with self._at(block):
                self.teams[block["name"]] = organisations.add_team(
                    by=by, jurisdiction=here, name=block["name"], fund=block["fund"], base=block["base"],
                    people={seat: self._people(block[key]) for key, seat in TEAM_SEATS.items()},
                    since=block["since"],
                )  # fmt: skip
        self.platforms: dict[str, Platform] = {
            block["name"]: add_platform(
                by=by, jurisdiction=here, name=block["name"], unit=self.units.get(block["unit"])
            )
            for block in folder.platforms
        }

    def _people(self, names: str | Sequence[str] | None) -> list[Official]:
        return [self.officials[name] for name in ([names] if isinstance(names, str) else names or ())]

    def _plan(self, plan: Block) -> None:
        """The plan goes the way of every plan: a document is received, read and committed."""
        name, data = plan_document(plan, self.folder.path, demo=self.jurisdiction.demo)
        try:
            document = receive_document(by=self.by, jurisdiction=self.jurisdiction, name=name, data=data)
            source = read_file(file_at(document.path), name=name)
            keep_reading(by=self.by, document_id=document.pk, source=source, reading=interpret(source))
            commit_document(by=self.by, document=document, on=plan["known_on"])
        except (Refused, UnreadableFile, NotAllowed) as refused:
            raise WrongData([f"plan.yaml：{refused}"]) from None
        self.officials |= {row.name: row for row in Official.objects.filter(jurisdiction=self.jurisdiction)}

    def _projects(self) -> None:
        for block in self.folder.projects:
            draft = ProjectDraft(
                name=block["name"],
                stage=Stage(block["stage"]),
                leaders=[self.officials[name] for name in block["leaders"]],
                fields={
                    "investor": block["investor"], "investment_yi": block["investment_yi"], "land_mu": block["land_mu"],
                    "unit": self.units.get(block["unit"]), "platform": self.platforms.get(block["platform"]),
                    "site": block["site"], "content": block["content"],
                },
            )  # fmt: skip
            project = projects.create_projects(
                by=self.by, jurisdiction=self.jurisdiction, drafts=[draft], known_on=block["known_on"]
            )[0]
            schedules.add_milestones(
                by=self.by, promises=[(project, dict(milestone)) for milestone in block["milestones"]],
                known_on=block["known_on"],
            )  # fmt: skip

    def _facts(self, block: Block) -> None:
        project = self._project(block)
        fields: dict[str, Any] = {}
        if block["platform"]:
            fields["platform"] = self.platforms[block["platform"]]
        if block["site"]:
            fields["site"] = block["site"]
        if block["team"]:
            fields["team"] = self.teams[block["team"]]
        projects.edit_project(by=self.by, project=project, fields=fields)
        for contact in block["contacts"]:
            projects.add_contact(
                by=self.by, project=project, name=contact["name"], post=contact["post"], phone=contact["phone"]
            )
        for share in block["shared"]:
            self._share(project, share)
        if block["stage"]:
            for phase in project.phases.all():
                projects.correct_entry_stage(by=self.by, phase=phase, stage=Stage(block["stage"]))

    def _share(self, project: Project, block: Block) -> None:
        try:
            projects.share_project(
                by=self.by, project=project, unit=self.units[block["unit"]], reports=block["reports"]
            )
        except CannotShare as refused:
            raise self._wrong(block, str(refused)) from None

    def _note(self, block: Block) -> None:
        project = self._project(block)
        projects.write_note(
            by=self.by, project=project, text=block["note"], on=block["on"], phase=self._phase(project, block, None),
            unit=self.units.get(block["unit"]) or project.unit,
        )  # fmt: skip

    def _stage(self, block: Block) -> None:
        project = self._project(block)
        projects.advance_stage(
            by=self.by, phase=self._phase(project, block, project.phases.first()), stage=Stage(block["stage"]),
            on=block["on"], as_of=block["on"], paper=block["paper"], note=block["why"],
            settled=True,
        )  # fmt: skip

    def _reached(self, block: Block) -> None:
        milestone = self._milestone(block, block["reached"])
        schedules.reach_milestone(by=self.by, milestone=milestone, on=block["on"], as_of=block["on"])

    def _moved(self, block: Block) -> None:
        schedules.move_milestone(
            by=self.by, milestone=self._milestone(block, block["moved"]), start=block["from"], end=block["to"],
            reason=block["reason"], on=block["on"],
        )  # fmt: skip

    def _problem(self, block: Block) -> None:
        projects.raise_problem(
            by=self.by, project=self._project(block), kind=block["problem"], text=block["text"], on=block["on"],
            unit=self.units.get(block["unit"]), due_on=block["due"],
        )  # fmt: skip

    def _solved(self, block: Block) -> None:
        rows = list(Problem.objects.filter(project=self._project(block), text__contains=block["solved"]))
        if len(rows) != 1:
            raise self._wrong(block, f"“{block['solved']}”对应 {len(rows)} 个问题，应当只有一个")
        projects.settle_problem(by=self.by, problem=rows[0], on=block["on"], answer=block["answer"])

    def _capital(self, block: Block) -> None:
        projects.record_foreign_capital(
            by=self.by, jurisdiction=self.jurisdiction, on=block["on"], amount_wan_usd=block["capital"],
            project=self._project(block) if block["project"] else None, note=block["voucher"],
        )  # fmt: skip

    def _event(self, block: Block) -> None:
        record_event(
            by=self.by, jurisdiction=self.jurisdiction, kind=block["event"], title=block["title"], on=block["on"],
            place=block["place"], unit=self.units.get(block["unit"]),
        )  # fmt: skip

    def _project(self, block: Block) -> Project:
        project = self.projects.get(block["project"])
        if project is None:
            raise self._wrong(block, f"方案和项目清单里没有“{block['project']}”")
        return project

    def _phase(self, project: Project, block: Block, otherwise: Phase | None) -> Any:
        if not block.get("phase"):
            return otherwise
        phase = project.phases.filter(name=block["phase"]).first()
        if phase is None:
            raise self._wrong(block, f"“{project}”没有“{block['phase']}”")
        return phase

    def _milestone(self, block: Block, words: str) -> Milestone:
        rows = list(Milestone.objects.filter(project=self._project(block), text__contains=words))
        if len(rows) != 1:
            raise self._wrong(block, f"“{words}”对应“{block['project']}”的 {len(rows)} 个节点，应当只有一个")
        return rows[0]

    def _wrong(self, block: Block, message: str) -> WrongData:
        return WrongData([f"records.yaml 第 {block.line} 行：{message}"])
