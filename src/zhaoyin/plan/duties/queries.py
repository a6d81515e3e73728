"""Reading duties."""

from dataclasses import dataclass

from .models import Duty
from .rules import requirement


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as a plan's page shows it; `quote` is what the plan prints."""

    who: tuple[str, ...]
    measure: str
    requirement: str
    soft: bool
    quote: str


def duties_of(plan_id: int) -> list[DutyLine]:
    """The duties of one plan in its order."""
    return [
        DutyLine(
            who=tuple(duty.who),
            measure=duty.measure,
            requirement=requirement(
                kind=duty.kind,
                period=duty.period,
                comparator=duty.comparator,
                numerator=duty.numerator,
                denominator=duty.denominator,
                unit=duty.unit,
                each=duty.each,
                soft=duty.soft,
            ),
            soft=duty.soft,
            quote=duty.quote,
        )
        for duty in Duty.objects.filter(plan_id=plan_id)
    ]
