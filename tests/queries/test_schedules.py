"""The light in SQL is the light of the rules, on any day, whatever happened in whatever order."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.schedules.actions import move_milestone, reach_milestone, withdraw_milestones
from zhaoyin.plan.schedules.models import Milestone, Move
from zhaoyin.plan.schedules.queries import (
    facts_of,
    milestones_as_of,
    next_words,
    open_milestones,
    with_lights,
)
from zhaoyin.plan.schedules.rules import MilestoneFacts, is_open, is_silent, project_light
from zhaoyin.record.projects.actions import (
    NotAllowed,
    PhaseFacts,
    advance_stage,
    create_project,
    replace_phases,
    set_gates,
    write_note,
)
from zhaoyin.record.projects.models import Movement, Phase, Project, StageChange
from zhaoyin.record.projects.queries import known_on, phase_stages, silence_on
from zhaoyin.record.projects.rules import USUAL

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2022, 1, 1), date(2022, 3, 31)
FAR = date(2029, 12, 31)
FIELDS = ("stage_then", "rank_then", "moved_then", "due_then", "strive_then", "silent", "light_rank")
days = st.dates(FIRST, LAST)
KINDS = st.sampled_from(["planned", "strive", "deadline"])

acts = st.one_of(
    st.tuples(st.just("note"), days),
    st.tuples(st.just("stage"), days, st.sampled_from(Stage), st.integers(0, 1)),
    st.tuples(st.just("promise"), days, st.none() | days, KINDS, st.sampled_from(["", "signed", "construction"])),
    st.tuples(st.just("reach"), days, st.integers(0, 5)),
    st.tuples(st.just("move"), days, st.integers(0, 5), st.none() | days, KINDS),
    st.tuples(st.just("withdraw"), days, st.integers(0, 5)),
    st.tuples(st.just("phase"), days, st.sampled_from([Stage.LEAD, Stage.SIGNED])),
)


def perform(project: Project, act: tuple[Any, ...]) -> None:
    """Do it, or leave it where the rules forbid it."""
    what, on, *rest = act
    milestones = list(project.milestones.order_by("pk"))
    phases = list(project.phases.order_by("position"))
    if what == "note":
        write_note(by=None, project=project, text="进展", on=on)
    elif what == "stage":
        advance_stage(by=None, phase=phases[rest[1] % len(phases)], stage=rest[0], on=on, as_of=FAR, paper="formal")
    elif what == "promise":
        end, kind, stage = rest
        a_milestone(project, end, kind if end else "undated", on, stage=stage)
    elif what == "phase":
        replace_phases(by=None, project=project, phases=[{"name": "一期"}, {"name": "二期"}], on=on, stage=rest[0])
    elif milestones:
        one = milestones[rest[0] % len(milestones)]
        if what == "reach":
            reach_milestone(by=None, milestone=one, on=on, as_of=FAR)
        elif what == "move":
            move_milestone(by=None, milestone=one, start=None, end=rest[1], kind=rest[2], reason="用地", on=on)
        elif one.reached_on is None and one.withdrawn_on is None:
            withdraw_milestones(by=None, milestones=[one], on=on)


class History:
    """Every row of a project's history, read once; `told` lets the rules judge any day of it."""

    def __init__(self, project: Project) -> None:
        self.known_on = Project.objects.get(pk=project.pk).known_on
        self.changes = list(StageChange.objects.filter(phase__project=project).values_list("stage", "on"))
        self.movements = list(Movement.objects.filter(project=project).values_list("on", flat=True))
        self.moves = list(Move.objects.filter(milestone__project=project).order_by("on", "pk"))
        self.milestones = list(Milestone.objects.filter(project=project))

    def told(self, as_of: date) -> dict[str, Any]:
        """What the rules say of the day."""
        stages = [Stage(stage) for stage, on in self.changes if on <= as_of]
        stage = max(stages, key=lambda one: one.order, default=Stage.LEAD)
        moved = max([self.known_on, *(on for on in self.movements if on <= as_of)])
        facts = [self.facts(one, as_of) for one in self.milestones if one.known_on <= as_of]
        still = [one for one in facts if is_open(one, as_of) and one.end]
        silent = is_silent(USUAL.limit(0, stage), moved, as_of)
        return {
            "stage_then": stage,
            "rank_then": stage.order,
            "moved_then": moved,
            "due_then": min((one.end for one in still if one.kind != "strive" and one.end), default=None),
            "strive_then": min((one.end for one in still if one.kind == "strive" and one.end), default=None),
            "silent": silent,
            "light_rank": project_light(facts, as_of, silent=silent).rank,
        }

    def facts(self, one: Milestone, as_of: date) -> MilestoneFacts:
        """The milestone's dates on the day: those it began with, and every move up to the day."""
        moves = [move for move in self.moves if move.milestone_id == one.pk]
        kind, end = (moves[0].from_kind, moves[0].from_end) if moves else (one.kind, one.end)
        for move in moves:
            if move.on <= as_of:
                kind, end = move.to_kind, move.to_end
        return MilestoneFacts(kind, end, one.reached_on, one.withdrawn_on)


