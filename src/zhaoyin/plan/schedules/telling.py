"""What the timeline of a project tells of its milestones."""

from collections.abc import Iterable
from datetime import date

from zhaoyin.record.projects.queries import Moment

from .models import Milestone, Move


def moments(pk: int, as_of: date) -> Iterable[Moment]:
    """Milestones of project `pk` that were reached, moved or withdrawn up to the day."""
    for one in Milestone.objects.filter(project=pk):
        if one.reached_on is not None and one.reached_on <= as_of:
            late = one.end is not None and one.reached_on > one.end
            yield Moment(one.reached_on, "节点", f"完成“{one.text}”{f'，晚于 {one.end}' if late else ''}")
        if one.withdrawn_on is not None and one.withdrawn_on <= as_of:
            yield Moment(one.withdrawn_on, "节点", f"撤销“{one.text}”")
    moves = Move.objects.filter(milestone__project=pk, on__lte=as_of).select_related("milestone", "by")
    for move in moves.order_by("-on", "-pk"):
        before, after = (end or "未定期" for end in (move.from_end, move.to_end))
        who = str(move.by or "")
        yield Moment(move.on, "节点", f"“{move.milestone.text}”改期 {before} → {after}：{move.reason}", who)
