"""Milestones for tests, made as a person would make them."""

from datetime import date
from typing import Any

from zhaoyin.plan.plans.models import Entry, Plan
from zhaoyin.plan.schedules.actions import add_milestones
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.models import Project


def a_milestone(
    project: Project, end: date | None, kind: str = "", known_on: date | None = None, **more: Any
) -> Milestone:
    """A promise of `project`; undated without an end."""
    fields = {"text": "正式签约", "kind": kind or ("planned" if end else "undated"), "end": end, **more}
    add_milestones(by=None, promises=[(project, fields)], known_on=known_on or project.known_on)
    return Milestone.objects.filter(project=project).latest("pk")


def an_entry(plan: Plan, project: Project, seq: int, section: str = "", **more: Any) -> Entry:
    """The project's row in a plan, in the order of `seq`."""
    return Entry.objects.create(plan=plan, project=project, seq=seq, position=seq, section=section, **more)
