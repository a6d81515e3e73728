"""Pure decisions about milestones: the light as of a day, and whether a date may be moved (domain.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Standing
from zhaoyin.kernel.verdict import Verdict

WARNING_DAYS = 15


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone's dates and kind in force on the day asked for; `reached_on` None where it is open."""

    kind: str
    end: date | None
    reached_on: date | None = None
    withdrawn_on: date | None = None


def is_open(facts: MilestoneFacts, as_of: date) -> bool:
    """Whether the milestone still stands to be reached at the end of `as_of`."""
    reached = facts.reached_on is not None and facts.reached_on <= as_of
    withdrawn = facts.withdrawn_on is not None and facts.withdrawn_on <= as_of
    return not reached and not withdrawn


def milestone_light(facts: MilestoneFacts, as_of: date, warning_days: int = WARNING_DAYS) -> Light:
    """Grey done or undated, red past due, yellow due within the span or striven-for and past, green otherwise."""
    if not is_open(facts, as_of) or facts.end is None:
        return Light.GREY
    if facts.end < as_of:
        return Light.YELLOW if facts.kind == "strive" else Light.RED
    return Light.YELLOW if facts.end <= as_of + timedelta(days=warning_days) else Light.GREEN


def days_late(end: date | None, as_of: date) -> int | None:
    """Days past the end (positive when late, 0 on the day, negative while there is time); None without a date."""
    return None if end is None else (as_of - end).days


def project_light(
    milestones: Iterable[MilestoneFacts],
    as_of: date,
    *,
    silent: bool,
    active: bool = True,
    warning_days: int = WARNING_DAYS,
) -> Light:
    """The worst of the open milestones; a project that has been silent too long is at least yellow."""
    if not active:
        return Light.GREY
    lights = [milestone_light(facts, as_of, warning_days) for facts in milestones]
    if silent:
        lights.append(Light.YELLOW)
    return min(lights, key=lambda light: light.rank, default=Light.GREY)


def is_silent(limit: int | None, moved_on: date, as_of: date) -> bool:
    """Whether nothing has moved for more days than the limit (`projects.rules.Silence`); without one it is never silent."""
    return limit is not None and (as_of - moved_on).days > limit


def outlook_light(
    standing: Standing, limit: int | None, *, due: date | None, strive: date | None, moved_on: date, as_of: date
) -> Light:
    """A project's light from its earliest open dates: those that come later cannot be worse. `limit` as in `is_silent`."""
    first = [MilestoneFacts("planned", due), MilestoneFacts("strive", strive)]
    silent = is_silent(limit, moved_on, as_of)
    return project_light(first, as_of, silent=silent, active=standing is Standing.ACTIVE)


def may_reach(*, reached_on: date, as_of: date, open_: bool) -> Verdict:
    """Whether a milestone may be marked reached on a day."""
    reasons = []
    if not open_:
        reasons.append("这个节点已经完成或撤销")
    if reached_on > as_of:
        reasons.append(f"完成日晚于截至日 {as_of}")
    return Verdict(ok=not reasons, figure=None, required=None, reasons=tuple(reasons))


def may_change_dates(
    *, start: date | None, end: date | None, reason: str, on: date, since: date, open_: bool
) -> Verdict:
    """Whether a milestone's dates may be moved on the day `on`: only an open one, into a window in order, with a reason.

    `since` is the day on which it got its present dates: a move before it would falsify what was asked of days between.
    """
    reasons = []
    if not open_:
        reasons.append("这个节点已经完成或撤销，不能改期")
    if not reason.strip():
        reasons.append("改期须写明理由")
    if start is not None and end is not None and start > end:
        reasons.append("起始日晚于截止日")
    if start is not None and end is None:
        reasons.append("有起始日就要有截止日")
    if on < since:
        reasons.append(f"改期日早于现有日期的确定日 {since}")
    return Verdict(ok=not reasons, figure=None, required=None, reasons=tuple(reasons))


def milestone_words(facts: MilestoneFacts, as_of: date) -> str:
    """The words beside a milestone's light, with the days they are about: 逾期 76 天, 剩 10 天, 7-06 完成，迟 6 天."""
    if facts.reached_on is not None and facts.reached_on <= as_of:
        late = days_late(facts.end, facts.reached_on)
        done = f"{facts.reached_on.month}-{facts.reached_on.day:02d} 完成"
        if facts.withdrawn_on is not None and facts.withdrawn_on <= as_of:
            return f"{done}，{facts.withdrawn_on.month}-{facts.withdrawn_on.day:02d} 退回"
        return f"{done}，迟 {late} 天" if late is not None and late > 0 else done
    if facts.withdrawn_on is not None and facts.withdrawn_on <= as_of:
        return "已撤销"
    if facts.end is None:
        return "未定期"
    return _left(facts.end, as_of, "超争取日" if facts.kind == "strive" else "逾期")


def project_words(
    light: Light,
    *,
    due: date | None,
    strive: date | None,
    moved_on: date,
    as_of: date,
    standing: Standing = Standing.ACTIVE,
) -> str:
    """The words beside a project's light: what makes it red or yellow, with the days; `due` and `strive` as in its light."""
    if standing is not Standing.ACTIVE:
        return standing.label
    if light is Light.RED and due is not None:
        return _left(due, as_of, "逾期")
    if light is Light.YELLOW:
        warned = as_of + timedelta(days=WARNING_DAYS)
        near = [(day, word) for day, word in ((due, "逾期"), (strive, "超争取日")) if day is not None and day <= warned]
        day, word = min(near, default=(as_of, ""))
        return _left(day, as_of, word) if near else f"{(as_of - moved_on).days} 天未动"
    return light.label


def _left(end: date, as_of: date, word: str) -> str:
    left = (end - as_of).days
    return f"{word} {-left} 天" if left < 0 else f"剩 {left} 天" if left else "今日到期"
