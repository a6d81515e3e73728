"""Text, Markdown, separated values and pages: what is read of them, in which encoding, and under which name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import made_files as made
from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.decoding import decode
from zhaoyin.documents.reading.source import Paragraph, Place, SourceDocument, Table, UnreadableFile

PLAN = "2024年甲县招商引资行动方案\n\n　　一、目标任务\r\n签约亿元以上项目 25 个。\n"


def written(tmp_path: Path, name: str, content: str | bytes) -> SourceDocument:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path)


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: SourceDocument) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_lines_of_a_text_keep_their_numbers(tmp_path: Path) -> None:
    document = written(tmp_path, "方案.txt", PLAN)
    assert document.format == "txt"
    assert document.name == "方案.txt"
    assert document.blocks == (
        Paragraph("2024年甲县招商引资行动方案", 1),
        Paragraph("一、目标任务", 3),
        Paragraph("签约亿元以上项目 25 个。", 4),
    )
    assert document.text_at(Place(2, 8, 12)) == " 25 "


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("gb18030", b""),
    ],
)
def test_every_encoding_reads_the_same(tmp_path: Path, encoding: str, mark: bytes) -> None:
    document = written(tmp_path, "a.txt", mark + PLAN.encode(encoding))
    assert texts(document) == texts(written(tmp_path, "b.txt", PLAN))
    assert document.notes == ()


@pytest.mark.parametrize("text", ["一", "中文", "一中", "联通", "a中", "签约25个", "项目㐀𠮷", "投资方：ＡＢＣ公司①"])
def test_short_chinese_texts_are_told_apart(text: str) -> None:
    assert decode(text.encode("gb18030"))[0] == text
    assert decode(text.encode("utf-8"))[0] == text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=5, max_size=200))
def test_chinese_decodes_from_what_it_was_encoded_in(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding))[0] == text


def test_a_text_cut_in_a_character_is_read_with_a_note(tmp_path: Path) -> None:
    document = written(tmp_path, "a.txt", (PLAN * 3).encode()[:-3])
    assert len(document.blocks) == 9
    assert "1 处文字已损坏" in document.notes[0]


@pytest.mark.parametrize("seed", range(5))
def test_binary_junk_is_refused(tmp_path: Path, seed: int) -> None:
    junk = bytes((i * i * (seed + 7) + i // 3 + seed) % 256 for i in range(5000))
    with pytest.raises(UnreadableFile, match="不是文字"):
        written(tmp_path, "a.txt", junk)


def test_unprinted_characters_are_taken_out() -> None:
    assert printed("\ufeff　项\u200b目\xa01\r\n2 \xad") == "项目 1\n2"


def test_markdown_headings_and_tables(tmp_path: Path) -> None:
    document = written(
        tmp_path,
        "a.md",
        "# 甲县方案 #\n\n目标\n---\n- **签约** 25 个\n\n| 序号 | 项目\\|名 | 目标 |\n|---|:--:|--:|\n"
        "| 1 | `甲` | 4月签约<br>6月开工 |\n"
        "| 2 | 乙 |\n\n```\n# 原样\n```\n",
    )
    assert document.format == "md"
    assert [(b.text, b.line, b.level) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("甲县方案", 1, 1),
        ("目标", 3, 2),
        ("签约 25 个", 5, 0),
        ("# 原样", 13, 0),
    ]
    (table,) = tables(document)
    assert table.line == 7
    assert grid(table) == [["序号", "项目|名", "目标"], ["1", "甲", "4月签约\n6月开工"], ["2", "乙"]]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_separated_values_by_any_sign(tmp_path: Path, sign: str) -> None:
    lines = ["甲县项目表", sign.join(["序号", "项目名称", "目标"]), sign.join(["1", '"甲,乙;丙\n丁""戊"""', "=1+1"])]
    document = written(tmp_path, "a.csv", "\n".join(lines).encode("gb18030"))
    (table,) = tables(document)
    assert grid(table) == [["甲县项目表", "", ""], ["序号", "项目名称", "目标"], ["1", '甲,乙;丙\n丁"戊"', "=1+1"]]
    assert document.format == "csv"


def test_values_with_a_named_sign_and_blank_rows(tmp_path: Path) -> None:
    (table,) = tables(written(tmp_path, "a.csv", "sep=^\n^^\n甲^乙^\n^^\n丙^丁^\n^^\n"))
    assert grid(table) == [["甲", "乙"], ["", ""], ["丙", "丁"]]


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>不读</title><style>p{{}}</style></head><body>
<script>var a="<table><tr><td>假</td></tr></table>"</script><h1>甲县
  方案</h1><p>第一行<br>第二行&nbsp;25 个</p><div style="display:none">藏</div>
