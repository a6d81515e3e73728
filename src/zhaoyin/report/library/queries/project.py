"""One project with its schedule, as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhaoyin.ground.journal.models import Entry as JournalLine
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.plans.models import Doubt, Entry
from zhaoyin.plan.schedules.models import Milestone, MilestoneKind, Move
from zhaoyin.plan.schedules.queries import facts_of, milestones_as_of, with_outlook
from zhaoyin.plan.schedules.rules import (
    MilestoneFacts, is_open, is_silent, milestone_light, milestone_words, outlook_light, project_words,
)  # fmt: skip
from zhaoyin.record.projects.models import Note, Paper, Phase, Problem, Project, StageChange
from zhaoyin.record.projects.queries import changed_after, known_on, notes_as_of, phases_as_of, problems_as_of
from zhaoyin.record.projects.rules import SILENCE_DAYS

NOTES_SHOWN, HISTORY_SHOWN = 20, 8
MOVED = ("milestone_id", "on", "from_start", "from_end", "from_kind", "to_start", "to_end", "reason")
BY = ("by__name", "by__username")
SHOWN = (
    "name", "investor", "investment_yi", "land_mu", "standing", "known_on", "unit__name", "platform__name", "text__content",
    "text__site", "text__investment_printed", "text__land_printed", "text__extra",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """A milestone as of the day: `light` is `done` for one reached or withdrawn; `first` the dates it began with."""

    row: Milestone
    start: date | None
    end: date | None
    kind: str
    open: bool
    light: str
    word: str
    moves: list[Move]

    @property
    def first(self) -> tuple[date | None, date | None] | None:
        """The original window, where it was moved since."""
        return (self.moves[0].from_start, self.moves[0].from_end) if self.moves else None


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of one phase: `state` is done, current or empty; `notes` are short lines; `light` (colour, word)."""

    name: str
    state: str
    notes: list[str]
    light: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One phase: its figures, its steps, its milestones."""

    phase: Phase | None
    name: str
    note: str
    steps: list[Step]
    promises: list[Promise]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything on a project's page."""

    project: Any
    stage: Stage
    standing: Standing
    light: Light
    word: str
    entry: Entry | None
    leaders: list[str]
    divided_yi: Any
    divided_mu: Any
    tracks: list[Track]
    others: list[Promise]
    notes: list[Note]
    note_count: int
    problems: list[tuple[Problem, bool]]
    doubts: list[Doubt]
    history: list[tuple[JournalLine, str]]
    history_count: int

    @property
    def open_count(self) -> int:
        """How many milestones are still to be reached."""
        return sum(one.open for track in self.tracks for one in track.promises) + sum(one.open for one in self.others)


def project_page(
    jurisdictions: Sequence[int], pk: int, as_of: date, *, everything: bool = False
) -> ProjectPage | None:
    """The page of project `pk` of these jurisdictions; None where there is none, or nobody knew it on the day.

    `everything`: all notes and the whole history, not the latest of them.
    """
    later = changed_after(as_of)
    rows = with_outlook(known_on(Project.objects.filter(jurisdiction_id__in=jurisdictions), as_of, later), as_of, later)
    # Only the columns that are shown: most of a page's time goes into naming columns.
    project: Any = rows.select_related("unit", "platform", "text").only(*SHOWN).filter(pk=pk).order_by().first()
    if project is None:
        return None
    stage, standing, moved_on = Stage(project.stage_then), Standing(project.standing), project.moved_then
    light = outlook_light(
        standing, stage, due=project.due_then, strive=project.strive_then, moved_on=moved_on, as_of=as_of
    )
    promises = _promises(project, as_of, later)
    silent = standing is Standing.ACTIVE and is_silent(stage, moved_on, as_of)
    phases = phases_as_of(project, as_of)
    tracks = [
        _track(phase, changes, [one for one in promises if one.row.phase_id == phase.pk or len(phases) == 1],
               (as_of - moved_on).days if silent else 0)
        for phase, changes in phases if changes
    ]  # fmt: skip
    shown = {one.row.pk for track in tracks for one in track.promises}
    notes = notes_as_of(project, as_of).only("project_id", "on", "text", "phase__name", "unit__name", *BY)
    latest = list(notes if everything else notes[: NOTES_SHOWN + 1])
    lines = history(project).only("at", "act", "detail", *BY)
    told = list(lines if everything else lines[:HISTORY_SHOWN])
    named = [phase for phase, _ in phases if phase.name]
    entries = project.plan_entries.filter(plan__year__lte=as_of.year).only("project_id", "seq", "section", "goals", "progress")
    return ProjectPage(
        project=project,
        stage=stage,
        standing=standing,
        light=light,
        word=project_words(
            light, due=project.due_then, strive=project.strive_then, moved_on=moved_on, as_of=as_of, standing=standing
        ),
        entry=entries.order_by("-plan__year", "-plan_id").first(),
        leaders=list(project.contact_leaders.order_by("position").values_list("official__name", flat=True)),
        divided_yi=_sum(phase.investment_yi for phase in named),
        divided_mu=_sum(phase.land_mu for phase in named),
        tracks=tracks,
        others=[one for one in promises if one.row.pk not in shown],
        notes=latest if everything else latest[:NOTES_SHOWN],
        note_count=len(latest) if everything or len(latest) <= NOTES_SHOWN else notes.count(),
        problems=problems_as_of(project, as_of),
        doubts=list(Doubt.objects.filter(project=project, settled_at__isnull=True).only("number", "message", "quote")),
        history=[(line, sentence(line)) for line in told],
        history_count=len(told) if everything or len(told) < HISTORY_SHOWN else lines.count(),
    )


