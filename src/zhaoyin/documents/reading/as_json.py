"""A reading as the JSON of the contract: numbers as strings of plain decimals, days as ISO strings, unknown as null."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhaoyin.kernel.numerals import plain

from .model import Doubt, PlanReading, ReadDuty, ReadMilestone, ReadPhase, ReadProject, ReadSection, ReadTarget

Json = dict[str, Any]


def as_json(reading: PlanReading) -> Json:
    """The object that `zhaoyin plan read --json` prints; places stay behind, they belong to the review page."""
    return {
        "title": reading.title,
        "year": reading.year,
        "place": reading.place,
        "targets": [_target(target) for target in reading.targets],
        "duties": [_duty(duty) for duty in reading.duties],
        "sections": [_section(section) for section in reading.sections],
        "projects": [_project(project) for project in reading.projects],
        "doubts": [_doubt(doubt) for doubt in reading.doubts],
    }


def _number(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _target(target: ReadTarget) -> Json:
    return {
        "label": target.label,
        "metric": target.metric,
        "comparator": target.comparator,
        "value": _number(target.value),
        "unit": target.unit,
        "floor_yi": _number(target.floor_yi),
        "scope": target.scope,
        "quote": target.quote,
    }


def _duty(duty: ReadDuty) -> Json:
    return {
        "who": list(duty.who),
        "measure": duty.measure,
        "kind": duty.kind,
        "period": duty.period,
        "comparator": duty.comparator,
        "value": _number(duty.value),
        "unit": duty.unit,
        "each": duty.each,
        "soft": duty.soft,
        "quote": duty.quote,
    }


def _section(section: ReadSection) -> Json:
    return {"title": section.title, "declared": section.declared, "read": section.read}


def _project(project: ReadProject) -> Json:
    return {
        "seq": project.seq,
        "section": project.section,
        "name": project.name,
        "investment_yi": _number(project.investment_yi),
        "land_mu": _number(project.land_mu),
        "investor": project.investor,
        "content": project.content,
        "progress": list(project.progress),
        "goals": project.goals,
        "leaders": list(project.leaders),
        "unit": project.unit,
        "complete": project.complete,
        "phases": [_phase(phase) for phase in project.phases],
        "milestones": [_milestone(milestone) for milestone in project.milestones],
        "extra": dict(project.extra),
        "doubts": [_doubt(doubt) for doubt in project.doubts],
    }


def _phase(phase: ReadPhase) -> Json:
    return {"name": phase.name, "investment_yi": _number(phase.investment_yi), "land_mu": _number(phase.land_mu)}


def _milestone(milestone: ReadMilestone) -> Json:
    return {
        "when": milestone.when,
        "start": _day(milestone.start),
        "end": _day(milestone.end),
        "kind": milestone.kind,
        "text": milestone.text,
        "stage": milestone.stage,
        "phase": milestone.phase,
    }


def _doubt(doubt: Doubt) -> Json:
    return {"field": doubt.field, "message": doubt.message, "quote": doubt.quote}
