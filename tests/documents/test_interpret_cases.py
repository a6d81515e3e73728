"""Plans of other places: their own headings, units, orders and manners of telling, each a small invented document."""

from datetime import date
from decimal import Decimal

import pytest

from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.model import PlanReading, ReadMilestone

from .printed import Written, document, table, text_document

HEAD: list[Written] = ["序号", "项目名称", "投资方", "总投资（亿元）", "用地（亩）", "年度目标", "责任领导", "责任单位"]


def rows(*more: list[Written], head: list[Written] = HEAD, above: str = "东河县2023年重点项目清单") -> PlanReading:
    return interpret(document(above, table([head, *more])))


def goals(text: str) -> list[ReadMilestone]:
    reading = rows(["1", "甲项目", "甲公司", "1", "2", text, "领导甲", "县发改局"])
    return list(reading.projects[0].milestones)


def test_total_in_a_merged_cell_under_the_leaders() -> None:
    reading = rows(
        [("领导甲", 1, 2), "1", "甲项目", "甲公司", "3", "45"],
        ["2", "乙项目", "乙公司", "5", "60"],
        [("合计", 4, 1), "9", "105"],
        head=["责任领导", "序号", "项目名称", "投资主体", "总投资（亿元）", "用地（亩）"],
    )
    assert [(p.seq, p.leaders) for p in reading.projects] == [(1, ("领导甲",)), (2, ("领导甲",))]
    assert [(d.field, d.quote) for d in reading.doubts] == [("total", "合计 9")]


def test_a_list_without_numbers_is_numbered_in_its_order() -> None:
    reading = rows(
        ["甲公司", "甲项目", "3", "第一专班"],
        ["乙公司", "乙项目", "4", "第二专班"],
        head=["项目单位", "项目", "总投资（亿元）", "服务专班"],
        above="临溪高新技术产业开发区2024年项目调度表",
    )
    assert [(p.seq, p.name, p.unit) for p in reading.projects] == [(1, "甲项目", "第一专班"), (2, "乙项目", "第二专班")]
    assert reading.place == "临溪高新技术产业开发区"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4月、9月各举办一次对接会，10月签约", [("4月", 4, 4), ("9月", 9, 9), ("10月", 10, 10)]),
        ("3月、6月、12月分别调度", [("3月", 3, 3), ("6月", 6, 6), ("12月", 12, 12)]),
        ("一、三季度各推介一次", [("一", 1, 3), ("三季度", 7, 9)]),
        ("7月、8月完成设计", [("7月、8月", 7, 8)]),  # side by side: one window
        ("1、3月签约；2、6月开工", [("3月", 3, 3), ("6月", 6, 6)]),  # numbered items
    ],
)
def test_several_dates_for_one_thing(text: str, expected: list[tuple[str, int, int]]) -> None:
    found = goals(text)
    assert [(m.when, m.start and m.start.month, m.end and m.end.month) for m in found] == expected


def test_the_beginning_of_next_year() -> None:
    (found,) = goals("明年初开工")
    assert (found.start, found.end, found.stage) == (date(2024, 1, 1), date(2024, 1, 31), "construction")


def test_items_that_begin_with_a_date() -> None:
    reading = rows(
        ["1", "甲项目", "3", "1.2022年11月，赴企业考察。\n2.3月，企业来访。"],
        head=["序号", "项目名称", "总投资（亿元）", "工作进展"],
    )
    assert reading.projects[0].progress == ("2022年11月，赴企业考察。", "3月，企业来访。")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.2亿美元（约合8.6亿元人民币）", Decimal("8.6")),
        ("8.6亿元（折合1.2亿美元）", Decimal("8.6")),
        ("1.2亿美元", None),
        ("1.2亿美元，一期3亿元", None),
        ("一期3亿元（自筹）、二期2亿元（自筹）", Decimal(5)),  # the phases' sum, and said so
    ],
)
def test_money_in_two_currencies(printed: str, value: Decimal | None) -> None:
    (project,) = rows(["1", "甲项目", "甲公司", printed, "2", "", "领导甲", "县发改局"]).projects
    assert project.investment_yi == value
    assert [d.field for d in project.doubts] == ["investment_yi"]


