"""Moving between stages, and what remains of a name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.rules import StageMove, bare_name, bare_project, furthest, may_move

days = st.dates(date(2022, 1, 1), date(2022, 12, 31))
moves = st.builds(
    StageMove,
    current=st.sampled_from(Stage),
    since=st.none() | days,
    target=st.sampled_from(Stage),
    on=days,
    as_of=days,
    paper=st.sampled_from(["", "formal", "framework", "charter"]),
    standing=st.sampled_from(["active", "paused", "terminated", "transferred"]),
)


@given(moves)
def test_a_stage_moves_forward_in_time_on_the_right_paper(move: StageMove) -> None:
    verdict = may_move(move)
    assert verdict.ok == (
        move.standing == "active"
        and move.target.order > move.current.order
        and not move.current.order < Stage.SIGNED.order < move.target.order
        and (move.since is None or move.on >= move.since)
        and move.on <= move.as_of
        and (move.target is not Stage.SIGNED or move.paper == "formal")
    )
    assert verdict.ok == (not verdict.reasons)


def test_a_framework_agreement_is_no_signing() -> None:
    day = date(2022, 6, 1)
    verdict = may_move(StageMove(Stage.NEGOTIATION, None, Stage.SIGNED, day, day, "framework"))
    assert verdict.reasons == ("签约须有正式投资协议；框架协议、章程不算签约",)


def test_a_signing_is_never_leapt_over() -> None:
    day = date(2022, 6, 1)
    verdict = may_move(StageMove(Stage.NEGOTIATION, None, Stage.CONSTRUCTION, day, day))
    assert verdict.reasons == ("还没有登记签约：先推进到“签约”，再推进到“开工”",)


@given(st.lists(st.sampled_from(Stage)))
def test_a_project_is_where_its_furthest_phase_is(stages: list[Stage]) -> None:
    assert furthest(stages).order == max((stage.order for stage in stages), default=0)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("云帆控股集团有限公司", "云帆"),
        ("浙江某某股份有限公司", "浙江某某"),
        ("有限公司", "有限公司"),
        ("某某（集团）有限公司", "某某"),
    ],
)
def test_legal_forms_are_stripped_as_far_as_anything_remains(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_words_of_every_project_are_stripped() -> None:
    assert bare_project("高端制剂建设项目") == bare_project("高端制剂项目") == "高端制剂"
    assert bare_project("项目") == "项目"
