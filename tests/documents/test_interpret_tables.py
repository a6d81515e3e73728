"""Real tables: headings of two and three rows, merged cells, sections and totals inside, pages, columns nobody foresaw."""

from datetime import date
from decimal import Decimal

import pytest

from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.model import PlanReading

from .plan_cases import CASES
from .printed import Written, document, table


def read(name: str) -> PlanReading:
    return interpret(CASES[name])


def one(head: list[str], row: list[Written], above: str = "某县2024年重点项目清单") -> PlanReading:
    """A table of one project."""
    return interpret(document(above, table([list(head), row])))


def test_two_row_head_with_a_goal_column_for_each_quarter() -> None:
    reading = read("two_row")
    assert reading.title == "云岭县2024年重大产业项目招引攻坚行动方案"
    first, second, third = reading.projects
    assert (first.section, first.investment_yi, first.land_mu, first.unit) == ("先进制造业", 8, 120, "县发改局")
    assert first.extra == {"责任部门·配合单位": "县自然资源局", "备注": "省重点"}
    assert [(m.when, m.end, m.kind) for m in first.milestones] == [
        ("一季度", date(2024, 3, 31), "planned"),
        ("二季度", date(2024, 6, 30), "planned"),
        ("三季度", date(2024, 9, 30), "planned"),
        ("四季度", date(2024, 12, 31), "strive"),
    ]
    assert second.leaders == ("领导甲",)  # merged with the row above
    assert (second.land_mu, second.content) == (None, None)
    assert (second.milestones[1].when, second.milestones[1].kind) == ("4月底前", "deadline")  # the cell's own time wins
    assert (third.investor, third.investment_yi, third.land_mu, third.leaders) == (None, 3, 150, ("领导乙", "领导丙"))
    assert [(s.declared, s.read) for s in reading.sections] == [(2, 2), (1, 1)]
    assert reading.doubts == []  # both totals foot


def test_other_headings_title_row_dates_and_what_stays_open() -> None:
    reading = read("wide")
    assert (reading.title, reading.place) == ("青河市2023年重点招商项目包联责任清单", "青河市")
    first, second, third, fourth = reading.projects
    assert (first.seq, first.name, first.leaders, first.unit) == (
        1,
        "高端轴承制造基地",
        ("领导甲", "领导乙"),
        "市工信局、市商务局",
    )
    assert [(m.text, m.start, m.stage) for m in first.milestones] == [
        ("开工", date(2023, 6, 30), "construction"),
        ("投产", date(2023, 9, 1), "production"),  # day number 45170
    ]
    assert (second.investment_yi, second.extra["总投资"], second.land_mu, second.leaders) == (
        None,
        "10-15",
        100,
        ("王强",),
    )
    assert (third.investment_yi, third.extra["总投资"]) == (None, "3亿美元")
    assert {d.field for d in third.doubts} == {"investment_yi"}
    assert (fourth.name, fourth.investment_yi, fourth.land_mu, fourth.milestones) == ("氢能储运项目", None, None, ())


def test_three_row_head_with_units_in_a_row_of_their_own() -> None:
    reading = read("grouped")
    first, second = reading.projects
    assert (first.investment_yi, first.land_mu, first.leaders) == (Decimal("1.5"), 50, ("领导甲",))
    assert [m.kind for m in second.milestones] == ["deadline", "strive"]
    assert reading.doubts == []


def test_columns_from_right_to_left() -> None:
    first, second = read("goalsfirst").projects
    assert (first.seq, first.name, first.investor, first.land_mu, first.unit) == (
        1,
        "农机配件扩建",
        "柳河机械厂",
        Decimal("37.5"),
        "镇经发办",
    )
    assert [m.text for m in first.milestones] == ["签约", "动工", "竣工"]
    assert second.investment_yi == Decimal("1.2")


def test_total_first_and_sections_with_sums_of_their_own() -> None:
    reading = read("sectcols")
    assert [(s.title, s.declared, s.read) for s in reading.sections] == [("新开工项目", 2, 2), ("续建项目", 2, 1)]
    assert [d.field for d in reading.doubts if d.field != "year"] == ["sections"]
    assert reading.projects[0].extra == {"2024年计划投资": "6"}


