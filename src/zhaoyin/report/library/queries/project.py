"""One project with its schedule, as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from zhaoyin.ground.journal.models import Entry as JournalLine
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.schedules.models import MilestoneKind
from zhaoyin.plan.schedules.rules import (
    MilestoneFacts,
    is_open,
    is_silent,
    milestone_light,
    milestone_words,
    outlook_light,
    project_words,
)  # fmt: skip
from zhaoyin.record.projects.models import Note, Paper, ProblemKind, Project
from zhaoyin.record.projects.queries import Sight, changed_after, leader_names, silence_on

from . import project_rows as rows

KIND = Project._meta.label_lower
NOTES_SHOWN, HISTORY_SHOWN, MANY = 20, 8, 1000


@dataclass(frozen=True, slots=True)
class Promise:
    """A milestone as of the day: `light` is `done` for one reached or withdrawn."""

    row: rows.MilestoneRow
    kind: str
    open: bool
    light: str
    word: str
    moves: list[rows.MoveRow]

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

    name: str
    note: str
    steps: list[Step]
    promises: list[Promise]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem; `open` on the day, and `late` where it should have been settled before it."""

    row: rows.ProblemRow
    kind: str
    open: bool
    late: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in its newest version, and the `earlier` ones, the latest first."""

    row: rows.FileRow
    earlier: list[rows.FileRow]


class Line(NamedTuple):
    """A line of the journal as a sentence."""

    at: datetime
    words: str
    by: str | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything on a project's page. `divided_*` are the phases' sums, None where no phase has a figure."""

    project: rows.Facts
    light: Light
    word: str
    entry: rows.PlanRow | None
    leaders: Sequence[str]
    divided_yi: Decimal | None
    divided_mu: Decimal | None
    tracks: list[Track]
    others: list[Promise]
    notes: list[rows.NoteRow]
    note_count: int
    problems: list[Trouble]
    doubts: list[rows.DoubtRow]
    contacts: list[rows.ContactRow]
    files: list[FileLine]
    shares: list[rows.ShareRow]
    history: list[Line]
    history_count: int

    @property
    def open_count(self) -> int:
        """How many milestones are still to be reached."""
        return sum(one.open for track in self.tracks for one in track.promises) + sum(one.open for one in self.others)


def project_page(sight: Sight, pk: int, as_of: date, *, everything: bool = False) -> ProjectPage | None:
    """The page of project `pk` of those seen; None where there is none, or nobody knew it on the day.

    `everything`: all notes and the whole history, not the latest of them.
    """
    later = changed_after(as_of)
    found = prepared(rows.facts, *sight, pk, as_of, later)
    if not found:
        return None
    project = rows.Facts(*found[0])
    stage, standing, moved_on = Stage(project.stage), Standing(project.standing), project.moved_on
    due, strive = project.due_on, project.strive_on
    limit = silence_on(as_of).limit(project.jurisdiction, stage)
    light = outlook_light(standing, limit, due=due, strive=strive, moved_on=moved_on, as_of=as_of)
    unmoved = (as_of - moved_on).days if standing is Standing.ACTIVE and is_silent(limit, moved_on, as_of) else 0
    phases = [rows.PhaseRow(*one) for one in prepared(rows.phases, pk)]
    tracks, others = _tracks(pk, phases, as_of, later, (unmoved, limit))
    notes_most, lines_most = (MANY, MANY) if everything else (NOTES_SHOWN, HISTORY_SHOWN)
    notes = [rows.NoteRow(*one) for one in prepared(rows.notes, pk, as_of, f"{notes_most}")]
    lines = [rows.JournalRow(*one) for one in prepared(rows.journal, KIND, pk, f"{lines_most}")]
    entries, named = prepared(rows.plan_rows, pk, as_of.year), [phase for phase in phases if phase.name]
    return ProjectPage(
        project=project,
        light=light,
        word=project_words(light, due=due, strive=strive, moved_on=moved_on, as_of=as_of, standing=standing),
        entry=rows.PlanRow(*entries[0]) if entries else None,
        leaders=leader_names([pk]).get(pk, ()),
        divided_yi=_sum(phase.investment_yi for phase in named),
        divided_mu=_sum(phase.land_mu for phase in named),
        tracks=tracks,
        others=others,
        notes=notes,
        note_count=len(notes) if len(notes) < notes_most else Note.objects.filter(project=pk, on__lte=as_of).count(),
        problems=_problems(pk, as_of),
        doubts=[rows.DoubtRow(*one) for one in prepared(rows.doubts, pk)],
        contacts=[rows.ContactRow(*one) for one in prepared(rows.contacts, pk)],
        files=_files(pk),
        shares=[rows.ShareRow(*one) for one in prepared(rows.shares, pk)],
        history=[Line(one.at, sentence(JournalLine(act=one.act, detail=one.detail)), one.by) for one in lines],
        history_count=len(lines) if len(lines) < lines_most else _lines_of(pk),
    )


