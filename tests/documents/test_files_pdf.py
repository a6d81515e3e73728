"""PDF files: lines joined to sentences, tables out of ruled lines, in the order of the pages."""

from pathlib import Path

import pytest

from tests import serving
from tests.documents.made_files import box_at, pdf, text_at
from zhaoyin.documents.reading.files import confined, read_file
from zhaoyin.documents.reading.files.pdf_layout import Char, cell_text, lines_of
from zhaoyin.documents.reading.source import Paragraph, Table, UnreadableFile

# A page whose text runs from 85 to 505 points: 35 characters of 12 points.
LEFT, SIZE, WIDTH = 85, 12, 35


def laid_out(paragraphs: list[str], top: int = 750) -> str:
    """Paragraphs set as in official documents: two characters of indent, lines broken where they are full."""
    drawn = ""
    for paragraph in paragraphs:
        first, rest = paragraph[: WIDTH - 2], paragraph[WIDTH - 2 :]
        lines = [(LEFT + 2 * SIZE, first)]
        lines += [(LEFT, rest[i : i + WIDTH]) for i in range(0, len(rest), WIDTH)]
        for x, line in lines:
            drawn += text_at(x, top, line, SIZE)
            top -= 22
    return drawn


def ruled(rows: list[list[str]], top: int, widths: list[int], height: int = 30) -> str:
    """A table of boxes; the lines of a cell are parted by line breaks."""
    drawn = ""
    for i, row in enumerate(rows):
        x = LEFT
        for width, content in zip(widths, row, strict=True):
            drawn += box_at(x, top - (i + 1) * height, width, height)
            for j, line in enumerate(content.split("\n")):
                drawn += text_at(x + 4, top - i * height - 11 - 12 * j, line, 10)
            x += width
    return drawn


SENTENCE = (
    "为进一步激发招商活力，全力招大引强，全市签约亿元以上产业项目二十五个，其中十亿元以上产业项目五个，特制定本方案。"
)


def test_lines_become_paragraphs_again_even_over_pages(tmp_path: Path) -> None:
    long = SENTENCE * 2
    number = text_at(280, 50, "— 1 —")
    cut = WIDTH * 2 - 2
    first = laid_out([SENTENCE, long[:cut]]) + number
    second = text_at(LEFT, 750, long[cut:][:WIDTH], SIZE) + text_at(LEFT, 728, long[cut + WIDTH :], SIZE)
    second += laid_out(["二、任务"], 700) + text_at(280, 50, "第 2 页")
    document = read_file(pdf(tmp_path / "a.pdf", [first, second]))
    assert document.format == "pdf"
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [SENTENCE, long, "二、任务"]


def test_tables_stand_where_they_are_drawn(tmp_path: Path) -> None:
    rows = [["序号", "项目名称", "目标"], ["1", "甲县新材料产\n业园项目", "4月签约\n6月开工"]]
    page = text_at(LEFT, 760, "附件") + ruled(rows, 740, [40, 70, 100]) + text_at(LEFT, 600, "说明")
    following = ruled([["2", "乙", ""]], 760, [40, 70, 100])
    document = read_file(pdf(tmp_path / "a.pdf", [page, following]))
    assert [type(b).__name__ for b in document.blocks] == ["Paragraph", "Table", "Paragraph", "Table"]
    first, second = (b for b in document.blocks if isinstance(b, Table))
    assert [[c.text for c in row] for row in first.rows] == [
        ["序号", "项目名称", "目标"],
        ["1", "甲县新材料产业园项目", "4月签约\n6月开工"],
    ]
    assert [[c.text for c in row] for row in second.rows] == [["2", "乙", ""]]


def test_a_row_left_open_at_the_end_of_a_page_keeps_its_cells(tmp_path: Path) -> None:
    def uprights(top: int, bottom: int) -> str:
        return "".join(f"{x} {top} m {x} {bottom} l S\n" for x in (85, 125, 225, 325))

    head = "2024/3/5 15:45" + " 某县招商方案"
    first = text_at(30, 825, head, 8) + ruled([["序号", "名称", "目标"]], 740, [40, 100, 100])
    first += (
        uprights(710, 60) + text_at(89, 690, "1", 10) + text_at(129, 690, "甲项目", 10) + text_at(229, 690, "4月", 10)
    )
    first += text_at(30, 15, "https://example.org/plan.html 1/2", 8)
    second = uprights(760, 700) + "85 700 m 325 700 l S\n" + text_at(229, 740, "签约", 10)
    document = read_file(pdf(tmp_path / "a.pdf", [first, second]))
    assert [type(b).__name__ for b in document.blocks] == ["Table", "Table"]  # no running head, no address
    read = [[[c.text for c in row] for row in b.rows] for b in document.blocks if isinstance(b, Table)]
    assert read == [[["序号", "名称", "目标"], ["1", "甲项目", "4月"]], [["", "", "签约"]]]


