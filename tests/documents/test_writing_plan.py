"""The project table and the plan document: ten columns, section rows, unknown as /, and reading them back unchanged."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.model import ReadProject
from zhaoyin.documents.writing.checks import check_official
from zhaoyin.documents.writing.measures import LANDSCAPE
from zhaoyin.documents.writing.official import Heading, Text
from zhaoyin.documents.writing.package import UnwritableDocument
from zhaoyin.documents.writing.plan_document import PlanDocument, write_plan
from zhaoyin.documents.writing.project_table import (
    ProjectTable,
    TableRow,
    TableSection,
    write_table_docx,
    write_table_xlsx,
)

HEADINGS = [
    "序号",
    "项目名称",
    "总投资（亿元）",
    "用地（亩）",
    "投资方",
    "项目内容",
    "进展情况",
    "全年工作目标",
    "联系市领导",
    "主责单位",
]
FULL = TableRow(
    seq=1,
    name="甲湾新材料产业园项目",
    investment_yi=Decimal(1000),
    land_mu=Decimal(10000),
    investor="浙江某某控股集团",
    content="拟选址新材料产业园。建设年产10万吨树脂项目。",
    progress=("框架协议已签订。", "双方已成立专班。"),
    goals="4月一期项目签约；5月一期项目落地；8月一期项目开工建设。",
    leaders=("领导甲", "领导乙"),
    unit="甲湾经济技术开发区",
)
SPARSE = TableRow(
    seq=2, name="乙抽水蓄能电站项目", investment_yi=Decimal("5.5"), progress=("正在对接。",), leaders=("领导丙",)
)
TABLE = ProjectTable(
    "某市2022年重大招商项目推进责任分解表",
    (
        TableSection("盯引抓签约项目", 33, (FULL, SPARSE)),
        TableSection("落地抓开工项目", None, (replace(FULL, name="丙制剂项目"),)),
    ),
)
PLAN = PlanDocument(
    title="2022年某市招大引强攻坚行动实施方案",
    body=(
        Text("为进一步激发招商活力，特制定本方案。"),
        Heading(1, "目标任务"),
        Text("2022年，全市签约亿元以上产业项目25个，其中10亿元以上产业项目5个，实际使用外资6700万美元以上。"),
        Heading(1, "工作举措"),
        Heading(2, "开展全员招大引强攻坚"),
        Text("市党政主要领导原则上每月参与招商活动的时间不少于三分之一。"),
    ),
    table=TABLE,
    issued_on=date(2022, 3, 1),
    issuer="某市招商引资工作领导小组",
)
PRINTED = [
    ["一、盯引抓签约项目（33个）"],
    [
        "1",
        "甲湾新材料产业园项目",
        "1000",
        "10000",
        "浙江某某控股集团",
        "拟选址新材料产业园。建设年产10万吨树脂项目。",
        "1、框架协议已签订。\n2、双方已成立专班。",
        "4月一期项目签约；5月一期项目落地；8月一期项目开工建设。",
        "领导甲 领导乙",
        "甲湾经济技术开发区",
    ],
    ["2", "乙抽水蓄能电站项目", "5.5", "/", "/", "/", "正在对接。", "/", "领导丙", "/"],
    ["二、落地抓开工项目"],
]


def test_the_sheet_has_the_ten_columns_and_section_rows_across():
    sheet = openpyxl.load_workbook(io.BytesIO(write_table_xlsx(TABLE))).active
    rows = [[str(value) for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [TABLE.title]
    assert rows[1] == HEADINGS
    assert rows[2:6] == PRINTED
    assert sheet["C4"].data_type == "n"
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:J1", "A3:J3", "A6:J6"}
    assert sheet.freeze_panes == "A3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$2"


def test_the_page_is_across_with_the_head_repeated():
    document = docx.Document(io.BytesIO(write_table_docx(TABLE)))
    assert [section.page_width > section.page_height for section in document.sections] == [True]
    assert document.paragraphs[0].text == TABLE.title
    (table,) = document.tables
    rows = [list(dict.fromkeys(row.cells)) for row in table.rows]
    assert [cell.text for cell in rows[0]] == HEADINGS
    assert [len(row) for row in rows] == [10, 1, 10, 10, 1, 10]
    assert [[cell.text for cell in row] for row in rows[1:5]] == PRINTED
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_extra_columns_follow_the_ten_and_keep_their_places():
    rows = (replace(FULL, extra={"备注": "甲注", "产业": "石化"}), replace(SPARSE, extra={"产业": "能源"}))
    table = ProjectTable("表", (TableSection("", None, rows),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_table_xlsx(table))).active
    printed = [list(row[10:]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert printed == [["备注", "产业"], ["甲注", "石化"], ["/", "能源"]]
    with pytest.raises(UnwritableDocument, match="附加列“投资方”与表中已有的列重名"):
        ProjectTable("表", (TableSection("", None, (replace(FULL, extra={"投资方": "x"}),)),))


def test_empty_sections_keep_their_rows_in_order():
    table = ProjectTable(
        "表", (TableSection("甲类", 0, ()), TableSection("乙类", 1, (FULL,)), TableSection("丙类", 0, ()))
    )
    document = docx.Document(io.BytesIO(write_table_docx(table)))
    assert [row.cells[0].text for row in document.tables[0].rows] == [
        "序号",
        "一、甲类（0个）",
        "二、乙类（1个）",
        "1",
        "三、丙类（0个）",
    ]


def test_what_a_spreadsheet_would_run_is_text():
    table = ProjectTable(
        "=1", (TableSection("", None, (replace(FULL, name="=cmd|'/c calc'!A1", content="@x", unit="-1"),)),)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(write_table_xlsx(table))).active
    for place, text in (("A1", "=1"), ("B3", "=cmd|'/c calc'!A1"), ("F3", "@x"), ("J3", "-1")):
        assert (sheet[place].data_type, sheet[place].value, sheet[place].quotePrefix) == ("s", text, True)


def test_the_plan_has_its_table_as_an_annex_across():
    document = docx.Document(io.BytesIO(write_plan(PLAN)))
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines == [
        "2022年某市招大引强攻坚行动实施方案",
        "为进一步激发招商活力，特制定本方案。",
        "一、目标任务",
        PLAN.body[2].text,
        "二、工作举措",
        "（一）开展全员招大引强攻坚",
        PLAN.body[5].text,
        "附件：某市2022年重大招商项目推进责任分解表",
        "某市招商引资工作领导小组",
        "2022年3月1日",
        "附件",
        "某市2022年重大招商项目推进责任分解表",
    ]
    assert [section.page_width > section.page_height for section in document.sections] == [False, True]
    assert all(finding.ok for finding in check_official(write_plan(PLAN)))
    unsigned = docx.Document(io.BytesIO(write_plan(replace(PLAN, issuer=""))))
    assert "2022年3月1日" not in [paragraph.text for paragraph in unsigned.paragraphs]


def test_the_same_table_and_plan_give_the_same_bytes():
    for write, value in ((write_table_xlsx, TABLE), (write_table_docx, TABLE), (write_plan, PLAN)):
        assert write(value) == write(replace(value))
        assert {info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(write(value))).infolist()} == {1980}


WRITERS = {"表.xlsx": write_table_xlsx, "表.docx": write_table_docx}


def read_back(tmp_path: Path, name: str, data: bytes):
    path = tmp_path / name
    path.write_bytes(data)
    return interpret(read_file(path))


MARK = "王某（wang）于 2026-11-23 18:40 导出　内部资料，注意保密"


def as_row(project: ReadProject) -> TableRow:
    return TableRow(
        **{name: getattr(project, name) for name in ("seq", "name", "investment_yi", "land_mu", "investor", "content")},
        progress=project.progress,
        goals=project.goals,
        leaders=project.leaders,
        unit=project.unit,
        extra=project.extra,
    )


@pytest.mark.parametrize("extras", [1, 12, 40])
def test_a_table_too_wide_for_any_page_is_cut_and_not_refused(extras):
    more = {f"附加栏目{number}": "w" * 400 for number in range(extras)}
    row = replace(FULL, name="A" * 300, unit="B" * 300, extra=more)
    data = write_table_docx(replace(TABLE, sections=(TableSection("签约项目", 1, (row,)),)))
    table = docx.Document(io.BytesIO(data)).tables[0]
    widths = [column.width for column in table.columns]
    assert len(widths) == 10 + extras
    assert all(width > 0 for width in widths)
    assert sum(widths) == docx.shared.Twips(LANDSCAPE.text_width)
    assert table.rows[2].cells[1].text == "A" * 300


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("mark", ["", MARK, "=1+1 & <王> 甲项目 100 200"])
def test_the_table_reads_back_unchanged(tmp_path, name, mark):
    data = WRITERS[name](TABLE, mark=mark)
    assert data == WRITERS[name](TABLE, mark=mark)
    reading = read_back(tmp_path, name, data)
    unmarked = read_back(tmp_path, name, WRITERS[name](TABLE))
    assert (reading.projects, reading.sections, reading.doubts, reading.targets, reading.duties) == (
        unmarked.projects, unmarked.sections, unmarked.doubts, unmarked.targets, unmarked.duties,
    )  # fmt: skip
    assert [as_row(project) for project in reading.projects] == [
        row for section in TABLE.sections for row in section.rows
    ]
    assert [(section.declared, section.read) for section in reading.sections] == [(33, 2), (None, 1)]


def test_the_plan_reads_back_unchanged(tmp_path):
    reading = read_back(tmp_path, "方案.docx", write_plan(PLAN))
    assert reading.title == PLAN.title
    assert reading.year == 2022
    assert [as_row(project) for project in reading.projects] == [
        row for section in TABLE.sections for row in section.rows
    ]
    assert [target.value for target in reading.targets] == [25, 5, 6700]
    assert len(reading.duties) == 1
    assert [m.end for m in reading.projects[0].milestones] == [date(2022, 4, 30), date(2022, 5, 31), date(2022, 8, 31)]


WORDS = st.text("甲乙丙丁戊己庚辛壬癸项目集团园区", min_size=2, max_size=12)
AMOUNTS = st.one_of(st.none(), st.decimals("0.01", 9999, places=2).map(lambda amount: amount.normalize()))
ROWS = st.builds(
    TableRow,
    seq=st.integers(1, 99),
    name=WORDS.map(lambda word: f"{word}项目"),
    investment_yi=AMOUNTS,
    land_mu=AMOUNTS,
    investor=st.one_of(st.none(), WORDS.map(lambda word: f"{word}公司")),
    content=st.one_of(st.none(), WORDS),
    progress=st.lists(WORDS.map(lambda word: f"{word}。"), max_size=4).map(tuple),
    goals=st.one_of(st.none(), st.integers(1, 12).map(lambda month: f"{month}月开工建设。")),
    leaders=st.lists(st.sampled_from(["领导甲", "领导乙", "领导丙"]), unique=True, max_size=2).map(tuple),
    unit=st.one_of(st.none(), WORDS.map(lambda word: f"{word}镇")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROWS, min_size=1, max_size=5, unique_by=lambda row: row.seq), name=st.sampled_from(sorted(WRITERS))
)
def test_any_table_reads_back_unchanged(tmp_path, rows, name):
    rows = sorted(rows, key=lambda row: row.seq or 0)
    table = ProjectTable("某市2022年重大招商项目表", (TableSection("盯引抓签约项目", len(rows), tuple(rows)),))
    reading = read_back(tmp_path, name, WRITERS[name](table, mark=MARK))
    assert [as_row(project) for project in reading.projects] == rows