def test_phases_that_are_named() -> None:
    head: list[Written] = ["序号", "项目名称", "总投资（亿元）", "建设内容", "年度目标"]
    first, second, third = rows(
        ["1", "甲项目", "10.5", "首期投资6亿元；二期投资4.5亿元", "6月首期投产"],
        ["2", "乙项目", "8.8", "一阶段投资3亿元，二阶段投资6亿元", "二阶段11月开工"],
        ["3", "丙项目", "2", "处于第一阶段，首期款已付", "4月首期土地签字"],
        head=head,
    ).projects
    assert [(p.name, p.investment_yi) for p in first.phases] == [("首期", 6), ("二期", Decimal("4.5"))]
    assert (first.doubts, first.milestones[0].phase) == ([], "首期")
    assert [p.name for p in second.phases] == ["一阶段", "二阶段"]
    assert [d.field for d in second.doubts] == ["phases"]  # 3 + 6 is not 8.8
    assert (second.milestones[0].phase, third.phases, third.milestones[0].phase) == ("二阶段", (), None)


def test_names_run_together_are_parted_by_those_that_stand_alone() -> None:
    def read(second: str) -> list[tuple[str, ...]]:
        reading = rows(
            ["1", "甲项目", "甲公司", "1", "2", "", "领导甲", "县发改局"],
            ["2", "乙项目", "乙公司", "1", "2", "", second, "县发改局"],
        )
        assert ("leaders" in [d.field for d in reading.projects[1].doubts]) == (second == "领导乙领导丙")
        return [p.leaders for p in reading.projects]

    assert read("领导甲领导乙") == [("领导甲",), ("领导甲", "领导乙")]
    assert read("领导乙领导丙") == [("领导甲",), ("领导乙领导丙",)]


def test_labelled_paragraphs_with_numbers_and_a_section() -> None:
    reading = interpret(
        text_document(
            "梧桐湾高新区2024年项目推进方案\n一、重点项目（3个）\n"
            "1．项目名称：甲项目　投资方：甲公司　总投资：32亿元　用地：4公顷\n"
            "工作目标：4月签约\n责任领导：领导甲　责任单位：科技局\n"
            "2．项目名称：乙项目　投资方：待定　总投资：8000万元　用地：/\n"
            "工作目标：适时启动谈判\n责任领导：领导乙　责任单位：招商局"
        )
    )
    assert [(p.seq, p.name, p.investor, p.investment_yi, p.land_mu, p.leaders) for p in reading.projects] == [
        (1, "甲项目", "甲公司", 32, 60, ("领导甲",)),
        (2, "乙项目", None, Decimal("0.8"), None, ("领导乙",)),
    ]
    assert [(s.title, s.declared, s.read) for s in reading.sections] == [("重点项目", 3, 2)]


def test_projects_told_in_prose_under_their_sections() -> None:
    reading = interpret(
        text_document(
            "澹台市2025年招商行动计划\n三、重点项目\n（一）盯引项目（1个）\n"
            "1.甲储能项目。由甲公司投资建设，总投资35亿元，用地300亩。目前，已签订框架协议。4月底前签约。责任领导：领导甲；责任单位：市工信局。\n"
            "（二）开工项目（1个）\n"
            "2.乙尼龙项目。由乙公司投资建设，总投资62亿元，用地850亩。一期3月开工，二期10月签约。责任领导：领导乙；责任单位：市发改委。"
        )
    )
    assert [(s.declared, s.read) for s in reading.sections] == [(1, 1), (1, 1)]
    assert [(p.section, [m.stage for m in p.milestones]) for p in reading.projects] == [
        ("盯引", ["signed"]),
        ("开工", ["construction", "signed"]),
    ]


def test_a_row_cut_off_before_its_figures() -> None:
    reading = interpret(
        text_document(
            "石屏县2023年重点项目推进表\n"
            "序号 项目名称 建设内容及规模 投资主体 总投资 (万元) 占地 (亩) 年度目标 责任单位 牵头领导\n"
            "1 预制菜产业园项目 建设标准厂房8万平方米，年产预制菜3万吨。 "
            "甲食品有限公司 52000 86 3月底前签约；6月开工。 县农业农村局 领导甲\n"
            "2 光伏组件项目 拟选址工业集中区，建设光伏组件生产线。 乙能源有..."
        )
    )
    last = reading.projects[-1]
    assert (last.complete, last.investor, last.unit, last.investment_yi) == (False, "乙能源有...", None, None)


