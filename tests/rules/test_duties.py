"""How pressing a stage's duties are, and which evidence is still without a file."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.rules import DEFAULT, definition_words, duty_light, proofs, read_gates

TABLE = read_gates(DEFAULT)
TODAY = date(2022, 7, 15)
EVERY = [(gate.stage, item) for gate in TABLE.gates for item in gate.evidence]


@pytest.mark.parametrize(
    ("days", "light"), [(None, "grey"), (-1, "red"), (0, "yellow"), (3, "yellow"), (4, "green"), (99, "green")]
)
def test_a_duty_presses_as_its_day_comes(days: int | None, light: str) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert duty_light(due, TODAY).value == light


def test_a_signing_and_a_landing_list_their_evidence() -> None:
    def asked(target: Stage, current: Stage) -> list[str]:
        return [item.words for item in proofs(TABLE, frozenset(), target, current)]

    assert asked(Stage.SIGNED, Stage.NEGOTIATION) == ["正式投资协议", "签约事项集体审议的会议纪要"]
    assert asked(Stage.LANDED, Stage.SIGNED) == ["营业执照", "土地出让合同或厂房租赁合同"]
    assert all(item.soft for item in proofs(TABLE, frozenset(), Stage.CAPACITY)), (
        "the default reminds and does not stop"
    )


def test_a_stage_that_insists_on_its_evidence_is_stopped_by_what_has_no_file() -> None:
    table = read_gates("阶段:\n- {阶段: 签约, 凭据: [协议, 纪要], 凭据必附: true}")
    files = frozenset({(Stage.SIGNED, "协议")})
    stopped = [one.words for one in proofs(table, files, Stage.LANDED, Stage.LEAD) if not one.filled and not one.soft]
    assert stopped == ["纪要"]


@given(st.sets(st.sampled_from(EVERY)), st.sampled_from(Stage))
def test_what_has_a_file_and_what_has_none_are_all_that_is_asked(files: set[tuple[Stage, str]], target: Stage) -> None:
    items = proofs(TABLE, files, target)
    asked = {(stage, item) for stage, item in EVERY if stage.order <= target.order}
    assert {(one.stage, one.words) for one in items} == asked
    assert {(one.stage, one.words) for one in items if one.filled} == asked & files


def test_a_definition_is_printed_with_its_evidence() -> None:
    assert definition_words(TABLE[Stage.CONSTRUCTION]).endswith(
        "奠基、场地平整不算开工。凭据：施工许可证、开工现场照片"
    )
    assert definition_words(TABLE[Stage.LEAD]) == "信息：收到投资意向，已登记来源和主责单位"
