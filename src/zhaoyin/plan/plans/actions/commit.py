"""Committing a reading: one transaction that makes or updates units, officials, projects, milestones, targets, duties."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from zhaoyin.documents.reading.model import PlanReading, ReadDuty, ReadMilestone, ReadProject, ReadTarget
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.inserting import insert_rows
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.ground.organisations.queries import jurisdiction_of, officials_of, units_of
from zhaoyin.ground.organisations.rules import forms_of
from zhaoyin.plan.duties.actions import set_duties
from zhaoyin.plan.schedules import actions as schedules
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.plan.targets.actions import set_targets
from zhaoyin.record.projects import actions as projects
from zhaoyin.record.projects.actions import NotAllowed, PhaseFacts, ProjectDraft
from zhaoyin.record.projects.models import Phase, Project
from zhaoyin.record.projects.rules import Named, repeated

from .. import stored
from ..comparison import Comparison, compare, lead_unit, pair_milestones, plan_milestones
from ..models import Commit, DocumentState, Doubt, Entry, Plan, PlanDocument
from ..rules import known_from, stage_on_entry
from .image import Image

# With their decimals the fifteen digits that SQLite keeps of a figure; no project of mankind is larger.
LARGEST_YI, LARGEST_MU = Decimal(10) ** 9, Decimal(10) ** 10
COMMITTABLE = (DocumentState.READ, DocumentState.UNDONE)


@transaction.atomic
def commit_document(*, by: models.Model | None, document: PlanDocument, on: date) -> Commit:
    """Make the reading of `document` the plan. `on` is the person's day; see `rules.known_from` for what it means.

    A plan of the same jurisdiction, year and title is updated: recognised projects change, new ones are added, what
    the edition dropped is marked. Raises NotAllowed where the document is not ready or names no year or place.
    """
    permit(by, Permission.PLAN_COMMIT, document.jurisdiction)
    document = PlanDocument.objects.select_for_update(of=("self",)).defer("source").get(pk=document.pk)
    if document.state not in COMMITTABLE:
        raise NotAllowed((f"这份文件现在的状态是“{document.get_state_display()}”，不能建立",))
    reading = stored.load_reading(document.reading)
    if reading.year is None:
        raise NotAllowed(("文件没有写明年度，请先填写年度再建立",))
    work = _Work(by, document, reading, reading.year, on)
    work.run()
    return work.commit


class _Work:
    """One commit under way: what it looks up once and what it makes."""

    def __init__(
        self, by: models.Model | None, document: PlanDocument, reading: PlanReading, year: int, today: date
    ) -> None:
        self.by, self.document, self.reading, self.year = by, document, reading, year
        self.image = Image()
        self.jurisdiction = document.jurisdiction or jurisdiction_of(None) or self._make_jurisdiction()
        # Two editions at once would both make what neither finds yet: the second one waits, and compares with the first.
        Unit.objects.select_for_update(no_key=True).get(pk=self.jurisdiction.pk)
        self.comparison = compare(reading, self.jurisdiction)
        self.on = known_from(year, today, self._last_edition())
        self.units = self._find_units()
        self.officials = self._find_officials()

    def run(self) -> None:
        """All of it, in the order in which rows refer to one another."""
        comparison = self.comparison
        known = list(comparison.projects.values())
        self.image.keep_projects(known)
        if comparison.plan is not None:
            self.image.keep_plan(comparison.plan)
        self.plan = self._save_plan(comparison.plan)
        made = self._make_projects(comparison.new)
        changed = {changed.row: changed.project for changed in comparison.changed}
        if changed:
            self._update_projects(changed)
        self._save_entries({**comparison.projects, **made}, comparison)
        try:
            set_targets(by=self.by, plan=self.plan, targets=[_target(read) for read in self.reading.targets])
            set_duties(by=self.by, plan=self.plan, duties=[_duty(read) for read in self.reading.duties])
        except ValidationError as wrong:
            raise NotAllowed(tuple(f"目标或职责要求不合规范：{message}" for message in wrong.messages)) from None
        self._hand_over_doubts({**comparison.projects, **made})
        self.document.plan, self.document.state = self.plan, DocumentState.COMMITTED
        self.document.jurisdiction = self.jurisdiction
        self.document.save(update_fields=["plan", "state", "jurisdiction"])
        journal.record(
            by=self.by, act="plans.committed", subject=self.plan, jurisdiction_id=self.jurisdiction.pk,
            detail={"document": self.document.name, "new": len(made), "changed": len(changed)},
        )  # fmt: skip
        self.commit = Commit.objects.create(
            document=self.document, plan=self.plan, on=self.on, by_id=self.by.pk if self.by else None,
            changes=self.image.changes(known_projects=known),
        )  # fmt: skip

    def _last_edition(self) -> date | None:
        if self.comparison.plan is None:
            return None
        commits = Commit.objects.filter(plan=self.comparison.plan, undone_at__isnull=True)
        last: date | None = commits.aggregate(last=models.Max("on"))["last"]
        return last

    def _make_jurisdiction(self) -> Unit:
        if not self.reading.place:
            raise NotAllowed(("文件没有写明是哪个地方的方案，请先填写地区再建立",))
        unit = organisations.add_jurisdiction(by=self.by, name=self.reading.place)
        self.image.made(unit)
        return unit

    def _find_units(self) -> dict[str, Unit]:
        """Each printed lead unit's row, made where there is none."""
        place = self.jurisdiction.name
        known = {form: unit for unit in units_of(self.jurisdiction) for form in forms_of(unit.name, place)}
        known |= {unit.short_name: unit for unit in units_of(self.jurisdiction) if unit.short_name}
        named = list(dict.fromkeys(filter(None, (lead_unit(read.unit) for read in self.reading.projects))))
        new: dict[str, str] = {}  # form of a new unit's name → the name
        for name in named:
            if not any(form in known or form in new for form in forms_of(name, place)):
                new |= dict.fromkeys(forms_of(name, place), name[:100])
        names = list(dict.fromkeys(new.values()))
        made = organisations.add_units(by=self.by, jurisdiction=self.jurisdiction, names=names)
        for unit in made:
            self.image.made(unit)
        rows = dict(zip(names, made, strict=True))
        known |= {form: rows[name] for form, name in new.items()}
        return {
            name: next(known[form] for form in sorted(forms_of(name, place), key=len, reverse=True) if form in known)
            for name in named
        }

    def _find_officials(self) -> dict[str, Official]:
        known = {official.name: official for official in officials_of(self.jurisdiction)}
        names = dict.fromkeys(name[:40] for read in self.reading.projects for name in read.leaders)
        new = organisations.add_officials(
            by=self.by, jurisdiction=self.jurisdiction, names=[name for name in names if name not in known]
        )
        for official in new:
            self.image.made(official)
        return known | {official.name: official for official in new}

    def _save_plan(self, plan: Plan | None) -> Plan:
        sections = [
            {"title": section.title, "declared": section.declared, "read": section.read}
            for section in self.reading.sections
        ]
        if plan is None:
            plan = Plan.objects.create(
                jurisdiction=self.jurisdiction,
                year=self.year,
                title=self.reading.title[:200] or self.document.name,
                sections=sections,
            )
            self.image.made(plan)
        else:
            plan.sections = sections
            plan.save(update_fields=["sections"])
        return plan

    def _make_projects(self, rows: list[int]) -> dict[int, Project]:
        reads = [self.reading.projects[row] for row in rows]
        drafts = [
            ProjectDraft(
                name=read.name[:200],
                stage=stage_on_entry(read.section),
                phases=_phases(read),
                leaders=[self.officials[name[:40]] for name in read.leaders],
                fields={**self._fields(read), "extra": _extra(read)},
            )
            for read in reads
        ]
        made = projects.create_projects(by=self.by, jurisdiction=self.jurisdiction, drafts=drafts, known_on=self.on)
        for project in made:
            self.image.made(project)
        named = Phase.objects.filter(project__in=[project.pk for project in made]).exclude(name="")
        phases = {(phase.project_id, phase.name): phase for phase in named}
        schedules.add_milestones(
            by=self.by,
            promises=[
                (project, self._milestone(promise, phases.get((project.pk, promise.phase or ""))))
                for project, read in zip(made, reads, strict=True)
                for promise in read.milestones
            ],
            known_on=self.on,
        )
        return dict(zip(rows, made, strict=True))

    def _update_projects(self, changed: dict[int, Project]) -> None:
        renewed: list[tuple[Milestone, dict[str, Any]]] = []
        withdrawn: list[Milestone] = []
        promised: list[tuple[Project, dict[str, Any]]] = []
        for row, project in changed.items():
            read = self.reading.projects[row]
            self._update_project(read, project)
            phases = {phase.name: phase for phase in project.phases.all()}
            added, paired, gone = pair_milestones(read.milestones, plan_milestones(project, self.comparison.plan))
            renewed += [(milestone, _dates_and_words(promise)) for milestone, promise in paired]
            withdrawn += gone
            promised += [(project, self._milestone(promise, phases.get(promise.phase or ""))) for promise in added]
        reason = f"新版方案：{self.document.name}"[:300]
        schedules.renew_milestones(by=self.by, renewed=renewed, reason=reason, on=self.on)
        schedules.withdraw_milestones(by=self.by, milestones=withdrawn, on=self.on)
        schedules.add_milestones(by=self.by, promises=promised, known_on=self.on)

    def _update_project(self, read: ReadProject, project: Project) -> None:
        known = {key: value for key, value in self._fields(read).items() if value not in (None, "")}
        projects.edit_project(
            by=self.by,
            project=project,
            fields={**known, "name": read.name[:200], "extra": project.text.extra | _extra(read)},
        )
        if read.leaders:
            leaders = [self.officials[name[:40]] for name in read.leaders]
            projects.set_leaders(by=self.by, project=project, leaders=leaders)
        if read.phases:
            projects.replace_phases(
                by=self.by, project=project, phases=_phases(read), on=self.on, stage=stage_on_entry(read.section)
            )

    def _save_entries(self, by_row: dict[int, Project], comparison: Comparison) -> None:
        Entry.objects.filter(pk__in=[entry.pk for entry in comparison.dropped]).update(dropped=True)
        reads = [(row, project, self.reading.projects[row]) for row, project in sorted(by_row.items())]
        insert_rows(
            Entry,
            ["plan_id", "project_id", "seq", "position", "section", "goals", "progress", "complete", "dropped"],
            [
                (
                    self.plan.pk, project.pk, read.seq, row, (read.section or "")[:100], read.goals or "",
                    list(read.progress), read.complete, False,
                )
                for row, project, read in reads
            ],
            replacing=["plan_id", "project_id"],
        )  # fmt: skip

    def _hand_over_doubts(self, by_row: dict[int, Project]) -> None:
        """Doubts go with their projects; a project that the document lists twice gets one more."""
        entry = Entry.objects.filter(plan=self.plan, position=models.OuterRef("row"), dropped=False)
        doubts = Doubt.objects.filter(document=self.document, row__isnull=False)
        doubts.update(project=models.Subquery(entry.values("project")[:1]))
        reads = self.reading.projects
        twice = repeated([Named(read.name, read.investor or "") for read in reads])
        number = Doubt.objects.filter(document=self.document).aggregate(last=models.Max("number"))["last"] or 0
        suspected = Doubt.objects.bulk_create(
            Doubt(
                document=self.document, project=by_row[row], row=row, number=number + step, field="name",
                message=f"与第 {first + 1} 个项目“{reads[first].name}”同名同投资方，疑为重复，已分别建立"[:300],
                quote=reads[row].name,
            )
            for step, (row, first) in enumerate(twice.items(), start=1)
        )  # fmt: skip
        for doubt in suspected:
            self.image.made(doubt)

    def _fields(self, read: ReadProject) -> dict[str, Any]:
        unit = lead_unit(read.unit)
        return {
            "investor": (read.investor or "")[:300],
            "investment_yi": _fitting(read.investment_yi, LARGEST_YI, 6),
            "land_mu": _fitting(read.land_mu, LARGEST_MU, 4),
            "unit": self.units[unit] if unit else None,
            "content": read.content or "",
        }

    def _milestone(self, promise: ReadMilestone, phase: models.Model | None) -> dict[str, Any]:
        return {
            "plan": self.plan, "phase": phase if promise.phase else None, "stage": promise.stage or "",
            **_dates_and_words(promise),
        }  # fmt: skip