def test_a_table_goes_on_over_pages_with_and_without_its_head() -> None:
    reading = read("cont")
    assert [p.seq for p in reading.projects] == [1, 2, 3, 4]
    second = reading.projects[1]
    assert (second.progress, second.goals, second.unit) == (("正在洽谈，企业拟4月来访",), "5月签约", "市高新区")
    (doubt,) = reading.doubts
    assert (doubt.field, doubt.quote) == ("total", "合计 81")


def test_sections_named_above_each_table() -> None:
    reading = read("paraSections")
    assert [(s.title, s.declared, s.read) for s in reading.sections] == [("新签约项目", 2, 2), ("新开工项目", 3, 2)]
    assert [p.section for p in reading.projects] == ["新签约", "新签约", "新开工", "新开工"]


def test_numbers_as_a_spreadsheet_writes_them() -> None:
    first, second = read("sheet").projects
    assert (first.seq, first.investment_yi, first.land_mu) == (1, 20, 300)
    assert [m.start for m in second.milestones] == [date(2024, 9, 1), date(2025, 6, 1)]


def test_targets_split_among_units_must_foot() -> None:
    reading = read("alloc")
    assert [(t.scope, t.floor_yi, t.value) for t in reading.targets if t.unit == "个" and t.floor_yi == 10] == [
        ("城东街道", 10, 1),
        ("城西镇", 10, 1),
        ("全区", 10, 2),
    ]
    assert [d.field for d in reading.doubts] == ["total"]
    assert "9个" in reading.doubts[0].message


def test_a_table_of_indicators() -> None:
    assert [(t.label, t.value, t.unit, t.floor_yi) for t in read("indic").targets] == [
        ("新签约亿元以上项目", 20, "个", 1),
        ("实际使用外资", 5000, "万美元", None),
        ("固定资产投资增速", 8, "%", None),
    ]


def test_a_form_of_labels_and_values() -> None:
    (project,) = read("form").projects
    assert (project.name, project.investor, project.investment_yi, project.land_mu, project.unit) == (
        "智能终端项目",
        "明光科技",
        12,
        150,
        "市商务局",
    )
    assert [m.start for m in project.milestones] == [date(2024, 5, 1), date(2024, 9, 1)]


def test_without_a_year_dates_stay_open_and_with_one_they_are_set() -> None:
    reading = read("noyear")
    assert {d.field for d in reading.doubts} == {"year"}
    assert [(m.start, m.end, m.kind) for p in reading.projects for m in p.milestones] == [
        (None, None, "planned"),
        (None, None, "deadline"),
    ]
    dated = interpret(CASES["noyear"], year=2024)
    assert (dated.year, dated.projects[0].milestones[0].end) == (2024, date(2024, 6, 30))
    assert dated.doubts == []


def test_money_without_a_unit_is_not_guessed() -> None:
    first, second = read("noyear").projects
    assert (first.investment_yi, first.extra["总投资"], [d.field for d in first.doubts]) == (
        None,
        "50000",
        ["investment_yi"],
    )
    assert second.investment_yi == Decimal("2.5")


@pytest.mark.parametrize(
    ("heading", "cell", "yi"),
    [
        ("总投资（万元）", "50000", "5"),
        ("计划总投资（亿元）", "10.5", "10.5"),
        ("总投资", "10.5亿元", "10.5"),
        ("总投资（万元）", "3亿元", "3"),
        ("投资额/亿元", "7", "7"),
        ("总投资亿元", "7", "7"),
        ("总投资（亿元）", "一期10亿元，二期20亿元", "30"),
        ("总投资（亿元）", "1,200", "1200"),
        ("总投资（亿元）", "/", None),
        ("总投资（亿元）", "—", None),
        ("总投资（亿元）", "待定", None),
        ("总投资（亿元）", "10-15", None),
        ("总投资（万美元）", "500", None),
        ("总投资（亿元）", "总投资20亿元，其中一期8亿元", "20"),
    ],
)
def test_investment_cells(heading: str, cell: str, yi: str | None) -> None:
    (project,) = one(
        ["序号", "项目名称", heading, "投资方", "责任单位"], ["1", "甲项目", cell, "甲公司", "县商务局"]
    ).projects
    assert project.investment_yi == (None if yi is None else Decimal(yi))


def test_unit_line_above_and_unforeseen_columns() -> None:
    reading = one(
        ["序号", "项目名称", "总投资", "占地", "投资强度", "能耗等级", "责任单位"],
        ["1", "甲项目", "5000", "2", "高", "二级", "县局"],
        "某县2024年清单\n单位：万元、公顷",
    )
    (project,) = reading.projects
    assert (project.investment_yi, project.land_mu) == (Decimal("0.5"), 30)
    assert project.extra == {"投资强度": "高", "能耗等级": "二级"}