def _lines_of(pk: int) -> int:
    return JournalLine.objects.filter(subject_kind=KIND, subject_id=pk).count()


def _problems(pk: int, as_of: date) -> list[Trouble]:
    """Open ones first, then the latest."""
    found = [rows.ProblemRow(*one) for one in prepared(rows.problems, pk, as_of)]
    told = []
    for one in found:
        still = one.settled_on is None or one.settled_on > as_of
        late = still and one.due_on is not None and one.due_on < as_of
        told.append(Trouble(one, ProblemKind(one.kind).label, still, late))
    return sorted(told, key=lambda one: not one.open)


def _files(pk: int) -> list[FileLine]:
    """The files by name, whatever was brought last first."""
    lines: dict[str, FileLine] = {}
    for found in prepared(rows.files, KIND, pk):
        one = rows.FileRow(*found)
        if one.name in lines:
            lines[one.name].earlier.append(one)
        else:
            lines[one.name] = FileLine(one, [])
    return list(lines.values())


def _tracks(
    pk: int, phases: list[rows.PhaseRow], as_of: date, later: bool, still: tuple[int, int | None]
) -> tuple[list[Track], list[Promise]]:
    """The phases that had begun by the day, each with its milestones, and the milestones of no such phase."""
    moves: dict[int, list[rows.MoveRow]] = {}
    for move in prepared(rows.moves, pk, as_of):
        moves.setdefault(move[0], []).append(rows.MoveRow(*move))
    promises = []
    for found in prepared(rows.milestones, pk, as_of, later):
        row = rows.MilestoneRow(*found)
        promises.append(_promise(row, as_of, moves.get(row.pk, [])))
    changes: dict[int, list[rows.ChangeRow]] = {}
    for change in prepared(rows.changes, pk, as_of):
        changes.setdefault(change[0], []).append(rows.ChangeRow(*change))
    begun = [phase for phase in phases if phase.pk in changes]
    tracks = []
    for phase in begun:
        mine = [one for one in promises if one.row.phase == phase.pk or len(begun) == 1]
        tracks.append(_track(phase, changes[phase.pk], mine, still))
    shown = {one.row.pk for track in tracks for one in track.promises}
    return tracks, [one for one in promises if one.row.pk not in shown]


def _promise(row: rows.MilestoneRow, as_of: date, moves: list[rows.MoveRow]) -> Promise:
    facts = MilestoneFacts(row.kind, row.end, row.reached_on, row.withdrawn_on)
    still = is_open(facts, as_of)
    light = milestone_light(facts, as_of).value if still else "done"
    return Promise(row, MilestoneKind(row.kind).label, still, light, milestone_words(facts, as_of), moves)


def _track(
    phase: rows.PhaseRow, changes: list[rows.ChangeRow], promises: list[Promise], still: tuple[int, int | None]
) -> Track:
    days = {Stage(change.stage): change for change in changes}
    now, entered = max(days, key=lambda one: one.order), min(stage.order for stage in days)
    figures = [
        f"{plain(value)} {unit}"
        for value, unit in ((phase.investment_yi, "亿元"), (phase.land_mu, "亩"))
        if value is not None
    ]
    steps = [_step(stage, now, entered, days.get(stage), promises, still) for stage in Stage]
    return Track(phase.name, "·".join(figures), steps, promises)


def _step(
    stage: Stage,
    now: Stage,
    entered: int,
    change: rows.ChangeRow | None,
    promises: list[Promise],
    still: tuple[int, int | None],
) -> Step:
    if stage.order <= now.order:
        passed = ["入库前"] if stage.order < entered else ["未记"]
        notes = passed if change is None else [f"{change.on} 入库时" if change.entry else f"{change.on}"]
        if change is not None and change.paper:
            notes.append(Paper(change.paper).label)
        unmoved, limit = still
        silent = ("yellow", f"{unmoved} 天未动，限 {limit}") if unmoved and stage is now else None
        return Step(stage.label, "current" if stage is now else "done", notes, silent)
    promise = next((one for one in promises if one.row.stage == stage.value and one.open), None)
    if promise is None:
        return Step(stage.label, "", ["未定"])
    when = promise.row.when or (f"{promise.row.end}" if promise.row.end else "未定期")
    words = [f"原定 {when}", f"改期 {promise.row.end or '未定期'}"] if promise.moves else [f"{promise.kind} {when}"]
    return Step(stage.label, "", words, (promise.light, promise.word) if promise.light in ("red", "yellow") else None)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
