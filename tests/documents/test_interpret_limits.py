"""Strange and hostile contents: an answer in seconds, never an error, never a value out of nothing."""

import sys
import time
from subprocess import run

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhaoyin.documents.reading.as_json import as_json
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.source import Cell, SourceDocument, Table

from .printed import document, table, text_document

HEAD = (
    "2022年临江市方案\n序号 项目名称 总投资(亿元) 用地(亩) 投资方 项目内容 进展情况 全年工作目标 联系市领导 主责单位\n"
)
REPEATED = [
    "1",
    "项",
    "(",
    "、",
    " ",
    "4月",
    "序号",
    "1-",
    "年产1吨、",
    "合计 1 ",
    "1 项目 2 3 ",
    "每月领导不少于1次,",
    "亿元以上项目1个",
    "《",
    "：",
    "|",
]
SECONDS = 30  # of processor time, on a machine that does other work; alone each takes a few


@pytest.mark.parametrize("unit", REPEATED)
@pytest.mark.parametrize("before", ["", HEAD])
def test_a_megabyte_of_one_thing(unit: str, before: str) -> None:
    source = text_document(before + unit * (1_000_000 // len(unit)))
    began = time.process_time()
    as_json(interpret(source, year=2022))
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("unit", ["1", "县", "4月开工", "一、项目(3个)", "签约项目1个以上", "|||"])
def test_a_megabyte_of_short_lines(unit: str) -> None:
    source = text_document((unit + "\n") * (1_000_000 // (len(unit) + 1)))
    began = time.process_time()
    interpret(source, year=2022)
    assert time.process_time() - began < SECONDS


def test_ten_thousand_rows() -> None:
    head = ["序号", "项目名称", "投资方", "总投资(亿元)", "用地(亩)", "进展情况", "年度目标", "联系领导", "责任单位"]
    row = [
        "某某科技有限公司",
        "12.5",
        "120",
        "1、已签框架协议；2、正在选址",
        "3月底前签约；6月开工；年底前封顶",
        "领导甲、领导乙",
        "市发改局",
    ]
    source = document(
        "某市2024年清单", table([list(head), *([str(i), f"第{i}号材料项目", *row] for i in range(1, 10_001))])
    )
    began = time.process_time()
    reading = interpret(source)
    assert time.process_time() - began < SECONDS
    assert len(reading.projects) == 10_000
    assert len(reading.projects[-1].milestones) == 3


def test_nothing_at_all() -> None:
    for source in (
        SourceDocument("x", "txt", ()),
        text_document(""),
        document(table([[""]])),
        document(Table((), 1)),
        document(Table(((),), 1)),
    ):
        reading = interpret(source)
        assert (reading.title, reading.projects, reading.targets) == ("", [], [])


words = st.sampled_from(
    [
        "序号",
        "项目名称",
        "总投资",
        "（万元）",
        "用地",
        "一季度",
        "年度目标",
        "责任单位",
        "联系领导",
        "合计",
        "小计",
        "一、",
        "1",
        "2",
        "/",
        "10亿元",
        "甲项目",
        "甲公司",
        "3月签约",
        "，",
        "。",
        "\n",
        " ",
        "领导甲",
        "县局",
        "（3个）",
        "每月",
        "不少于",
        "4次",
        "以上",
        "2022年",
    ]
)
texts = st.lists(words, max_size=12).map("".join)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(texts, max_size=8),
    st.lists(st.lists(st.tuples(texts, st.integers(1, 3), st.integers(1, 3)), max_size=5), max_size=6),
)
def test_any_arrangement_of_the_fields_words_is_read_without_error(
    lines: list[str], rows: list[list[tuple[str, int, int]]]
) -> None:
    source = document("\n".join(lines), table([list(row) for row in rows]))
    as_json(interpret(source))
    as_json(interpret(source, year=2024))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.builds(Cell, texts, st.integers(0, 6), st.integers(1, 500), st.integers(1, 500)), max_size=4),
        max_size=4,
    )
)
def test_cells_that_overlap_or_reach_too_far(rows: list[list[Cell]]) -> None:
    as_json(interpret(SourceDocument("x.html", "html", (Table(tuple(tuple(row) for row in rows), 1),))))


def test_nothing_heavy_is_imported() -> None:
    heavy = ("django", "lxml", "docx", "openpyxl", "pdfplumber", "numpy")
    modules = "zhaoyin.documents.reading.interpret, zhaoyin.documents.reading.as_json"
    program = f"import sys; import {modules}; print([m for m in {heavy} if m in sys.modules])"
    assert run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
