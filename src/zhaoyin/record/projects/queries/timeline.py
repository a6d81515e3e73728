"""Everything that happened to a project in one line of days, whatever room keeps it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models.functions import TruncDate

from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.ground.journal.models import Entry, Outcome
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import Stage

from ..models import (
    Economy,
    ForeignCapital,
    Note,
    Origin,
    Paper,
    Problem,
    ProblemKind,
    Project,
    StageChange,
    StandingChange,
    TeamPart,
)  # fmt: skip

MOST = 500  # of each kind: of more, the latest

# Acts that other sources tell with the day on which they happened, and one that says nothing of the project.
TOLD_OTHERWISE = {
    "projects.created", "projects.stage_advanced", "projects.stage_returned", "projects.turned", "projects.note_written",
    "projects.problem_raised", "projects.problem_settled", "projects.capital_recorded", "projects.team_joined",
    "projects.team_left", "projects.phone_opened", "attachments.kept", "schedules.milestone_reached",
    "schedules.milestone_moved", "schedules.milestone_withdrawn",
}  # fmt: skip
# Of the others, what is not just a change of what is recorded.
KINDS_OF_ACTS = {
    "projects.move_asked": "确认", "projects.move_answered": "确认", "projects.shared": "范围", "projects.unshared": "范围",
    "projects.restricted": "范围", "projects.unrestricted": "范围", "attachments.removed": "文件",
    "projects.problem_edited": "问题", "projects.capital_removed": "外资", "schedules.milestones_added": "节点",
    "schedules.milestone_reworded": "节点",
}  # fmt: skip


class Moment(NamedTuple):
    """What happened on a day: a kind of few letters, what, and by whom as far as that is known."""

    on: date
    kind: str
    text: str
    who: str = ""


Source = Callable[[int, date], Iterable[Moment]]
_sources: list[Source] = []


def provide(source: Source) -> Source:
    """Let an upper room tell what it knows of a project (by number) up to a day: given in its `apps.py`."""
    _sources.append(source)
    return source


def timeline_of(pk: int, as_of: date) -> list[Moment]:
    """What happened up to the day, the latest first; on one day by kind, and within a kind the latest first."""
    moments = [moment for source in (*OWN, *_sources) for moment in source(pk, as_of)]
    return sorted(moments, key=lambda one: one.on, reverse=True)


def _notes(pk: int, as_of: date) -> Iterable[Moment]:
    rows = Note.objects.filter(project=pk, on__lte=as_of).select_related("phase", "unit", "by")[:MOST]
    return [
        Moment(one.on, "进展", f"{one.phase.name}：{one.text}" if one.phase and one.phase.name else one.text,
               str(one.unit or one.by or ""))
        for one in rows
    ]  # fmt: skip


def _stages(pk: int, as_of: date) -> Iterable[Moment]:
    rows = StageChange.objects.filter(phase__project=pk, on__lte=as_of).select_related("phase", "by")
    moments = []
    for one in rows.order_by("-on", "-id"):
        words = f"入库时处于{Stage(one.stage).label}" if one.entry else f"进入{Stage(one.stage).label}"
        paper = f"，{Paper(one.paper).label}" if one.paper else ""
        if one.annulled_on is not None and one.annulled_on <= as_of:
            moments.append(Moment(one.annulled_on, "阶段", f"{one.phase.name}退回，不再算{words}"))
        moments.append(Moment(one.on, "阶段", f"{one.phase.name}{words}{paper}", str(one.by or "")))
    return moments


def _standings(pk: int, as_of: date) -> Iterable[Moment]:
    rows = StandingChange.objects.filter(project=pk, on__lte=as_of).select_related("unit", "by").order_by("-on", "-id")
    return [
        Moment(
            one.on,
            "状态",
            f"{f'转交{one.unit}' if one.unit else one.get_standing_display()}：{one.reason}",
            str(one.by or ""),
        )
        for one in rows
    ]


def _problems(pk: int, as_of: date) -> Iterable[Moment]:
    moments = []
    for one in Problem.objects.filter(project=pk, raised_on__lte=as_of).select_related("unit").order_by("-pk"):
        moments.append(Moment(one.raised_on, "问题", f"{ProblemKind(one.kind).label}：{one.text}", str(one.unit or "")))
        if one.settled_on is not None and one.settled_on <= as_of:
            moments.append(Moment(one.settled_on, "解决", f"{one.text}：{one.answer}", str(one.unit or "")))
    return moments


def _capital(pk: int, as_of: date) -> Iterable[Moment]:
    rows = ForeignCapital.objects.filter(project=pk, on__lte=as_of).order_by("-pk")
    yield from (Moment(one.on, "外资", f"到账 {plain(one.amount_wan_usd)} 万美元") for one in rows)
    contracts = Economy.objects.filter(project=pk).values_list("contracted_on", "contracted_wan_usd")
    for on, amount in contracts:
        if on is not None and amount is not None and on <= as_of:
            yield Moment(on, "外资", f"合同外资 {plain(amount)} 万美元")


def _origin(pk: int, as_of: date) -> Iterable[Moment]:
    for one in Origin.objects.filter(project=pk):
        if one.on is not None and one.on <= as_of:
            yield Moment(one.on, "来源", f"首次获知：{one.get_kind_display()}{f'，{one.who}' if one.who else ''}")


def _files(pk: int, as_of: date) -> Iterable[Moment]:
    moments = []
    for one in attached_to(Project, [pk]).annotate(day=TruncDate("at"))[:MOST]:
        version = f"（第 {one.version} 版）" if one.version > 1 else ""
        if one.day <= as_of:
            moments.append(Moment(one.day, "文件", f"{one.name}{version}", str(one.by or "")))
    return moments


def _team(pk: int, as_of: date) -> Iterable[Moment]:
    moments = []
    for one in TeamPart.objects.filter(project=pk, since__lte=as_of).select_related("official").order_by("-pk"):
        moments.append(Moment(one.since, "团队", f"{one.official}任{one.get_part_display()}"))
        if one.until is not None and one.until <= as_of:
            moments.append(Moment(one.until, "团队", f"{one.official}不再任{one.get_part_display()}"))
    return moments


def _journal(pk: int, as_of: date) -> Iterable[Moment]:
    """What was changed of the record, on the day on which somebody did so."""
    rows = Entry.objects.filter(subject_kind=Project._meta.label_lower, subject_id=pk, outcome=Outcome.DONE)
    rows = rows.exclude(act__in=TOLD_OTHERWISE).annotate(day=TruncDate("at")).filter(day__lte=as_of)
    for one in rows.order_by("-id")[:MOST]:
        yield Moment(one.day, KINDS_OF_ACTS.get(one.act, "修改"), sentence(one), one.by_name)


OWN: tuple[Source, ...] = (
    _stages, _standings, _notes, _problems, _capital, _files, _team, _origin, _journal,
)  # fmt: skip
