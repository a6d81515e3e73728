"""Tables printed as running text: cells on one line, one per line, run together, in any order of columns."""

from datetime import date
from decimal import Decimal

from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.model import PlanReading, ReadProject

from .plan_cases import CASES
from .printed import text_document


def read(name: str) -> PlanReading:
    return interpret(CASES[name])


def stages(project: ReadProject) -> list[tuple[str, str | None]]:
    return [(m.when, m.stage) for m in project.milestones]


RUNNING = """2022年临江市招大引强实施方案

 附件:临江市 2022 年重大招商项目推进责任分解表

 序号 项目名称 总投资 (亿元)

 用地 (亩)

 投资方 项目内容 进展情况 全年工作目标 联系市领导 主责单位 一、盯引抓签约项目(3 个)

 1 台山新材料产业园项目 1000 10000 甲子控股集团 拟选址红石区块。一期主要建设年产120 吨 甲料、10 万吨乙料、100 万吨丙料项目,总投资 100亿元,用地 1350 亩;二期主要建设年产 50 万吨尼龙 66 产业链项目,总投资 170亿元,用地 1200 亩。

 框架协议已签订。两级政府专班已成立,正在对接协议文本内容。

 4 月一期项目签约;5月一期项目落地;8月一期项目开工建设。

 领导甲 领导乙

 临江经济技术开发区 2 新建 1000吨 中间体建设项目 6 / 临江药业有限公司 拟选址南洋园区。新建厂房 5 万平方米。投产后预计实现产值 10 亿元,税收 0.6 亿元。

 1、项目对接多次,投资意向明确。

 2、2 月,领导丙带队赴外地对接。

 6 月前完成土地招拍挂;6 月初步明确方案;争取年底签约;适时启动政策处理。

 领导丙

 市科技局 3 电池材料基地项目 50 400 某研究院团队 拟选址北区。一期投资建设年产1000 吨氧化催化剂。

 1、企业投资意向明确,已提供可研报告。一...

推荐访问:2022年实施方案
"""  # noqa: E501


def test_running_lines_of_ten_columns() -> None:
    reading = interpret(text_document(RUNNING))
    first, second, third = reading.projects
    assert (reading.title, reading.year, reading.place) == ("2022年临江市招大引强实施方案", 2022, "临江市")
    assert [(s.title, s.declared, s.read) for s in reading.sections] == [("盯引抓签约项目", 3, 3)]
    assert (first.name, first.investment_yi, first.land_mu, first.investor) == (
        "台山新材料产业园项目",
        1000,
        10000,
        "甲子控股集团",
    )
    assert first.leaders == ("领导甲", "领导乙")
    assert first.unit == "临江经济技术开发区"
    assert [(p.name, p.investment_yi, p.land_mu) for p in first.phases] == [("一期", 100, 1350), ("二期", 170, 1200)]
    assert {d.field for d in first.doubts} == {"phases", "content"}
    assert [(m.phase, m.stage) for m in first.milestones] == [
        ("一期", "signed"),
        ("一期", "landed"),
        ("一期", "construction"),
    ]
    assert (second.name, second.land_mu, len(second.progress)) == ("新建 1000吨 中间体建设项目", None, 2)
    assert [m.kind for m in second.milestones] == ["deadline", "planned", "strive", "undated"]
    assert second.milestones[1].text == "初步明确方案"
    assert second.milestones[2].text == "争取年底签约"
    assert second.milestones[2].end == date(2022, 12, 31)
    assert (third.complete, third.leaders, third.unit, third.goals, third.milestones) == (False, (), None, None, ())
    assert third.doubts[-1].field == "complete"


def test_cells_one_per_line_in_another_order_with_money_in_wan() -> None:
    projects = read("flat2").projects
    assert [(p.seq, p.name, p.investment_yi, p.land_mu) for p in projects] == [
        (1, "石英新材料项目", 5, 80),
        (2, "冷链物流园项目", 12, None),
        (3, "精密模具产业园", Decimal("3.6"), 60),
    ]
    assert [p.leaders for p in projects] == [("领导甲",), ("领导乙", "领导丙"), ("领导丁",)]
    assert stages(projects[0]) == [("3月底前", "signed"), ("6月", "construction")]
    assert projects[2].progress == ("项目已备案，正在办理用地手续",)