def test_targets_of_a_province_by_city() -> None:
    reading = interpret(
        document(
            "澜江省2024年招商引资工作要点\n2024年，实际使用外资不低于4.5亿美元，新设外资企业60家左右。",
            table(
                [
                    ["序号", "市", "新签约亿元以上项目（个）", "其中：10亿元以上项目（个）", "新增规上企业（家）"],
                    ["1", "云州市", "120", "30", "5"],
                    ["2", "澜口市", "90", "22", "4"],
                    [("全省合计", 2, 1), "215", "52", "9"],
                ]
            ),
        )
    )
    assert [(t.value, t.unit) for t in reading.targets[:2]] == [(Decimal("4.5"), "亿美元"), (60, "家")]
    city = [(t.metric, t.value, t.unit, t.floor_yi) for t in reading.targets if t.scope == "云州市"]
    assert city == [("projects_signed", 120, "个", 1), ("projects_signed", 30, "个", 10), ("", 5, "家", None)]
    assert [d.field for d in reading.doubts] == ["total"]


@pytest.mark.parametrize(
    ("sentence", "who", "period"),
    [
        ("市委常委同志每月至少带队外出招商一次。", "市委常委同志", "month"),
        ("各链长每季度外出招商不少于1次。", "各链长", "quarter"),
        ("区领导挂钩联系重点项目，每月现场调研不少于一次。", "区领导", "month"),
    ],
)
def test_others_who_owe_something(sentence: str, who: str, period: str) -> None:
    (duty,) = interpret(text_document(f"云台区2023年工作意见\n{sentence}")).duties
    assert (duty.who, duty.period, duty.value, duty.kind) == ((who,), period, 1, "count")


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        (
            "区主要领导每月外出招商不少于1次，分管领导不少于2次。",
            [("区主要领导", "month", 1), ("分管领导", "month", 2)],
        ),
        ("6个产业链专班平均每月外出招商2次以上。", [("6个产业链专班", "month", 2)]),
        ("各招商中心每人每年引进亿元以上项目不少于1个。", [("各招商中心", "year", 1)]),
        ("驻外联络处每半年举办推介会不少于1场。", [("驻外联络处", "half", 1)]),
        ("书记每月外出招商不少于1次，走访单位不少于3家。", [("书记", "month", 1), ("书记", "month", 3)]),
    ],
)
def test_duties_said_in_short(sentence: str, read: list[tuple[str, str, int]]) -> None:
    duties = interpret(text_document(f"云台区2023年工作意见\n{sentence}")).duties
    assert [("".join(d.who), d.period, d.value) for d in duties] == read


def test_a_notice_that_issues_no_document_is_its_own_title() -> None:
    title = "桃源县人民政府办公室关于下达2025年招商引资重点项目包保任务的通知"
    assert interpret(text_document(f"{title}\n各乡镇：")).title == title
    issued = interpret(text_document("桃源县人民政府关于印发2025年桃源县招商方案的通知\n各乡镇："))
    assert issued.title == "2025年桃源县招商方案"


def test_figures_side_by_side_and_the_section_above_a_flat_head() -> None:
    reading = interpret(
        text_document(
            "贺兰市２０２３年任务书\n一、攻坚项目（共２个）\n"
            "序号　项目名称　投资主体　计划总投资（亿元）　占地面积（亩）　建设内容　年度目标任务　牵头市领导　牵头单位\n"
            "１　枸杞深加工项目　甲生物公司　３．６　４５　年产枸杞原浆５０００吨。　年底前签约。　领导甲　市农牧局\n"
            "２　数据中心项目　乙数科公司　８０　５００　千兆机房２座。　６月一期投运。　领导乙　市工信局"
        )
    )
    assert [(s.declared, s.read) for s in reading.sections] == [(2, 2)]
    assert [(p.investment_yi, p.land_mu, p.content) for p in reading.projects] == [
        (Decimal("3.6"), 45, "年产枸杞原浆５０００吨。"),
        (80, 500, "千兆机房２座。"),
    ]


def test_labels_behind_a_numbered_name() -> None:
    reading = interpret(
        text_document(
            "清源县2023年项目安排\n"
            "1．甲铝加工项目。投资方：甲公司。总投资：22亿元。拟用地：300亩。2023年目标：4月底前签约，10月开工。联系领导：领导甲。责任单位：县工信局。\n"
            "2．乙花卉中心\n投资方：乙公司\n总投资：3亿元\n年度目标：力争三季度签约\n责任单位：县商务局"
        )
    )
    assert [(p.seq, p.name, p.investor, p.investment_yi, p.unit, len(p.milestones)) for p in reading.projects] == [
        (1, "甲铝加工项目", "甲公司", 22, "县工信局", 2),
        (2, "乙花卉中心", "乙公司", 3, "县商务局", 1),
    ]