def test_merged_cells_are_found_by_their_edges(tmp_path: Path) -> None:
    page = box_at(100, 640, 40, 60) + text_at(104, 660, "序号", 10)
    page += box_at(140, 670, 120, 30) + text_at(144, 680, "规模", 10)
    page += box_at(140, 640, 60, 30) + text_at(144, 650, "投资", 10)
    page += box_at(200, 640, 60, 30) + text_at(204, 650, "用地", 10)
    (table,) = read_file(pdf(tmp_path / "a.pdf", [page])).blocks
    assert isinstance(table, Table)
    assert [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in table.rows] == [
        [("序号", 0, 1, 2), ("规模", 1, 2, 1)],
        [("投资", 1, 1, 1), ("用地", 2, 1, 1)],
    ]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    page = box_at(60, 60, 470, 720) + laid_out([SENTENCE])
    assert read_file(pdf(tmp_path / "a.pdf", [page])).blocks == (Paragraph(SENTENCE, 1),)


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    chars = [Char(c, 10 * i + d, 10 * i + 10 + d, 0, 10) for d in (0, 0.4) for i, c in enumerate("加粗")]
    assert [line.text for line in lines_of(chars)] == ["加粗"]


def test_radicals_are_characters(tmp_path: Path) -> None:
    document = read_file(pdf(tmp_path / "a.pdf", [text_at(100, 700, "⾏动⽅案⻓")]))
    assert document.blocks == (Paragraph("行动方案长", 1),)


def test_a_cell_with_room_left_keeps_its_lines() -> None:
    def line(text: str, top: float) -> list[Char]:
        return [Char(c, 10 * i, 10 * i + 10, top, top + 10) for i, c in enumerate(text)]

    assert cell_text(lines_of(line("四月", 0) + line("五月", 20)), 80) == "四月\n五月"
    assert cell_text(lines_of(line("甲县新材料产业", 0) + line("园", 20)), 75) == "甲县新材料产业园"


def test_pages_without_text_are_named_and_nothing_but_them_is_refused(tmp_path: Path) -> None:
    picture = "q 300 0 0 300 100 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    document = read_file(pdf(tmp_path / "a.pdf", [text_at(100, 700, "正文"), picture]))
    assert document.notes == ("第 2 页是图片，没有文字可读取。",)
    with pytest.raises(UnreadableFile, match="扫描件"):
        read_file(pdf(tmp_path / "b.pdf", [picture, picture]))


def test_text_that_lies_on_its_side_is_noted(tmp_path: Path) -> None:
    turned = f"BT /F 12 Tf 0 1 -1 0 300 300 Tm <{'横过来的表'.encode('utf-16-be').hex()}> Tj ET\n"
    document = read_file(pdf(tmp_path / "a.pdf", [text_at(100, 700, "正文"), turned]))
    assert document.notes == ("第 2 页的文字转了方向，没有读取。",)
    with pytest.raises(UnreadableFile, match="转了方向"):
        read_file(pdf(tmp_path / "b.pdf", [turned]))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="超过 300 页"):
        read_file(pdf(tmp_path / "a.pdf", [text_at(100, 700, "页")] * 301))


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    lock = b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%b>/U<%b>>>" % (b"41" * 32, b"42" * 32)
    path = pdf(
        tmp_path / "a.pdf",
        [text_at(100, 700, "正文")],
        objects=[lock],
        trailer=b"/Encrypt 12 0 R/ID[<00><00>]",
    )
    with pytest.raises(UnreadableFile, match="密码"):
        read_file(path)


def test_a_pdf_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(tmp_path / "a.pdf", [text_at(100, 700, "正文")])
    monkeypatch.setattr(confined, "_SECONDS", -0.95)  # plus one second of grace
    with pytest.raises(UnreadableFile, match="没有在 20 秒内读完"):
        read_file(path)


def test_what_chromium_prints_is_read(tmp_path: Path) -> None:
    program = serving.browser_program()
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    rows = "".join(f"<tr><td>{i}<td>甲县新材料产业园项目{i}<td>4月签约<br>6月开工" for i in range(1, 60))
    page = (
        f"<meta charset=utf-8><style>td{{border:1px solid;width:200px}}table{{border-collapse:collapse}}</style><p>{SENTENCE}"
        f"<table><tr><td>序号<td>名称<td>目标{rows}</table>"
    )
    with serving.browser(program) as browser:
        opened = browser.new_page()
        opened.set_content(page)
        opened.pdf(path=tmp_path / "a.pdf")
    document = read_file(tmp_path / "a.pdf")
    assert document.blocks[0] == Paragraph(SENTENCE, 1)
    read = [[c.text for c in row] for b in document.blocks if isinstance(b, Table) for row in b.rows]
    assert read == [["序号", "名称", "目标"]] + [
        [str(i), f"甲县新材料产业园项目{i}", "4月签约\n6月开工"] for i in range(1, 60)
    ]
