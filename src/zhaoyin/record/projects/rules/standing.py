"""Pausing, terminating, handing on and resuming a project."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhaoyin.kernel.stages import Standing
from zhaoyin.kernel.verdict import Verdict

PURSUED = frozenset({Standing.ACTIVE, Standing.PAUSED})


class Turn(StrEnum):
    """What may be done about a project's standing; the value stands in the page's address."""

    PAUSE = "pause"
    TERMINATE = "terminate"
    TRANSFER = "transfer"
    RESUME = "resume"

    @property
    def label(self) -> str:
        """The word on the button."""
        return TURNS[self][0]

    @property
    def standing(self) -> Standing:
        """How the project stands afterwards; handed to a unit of its own place it goes on being pursued."""
        return TURNS[self][1]

    @property
    def of(self) -> frozenset[Standing]:
        """How it must stand before."""
        return TURNS[self][2]


TURNS: dict[Turn, tuple[str, Standing, frozenset[Standing]]] = {
    Turn.PAUSE: ("暂缓", Standing.PAUSED, frozenset({Standing.ACTIVE})),
    Turn.TERMINATE: ("终止", Standing.TERMINATED, PURSUED),
    Turn.TRANSFER: ("转交", Standing.TRANSFERRED, PURSUED),
    Turn.RESUME: ("恢复推进", Standing.ACTIVE, frozenset(Standing) - {Standing.ACTIVE}),
}


@dataclass(frozen=True, slots=True)
class StandingMove:
    """`turn` as of the day `on`, of a project that stands as it does `since` its last change (None: it has had none).

    `goes` says whether a transfer names where to, `until` when a paused project is looked at again.
    """

    turn: Turn
    current: Standing
    since: date | None
    known_on: date
    on: date
    as_of: date
    reason: str
    goes: bool = True
    until: date | None = None


def may_turn(move: StandingMove) -> Verdict:
    """Whether the standing may change so: in the order of states and of days, for a reason, a transfer to somewhere."""
    reasons = []
    if move.current not in move.turn.of:
        reasons.append(f"项目现为“{move.current.label}”，不能{move.turn.label}")
    if move.since is not None and move.on < move.since:
        reasons.append(f"日期早于上一次状态变动的 {move.since}")
    if move.on > move.as_of:
        reasons.append(f"日期晚于截至日 {move.as_of}")
    if not move.reason.strip():
        reasons.append(f"请写明{move.turn.label}的原因")
    if move.turn is Turn.TRANSFER and not move.goes:
        reasons.append("请写明转交给哪个单位，或流转到哪个地方")
    if move.until is not None and move.until <= move.on:
        reasons.append("再议的日期应晚于暂缓的日期")
    return Verdict(ok=not reasons, figure=None, required=None, reasons=tuple(reasons))


def turn_questions(move: StandingMove) -> tuple[str, ...]:
    """What a person should be asked before a turn that may stand and is unusual: a day before the project."""
    if move.on >= move.known_on:
        return ()
    return (f"日期早于项目入库日 {move.known_on}，确实是这一天吗",)
