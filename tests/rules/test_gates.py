"""The gates between stages: what each asks for, and the table as an office writes it."""

import contextlib
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.rules import (
    DEFAULT,
    FIELDS,
    Condition,
    Duty,
    Facts,
    Gate,
    GateTable,
    Need,
    Who,
    WrongGates,
    confirming,
    evaluate,
    filled,
    mover,
    read_gates,
    write_gates,
)

TABLE = read_gates(DEFAULT)
NOTHING: Facts = {}
EVERYTHING: Facts = {
    key: 9 if field.counted else Decimal(9) if key.endswith(("_yi", "_mu")) else "有" for key, field in FIELDS.items()
}
ONE_WORD = st.text("甲乙丙丁", min_size=1, max_size=6)
NEEDS = st.builds(
    Need,
    st.sampled_from([key for key, field in FIELDS.items() if field.counted]),
    st.booleans(),
    st.integers(1, 9),
    st.none()
    | st.builds(Condition, st.just("investment_yi"), st.integers(0, 100).map(Decimal))
    | st.builds(Condition, st.just("site"), equals=ONE_WORD)
    | st.builds(Condition, st.sampled_from(list(FIELDS))),
)
PARTS: dict[str, Any] = {
    "definition": ONE_WORD,
    "evidence": st.lists(ONE_WORD, max_size=2).map(tuple),
    "needs": st.lists(NEEDS, max_size=4).map(tuple),
    "duties": st.lists(st.builds(Duty, ONE_WORD, st.none() | st.integers(1, 99)), max_size=2).map(tuple),
    "who": st.sampled_from(Who),
    "confirm": st.none() | st.sampled_from(Who),
    "silent_days": st.none() | st.integers(1, 99),
}
TABLES = st.tuples(*(st.builds(Gate, st.just(stage), **PARTS) for stage in Stage)).map(GateTable)
STAGES = st.sampled_from(Stage)
FACTS = st.fixed_dictionaries(
    {}, optional={key: st.integers(0, 9) if field.counted else st.just("有") for key, field in FIELDS.items()}
)


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        (Stage.APPRAISAL, {"investor", "unit", "content"}),
        (Stage.NEGOTIATION, {"investor", "unit", "investment_yi"}),
        (Stage.SIGNED, {"investor", "unit", "investment_yi", "leaders", "content"}),
        (Stage.LANDED, {"site"}),
        (Stage.CONSTRUCTION, {"site"}),
        (Stage.PRODUCTION, set()),
        (Stage.CAPACITY, set()),
    ],
)
def test_what_the_default_asks_for_at_each_gate(target: Stage, missing: set[str]) -> None:
    current = list(Stage)[target.order - 1]
    assert {item.field.key for item in evaluate(TABLE, NOTHING, target, current).missing} == missing
    assert evaluate(TABLE, EVERYTHING, target, current).missing == ()


def test_signing_and_landing_ask_for_a_second_person() -> None:
    pairs = list(zip(Stage, list(Stage)[1:], strict=False))
    assert [after for before, after in pairs if confirming(TABLE, after, before)] == [Stage.SIGNED, Stage.LANDED]
    assert confirming(TABLE, Stage.CONSTRUCTION, Stage.NEGOTIATION) is Who.HEAD, "on the way"
    assert mover(TABLE, Stage.SIGNED, Stage.LEAD) is Who.HANDLER


def test_every_stage_of_the_default_says_what_it_is_and_what_is_to_do() -> None:
    assert all(gate.definition and gate.duties for gate in TABLE.gates)
    assert {gate.stage.value: gate.silent_days for gate in TABLE.gates if gate.silent_days} == {
        "lead": 45, "negotiation": 30, "signed": 20,
    }  # fmt: skip
    assert all(word in TABLE[Stage.SIGNED].definition for word in ("正式投资协议", "框架协议", "章程"))
    assert "奠基" in TABLE[Stage.CONSTRUCTION].definition


@pytest.mark.parametrize(("yi", "asked"), [("5", True), ("4.99", False), (None, False)])
def test_a_condition_holds_from_its_floor_on_and_never_for_the_unknown(yi: str | None, asked: bool) -> None:
    facts = {"investment_yi": None if yi is None else Decimal(yi)}
    found = evaluate(TABLE, facts, Stage.SIGNED, Stage.NEGOTIATION).advised
    assert ("team" in {item.field.key for item in found}) is asked


