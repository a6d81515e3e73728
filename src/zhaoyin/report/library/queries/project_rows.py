"""What a project's page reads, as plain rows: each query gives just the columns that are shown."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.journal.models import Entry as JournalLine
from zhaoyin.plan.plans.models import Doubt, Entry
from zhaoyin.plan.schedules.models import Milestone, Move
from zhaoyin.plan.schedules.queries import milestones_as_of, with_outlook
from zhaoyin.record.projects.models import Contact, Note, Phase, Problem, Share, StageChange, holding
from zhaoyin.record.projects.queries import Numbers, known_on, seen

WRITER = Coalesce(NullIf("by__name", Value("")), "by__username")


class Facts(NamedTuple):
    """The project as of the day."""

    pk: int
    name: str
    investor: str
    investment_yi: Decimal | None
    land_mu: Decimal | None
    standing: str
    unit: str | None
    platform: str | None
    team: str | None
    content: str | None
    site: str | None
    investment_printed: str | None
    land_printed: str | None
    extra: dict[str, str] | None
    stage: str
    moved_on: date
    due_on: date | None
    strive_on: date | None
    jurisdiction: int


class PhaseRow(NamedTuple):
    """A phase with its own figures; the name is empty where the project has no phases."""

    pk: int
    name: str
    investment_yi: Decimal | None
    land_mu: Decimal | None


class ChangeRow(NamedTuple):
    """A phase came to a stage; `entry`: it was there when the library came to know it."""

    phase: int
    stage: str
    on: date
    entry: bool
    paper: str


class MilestoneRow(NamedTuple):
    """A milestone with the dates and the kind in force on the day."""

    pk: int
    phase: int | None
    when: str
    text: str
    stage: str
    start: date | None
    end: date | None
    kind: str
    reached_on: date | None
    withdrawn_on: date | None


class MoveRow(NamedTuple):
    """A change of a milestone's dates."""

    milestone: int
    on: date
    from_start: date | None
    from_end: date | None
    to_start: date | None
    to_end: date | None
    reason: str
    by: str | None


class PlanRow(NamedTuple):
    """The project's row in the newest plan up to the day's year."""

    seq: int | None
    section: str
    goals: str
    progress: list[str]


class NoteRow(NamedTuple):
    """A note with the names of its phase and unit, and of who wrote it."""

    on: date
    text: str
    phase: str | None
    unit: str | None
    by: str | None


class ProblemRow(NamedTuple):
    """A problem as it is stored; whether it was open on the day is for the page to say."""

    pk: int
    kind: str
    text: str
    raised_on: date
    unit: str | None
    due_on: date | None
    settled_on: date | None
    answer: str


class DoubtRow(NamedTuple):
    """An open doubt of the reading."""

    pk: int
    number: int
    message: str
    quote: str


class ContactRow(NamedTuple):
    """A contact person; of the phone only what everybody may see."""

    pk: int
    name: str
    post: str
    masked: str


class FileRow(NamedTuple):
    """One version of a file, and who brought it."""

    pk: int
    name: str
    size: int
    version: int
    at: datetime
    by: str | None


class ShareRow(NamedTuple):
    """A unit that sees the project; whether it may report."""

    pk: int
    unit: str
    reports: bool


class JournalRow(NamedTuple):
    """A line of the journal, and who wrote it."""

    at: datetime
    act: str
    detail: dict[str, Any]
    by: str | None


def facts(
    jurisdictions: Numbers, units: Numbers, tied: Numbers, pk: int, as_of: date, later: bool
) -> QuerySet[Any, Any]:
    """`Facts`, of a project that is seen."""
    rows = known_on(seen(jurisdictions, units, tied).filter(pk=pk).order_by(), as_of, later)
    return with_outlook(rows, as_of, later).values_list(
        "pk", "name", "investor", "investment_yi", "land_mu", "standing_then", "unit__name", "platform__name", "team__name",
        "text__content", "text__site", "text__investment_printed", "text__land_printed", "text__extra", "stage_then",
        "moved_then", "due_then", "strive_then", "jurisdiction_id",
    )  # fmt: skip