def test_goals_behind_the_units_and_a_page_number_between() -> None:
    reading = read("flatonecol")
    assert [(p.name, p.unit, p.investment_yi) for p in reading.projects] == [
        ("高性能纤维项目", "县工信局", 5),
        ("生态养殖项目", "县农业农村局", Decimal("0.8")),
        ("光伏发电项目", "县发改局", 12),
    ]
    assert reading.projects[1].doubts[0].field == "investment_yi"  # 约8000
    assert stages(reading.projects[0]) == [("5月前", "signed"), ("8月底前", "construction")]


def test_headings_that_run_together_and_rows_on_one_line() -> None:
    reading = read("flat3")
    assert [(s.title, s.declared, s.read) for s in reading.sections] == [("拟签约项目", 2, 2), ("拟开工项目", 1, 1)]
    assert [(p.seq, p.section, p.land_mu, p.leaders, p.unit) for p in reading.projects] == [
        (1, "拟签约", 200, ("领导甲",), "市工信局"),
        (2, "拟签约", 90, ("领导乙", "领导丙"), "市农业农村局"),
        (3, "拟开工", 350, ("领导丁",), "南溪经济开发区"),
    ]
    assert [m.start for m in reading.projects[2].milestones] == [date(2025, 5, 11), date(2025, 6, 1), date(2025, 1, 1)]


def test_traditional_characters_and_full_width_digits() -> None:
    first, second = read("trad").projects
    assert (first.name, first.investment_yi, first.leaders, first.unit) == ("精細化工項目", 10, ("領導甲",), "縣發改局")
    assert stages(first) == [("４月", "signed"), ("１０月", "construction")]
    assert (second.milestones[0].start, second.milestones[0].end) == (date(2024, 6, 1), date(2024, 8, 31))


def test_a_total_of_running_lines_must_foot() -> None:
    assert read("flat2").doubts == []
    lines = (
        "某县2024年清单\n单位：万元\n序号 项目名称 投资方 总投资 年度目标 责任单位\n"
        "1 甲项目 甲公司 30000 5月签约 县商务局\n2 乙项目 乙公司 20000 6月签约 县商务局\n合计 60000"
    )
    reading = interpret(text_document(lines))
    assert len(reading.projects) == 2
    assert [d.field for d in reading.doubts] == ["total"]


def test_upright_strokes_are_a_table() -> None:
    reading = read("pipes")
    assert [(p.name, p.investment_yi, p.unit) for p in reading.projects] == [
        ("光伏玻璃项目", 3, "县商务局"),
        ("休闲食品项目", Decimal("0.8"), "县经信局"),
    ]


def test_leaders_first_a_remark_last_and_notes_behind() -> None:
    reading = read("flatA")
    assert reading.title == "沅水市2023年重大项目责任分解表"
    assert [(p.seq, p.section, p.leaders, p.unit) for p in reading.projects] == [
        (1, "续建", ("领导甲",), "市住建局"),
        (2, "续建", ("领导乙", "领导丙"), "市水利局"),
        (3, "新开工", ("领导丁",), "高新区管委会"),
    ]
    assert [p.extra for p in reading.projects] == [{"备注": "市级"}, {}, {"备注": "省级"}]
    assert reading.doubts == []  # the total of the last line foots


def test_a_cell_broken_over_two_lines_stays_one_cell() -> None:
    first, second = read("flatB").projects
    assert first.progress == ("已完成两轮洽谈", "客商已实地考察。")
    assert (second.investor, second.progress) == ("百草药业有限公司", ("企业已注册公司，正在办理环评。",))
    assert [m.stage for m in first.milestones] == ["framework", "signed"]
