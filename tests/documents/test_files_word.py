"""Word files: what a reader of the printed document would see, in its order."""

from pathlib import Path

import docx
import pytest

from tests.documents.made_files import W, p, tbl, tc, tr
from tests.documents.made_files import docx as made
from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.files.word_styles import printed_number
from zhaoyin.documents.reading.source import Paragraph, Table, UnreadableFile


def texts(path: Path) -> list[str]:
    return [block.text for block in read_file(path).blocks if isinstance(block, Paragraph)]


def spans(path: Path) -> list[list[tuple[str, int, int, int]]]:
    (table,) = (block for block in read_file(path).blocks if isinstance(block, Table))
    return [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in table.rows]


def test_a_document_as_word_writes_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_heading("甲县方案", 0)
    document.add_heading("一、目标", 1)
    document.add_paragraph("签约 25 个\n第二行")
    table = document.add_table(3, 3)
    for i, row in enumerate(table.rows):
        for j, place in enumerate(row.cells):
            place.text = f"{i}{j}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "规模"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲\n乙"
    document.add_paragraph("完")
    document.save(str(tmp_path / "a.docx"))
    read = read_file(tmp_path / "a.docx")
    assert read.format == "docx"
    assert [(b.text, b.level) if isinstance(b, Paragraph) else "table" for b in read.blocks] == [
        ("甲县方案", 1),
        ("一、目标", 1),
        ("签约 25 个", 0),
        ("第二行", 0),
        "table",
        ("完", 0),
    ]
    assert spans(tmp_path / "a.docx") == [
        [("00", 0, 1, 1), ("规模", 1, 2, 1)],
        [("甲\n乙", 0, 1, 2), ("11", 1, 1, 1), ("12", 2, 1, 1)],
        [("21", 1, 1, 1), ("22", 2, 1, 1)],
    ]


def test_the_final_version_is_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>签约</w:t></w:r><w:del><w:r><w:delText>20</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>25</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom>"
        "<w:r><w:t> 个</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
        + tbl(tr(tc("1"), tc("甲")), tr(tc("2"), tc("删"), properties="<w:del/>"), tr(tc("3"), tc("丙")))
    )
    document = read_file(made(tmp_path / "a.docx", body))
    assert document.blocks[0] == Paragraph("签约25 个", 1)
    assert [[c.text for c in row] for row in document.blocks[1].rows] == [["1", "甲"], ["3", "丙"]]  # type: ignore[union-attr]
    assert any("修订" in note for note in document.notes)
    assert any("隐藏文字" in note for note in document.notes)


def test_content_controls_text_boxes_and_nested_tables(tmp_path: Path) -> None:
    inner = tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d")))
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("控件") + "</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
        + p("框内")
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>"
        + p("框内")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:tab/><w:t>后</w:t><w:noBreakHyphen/></w:r></w:p>"
        + tbl(tr(tc("1"), tc("甲")), tr(tc("2"), tc(p("乙") + inner)), tr(tc("3"), tc("丙")))
    )
    path = made(tmp_path / "a.docx", body)
    assert texts(path) == ["控件", "框内", "前\t后-"]
    assert spans(path)[1][1][0] == "乙\na\tb\nc\td"


def test_merged_cells_on_a_shifted_grid(tmp_path: Path) -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("头", '<w:gridSpan w:val="3"/>')),
        tr(tc("甲", restart), tc("1"), tc("2")),
        tr(tc("", go_on), tc("3", '<w:gridSpan w:val="2"/>')),
        tr(tc("", go_on), tc("4", restart), tc("5")),
        tr(tc("乙"), tc("看不见", go_on), tc("6")),
        tr(tc("7"), properties='<w:gridBefore w:val="2"/>'),
    )
    assert spans(made(tmp_path / "a.docx", body)) == [
        [("头", 0, 3, 1)],
        [("甲", 0, 1, 3), ("1", 1, 1, 1), ("2", 2, 1, 1)],
        [("3", 1, 2, 1)],
        [("4", 1, 1, 2), ("5", 2, 1, 1)],
        [("乙", 0, 1, 1), ("6", 2, 1, 1)],
        [("7", 2, 1, 1)],
    ]


NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>
<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


def numbered(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def test_numbers_that_word_prints_are_read(tmp_path: Path) -> None:
    body = (
        p("目标", numbered(1))
        + p("签约", numbered(1, 1))
        + p("落地", numbered(1, 1))
        + p("要求", numbered(1, 2))
        + p("举措", numbered(1))
        + p("招商", numbered(1, 1))
        + p("", numbered(1))
        + p("点", numbered(3))
        + tbl(*(tr(tc(p("", numbered(2))), tc(name)) for name in "甲乙"), tr(tc(p("", numbered(4))), tc("丙")))
    )
    path = made(tmp_path / "a.docx", body, numbering=NUMBERING)
    assert texts(path) == ["一、目标", "（一）签约", "（二）落地", "1.1. 要求", "二、举措", "（一）招商", "点"]
    assert [row[0][0] for row in spans(path)] == ["9", "10", "1"]


STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr>{numbered(1)}</w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="自定"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style></w:styles>"""


def test_styles_pass_on_levels_and_numbers(tmp_path: Path) -> None:
    body = (
        p("目录行 1", '<w:pStyle w:val="c"/>')
        + p("甲", '<w:pStyle w:val="1"/>')
        + p("乙", '<w:pStyle w:val="b"/>')
        + p("丙", '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("丁", '<w:pStyle w:val="x"/><w:outlineLvl w:val="2"/>')
        + p("戊", '<w:outlineLvl w:val="9"/>')
    )
    document = read_file(made(tmp_path / "a.docx", body, styles=STYLES, numbering=NUMBERING))
    assert [(b.text, b.level) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("一、甲", 2),
        ("二、乙", 2),
        ("丙", 2),
        ("丁", 3),
        ("戊", 0),
    ]
    assert document.notes == ("文档的目录没有读取。",)


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("脚注")}</w:footnote></w:footnotes>'
    assert texts(made(tmp_path / "a.docx", p("正文"), footnotes=notes)) == ["正文", "脚注"]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "japaneseCounting", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (10, "ideographDigital", "一〇"),
        (3, "ideographTraditional", "丙"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (30, "decimalEnclosedCircle", "30"),
        (14, "upperRoman", "XIV"),
        (27, "lowerLetter", "aa"),
        (7, "decimalZero", "07"),
        (7, "nobodyKnows", "7"),
    ],
)
def test_number_formats(number: int, form: str, expected: str) -> None:
    assert printed_number(number, form) == expected


def test_a_document_of_pictures_says_so(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r></w:p>'
    with pytest.raises(UnreadableFile, match="图片"):
        read_file(made(tmp_path / "a.docx", body))


def test_another_prefix_and_the_strict_namespace(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    for prefix, name in (("", "xmlns"), ("x:", "xmlns:x")):
        body = (
            f'<{prefix}document {name}="{strict}"><{prefix}body><{prefix}p><{prefix}r><{prefix}t>正文</{prefix}t></{prefix}r>'
            f"</{prefix}p></{prefix}body></{prefix}document>"
        )
        assert texts(made(tmp_path / "a.docx", body.encode())) == ["正文"]
