"""Two people changed one record, or two records are one project: what is taken of each, and what somebody must decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zhaoyin.kernel.stages import Stage

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both touched: as it was when the second opened the page, as the first stored it, as the second typed it."""

    field: str
    base: str
    theirs: str
    own: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of the fields. `values` has every one of `own`; where there is a clash it holds what is stored.

    `brought` are the fields that only the other one touched, `clashes` those that somebody must decide.
    """

    values: dict[str, str]
    brought: tuple[str, ...]
    clashes: tuple[Clash, ...]


def three_way(base: Words, theirs: Words, own: Words) -> Merge:
    """Merge field by field: whoever touched a field alone has it, and where both wrote the same nothing is to be decided.

    All three give fields as words in one way of writing. A field that `base` does not name was perhaps touched by both: where
    the two differ, it is asked.
    """
    values: dict[str, str] = {}
    brought, clashes = [], []
    for field, mine in own.items():
        stored = theirs.get(field, mine)
        before = base.get(field)
        values[field] = stored
        if mine == stored:
            continue
        if mine == before:
            brought.append(field)
        elif stored == before:
            values[field] = mine
        else:
            clashes.append(Clash(field, before if before is not None else "", stored, mine))
    return Merge(values, tuple(brought), tuple(clashes))


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage that one of two records of a phase says was reached on a day; `entry` as in `StageChange`."""

    key: int
    stage: Stage
    on: date
    entry: bool
    own: bool  # of the record that stays


def one_course(changes: Iterable[Reached]) -> list[Reached]:
    """The course of a phase of which two records tell: each stage once, and never backwards, so that nothing counts twice.

    Where both tell of a stage, a dated event goes before what was found on entry, then the earlier day, then the record that
    stays. The furthest stage is always in it.
    """
    best: dict[Stage, Reached] = {}
    for one in sorted(changes, key=lambda one: (one.entry, one.on, not one.own, one.key)):
        best.setdefault(one.stage, one)
    course: list[Reached] = []
    # From the end backwards: the furthest stage stands, and what is said to have come after it does not.
    for one in sorted(best.values(), key=lambda one: -one.stage.order):
        if not course or one.on <= course[-1].on:
            course.append(one)
    return course[::-1]