def asked(project: Project, as_of: date, later: bool | None = None) -> dict[str, Any]:
    rows = with_lights(known_on(Project.objects.filter(pk=project.pk), as_of, later), as_of, later=later)
    row = rows.get()
    return {key: getattr(row, key) for key in FIELDS}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(known=days, done=st.lists(acts, max_size=8), other=days)
def test_sql_and_rules_agree_on_every_day(known: date, done: list[tuple[Any, ...]], other: date) -> None:
    with transaction.atomic():
        project = a_project(a_jurisdiction(), known_on=known, stage=Stage.LEAD)
        for act in done:
            try:
                with transaction.atomic():
                    perform(project, act)
            except NotAllowed:
                pass
        history = History(project)
        around = {known, other, FIRST + timedelta(60), LAST + timedelta(60), *(act[1] for act in done)}
        wanted = sorted(day for day in around | {day - timedelta(1) for day in around} if day >= known)
        for day in wanted:
            assert asked(project, day) == history.told(day), day
        # The history alone must say the same, also of the days that the stored facts answer.
        Project.objects.filter(pk=project.pk).update(recorded_on=FAR)
        for day in wanted:
            assert asked(project, day, later=True) == history.told(day), f"{day} from history"
        transaction.set_rollback(True)


def test_a_project_is_not_there_before_it_was_known() -> None:
    project = a_project(a_jurisdiction(), known_on=date(2022, 2, 1))
    assert not known_on(Project.objects.filter(pk=project.pk), date(2022, 1, 31)).exists()


def test_the_day_before_a_move_still_sees_the_first_date() -> None:
    project = a_project(a_jurisdiction(), known_on=date(2022, 1, 1))
    one = a_milestone(project, date(2022, 4, 30))
    move_milestone(by=None, milestone=one, start=None, end=date(2022, 8, 31), reason="用地", on=date(2022, 5, 20))
    before, after = date(2022, 5, 19), date(2022, 5, 20)
    assert asked(project, before)["light_rank"] == Light.RED.rank
    assert asked(project, after)["light_rank"] == Light.YELLOW.rank, "silent for longer than 45 days"
    assert [milestones_as_of(day).get().end_then for day in (before, after)] == [date(2022, 4, 30), date(2022, 8, 31)]


def test_a_paused_project_is_grey() -> None:
    project = a_project(a_jurisdiction(), known_on=date(2022, 1, 1), fields={"standing": Standing.PAUSED})
    a_milestone(project, date(2022, 1, 31))
    assert asked(project, date(2022, 7, 15))["light_rank"] == Light.GREY.rank


def test_open_milestones_come_in_the_order_of_their_days_and_undated_ones_last() -> None:
    project = a_project(a_jurisdiction(), known_on=date(2022, 1, 1))
    undated, late, early = (
        a_milestone(project, end, text=f"{end}") for end in (None, date(2022, 9, 1), date(2022, 3, 1))
    )
    reached = a_milestone(project, date(2022, 2, 1))
    reach_milestone(by=None, milestone=reached, on=date(2022, 2, 10), as_of=FAR)
    assert list(open_milestones(date(2022, 7, 15))) == [early, late, undated]
    assert next(iter(open_milestones(date(2022, 2, 9)))) == reached
    assert next_words([project.pk], date(2022, 7, 15)) == {project.pk: (date(2022, 3, 1), "2022-03-01")}
    assert facts_of(open_milestones(date(2022, 7, 15))[0]).end == date(2022, 3, 1)


def test_phases_are_as_far_as_they_were() -> None:
    phases: list[PhaseFacts] = [{"name": "一期"}, {"name": "二期"}]
    project = create_project(
        by=None, jurisdiction=a_jurisdiction(), name="甲项目", known_on=date(2022, 1, 1), phases=phases
    )
    first = Phase.objects.get(project=project, name="一期")
    advance_stage(by=None, phase=first, stage=Stage.SIGNED, on=date(2022, 3, 1), as_of=FAR, paper="formal")
    assert phase_stages([project.pk], date(2022, 2, 28)) == {project.pk: [("一期", Stage.LEAD), ("二期", Stage.LEAD)]}
    assert phase_stages([project.pk], date(2022, 3, 1)) == {project.pk: [("一期", Stage.SIGNED), ("二期", Stage.LEAD)]}


def test_the_days_of_silence_are_those_of_the_place_and_of_the_day() -> None:
    here, other = a_jurisdiction(), a_jurisdiction("别的市")
    for place in (here, other):
        a_project(place, f"{place.name}项目", known_on=date(2022, 1, 1))
    set_gates(
        by=None,
        jurisdiction=here,
        text="阶段:\n- {阶段: 信息, 几天不动提醒: 10}",
        valid_from=date(2022, 1, 15),
        basis="纪要",
    )

    def silent(on: date) -> dict[str, bool]:
        rows = with_lights(known_on(Project.objects.all(), on), on, silence=silence_on(on))
        return dict(rows.values_list("jurisdiction__name", "silent"))

    assert silent(date(2022, 1, 14)) == {here.name: False, other.name: False}
    assert silent(date(2022, 1, 15)) == {here.name: True, other.name: False}, "fourteen days, ten are allowed"
    assert silent(date(2022, 2, 16)) == {here.name: True, other.name: True}
