"""Everything that happened to a project in one line of days, whatever room keeps it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models.functions import TruncDate

from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import Stage

from ..models import ForeignCapital, Note, Paper, Problem, ProblemKind, Project, StageChange, StandingChange, TeamPart

MOST = 200


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


def timeline_of(pk: int, as_of: date, most: int = MOST) -> list[Moment]:
    """What happened up to the day, the latest first, at most `most`; on one day in the order in which it was recorded."""
    moments = [moment for source in (*OWN, *_sources) for moment in source(pk, as_of)]
    return sorted(moments, key=lambda one: one.on, reverse=True)[:most]


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
    return [Moment(one.on, "外资", f"到账 {plain(one.amount_wan_usd)} 万美元") for one in rows]


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


OWN: tuple[Source, ...] = (_stages, _standings, _notes, _problems, _capital, _files, _team)
