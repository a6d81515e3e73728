"""What a commit would do, and what one did."""

from collections import defaultdict
from dataclasses import dataclass

from zhaoyin.ground.journal.queries import touched_since
from zhaoyin.ground.organisations.queries import jurisdiction_of
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.models import Project

from .. import review, stored
from ..comparison import Changed, compare
from ..models import Commit, DocumentState, Doubt, Entry, Plan, PlanDocument


@dataclass(frozen=True, slots=True)
class Preview:
    """What a commit would do, before anybody decides. `changed` has heading → (before, after) for each project."""

    plan: Plan | None
    new: list[str]
    changed: list[Changed]
    same: int
    dropped: list[str]
    counts: review.Counts
    open_doubts: int

    @property
    def known(self) -> bool:
        """Whether the library knows the plan or some of its projects already."""
        return self.plan is not None or bool(self.changed) or self.same > 0


def preview(document: PlanDocument) -> Preview | None:
    """What committing the document would do; None for one that cannot be committed as it stands."""
    if document.state not in (DocumentState.READ, DocumentState.UNDONE):
        return None
    reading = stored.load_reading(document.reading)
    found = compare(reading, document.jurisdiction or jurisdiction_of(None))
    return Preview(
        found.plan,
        [reading.projects[row].name for row in found.new],
        found.changed,
        len(found.same),
        [entry.project.name for entry in found.dropped],
        review.counts(document.reading),
        Doubt.objects.filter(document=document, settled_at__isnull=True).count(),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a commit made and changed: rows as (number, name), and what hangs on its plan today."""

    projects: list[tuple[int, str]]
    updated: list[tuple[int, str]]
    units: list[str]
    officials: list[str]
    made_plan: bool
    milestones: int
    targets: int
    duties: int
    open_doubts: int
    touched: list[str]


def outcome(commit: Commit) -> Outcome:
    """What a commit did. `touched` names the projects that an undo would leave because somebody changed them since."""
    changes, plan = commit.changes, commit.plan
    made: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for label, number, name in changes["made"]:
        made[label].append((number, name))
    updated = [(number, name) for number, name in changes["known"]]
    ids = [number for number, _ in (*made["projects.project"], *updated)]
    touched = touched_projects(commit) if commit.undone_at is None else set()
    return Outcome(
        made["projects.project"],
        updated,
        [name for _, name in made["organisations.unit"]],
        [name for _, name in made["organisations.official"]],
        bool(made["plans.plan"]),
        Milestone.objects.filter(project_id__in=ids, plan=plan, withdrawn_on__isnull=True).count() if plan else 0,
        plan.targets.count() if plan else 0,
        plan.duties.count() if plan else 0,
        Doubt.objects.filter(document=commit.document_id, settled_at__isnull=True).count(),
        list(Project.objects.filter(pk__in=touched).order_by("pk").values_list("name", flat=True)),
    )


def touched_projects(commit: Commit) -> set[int]:
    """The projects that an undo leaves: somebody changed them since, or another plan lists those that the commit made."""
    changes = commit.changes
    made = [number for label, number, _ in changes["made"] if label == "projects.project"]
    known = [number for number, _ in changes["known"]]
    listed = Entry.objects.filter(project_id__in=made).exclude(plan=commit.plan).values_list("project_id", flat=True)
    return touched_since("projects.project", [*made, *known], changes["entry_id"]) | set(listed)