def test_labelled_units_and_titles_of_leaders() -> None:
    (project,) = one(
        ["序号", "项目名称", "投资方", "牵头领导", "责任单位"],
        [
            "1",
            "甲项目",
            "甲公司",
            "县委常委、副县长 领导甲\n领导乙副县长",
            "牵头单位：县发改局；配合单位：县自然资源局、城关镇",
        ],
    ).projects
    assert project.leaders == ("领导甲", "领导乙")
    assert (project.unit, project.extra) == ("县发改局", {"配合单位": "县自然资源局、城关镇"})


def test_a_row_that_breaks_off_is_not_complete() -> None:
    reading = one(
        ["序号", "项目名称", "投资方", "进展情况", "责任单位"],
        ["1", "甲项目", "甲公司", "企业已提供可研报告。一...", ""],
    )
    assert reading.projects[0].complete is False


def test_one_project_over_several_rows() -> None:
    rows: list[list[Written]] = [
        ["序号", "项目名称", "投资方", "年度目标", "责任单位"],
        [("1", 1, 2), ("甲项目", 1, 2), ("甲公司", 1, 2), "3月签约", "县商务局"],
        ["9月开工", "县住建局"],
        ["2", "乙项目", "乙公司", "5月签约", "县商务局"],
    ]
    first, second = interpret(document("某县2024年清单", table(rows))).projects
    assert [m.text for m in first.milestones] == ["签约", "开工"]
    assert first.unit == "县商务局、县住建局"
    assert second.seq == 2


def test_a_column_for_each_month() -> None:
    (project,) = read("months").projects
    assert [(m.when, m.stage) for m in project.milestones] == [
        ("1月", "negotiation"),
        ("3月", "signed"),
        ("6月", None),
        ("8月", "construction"),
        ("12月", None),
    ]
    assert (project.unit, project.investment_yi, read("months").title) == (
        "市发改局",
        10,
        "某市2024年重点项目推进计划表",
    )


def test_blanks_set_between_characters_and_items_before_months() -> None:
    first, second = read("spaced").projects
    assert (first.leaders, first.land_mu) == (("张三", "李四光"), 50)
    assert [(m.when, m.text) for m in first.milestones] == [("3月底前", "签约"), ("6月底前", "开工")]
    assert [m.kind for m in second.milestones] == ["strive", "planned"]


def test_start_and_finish_columns_and_a_unit_that_only_helps() -> None:
    first, second = read("dup").projects
    assert [(m.text, m.start) for m in first.milestones] == [("开工", date(2024, 3, 1)), ("竣工", date(2025, 12, 1))]
    assert first.extra == {"建设年限": "2024-2025", "配合单位": "县财政局"}
    assert (first.unit, second.milestones[0].start) == ("县住建局", date(2023, 3, 1))


def test_columns_that_hold_two_things() -> None:
    (project,) = one(
        ["序号", "项目名称及建设内容", "总投资及用地", "投资方", "年度目标任务", "责任单位"],
        ["1", "甲新材料项目：建设年产1万吨生产线", "10亿元，200亩", "甲公司", "6月签约", "市发改局"],
    ).projects
    assert (project.name, project.content) == ("甲新材料项目", "建设年产1万吨生产线")
    assert (project.investment_yi, project.land_mu) == (10, 200)


def test_sections_within_sections_count_their_own() -> None:
    rows: list[list[Written]] = [
        ["序号", "项目名称", "总投资(亿元)", "年度目标", "责任单位"],
        [("一、制造业项目（3个）", 5, 1)],
        [("（一）新材料（2个）", 5, 1)],
        ["1", "甲项目", "1", "3月签约", "甲局"],
        ["2", "乙项目", "2", "4月签约", "甲局"],
        [("（二）装备（1个）", 5, 1)],
        ["3", "丙项目", "3", "5月签约", "乙局"],
    ]
    reading = interpret(document("某市2024年清单", table(rows)))
    assert [(s.title, s.declared, s.read) for s in reading.sections] == [
        ("制造业项目", 3, 3),
        ("新材料", 2, 2),
        ("装备", 1, 1),
    ]
    assert reading.doubts == []
