"""Excel files: cells as they are printed, merged once, hidden ones named."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.made_files import cell, rows, xlsx
from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.files.number_formats import plain_number, printer
from zhaoyin.documents.reading.source import SourceDocument, Table


def only(document: SourceDocument) -> Table:
    (table,) = document.blocks
    assert isinstance(table, Table)
    return table


def grid(document: SourceDocument) -> list[list[str]]:
    return [[c.text for c in row] for row in only(document).rows]


def test_a_book_as_openpyxl_writes_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "项目表"
    sheet["A2"] = "甲县项目表"
    sheet.merge_cells("A2:E2")
    sheet.append(["序号", "名称", "投资", "比例", "日期"])
    sheet.append([1, "甲\n项目", 0.1 + 0.2, 0.125, date(2024, 4, 1)])
    sheet.append([2, "+86 电话", 12000.0, 1, datetime(2024, 4, 1, 9, 30)])  # noqa: DTZ001
    sheet.merge_cells("B4:B5")
    sheet["D4"].number_format = "0.0%"
    sheet["C6"] = "=SUM(C4:C5)"
    sheet["A6"] = "合计"
    book.create_sheet("空")
    book.create_sheet("藏").append(["x"])
    book["藏"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    document = read_file(tmp_path / "a.xlsx")
    table = only(document)
    assert (table.name, table.line) == ("项目表", 2)
    assert [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in table.rows] == [
        [("甲县项目表", 0, 5, 1)],
        [("序号", 0, 1, 1), ("名称", 1, 1, 1), ("投资", 2, 1, 1), ("比例", 3, 1, 1), ("日期", 4, 1, 1)],
        [("1", 0, 1, 1), ("甲\n项目", 1, 1, 2), ("0.3", 2, 1, 1), ("12.5%", 3, 1, 1), ("2024-04-01", 4, 1, 1)],
        [("2", 0, 1, 1), ("12000", 2, 1, 1), ("1", 3, 1, 1), ("2024-04-01 09:30", 4, 1, 1)],
        [("合计", 0, 1, 1), ("", 1, 1, 1), ("", 2, 1, 1), ("", 3, 1, 1), ("", 4, 1, 1)],
    ]
    assert any("隐藏的工作表“藏”" in note for note in document.notes)
    assert any("C6" in note and "公式" in note for note in document.notes)


def test_cells_of_every_type(tmp_path: Path) -> None:
    data = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="D1" t="b"><v>1</v></c>'
        '<c r="E1" t="e"><v>#REF!</v></c><c r="F1" t="str"><f>A1&amp;"x"</f><v>甲x</v></c><c r="G1"><f>1+1</f><v>2</v></c>'
        '<c r="H1" t="str"><f>""</f><v></v></c><c r="I1" t="d"><v>2024-04-01T00:00:00</v></c></row>'
        "<row><c><v>7</v></c></row></sheetData>"
    )
    rich = "<si><r><t>富</t></r><r><t>文本</t></r><rPh sb='0' eb='1'><t>fu</t></rPh></si>"
    document = read_file(xlsx(tmp_path / "a.xlsx", {"表": data}, strings=["=cmd|' /C calc'!A0_x000D_", rich]))
    assert grid(document) == [
        ["=cmd|' /C calc'!A0", "富文本", "", "TRUE", "#REF!", "甲x", "2", "", "2024-04-01"],
        ["7", "", "", "", "", "", "", "", ""],
    ]
    assert document.notes == ("工作表“表”有 1 个单元格显示为错误值，照原样读取（E1 #REF!）。",)


def test_hidden_rows_and_columns_are_left_out_and_named(tmp_path: Path) -> None:
    data = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        f'<row r="1">{cell("A1", "a")}{cell("B1", "b")}{cell("C1", "c")}</row>'
        f'<row r="2" hidden="1">{cell("A2", "藏")}{cell("C2", "x")}</row><row r="3">{cell("A3", "d")}{cell("C3", "y")}</row>'
        f'<row r="4">{cell("C4", "z")}</row></sheetData><mergeCells><mergeCell ref="C2:C4"/><mergeCell ref="A3:B4"/>'
        '<mergeCell ref="A1:C1"/></mergeCells>'
    )
    document = read_file(xlsx(tmp_path / "a.xlsx", {"表": data}))
    assert [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in only(document).rows] == [
        [("a", 0, 2, 1)],
        [("d", 0, 1, 2), ("y", 1, 1, 2)],
        [],
    ]
    assert document.notes == (
        "工作表“表”有 1 个隐藏行没有读取（第 2 行）。",
        "工作表“表”有 1 个隐藏列没有读取（B 列）。",
    )


def test_the_system_of_1904_is_counted_and_noted(tmp_path: Path) -> None:
    data = f'<sheetData><row r="1">{cell("A1", 43921, 1)}</row></sheetData>'
    path = xlsx(tmp_path / "a.xlsx", {"表": data}, formats=["yyyy-mm-dd"], book='<workbookPr date1904="1"/>')
    document = read_file(path)
    assert grid(document) == [["2024-04-01"]]
    assert "1904" in document.notes[0]


def test_several_sheets_are_several_tables(tmp_path: Path) -> None:
    document = read_file(xlsx(tmp_path / "a.xlsx", {"甲": rows(["a"]), "乙": rows([], ["b"])}))
    assert [(b.name, b.line) for b in document.blocks if isinstance(b, Table)] == [("甲", 1), ("乙", 2)]


def test_far_cells_cost_nothing(tmp_path: Path) -> None:
    data = (
        '<dimension ref="A1:XFD1048576"/><sheetData>'
        f'<row r="1">{cell("A1", "序号")}{cell("C1", "名称")}</row><row r="3">{cell("A3", 1)}{cell("C3", "甲")}</row>'
        f'<row r="900">{cell("XFD900", "远")}</row><row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
        '<mergeCells><mergeCell ref="XFD900:XFD1048576"/></mergeCells>'
    )
    assert grid(read_file(xlsx(tmp_path / "a.xlsx", {"表": data}))) == [
        ["序号", "名称", ""],
        ["", "", ""],
        ["1", "甲", ""],
        ["", "", ""],
        ["", "", "远"],
    ]


@pytest.mark.parametrize(
    ("code", "stored", "expected"),
    [
        ("General", "25.999999999999996", "26"),
        ("#,##0.00", "1234.5", "1234.5"),
        ('0.00"亿元"', "1.5", "1.5亿元"),
        ('"约"0"亩";[Red]-0"亩"', "30", "约30亩"),
        ("[$¥-804]#,##0", "5", "5"),
        ("000", "7", "007"),
        ("0!.0,", "12345", "12345"),
        ('0.0,"千元"', "12345", "12345"),
        ("0%", "0.07", "7%"),
        ("# ?/?", "0.5", "0.5"),
        ('yyyy"年"m"月"d"日"', "45383", "2024-04-01"),
        ('yyyy"年"m"月"', "45383", "2024年4月"),
        ("[$-804]aaaa m/d/yy", "45383.0", "2024-04-01"),
        ("yyyy-mm-dd hh:mm", "45383.75", "2024-04-01 18:00"),
        ("h:mm", "0.5", "12:00"),
        ("[h]:mm", "1.5", "36:00"),
        ("yyyy-m-d", "-3", "-3"),
        ("yyyy-m-d", "1e300", "1" + "0" * 300),
        ("@", "12", "12"),
        ('"d月"0', "3", "d月3"),
    ],
)
def test_numbers_as_they_are_printed(code: str, stored: str, expected: str) -> None:
    if "e300" in stored:
        assert printer(200, {200: code}, False)(stored) == plain_number(stored)
    else:
        assert printer(200, {200: code}, False)(stored) == expected


@given(st.integers(min_value=61, max_value=2_958_000))
def test_every_day_comes_back(serial: int) -> None:
    day = date.fromisoformat(printer(14, {}, False)(str(serial)))
    assert (day - date(1899, 12, 30)).days == serial


@given(st.text(alphabet='0#?.,;"\\ yYmdhs年[]%@E+-_*!', max_size=20), st.floats(allow_nan=True, allow_infinity=True))
def test_no_format_fails(code: str, value: float) -> None:
    assert isinstance(printer(200, {200: code}, False)(repr(value)), str)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False))
def test_decimals_lose_nothing(value: object) -> None:
    assert float(plain_number(repr(float(str(value))))) == float(str(value))
    assert "e" not in plain_number(repr(float(str(value))))
