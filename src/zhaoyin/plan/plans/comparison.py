"""A reading held against the library: which projects are new, which changed and how, which an edition dropped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.documents.reading.model import PlanReading, ReadMilestone, ReadProject
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.numerals import plain
from zhaoyin.plan.schedules.models import Milestone, MilestoneKind
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.rules import Named, match

from .models import Entry, Plan
from .rules import Promise, match_promises, same_plan

Difference = tuple[str, str]  # before and after, as shown to people


@dataclass(slots=True)
class Changed:
    """A project that the library knows, and what the reading says differently: heading → before and after."""

    row: int
    project: Project
    differences: dict[str, Difference]


@dataclass(slots=True)
class Comparison:
    """What a commit would do. Rows are indexes in `PlanReading.projects`."""

    plan: Plan | None
    new: list[int] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    dropped: list[Entry] = field(default_factory=list)
    projects: dict[int, Project] = field(default_factory=dict)  # row → the project it was recognised as


def compare(reading: PlanReading, jurisdiction: Unit | None) -> Comparison:
    """Hold a reading against the library of `jurisdiction` (None where there is none yet). Writes nothing."""
    if jurisdiction is None:
        return Comparison(None, new=list(range(len(reading.projects))))
    comparison = Comparison(plan=find_plan(reading, jurisdiction))
    known = list(Project.objects.filter(jurisdiction=jurisdiction).values_list("pk", "name", "investor"))
    matches = match(
        [Named(read.name, read.investor or "") for read in reading.projects],
        [Named(name, investor) for _, name, investor in known],
    )
    ids = [known[index][0] for index in matches if index is not None]
    full = Project.objects.select_related("unit", "text").prefetch_related(
        "contact_leaders__official", "phases", "plan_entries", "milestones__phase"
    )
    by_id = {project.pk: project for project in full.filter(pk__in=ids)} if ids else {}
    for row, index in enumerate(matches):
        if index is None:
            comparison.new.append(row)
            continue
        project = comparison.projects[row] = by_id[known[index][0]]
        differences = differ(reading.projects[row], project, comparison.plan)
        if differences:
            comparison.changed.append(Changed(row, project, differences))
        else:
            comparison.same.append(row)
    if comparison.plan is not None:
        gone = Entry.objects.filter(plan=comparison.plan, dropped=False).exclude(project_id__in=ids)
        comparison.dropped = list(gone.select_related("project"))
    return comparison


def find_plan(reading: PlanReading, jurisdiction: Unit) -> Plan | None:
    """The plan that the document is an edition of: same jurisdiction and year, and a title that says so."""
    plans = Plan.objects.filter(jurisdiction=jurisdiction, year=reading.year or 0).order_by("-id")
    return next((plan for plan in plans if same_plan(plan.title, reading.title)), None)


def differ(read: ReadProject, project: Project, plan: Plan | None) -> dict[str, Difference]:
    """What a row says differently from the library: heading → before and after. What it leaves unknown differs in nothing."""
    entry = next((row for row in project.plan_entries.all() if plan is not None and row.plan_id == plan.pk), None)
    leaders = [row.official.name for row in project.contact_leaders.all()]
    told: dict[str, tuple[object, object]] = {
        "项目名称": (project.name, read.name),
        "总投资（亿元）": (project.investment_yi, read.investment_yi),
        "用地（亩）": (project.land_mu, read.land_mu),
        "投资方": (project.investor, read.investor),
        "项目内容": (project.text.content, read.content),
        "联系领导": ("、".join(leaders), "、".join(read.leaders) or None),
        "主责单位": (project.unit.name if project.unit else "", lead_unit(read.unit)),
        "年度抓手": (entry.section if entry else "", read.section),
        "全年工作目标": (entry.goals if entry else "", read.goals),
    }
    differences = {
        heading: (shown(before), shown(after))
        for heading, (before, after) in told.items()
        if after is not None and before != after
    }
    if entry is None:
        differences["方案清单"] = ("未列入", "列入")
    added, moved, gone = pair_milestones(read.milestones, plan_milestones(project, plan))
    for milestone, promise in moved:
        if (milestone.start, milestone.end, milestone.kind) != (promise.start, promise.end, promise.kind):
            differences[f"节点“{promise.text}”"] = (window(milestone), window(promise))
    if added:
        differences["新增节点"] = ("", "；".join(f"{window(p)} {p.text}" for p in added))
    if gone:
        differences["撤销节点"] = ("；".join(f"{window(m)} {m.text}" for m in gone), "")
    return differences


def plan_milestones(project: Project, plan: Plan | None) -> list[Milestone]:
    """The promises that `plan` still makes for a project."""
    if plan is None:
        return []
    return [m for m in project.milestones.all() if m.plan_id == plan.pk and m.withdrawn_on is None]


def pair_milestones(
    promises: Sequence[ReadMilestone], milestones: Iterable[Milestone]
) -> tuple[list[ReadMilestone], list[tuple[Milestone, ReadMilestone]], list[Milestone]]:
    """Which promises of an edition are new, which speak of a milestone there is, and which milestones it no longer has."""
    left = list(milestones)
    found = match_promises(
        [Promise(p.text, p.stage or "", p.phase or "") for p in promises],
        [Promise(m.text, m.stage, m.phase.name if m.phase else "") for m in left],
    )
    paired = [(left[index], promises[row]) for row, index in enumerate(found) if index is not None]
    taken = {milestone.pk for milestone, _ in paired}
    added = [promises[row] for row, index in enumerate(found) if index is None]
    return added, paired, [m for m in left if m.pk not in taken and m.reached_on is None]


def lead_unit(printed: str | None) -> str | None:
    """The unit that answers for a project: the first one where several are printed."""
    if not printed:
        return None
    for mark in "、,，;；/\n":
        printed = printed.split(mark)[0]
    return printed.strip() or None


def window(row: Milestone | ReadMilestone) -> str:
    """A milestone's window in words."""
    if row.end is None:
        return "未定期"
    days = f"{row.start} 至 {row.end}" if row.start else f"{row.end} 前"
    return f"争取 {days}" if row.kind == MilestoneKind.STRIVE else days


def shown(value: object) -> str:
    """A value as people read it; unknown is `/`."""
    if isinstance(value, Decimal):
        return plain(value)
    return "/" if value in (None, "") else str(value)
