"""An official document on the page: geometry, fonts, order of parts, and the same bytes every time."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.documents.writing.measures import (
    CHARACTER_PITCH,
    CHARACTER_SPACE,
    LANDSCAPE,
    LINE_PITCH,
    PORTRAIT,
    em_width,
)
from zhaoyin.documents.writing.official import (
    Annex,
    Figures,
    Heading,
    Names,
    OfficialDocument,
    Text,
    fault_of_number,
    write_official,
)
from zhaoyin.documents.writing.official.numbering import HeadingNumbers, chinese_number
from zhaoyin.documents.writing.official.titles import broken
from zhaoyin.documents.writing.package import UnwritableDocument
from zhaoyin.documents.writing.tables import Column, fit, printed

FIGURES = Figures(
    caption="分单位签约情况",
    columns=(Column("单位"), Column("在谈", "right"), Column("签约额", "right")),
    rows=(("甲经济技术开发区", 9, Decimal("42.0")), ("乙街道", 0, None)),
    total_row=("合计", 9, Decimal("42.0")),
    unit_note="金额单位：亿元",
    as_of_note="截至2022年5月31日",
    notes=("框架协议不计签约。", "未报单位不作0。"),
)
BULLETIN = OfficialDocument(
    red_head="招大引强督查通报",
    number="临投促办〔2022〕6号",
    title="关于2022年5月份全市招大引强\n工作推进情况的通报",
    addressees=("各镇人民政府", "市级有关部门"),
    body=(
        Heading(1, "总体情况"),
        Text("截至5月31日，全市新签约项目11个。"),
        FIGURES,
        Heading(1, "存在问题"),
        Heading(2, "进展滞后"),
        Heading(3, "签约类"),
        Heading(4, "框架协议"),
        Heading(2, "数据不全"),
        Names(("丙镇", "丁镇"), lead="未报单位（2个）："),
        Names((), lead="零报单位："),
    ),
    signer="市投资促进领导小组办公室",
    signed_on=date(2022, 6, 6),
    annexes=(Annex("分单位情况表", (Text("附件正文。"),)), Annex("考勤情况")),
    copies_to=("市委办公室", "市政府办公室"),
    printed_by="市投资促进中心",
    printed_on=date(2022, 6, 7),
)


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs]


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_measures_of_the_standard():
    assert (PORTRAIT.width, PORTRAIT.height) == (11906, 16838)
    assert PORTRAIT.top == 2098  # 37 mm
    assert PORTRAIT.left == 1587  # 28 mm
    assert (PORTRAIT.text_width, PORTRAIT.text_height) == (8844, 12756)  # 156 × 225 mm
    assert 22 * LINE_PITCH <= PORTRAIT.text_height < 23 * LINE_PITCH
    assert 28 * CHARACTER_PITCH <= PORTRAIT.text_width < 29 * CHARACTER_PITCH
    assert CHARACTER_SPACE == -849
    assert (LANDSCAPE.text_width, LANDSCAPE.text_height) == (PORTRAIT.text_height, PORTRAIT.text_width)


def test_parts_stand_in_the_order_of_the_standard():
    lines = paragraphs(write_official(BULLETIN))
    assert [line for line in lines if line] == [
        "招大引强督查通报",
        "临投促办〔2022〕6号",
        "关于2022年5月份全市招大引强\n工作推进情况的通报",
        "各镇人民政府，市级有关部门：",
        "一、总体情况",
        "截至5月31日，全市新签约项目11个。",
        "表1　分单位签约情况",
        "截至2022年5月31日\t金额单位：亿元",
        "注：1.框架协议不计签约。",
        "2.未报单位不作0。",
        "二、存在问题",
        "（一）进展滞后",
        "1.签约类",
        "（1）框架协议",
        "（二）数据不全",
        "未报单位（2个）：丙镇、丁镇。",
        "零报单位：无。",
        "附件：1.分单位情况表",
        "2.考勤情况",
        "市投资促进领导小组办公室",
        "2022年6月6日",
        "附件1",
        "分单位情况表",
        "附件正文。",
    ]
    # Two blank lines under the red rule, one under the title (7.3.1, 7.3.2).
    rule = lines.index("临投促办〔2022〕6号")
    assert lines[rule + 1 : rule + 3] == ["", ""]
    assert lines[rule + 4] == ""


def test_imprint_stands_at_the_foot_between_rules():
    imprint = opened(write_official(BULLETIN)).tables[-1]
    assert [row.cells[0].text for row in imprint.rows] == [
        "抄送：市委办公室，市政府办公室。",
        "市投资促进中心\t2022年6月7日印发",
    ]
    position = imprint._tbl.tblPr.find(qn("w:tblpPr"))
    assert position.get(qn("w:tblpYSpec")) == "bottom"
    borders = imprint._tbl.tblPr.find(qn("w:tblBorders"))
    thick, thin = (int(borders.find(qn(side)).get(qn("w:sz"))) for side in ("w:top", "w:insideH"))
    assert thick > thin
    plain = write_official(replace(BULLETIN, copies_to=(), printed_by=None))
    assert len(opened(plain).tables) == 1


def test_table_repeats_its_head_and_aligns_figures():
    table = opened(write_official(BULLETIN)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "在谈", "签约额"],
        ["甲经济技术开发区", "9", "42.0"],
        ["乙街道", "0", "/"],  # unknown is / and never 0
        ["合计", "9", "42.0"],
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[1].cells[2].paragraphs[0].alignment == 2  # right
    assert table.rows[1].cells[2]._tc.tcPr.find(qn("w:noWrap")) is not None
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == PORTRAIT.text_width


def test_a_wide_table_stands_on_a_page_across_and_the_text_returns_upright():
    columns = tuple(Column(f"指标{number}", "right") for number in range(12))
    wide = Figures("多列", columns, (tuple(1234567 for _ in columns),))
    document = opened(write_official(replace(BULLETIN, body=(Text("前"), wide, Text("后")))))
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]


def test_a_table_with_too_many_columns_is_refused_in_a_sentence():
    columns = tuple(Column(f"指标{number}", "right") for number in range(60))
    with pytest.raises(UnwritableDocument, match="60 列，横排也放不下"):
        write_official(replace(BULLETIN, body=(Figures("太宽", columns, (tuple(1234567 for _ in columns),)),)))


def test_words_too_long_for_the_page_are_cut_and_figures_are_not():
    columns = [*(Column(f"文字{n}") for n in range(9)), Column("数", "right")]
    how = fit(columns, [[*["w" * 300] * 9, "1234567.89"]])
    assert how.whole
    assert sum(how.widths) == how.page.text_width
    assert how.widths[-1] - 160 >= 5 * how.points * 20


def test_rows_must_fill_the_columns():
    with pytest.raises(UnwritableDocument, match="有 3 列，其中一行却有 2 格"):
        replace(FIGURES, rows=(("甲", 1),))


@given(
    st.lists(
        st.tuples(st.text("甲乙丙丁0123456789 ", max_size=40), st.decimals(0, 10**9, places=2)), min_size=1, max_size=12
    ),
    st.integers(1, 5),
)
def test_columns_fill_the_page_and_leave_figures_whole(rows, figures):
    columns = [Column("单位"), *(Column(f"数{n}", "right") for n in range(figures))]
    cells = [[name, *[printed(amount)] * figures] for name, amount in rows]
    how = fit(columns, cells)
    assert sum(how.widths) == how.page.text_width
    for index in range(1, len(columns)):
        longest = max(em_width(row[index]) for row in cells)
        assert how.widths[index] - 160 >= longest * how.points * 20


def test_numbers_are_typed_not_automatic():
    data = write_official(BULLETIN)
    assert "word/numbering.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert "w:numPr" not in part(data, "word/document.xml")


def test_heading_without_a_number_keeps_the_count():
    lines = paragraphs(
        write_official(replace(BULLETIN, body=(Heading(1, "甲"), Heading(1, "插页", numbered=False), Heading(1, "乙"))))
    )
    assert [line for line in lines if line in ("一、甲", "插页", "二、乙")] == ["一、甲", "插页", "二、乙"]
    with pytest.raises(UnwritableDocument, match="没有第 5 级"):
        Heading(5, "太深")


@given(st.lists(st.integers(1, 4), min_size=1, max_size=60))
def test_heading_counts_start_anew_below_each_higher_heading(levels):
    numbers = HeadingNumbers()
    counts = [0] * 5
    for level in levels:
        counts[level] += 1
        counts[level + 1 :] = [0] * (4 - level)
        n = counts[level]
        expected = {1: f"{chinese_number(n)}、", 2: f"（{chinese_number(n)}）", 3: f"{n}.", 4: f"（{n}）"}[level]
        assert numbers.next(level) == expected


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (99, "九十九")]
)
def test_chinese_numbers(number, words):
    assert chinese_number(number) == words


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("临投促办[2022]6号", "六角括号"),
        ("临投促办（2022）6号", "六角括号"),
        ("临投促办【2022】6号", "六角括号"),
        ("临投促办〔2022〕第6号", "不加“第”"),
        ("临投促办〔2022〕06号", "不编虚位"),
        ("临投促办〔22〕6号", "机关代字〔年份〕顺序号"),
        ("临投促办〔2022〕6", "机关代字〔年份〕顺序号"),
        ("〔2022〕6号", "机关代字〔年份〕顺序号"),
    ],
)
def test_wrong_document_numbers_are_named(number, word):
    fault = fault_of_number(number)
    assert fault is not None
    assert word in fault
    with pytest.raises(UnwritableDocument, match=re.escape(fault)):
        replace(BULLETIN, number=number)


def test_a_right_number_and_none_at_all():
    assert fault_of_number("临投促办〔2022〕16号") is None
    draft = write_official(replace(BULLETIN, number=None))
    assert 'w:val="NumberRuled"' in part(draft, "word/document.xml")  # the red rule stays


def test_signature_and_date():
    document = opened(write_official(BULLETIN))
    dated = next(p for p in document.paragraphs if p.text == "2022年6月6日")
    assert dated._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) == "400"
    signer = next(p for p in document.paragraphs if p.text == BULLETIN.signer)
    over = int(signer._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"), "0"))
    centre = over / 100 + em_width(signer.text) / 2
    assert centre == pytest.approx(4 + em_width(dated.text) / 2, abs=0.01)


def test_demo_mark_on_every_page_or_on_none():
    marked, plain = write_official(replace(BULLETIN, demo=True)), write_official(BULLETIN)
    assert part(marked, "word/header1.xml").count("演示数据") == 1
    assert part(marked, "word/header2.xml").count("演示数据") == 1
    assert part(marked, "word/document.xml").count("headerReference") == 2
    assert "演示数据" in part(marked, "docProps/core.xml")
    assert "演示数据" not in "".join(part(plain, name) for name in zipfile.ZipFile(io.BytesIO(plain)).namelist())


def test_the_same_document_gives_the_same_bytes_and_no_other_date():
    first, second = write_official(BULLETIN), write_official(replace(BULLETIN))
    assert first == second
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}  # zlib's versions differ
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", part(first, "docProps/core.xml"))) == {"2022-06-06T00:00:00Z"}
    assert "rsid" not in part(first, "word/document.xml")
    assert write_official(replace(BULLETIN, title="另一份")) != first


def test_hostile_text_stays_text():
    text = 'a<b>&"\x00\x0b\x1f\ud800\uffff]]>{{ x }}\tb'
    data = write_official(replace(BULLETIN, body=(Text(text),), signer="<x>", red_head="&招引"))
    lines = paragraphs(data)
    assert 'a<b>&"]]>{{ x }}\tb' in "\n".join(lines)
    assert "<x>" in lines


@given(st.text(max_size=60))
def test_any_text_gives_a_document_that_opens(text):
    opened(
        write_official(
            replace(BULLETIN, body=(Text(text), Names((text,), lead=text)), copies_to=(text,), red_head=text)
        )
    )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于通报", ("关于通报",)),
        ("第一行\n第二行", ("第一行", "第二行")),
        ("2022年临海市招大引强攻坚行动实施方案", ("2022年临海市招大引强攻坚行动实施方案",)),
        ("关于2022年5月份全市招大引强工作推进情况的通报", ("关于2022年5月份全市", "招大引强工作推进情况的通报")),
    ],
)
def test_titles_break_between_words(title, lines):
    assert broken(title) == lines


@given(st.text("招大引强工作情况的、2022年ABC", min_size=1, max_size=90))
def test_a_broken_title_loses_nothing_and_fits(title):
    lines = broken(title)
    assert "".join(lines) == title
    assert all(em_width(line) <= 20 for line in lines)
