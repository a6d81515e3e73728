"""The few events by which a lower room lets upper rooms act in the same transaction (a signing fulfils a milestone)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

Event = TypeVar("Event")
_subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class StageMoved:
    """A phase of a project reached `stage` (a `Stage` value) on a day; `by` is the account that recorded it."""

    project_id: int
    phase_id: int
    stage: str
    on: date
    by: Any


@dataclass(frozen=True, slots=True)
class PhaseReturned:
    """A phase was sent back on a day: the stages `beyond` (`Stage` values) hold no longer."""

    project_id: int
    phase_id: int
    beyond: tuple[str, ...]
    on: date
    by: Any


@dataclass(frozen=True, slots=True)
class ProjectsJoined:
    """The project `gone_id` has gone into `project_id` (`apart`: has come out of it again): what hung on it by a foreign key was
    moved already. Rooms that name projects otherwise, or keep figures of them, follow.
    """

    gone_id: int
    project_id: int
    apart: bool = False


def subscribe(kind: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` for every event of `kind`; once per handler, however often a room is loaded."""
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def dispatch(event: object) -> None:
    """Tell the subscribers, in the caller's transaction: what one of them raises undoes the whole act."""
    for handler in _subscribers[type(event)]:
        handler(event)
