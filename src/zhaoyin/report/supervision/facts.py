"""One month's facts of one jurisdiction, as plain values: what the bulletin is composed from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.targets.rules import Progress, Record


class ProjectFacts(NamedTuple):
    """A project as it stood on the day. `active` is neither paused, terminated nor transferred."""

    id: int
    name: str
    unit_id: int | None
    leader_ids: tuple[int, ...]
    stage: Stage
    active: bool

    @property
    def project_id(self) -> int:
        """Its own number, as other facts name the project they belong to."""
        return self.id


class Promise(NamedTuple):
    """A milestone with the date and kind in force on the day; `reached_on` None where it is open."""

    id: int
    project_id: int
    text: str
    end: date | None
    kind: str
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """An open problem: `kind` as shown, `unit` the name of who is to settle it ("" where nobody is named)."""

    id: int
    project_id: int
    kind: str
    text: str
    unit: str
    raised_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit; `reports` where it owes a monthly report, `noted` where it wrote one in the month."""

    id: int
    name: str
    reports: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """Everything the bulletin of `period` says, known on `as_of` (its last day, or the day of asking within it).

    `events` leads from signed, landed, construction to the year's records up to `as_of`; `moved` holds the projects
    that changed their stage or came into the library in the month; `units` and `leaders` stand in their own order,
    never in an order of merit.
    """

    place: str
    office: str
    demo: bool
    period: Period
    as_of: date
    targets: tuple[tuple[int, Progress], ...]
    projects: Mapping[int, ProjectFacts]
    units: tuple[UnitFacts, ...]
    leaders: Mapping[int, str]
    events: Mapping[str, tuple[Record, ...]]
    reached: tuple[Promise, ...]
    due: tuple[Promise, ...]  # open, and due by the end of the month after
    problems: tuple[ProblemFacts, ...]
    moved: frozenset[int]
    counted: tuple[str, ...] = ()  # what counts as signed, landed, started

    @property
    def complete(self) -> bool:
        """Whether the month is over."""
        return self.as_of >= self.period.end