<table><caption>单位：万元</caption><tr><th rowspan=2>序号<th colspan=2>规模<tr><th>投资<th>用地
<tr><td>1<td>10<p>亿元</p><td></table>
<ol><li>甲项目<li>乙项目</ol>尾</body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_reads_in_order(tmp_path: Path, charset: str) -> None:
    encoding = "gb18030" if charset == "gb2312" else charset
    document = written(tmp_path, "a.html", PAGE.format(charset=charset).encode(encoding))
    assert document.format == "html"
    assert texts(document) == ["甲县 方案", "第一行", "第二行 25 个", "单位：万元", "1. 甲项目", "2. 乙项目", "尾"]
    first, *_ = document.blocks
    assert isinstance(first, Paragraph)
    assert first.level == 1
    (table,) = tables(document)
    assert [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in table.rows] == [
        [("序号", 0, 1, 2), ("规模", 1, 2, 1)],
        [("投资", 1, 1, 1), ("用地", 2, 1, 1)],
        [("1", 0, 1, 1), ("10\n亿元", 1, 1, 1), ("", 2, 1, 1)],
    ]


def test_a_page_that_names_the_wrong_encoding(tmp_path: Path) -> None:
    document = written(tmp_path, "a.html", PAGE.format(charset="gb2312").encode())
    assert texts(document)[0] == "甲县 方案"


def test_tables_that_arrange_a_page_vanish_and_tables_in_cells_become_text(tmp_path: Path) -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    page = f"<html><table><tr><td>栏目<td><p>正文</p>{inner}</td></tr><tr><td colspan=2>页脚</table></html>"
    document = written(tmp_path, "a.html", page)
    assert texts(document) == ["栏目", "正文", "页脚"]
    assert grid(tables(document)[0]) == [["a", "b"], ["c", "d"]]
    listed = f"<html><table><tr><td>1<td>x<tr><td>2<td>{inner}<tr><td>3<td>y</table></html>"
    (table,) = tables(written(tmp_path, "b.html", listed))
    assert grid(table) == [["1", "x"], ["2", "a\tb\nc\td"], ["3", "y"]]


def test_a_cell_reaching_below_its_table_is_cut(tmp_path: Path) -> None:
    (table,) = tables(written(tmp_path, "a.html", "<html><table><tr><td rowspan=9>a<td>b<tr><td rowspan=0>c</table>"))
    assert [[(c.text, c.column, c.rowspan) for c in row] for row in table.rows] == [
        [("a", 0, 2), ("b", 1, 1)],
        [("c", 1, 1)],
    ]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("导出.xls", "<html><table><tr><td>甲<td>乙</table></html>", "html"),
        ("导出.xls", "<table><tr><td>甲<td>乙</table>", "html"),
        ("导出.xls", "序号\t名称\n1\t甲\n", "csv"),
        ("方案.docx", PLAN, "txt"),
        ("方案.txt", "<!DOCTYPE html><p>甲", "html"),
        ("方案.doc", "\ufeff" + PLAN, "txt"),
    ],
)
def test_what_a_file_is_counts_and_not_its_name(tmp_path: Path, name: str, content: str, form: str) -> None:
    document = written(tmp_path, name, content)
    assert document.format == form
    assert name[name.index(".") :] in document.notes[0]
    assert "读取" in document.notes[0]


def test_office_files_under_other_names(tmp_path: Path) -> None:
    word = made.docx(tmp_path / "a.pdf", made.p("正文"))
    assert read_file(word).format == "docx"
    sheet = made.xlsx(tmp_path / "a.csv", {"表": made.rows(["甲", 1])})
    assert read_file(sheet).format == "xlsx"
    page = made.pdf(tmp_path / "a.docx", [made.text_at(100, 700, "正文")])
    document = read_file(page, name="方案.docx")
    assert document.name == "方案.docx"
    assert document.format == "pdf"
    assert document.notes == ("文件扩展名是 .docx，内容是PDF，已按PDF读取。",)


def test_the_owners_name_decides_for_a_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text("甲,乙\n1,2\n")
    assert read_file(path, name="表.csv").format == "csv"
    assert read_file(path, name="表.csv").notes == ()
    assert read_file(path).format == "txt"