def _dates_and_words(promise: ReadMilestone) -> dict[str, Any]:
    return {
        "start": promise.start, "end": promise.end, "kind": promise.kind, "text": promise.text,
        "when": promise.when[:60],
    }  # fmt: skip


def _target(read: ReadTarget) -> dict[str, Any]:
    return {
        "label": read.label[:100], "metric": read.metric[:40], "comparator": read.comparator, "value": read.value,
        "unit": read.unit[:16], "floor_yi": read.floor_yi, "scope": read.scope[:60], "quote": read.quote,
    }  # fmt: skip


def _duty(read: ReadDuty) -> dict[str, Any]:
    share = Fraction(read.value)
    whole = isinstance(read.value, Decimal)
    return {
        "who": list(read.who), "measure": read.measure[:100], "kind": read.kind, "period": read.period,
        "comparator": read.comparator, "numerator": read.value if whole else Decimal(share.numerator),
        "denominator": Decimal(1 if whole else share.denominator), "unit": (read.unit or "")[:16], "each": read.each,
        "soft": read.soft, "quote": read.quote,
    }  # fmt: skip


def _phases(read: ReadProject) -> list[PhaseFacts]:
    return [
        PhaseFacts(
            name=phase.name[:30],
            investment_yi=_fitting(phase.investment_yi, LARGEST_YI, 6),
            land_mu=_fitting(phase.land_mu, LARGEST_MU, 4),
        )
        for phase in read.phases
    ]


def _fitting(value: Decimal | None, largest: Decimal, places: int) -> Decimal | None:
    """A figure as its column holds it; one that no column can hold is left unknown, and kept as printed."""
    if value is None or value >= largest:
        return None
    return round(value, places)


def _extra(read: ReadProject) -> dict[str, str]:
    """What no column of the library takes, as printed: unforeseen columns, and all units where several are named."""
    extra = dict(read.extra)
    if read.unit and read.unit != lead_unit(read.unit):
        extra["主责单位"] = read.unit
    if read.investor and len(read.investor) > 300:
        extra["投资方"] = read.investor
    if len(read.name) > 200:
        extra["项目名称"] = read.name
    if read.investment_yi is not None and read.investment_yi >= LARGEST_YI:
        extra["总投资（亿元）"] = f"{read.investment_yi:f}"
    if read.land_mu is not None and read.land_mu >= LARGEST_MU:
        extra["用地（亩）"] = f"{read.land_mu:f}"
    return extra
