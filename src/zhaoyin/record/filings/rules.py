"""Who holds a lead and for how long, what the holder owes it by when, and how results are shared after a transfer.

docs/rules/filings.md is the prose with a worked example. Days are calendar days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Times:
    """The days of a jurisdiction: how long a lead is protected, and what is owed to it (the issue's defaults)."""

    protection: int = 90
    named: int = 1
    judged: int = 3
    answered: int = 7
    repeat: int = 14


class Due(NamedTuple):
    """One thing owed to a lead: which kind of step, by which day, and the day it was done, None while it is open."""

    kind: str
    due_on: date
    done_on: date | None = None

    def light(self, as_of: date) -> Light:
        """Grey once done, red past due, yellow on the day itself and the one before, green earlier."""
        if self.done_on is not None:
            return Light.GREY
        if as_of > self.due_on:
            return Light.RED
        return Light.YELLOW if self.due_on - as_of <= timedelta(days=1) else Light.GREEN


def protected(until: date, stage: str, as_of: date) -> bool:
    """Whether the first unit still holds its lead: to the last day of the period, and for good once talks have begun."""
    return as_of <= until or Stage(stage).order >= Stage.NEGOTIATION.order


def clock(
    filed_on: date, times: Times, done: Mapping[str, Sequence[date]], as_of: date, *, introducer: bool
) -> tuple[Due, ...]:
    """What is owed to a lead as of a day, in order. `done`: kind of step → the days it was taken; later ones are ignored.

    A named person, a first judgement, an answer where somebody introduced the lead; once these are done, word again every
    `times.repeat` days from the last step.
    """
    known = {kind: sorted(day for day in days if day <= as_of) for kind, days in done.items()}
    first = [("named", times.named), ("judged", times.judged)] + ([("answered", times.answered)] if introducer else [])
    owed = [
        Due(kind, filed_on + timedelta(days=days), known[kind][0] if known.get(kind) else None) for kind, days in first
    ]
    if all(one.done_on for one in owed):
        last = max(day for days in known.values() for day in days)
        owed.append(Due("followed", last + timedelta(days=times.repeat)))
    return tuple(owed)


class Handover(NamedTuple):
    """A confirmed transfer: `giver` keeps `kept` per cent of what it has of one indicator, `taker` gets the rest."""

    giver: int
    taker: int
    kept: Decimal


def parts(first: int | None, handovers: Iterable[Handover]) -> dict[int | None, Decimal]:
    """Unit → its per cent of an indicator after the transfers, in their order; they always sum to 100."""
    result: dict[int | None, Decimal] = {first: WHOLE}
    for one in handovers:
        had = result.pop(one.giver, Decimal(0))
        kept = had * one.kept / WHOLE
        for unit, share in ((one.giver, kept), (one.taker, had - kept)):
            if share:
                result[unit] = result.get(unit, Decimal(0)) + share
    return result


def divided(amount: Decimal, shares: Mapping[int | None, Decimal]) -> dict[int | None, Decimal]:
    """An amount by per cent, to six places: the last one takes what rounding leaves, so that the parts sum to the amount."""
    result: dict[int | None, Decimal] = {}
    left = amount
    *others, last = shares
    for unit in others:
        result[unit] = (amount * shares[unit] / WHOLE).quantize(Decimal("0.000001"))
        left -= result[unit]
    result[last] = left
    return result
