"""Moving between stages, and a project's stage from its phases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhaoyin.kernel.stages import Stage
from zhaoyin.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class StageMove:
    """A phase at `current` since `since` (None where unknown) is to move to `target` on `on`, on `paper` if one was signed."""

    current: Stage
    since: date | None
    target: Stage
    on: date
    as_of: date
    paper: str = ""
    standing: str = "active"
    known_on: date | None = None


def may_move(move: StageMove) -> Verdict:
    """Whether a stage move stands: forwards, in order of days, a signing only on a formal agreement (domain.md §3)."""
    reasons = []
    if move.standing != "active":
        reasons.append("项目已暂缓、终止或流转，不能推进")
    if move.target.order <= move.current.order:
        reasons.append(f"现处“{move.current.label}”阶段，不能改为“{move.target.label}”")
    if move.current.order < Stage.SIGNED.order < move.target.order:
        # A signing that was leapt over could never be recorded, and the year's target would miss it for good.
        reasons.append(f"还没有登记签约：先推进到“{Stage.SIGNED.label}”，再推进到“{move.target.label}”")
    if move.since is not None and move.on < move.since:
        reasons.append(f"日期早于进入“{move.current.label}”阶段的 {move.since}")
    if move.on > move.as_of:
        reasons.append(f"日期晚于截至日 {move.as_of}")
    if move.target is Stage.SIGNED and move.paper != "formal":
        reasons.append("签约须有正式投资协议；框架协议、章程不算签约")
    return Verdict(ok=not reasons, figure=None, required=None, reasons=tuple(reasons))


def questions(move: StageMove) -> tuple[str, ...]:
    """What a person should be asked before a move that may stand and is unusual: stages left out, a day before the project."""
    asked = []
    between = [stage.label for stage in Stage if move.current.order < stage.order < move.target.order]
    if between:
        asked.append(f"将跳过{'、'.join(between)}，确实没有经过这{'些' if len(between) > 1 else '个'}阶段吗")
    if move.known_on is not None and move.on < move.known_on:
        asked.append(f"日期早于项目入库日 {move.known_on}，确实是这一天吗")
    return tuple(asked)


def furthest(stages: Iterable[str]) -> Stage:
    """The furthest of the phases' stages; a lead where there is none."""
    return max((Stage(stage) for stage in stages), key=lambda stage: stage.order, default=Stage.LEAD)
