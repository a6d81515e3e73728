"""Targets, duties, titles and projects told in sentences; and clauses of goals on their own."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from zhaoyin.documents.reading.as_json import as_json
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.interpret.goals import read_goals
from zhaoyin.documents.reading.interpret.passage import Sheet
from zhaoyin.documents.reading.interpret.stagewords import stage_of
from zhaoyin.documents.reading.model import ReadMilestone

from .plan_cases import CASES
from .printed import text_document


def targets(sentence: str) -> list[tuple[str, str, str, str, str | None]]:
    reading = interpret(text_document(f"某县2024年工作方案\n二、目标任务\n{sentence}"))
    return [
        (t.metric, t.comparator, str(t.value), t.unit, None if t.floor_yi is None else str(t.floor_yi))
        for t in reading.targets
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新签约项目不少于30个", [("projects_signed", "ge", "30", "个", None)]),
        ("力争实际利用外资1.5亿美元", [("foreign_capital_used", "ge", "1.5", "亿美元", None)]),
        (
            "引进亿元以上项目二十个，其中5000万元以上技改项目8个以上",
            [("projects_signed", "ge", "20", "个", "1"), ("projects_signed", "ge", "8", "个", "0.5000")],
        ),
        ("10亿元以上签约项目5个以上", [("projects_signed", "ge", "5", "个", "10")]),
        ("引进30个以上亿元以上项目", [("projects_signed", "ge", "30", "个", "1")]),
        ("签约总投资突破300亿元", [("signed_amount", "gt", "300", "亿元", None)]),
        (
            "举办大型推介活动2次以上，小型推介活动4次以上",
            [("events_large", "ge", "2", "次", None), ("events_small", "ge", "4", "次", None)],
        ),
    ],
)
def test_targets_in_other_orders_and_units(
    sentence: str, expected: list[tuple[str, str, str, str, str | None]]
) -> None:
    assert targets(sentence) == expected


def test_targets_said_together_and_of_other_years() -> None:
    found = interpret(CASES["prose"]).targets
    assert [(t.label, t.value) for t in found[:3]] == [
        ("新签约亿元以上项目", 30),
        ("新开工亿元以上项目", 20),
        ("新投产亿元以上项目", 15),
    ]
    assert all(t.value != 100 for t in found)  # 到2025年


def test_lines_broken_at_the_width_of_the_page() -> None:
    reading = interpret(CASES["wrapped"])
    assert (reading.title, reading.year, reading.place) == ("金沙区2024年“招商突破年”行动实施方案", 2024, "金沙区")
    assert ("projects_signed", Decimal(10), Decimal(5)) in [(t.metric, t.value, t.floor_yi) for t in reading.targets]
    assert all(t.value != 42 for t in reading.targets)  # what was done the year before


@pytest.mark.parametrize(
    ("sentence", "who", "kind", "period", "value", "soft"),
    [
        ("县委、县政府主要领导每月外出招商不少于1次", ("县委、县政府主要领导",), "count", "month", 1, False),
        ("每名县级领导每季度至少外出招商1次", ("每名县级领导",), "count", "quarter", 1, False),
        ("各乡镇党政主要负责人每年外出招商不少于6批次", ("各乡镇党政主要负责人",), "count", "year", 6, False),
        ("区长原则上每月参与招商活动时间不少于30%", ("区长",), "share", "month", Fraction(3, 10), True),
        ("分管领导每月用于招商的时间不少于一半", ("分管领导",), "share", "month", Fraction(1, 2), False),
        ("县长、副县长每半年带队赴外招商3次以上", ("县长", "副县长"), "count", "half", 3, False),
    ],
)
def test_duties_in_other_words(
    sentence: str, who: tuple[str, ...], kind: str, period: str, value: int | Fraction, soft: bool
) -> None:
    (duty,) = interpret(text_document(f"某县2024年工作方案\n三、工作举措\n{sentence}。")).duties
    assert (duty.who, duty.kind, duty.period, duty.value, duty.soft, duty.comparator) == (
        who,
        kind,
        period,
        value,
        soft,
        "ge",
    )


def test_a_later_clause_takes_over_who_and_when() -> None:
    duties = interpret(CASES["prose"]).duties
    assert [(d.who, d.measure, d.period, d.value) for d in duties[1:3]] == [
        (("县级领导",), "带队外出招商", "quarter", 2),
        (("县级领导",), "接待客商", "quarter", 3),
    ]
    assert "duties" in {d.field for d in interpret(CASES["prose"]).doubts}  # a share of time with no period


@pytest.mark.parametrize("name", ["prose", "prose2"])
def test_projects_told_without_a_table(name: str) -> None:
    first, second = interpret(CASES[name]).projects
    assert first.investment_yi in (15, 50)
    assert [(p.leaders, bool(p.unit)) for p in (first, second)] == [(("领导甲",), True), (("领导乙",), True)]
    assert [m.stage for m in first.milestones] == ["signed", "construction"]


def goals(text: str, year: int | None = 2022) -> list[ReadMilestone]:
    source = text_document(text)
    return [
        milestone for milestone, _ in read_goals(Sheet.of_paragraphs(source, range(len(source.blocks))).all(), year)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 月签约;6月开工。", [("4 月", "签约"), ("6月", "开工")]),
        ("3月签约，6月开工", [("3月", "签约"), ("6月", "开工")]),
        ("3月签约，完成备案，6月开工", [("3月", "签约，完成备案"), ("6月", "开工")]),
        ("争取年底签约", [("年底", "争取年底签约")]),
        ("1.3月底前完成签约\n2.9月开工", [("3月底前", "完成签约"), ("9月", "开工")]),
        ("签约（3月）、开工（6月）", [("3月", "签约"), ("6月", "开工")]),
        ("3月：签约；6月：开工", [("3月", "签约"), ("6月", "开工")]),
        ("继续跟踪对接，研判可行性", [("", "继续跟踪对接，研判可行性")]),
        ("纳入2023年省重点项目计划", [("2023年", "纳入2023年省重点项目计划")]),
        ("/", []),
        ("", []),
    ],
)
def test_clauses_of_goals(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.when, m.text) for m in goals(text)] == expected


def test_kinds_of_goals() -> None:
    kinds = [m.kind for m in goals("力争6月底前签约;6月底前开工;7月投产;适时扩建")]
    assert kinds == ["strive", "deadline", "planned", "undated"]
    assert goals("力争6月底前签约")[0].end == date(2022, 6, 30)


@pytest.mark.parametrize(
    ("clause", "stage"),
    [
        ("签订框架协议", "framework"),
        ("签订正式合作协议", "signed"),
        ("签署投资协议", "signed"),
        ("完成项目谈判并签约", "signed"),
        ("正式签约落地", "signed"),
        ("完成研究院章程签订", None),
        ("签订土地出让合同", None),
        ("举行奠基仪式", None),
        ("完成场平", None),
        ("办理开工前手续", None),
        ("具备开工条件", None),
        ("完成项目落地部门联合会审", None),
        ("项目落地", "landed"),
        ("破土动工", "construction"),
        ("开工建设", "construction"),
        ("竣工投产", "production"),
        ("达产达效", "capacity"),
        ("初步开展项目投资协议谈判", "negotiation"),
        ("研判项目可行性", "appraisal"),
        ("完成土地摘牌", None),
        ("签订战略合作框架协议", "framework"),
    ],
)
def test_stage_words(clause: str, stage: str | None) -> None:
    assert stage_of(clause) == stage


def test_json_has_plain_numbers_and_null_for_what_is_unknown() -> None:
    out = as_json(interpret(CASES["two_row"]))
    first, second, _ = out["projects"]
    assert (first["investment_yi"], second["investment_yi"], second["land_mu"]) == ("8", "1.2", None)
    assert first["milestones"][0]["start"] == "2024-01-01"
    assert set(out) == {"title", "year", "place", "targets", "duties", "sections", "projects", "doubts"}


def test_targets_of_one_paragraph_and_duties_beside_them() -> None:
    reading = interpret(CASES["units2"])
    assert [(t.value, t.unit, t.floor_yi) for t in reading.targets if t.metric == "projects_signed"] == [
        (40, "个", Decimal("0.5")),
        (25, "个", 1),
        (3, "个", 10),
        (1, "个", 50),
    ]
    assert not any("一把手" in t.quote for t in reading.targets)
    assert [(d.measure, d.period, d.value) for d in reading.duties] == [
        ("外出招商", "year", 4),
        ("带队外出招商", "year", 10),
        ("带队外出招商", "quarter", 2),
    ]
