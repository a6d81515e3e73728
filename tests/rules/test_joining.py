"""Two records of one phase: each stage once, never backwards, the furthest always there."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.rules import Reached, one_course

FIRST = date(2022, 1, 1)
CHANGES = st.lists(
    st.builds(
        lambda stage, days, entry, own: (stage, FIRST + timedelta(days), entry, own),
        st.sampled_from(Stage),
        st.integers(0, 300),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
).map(lambda rows: [Reached(key, *row) for key, row in enumerate(rows)])


def reached(stage: Stage, day: int, *, entry: bool = False, own: bool = True, key: int = 0) -> Reached:
    return Reached(key, stage, FIRST + timedelta(day), entry, own)


def test_a_signing_that_both_tell_of_counts_once_and_the_earlier_day_holds() -> None:
    own, other = reached(Stage.SIGNED, 20, key=1), reached(Stage.SIGNED, 10, own=False, key=2)
    assert one_course([own, other]) == [other]


def test_an_event_goes_before_what_was_found_on_entry() -> None:
    found, event = reached(Stage.SIGNED, 1, entry=True, key=1), reached(Stage.SIGNED, 30, own=False, key=2)
    assert one_course([found, event]) == [event]


def test_what_is_said_to_have_come_after_a_later_stage_is_left_out() -> None:
    late, signed = reached(Stage.NEGOTIATION, 60, key=1), reached(Stage.SIGNED, 30, own=False, key=2)
    assert one_course([late, signed]) == [signed]


@given(CHANGES)
def test_a_course_goes_forwards_to_the_furthest_stage(changes: list[Reached]) -> None:
    course = one_course(changes)
    assert set(course) <= set(changes)
    assert [one.stage.order for one in course] == sorted({one.stage.order for one in course})
    assert [one.on for one in course] == sorted(one.on for one in course)
    assert course[-1].stage.order == max(one.stage.order for one in changes)


@given(CHANGES)
def test_what_one_course_gives_is_one_already(changes: list[Reached]) -> None:
    course = one_course(changes)
    assert one_course(course) == course