@pytest.mark.parametrize(
    ("value", "known"),
    [(None, False), ("", False), (False, False), (0, False), (2, True), (Decimal(0), True), ("有", True), (True, True)],
)
def test_zero_is_known_and_nothing_is_not(value: Any, known: bool) -> None:
    assert filled(value) is known


@given(TABLES, FACTS, STAGES, STAGES)
def test_a_leap_asks_for_the_sum_of_its_steps(table: GateTable, facts: Facts, low: Stage, high: Stage) -> None:
    stages = [stage for stage in Stage if low.order < stage.order <= high.order]
    leap = {item.field.key for item in evaluate(table, facts, high, low).missing} if stages else set()
    steps = [evaluate(table, facts, stage, list(Stage)[stage.order - 1]).missing for stage in stages]
    assert leap == {item.field.key for step in steps for item in step}


@given(TABLES, FACTS, STAGES, st.sampled_from(list(FIELDS)))
def test_to_fill_a_field_takes_it_off_the_list(table: GateTable, facts: Facts, target: Stage, key: str) -> None:
    after = evaluate(table, {**facts, key: EVERYTHING[key]}, target)
    assert key not in {item.field.key for item in (*after.missing, *after.advised)}
    assert 0 <= after.percent <= 100
    assert (after.percent == 100) is (not after.missing and not after.advised)


@given(TABLES, STAGES)
def test_who_has_everything_passes_every_gate(table: GateTable, target: Stage) -> None:
    assert evaluate(table, EVERYTHING, target).missing == ()


@given(TABLES)
def test_what_is_written_reads_back(table: GateTable) -> None:
    assert read_gates(write_gates(table)) == table


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "应以“阶段:”开头"),
        ("阶段: 签约", "应以“阶段:”开头"),
        ("阶段:\n- 阶段: [", "行的写法不对"),
        ("阶段:\n- 阶段: 喝茶", "没有“喝茶”这个阶段"),
        ("阶段:\n- 5", "没有“5”这个阶段"),
        ("阶段:\n- {阶段: 签约}\n- {阶段: 签约}", "写了两次"),
        ("阶段:\n- {阶段: 签约, 颜色: 红}", "不认识“颜色”"),
        ("阶段:\n- {阶段: 签约, 条件: [心情]}", "没有“心情”这个栏目"),
        ("阶段:\n- {阶段: 签约, 条件: 投资方}", "应逐条列出"),
        ("阶段:\n- {阶段: 签约, 条件: [[投资方]]}", "应是一个栏目"),
        ("阶段:\n- {阶段: 签约, 条件: [{栏目: 投资方, 建议: 也许}]}", "应为 true 或 false"),
        ("阶段:\n- {阶段: 签约, 条件: [{栏目: 投资方, 至少: 2}]}", "只能填或不填"),
        ("阶段:\n- {阶段: 签约, 条件: [{栏目: 投资方, 当: {栏目: 总投资, 不少于: 很多}}]}", "应为数字"),
        ("阶段:\n- {阶段: 签约, 条件: [{栏目: 投资方, 当: {栏目: 总投资, 不少于: .nan}}]}", "应为数字"),
        ("阶段:\n- {阶段: 签约, 谁确认: 天王}", "应为 经办人、负责人、办公室 之一"),
        ("阶段:\n- {阶段: 签约, 几天不动提醒: 0}", "应为 1 至 3650 的整数"),
        ("阶段:\n- {阶段: 签约, 职责: [{几天内: 3}]}", "应写明内容"),
        ("阶段:\n- {阶段: 签约, 定义: [一, 二]}", "应是一句话"),
        ("阶段: []\n别的: 1", "不认识“别的”"),
        ("&a [*a]", "应以“阶段:”开头"),
        ("x" * 50_000, "文字太长"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(text: str, fault: str) -> None:
    with pytest.raises(WrongGates) as wrong:
        read_gates(text)
    assert any(fault in one for one in wrong.value.faults)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(WrongGates) as wrong:
        read_gates("阶段:\n- {阶段: 签约, 谁确认: 天王, 条件: [心情, 天气]}")
    assert len(wrong.value.faults) == 3


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: (
    st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["阶段", "条件", "职责", "栏目", "当", "是", "凭据", "内容", "定义"]), inner, max_size=4)
), max_leaves=12))  # fmt: skip
def test_no_text_breaks_the_reader(blocks: Any) -> None:
    odd = {"阶段": "签约", "条件": blocks, "职责": blocks, "定义": blocks}
    with contextlib.suppress(WrongGates):
        assert len(read_gates(yaml.safe_dump({"阶段": [odd, blocks]}, allow_unicode=True)).gates) == len(Stage)