def _promises(project: Project, as_of: date, later: bool) -> list[Promise]:
    rows: list[Any] = list(milestones_as_of(as_of, project.milestones.all(), later).order_by("position", "pk"))
    moves: dict[int, list[Move]] = {}
    made = Move.objects.filter(milestone__project=project, on__lte=as_of).select_related("by").order_by("on", "pk")
    for move in made.only(*MOVED, *BY) if rows else ():
        moves.setdefault(move.milestone_id, []).append(move)
    return [_promise(row, facts_of(row), as_of, moves.get(row.pk, [])) for row in rows]


def _promise(row: Any, facts: MilestoneFacts, as_of: date, moves: list[Move]) -> Promise:
    still = is_open(facts, as_of)
    light = milestone_light(facts, as_of).value if still else "done"
    word = milestone_words(facts, as_of)
    return Promise(row, row.start_then, facts.end, MilestoneKind(facts.kind).label, still, light, word, moves)


def _track(phase: Phase, changes: list[StageChange], promises: list[Promise], unmoved: int) -> Track:
    now = max((Stage(change.stage) for change in changes), key=lambda one: one.order)
    days = {Stage(change.stage): change for change in changes}
    figures = [f"{_plain(phase.investment_yi)} 亿元"] if phase.investment_yi is not None else []
    figures += [f"{_plain(phase.land_mu)} 亩"] if phase.land_mu is not None else []
    entered = min(stage.order for stage in days)
    steps = [_step(stage, now, entered, days.get(stage), promises, unmoved) for stage in Stage]
    return Track(phase, phase.name, "·".join(figures), steps, promises)


def _step(
    stage: Stage, now: Stage, entered: int, change: StageChange | None, promises: list[Promise], unmoved: int
) -> Step:
    if stage.order <= now.order:
        state = "current" if stage is now else "done"
        passed = ["入库前"] if stage.order < entered else ["未记"]
        notes = passed if change is None else [f"{change.on} 入库时" if change.entry else f"{change.on}"]
        if change is not None and change.paper:
            notes.append(Paper(change.paper).label)
        limit = SILENCE_DAYS.get(stage)
        silent = ("yellow", f"{unmoved} 天未动，限 {limit}") if unmoved and limit and stage is now else None
        return Step(stage.label, state, notes, silent)
    promise = next((one for one in promises if one.row.stage == stage.value and one.open), None)
    if promise is None:
        return Step(stage.label, "", ["未定"])
    when = promise.row.when or (f"{promise.end}" if promise.end else "未定期")
    words = [f"原定 {when}", f"改期 {promise.end or '未定期'}"] if promise.moves else [f"{promise.kind} {when}"]
    return Step(stage.label, "", words, (promise.light, promise.word) if promise.light in ("red", "yellow") else None)


def _sum(values: Any) -> Any:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _plain(value: Any) -> str:
    return format(value.normalize(), "f")