def phases(pk: int) -> QuerySet[Any, Any]:
    """`PhaseRow`, in their order."""
    rows = Phase.objects.filter(project_id=pk).order_by("position")
    return rows.values_list("pk", "name", "investment_yi", "land_mu")


def changes(pk: int, as_of: date) -> QuerySet[Any, Any]:
    """`ChangeRow` up to the day."""
    rows = StageChange.objects.filter(holding(as_of), phase__project_id=pk).order_by("on", "pk")
    return rows.values_list("phase_id", "stage", "on", "entry", "paper")


def milestones(pk: int, as_of: date, later: bool) -> QuerySet[Any, Any]:
    """`MilestoneRow` of all that the library knew on the day."""
    rows = milestones_as_of(as_of, Milestone.objects.filter(project_id=pk), later).order_by("position", "pk")
    return rows.values_list(
        "pk", "phase_id", "when", "text", "stage", "start_then", "end_then", "kind_then", "reached_on", "withdrawn_on"
    )


def moves(pk: int, as_of: date) -> QuerySet[Any, Any]:
    """`MoveRow` up to the day."""
    rows = Move.objects.filter(milestone__project_id=pk, on__lte=as_of).order_by("on", "pk")
    return rows.values_list(
        "milestone_id", "on", "from_start", "from_end", "to_start", "to_end", "reason", WRITER
    )  # fmt: skip


def notes(pk: int, as_of: date, most: str) -> QuerySet[Any, Any]:
    """`NoteRow` up to the day, the latest first, `most` of them."""
    rows = Note.objects.filter(project_id=pk, on__lte=as_of).order_by("-on", "-pk")
    return rows.values_list("on", "text", "phase__name", "unit__name", WRITER)[: int(most)]


def journal(kind: str, pk: int, most: str) -> QuerySet[Any, Any]:
    """`JournalRow`, the latest first, `most` of them."""
    rows = JournalLine.objects.filter(subject_kind=kind, subject_id=pk).order_by("-pk")
    return rows.values_list("at", "act", "detail", WRITER)[: int(most)]


def plan_rows(pk: int, year: int) -> QuerySet[Any, Any]:
    """`PlanRow` of the plans up to the year, the newest first."""
    rows = Entry.objects.filter(project_id=pk, plan__year__lte=year).order_by("-plan__year", "-plan_id")
    return rows.values_list("seq", "section", "goals", "progress")


def problems(pk: int, as_of: date) -> QuerySet[Any, Any]:
    """`ProblemRow` raised up to the day, the latest first."""
    rows = Problem.objects.filter(project_id=pk, raised_on__lte=as_of).order_by("-raised_on", "-pk")
    return rows.values_list("pk", "kind", "text", "raised_on", "unit__name", "due_on", "settled_on", "answer")


def doubts(pk: int) -> QuerySet[Any, Any]:
    """`DoubtRow` of those that nobody has settled."""
    rows = Doubt.objects.filter(project_id=pk, settled_at__isnull=True).order_by("number")
    return rows.values_list("pk", "number", "message", "quote")


def contacts(pk: int) -> QuerySet[Any, Any]:
    """`ContactRow`, in the order in which they were added."""
    return Contact.objects.filter(project_id=pk).order_by("pk").values_list("pk", "name", "post", "masked")


def files(kind: str, pk: int) -> QuerySet[Any, Any]:
    """`FileRow`, the latest first."""
    rows = Attachment.objects.filter(subject_kind=kind, subject_id=pk).order_by("-id")
    return rows.values_list("pk", "name", "size", "version", "at", WRITER)


def shares(pk: int) -> QuerySet[Any, Any]:
    """`ShareRow`, in the tree's order."""
    return Share.objects.filter(project_id=pk).order_by("unit__path").values_list("pk", "unit__name", "reports")
