"""What a plan says: the reading of an official document, as plain values (the contract is docs/how-to/read-a-plan.md).

Numbers are `Decimal` (or `Fraction` for a share); unknown is `None` and never zero. Money is 亿元, land is 亩.
`places` leads from a field's name to where it is printed, in the order of the printing.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .source import Place

Places = dict[str, tuple[Place, ...]]


@dataclass(slots=True)
class Doubt:
    """Something that could not be decided, or that contradicts itself. Nothing was guessed or mended."""

    field: str
    message: str  # Chinese, one sentence
    quote: str
    place: Place | None = None


@dataclass(slots=True)
class ReadTarget:
    """One annual target as printed: `label` `comparator` `value` `unit`, counted from `floor_yi` 亿元 upwards."""

    label: str
    metric: str  # projects_signed, foreign_capital_used, events_large, events_small …; "" when no known metric fits
    comparator: str  # ge, gt, le, lt, eq
    value: Decimal
    unit: str
    floor_yi: Decimal | None
    scope: str
    quote: str
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class ReadDuty:
    """One standing duty: each of `who` owes `comparator` `value` of `measure` per `period`; `soft` is 原则上."""

    who: tuple[str, ...]
    measure: str
    kind: str  # share, count
    period: str  # month, quarter, half, year
    comparator: str
    value: Decimal | Fraction
    unit: str | None
    each: bool
    soft: bool
    quote: str
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class ReadMilestone:
    """One dated promise. `kind` is planned, strive, deadline or undated; `stage` the stage its words name, if any."""

    when: str
    start: date | None
    end: date | None
    kind: str
    text: str
    stage: str | None
    phase: str | None
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class ReadPhase:
    """一期, 二期 …: what the text says of that part of the project."""

    name: str
    investment_yi: Decimal | None = None
    land_mu: Decimal | None = None
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class ReadProject:
    """One row of the project list. `complete` is false where the document breaks off inside the row. `seq` is the printed
    number; in a list that prints none, the place in the list."""

    seq: int | None
    section: str | None
    name: str
    investment_yi: Decimal | None = None
    land_mu: Decimal | None = None
    investor: str | None = None
    content: str | None = None
    progress: tuple[str, ...] = ()
    goals: str | None = None
    leaders: tuple[str, ...] = ()
    unit: str | None = None
    complete: bool = True
    phases: tuple[ReadPhase, ...] = ()
    milestones: tuple[ReadMilestone, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)  # heading → text of columns nobody foresaw
    doubts: list[Doubt] = field(default_factory=list)
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class ReadSection:
    """A part of the project list: how many projects its heading declares, and how many were read."""

    title: str
    declared: int | None
    read: int
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class PlanReading:
    """Everything read from one document."""

    title: str
    year: int | None
    place: str | None
    targets: list[ReadTarget] = field(default_factory=list)
    duties: list[ReadDuty] = field(default_factory=list)
    sections: list[ReadSection] = field(default_factory=list)
    projects: list[ReadProject] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    places: Places = field(default_factory=dict)