def test_a_dash_fills_its_cell_in_running_text() -> None:
    reading = interpret(
        text_document(
            "云中县2022年招商项目表\n序号 项目名称 投资主体 建设内容 总投资（万元） 占地（亩） 包抓领导 包抓单位 年度目标\n"
            "1 马铃薯项目 甲薯业公司 建设生产线2条，年加工鲜薯10万吨。 18000 90 领导甲 县农业农村局 3月签约；5月开工\n"
            "2 风力发电项目 乙能源公司 / 86000 / 领导甲 领导乙 县能源局 上半年核准"
        )
    )
    assert [(p.content, p.investment_yi, p.land_mu, p.leaders) for p in reading.projects][1] == (
        None,
        Decimal("8.6"),
        None,
        ("领导甲", "领导乙"),
    )


def test_floors_that_do_not_repeat_the_projects() -> None:
    text = "武夷市2024年招商计划\n一、目标任务\n签约亿元以上产业项目120个，其中10亿元以上30个、百亿元以上1个。"
    assert [(t.metric, t.value, t.floor_yi) for t in interpret(text_document(text)).targets] == [
        ("projects_signed", 120, 1),
        ("projects_signed", 30, 10),
        ("projects_signed", 1, 100),
    ]


def test_the_same_headings_in_other_columns_on_the_next_sheet() -> None:
    head: list[Written] = ["序号", "项目名称", "总投资（万元）", "联系领导", "责任单位及责任人"]
    reading = interpret(
        document(
            "鹤鸣市2024年项目清单",
            table([["", *head], ["", "1", "甲项目", "15600", "领导甲", "市工信局"]], name="新建"),
            table([head, ["2", "乙项目", "9800", "领导乙", "市发改委"]], name="续建"),
        )
    )
    assert [(p.seq, p.name, p.investment_yi, p.leaders, p.unit) for p in reading.projects] == [
        (1, "甲项目", Decimal("1.56"), ("领导甲",), "市工信局"),
        (2, "乙项目", Decimal("0.98"), ("领导乙",), "市发改委"),
    ]


def test_pieces_of_work_with_labels_are_no_projects() -> None:
    reading = interpret(
        text_document(
            "石臼区2023年招商工作要点\n一、重点工程（2个）\n"
            "1.建设投资服务中心。牵头领导：领导甲；责任单位：区投促局；工作目标：6月底前建成。\n"
            "2.办好招商推介中心。牵头领导：领导乙；责任单位：区商务局；工作目标：9月开放。"
        )
    )
    assert (reading.projects, reading.sections) == ([], [])


def test_figures_in_brackets_behind_the_whole() -> None:
    reading = rows(["1", "甲项目", "甲公司", "6亿元（一期2亿元）", "60亩（约4公顷）", "", "领导甲", "县发改局"])
    assert (reading.projects[0].investment_yi, reading.projects[0].land_mu) == (6, 60)


@pytest.mark.parametrize("stroke", ["\t", "|"])
def test_section_lines_inside_a_table_typed_with_strokes(stroke: str) -> None:
    reading = interpret(
        text_document(
            "望江县2023年项目清单\n序号\t项目名称\t投资方\t投资额\t工作目标\t包保县领导\n"
            "一\t新能源产业（1个）\n1\t甲组件项目\t甲公司\t15亿元\t7月底前签约\t领导甲\n"
            "二、农产品加工业（1个）\n2\t乙工艺项目\t乙公司\t5000万元\t8月洽谈\t领导乙".replace("\t", stroke)
        )
    )
    assert [(s.declared, s.read) for s in reading.sections] == [(1, 1), (1, 1)]
    assert [(p.seq, p.investment_yi) for p in reading.projects] == [(1, 15), (2, Decimal("0.5"))]


def test_a_second_column_of_units_in_running_text() -> None:
    reading = interpret(
        text_document(
            "月湖区2025年项目责任表\n序号 项目名称 投资主体 投资规模 进展 年度节点目标 牵头领导 牵头单位 配合单位\n"
            "1 飞行器制造项目 甲航空科技公司 25亿元 已签约。 3月开工。 姬如雪 市工信局 市资规局、高新区\n"
            "2 固废利用项目 乙环保集团 3.2亿元 洽谈中 继续跟踪 纳兰 市生态环境局\n"
            "3 大健康项目 丙医养集团 12亿元 洽谈中。 年内争取签约。 纳兰 市卫健委 市民政局"
        )
    )
    assert reading.place == "月湖区"
    assert [(p.unit, p.leaders) for p in reading.projects] == [
        ("市工信局", ("姬如雪",)),
        ("市生态环境局", ("纳兰",)),
        ("市卫健委", ("纳兰",)),
    ]
