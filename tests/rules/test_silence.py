"""How long a project may stay without movement: the nearest table above holds, else the usual days."""

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.rules import DEFAULT, USUAL, Silence, read_gates, silence_in, spans_of

STEP = 4
PATHS = {1: "0001", 2: "00010001", 3: "000100010001", 4: "0002"}


def table(days: int) -> str:
    return f"阶段:\n- {{阶段: 签约, 几天不动提醒: {days}}}"


def test_the_usual_days_are_those_of_the_default_table() -> None:
    assert {stage: USUAL.limit(1, stage) for stage in Stage if USUAL.limit(1, stage)} == {
        "lead": 45, "negotiation": 30, "signed": 20,
    }  # fmt: skip
    assert spans_of(read_gates(DEFAULT)) == USUAL.usual


def test_the_nearest_table_at_or_above_a_place_holds() -> None:
    silence = silence_in({"0001": table(7), "000100010001": table(9)}, PATHS, STEP)
    assert [silence.limit(number, "signed") for number in PATHS] == [7, 7, 9, 20]
    assert [silence.limit(number, "lead") for number in PATHS] == [None, None, None, 45]


def test_a_table_that_says_the_usual_days_is_nothing_apart() -> None:
    assert silence_in({"0001": DEFAULT}, PATHS, STEP) == USUAL
    assert silence_in({}, PATHS, STEP) == USUAL


@given(st.dictionaries(st.sampled_from(sorted(PATHS.values())), st.integers(1, 99).map(table)), st.sampled_from(Stage))
def test_every_place_stands_in_one_group_at_most(owners: dict[str, str], stage: Stage) -> None:
    silence = silence_in(owners, PATHS, STEP)
    named = [number for numbers, _ in silence.apart for number in numbers]
    assert len(named) == len(set(named))
    assert Silence(silence.usual).limit(9, stage) == silence.limit(9, stage), "a place that nobody named"
