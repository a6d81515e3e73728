"""Lists as .xlsx and .csv: what went in comes out, nothing runs, the same bytes every time."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from zhaoyin.documents.formulas import guarded, is_risky, unguarded
from zhaoyin.documents.writing.package import UnwritableDocument, clean
from zhaoyin.documents.writing.sheets import column_letters, write_rows_csv, write_rows_xlsx

RISKY = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+86 576",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "'=1",
    "\x00=1",
]
MOMENT = datetime.combine(date(2022, 6, 30), time(10, 42))
SAFE = ["", "招大引强", "a=b", "1-2", "'引号", "a@b.cn", "—"]


def sheet_of(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", RISKY)
def test_risky_text_is_text_in_every_export(text):
    cell = sheet_of(write_rows_xlsx(["列"], [[text]], sheet="表"))["A2"]
    assert cell.data_type == "s"
    assert cell.value == clean(text)
    assert cell.quotePrefix
    assert cell.number_format == "@"
    printed = csv_rows(write_rows_csv(["列"], [[text]]))[1][0]
    assert printed == "'" + clean(text)
    assert unguarded(printed) == clean(text)


@pytest.mark.parametrize("text", SAFE)
def test_other_text_is_left_alone(text):
    assert not is_risky(text)
    assert guarded(text) == text


@given(st.text(st.sampled_from("'=+-@＝＋－＠\t\r\n 招a1\u200b")))
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


# A reader may decode Excel's own escapes, so texts that look like one (_x0041_) are left out of the comparison.
PLAIN = st.text().map(clean).filter(lambda text: "_x" not in text)


@given(st.lists(PLAIN, min_size=1, max_size=6))
def test_text_comes_back_unchanged_from_xlsx(texts):
    data = write_rows_xlsx(["标"] * len(texts), [texts], sheet="表")
    assert [cell.value or "" for cell in sheet_of(data)[2]] == texts if any(texts) else True
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [str(value) for value in read[1][: len(texts)]] == texts if any(texts) else True


@given(st.lists(PLAIN, min_size=2, max_size=6))
def test_text_comes_back_unchanged_from_csv(texts):
    assert [unguarded(value) for value in csv_rows(write_rows_csv(["标"] * len(texts), [texts]))[1]] == texts


def test_numbers_are_numbers_and_days_are_days():
    row = [
        3,
        Decimal("12.50"),
        Decimal("1E+3"),
        0.6,
        date(2022, 6, 30),
        MOMENT,
        True,
        None,
        "",
        0,
    ]
    data = write_rows_xlsx([f"列{n}" for n in range(len(row))], [row], sheet="表")
    cells = sheet_of(data)[2]
    assert [cell.value for cell in cells] == [
        3,
        12.5,
        1000,
        0.6,
        datetime.combine(date(2022, 6, 30), time()),
        MOMENT,
        "是",
        None,
        None,
        0,
    ]
    assert cells[4].number_format == r"yyyy\-mm\-dd"
    assert csv_rows(write_rows_csv(["列"] * len(row), [row]))[1] == [
        "3", "12.50", "1000", "0.6", "2022-06-30", "2022-06-30 10:42:00", "是", "", "", "0",
    ]  # fmt: skip


def test_what_a_spreadsheet_would_round_stays_whole_as_text():
    long, code = 12345678901234567, Decimal("0.12345678901234567")
    cells = sheet_of(write_rows_xlsx(["甲", "乙", "丙"], [[long, code, date(1899, 1, 1)]], sheet="表"))[2]
    assert [cell.value for cell in cells] == ["12345678901234567", "0.12345678901234567", "1899-01-01"]


def test_head_is_bold_and_stays_in_view_below_the_notes():
    sheet = sheet_of(
        write_rows_xlsx(
            ["名称", "总投资（亿元）"], [["甲", 1]], sheet="项目", notes=("截至2022年6月30日", "框架协议不计签约")
        )
    )
    assert [cell.value for cell in sheet["A"]] == ["截至2022年6月30日", "框架协议不计签约", "名称", "甲"]
    assert sheet.freeze_panes == "A4"
    assert sheet["A3"].font.b
    assert sheet.auto_filter.ref == "A3:B4"
    assert sheet.column_dimensions["B"].width > 14


@pytest.mark.parametrize(
    ("name", "kept"), [("项目[1]/表:*?", "项目_1__表___"), ("", "Sheet1"), ("长" * 40, "长" * 31), ("it's", "it's")]
)
def test_sheet_names_are_those_a_spreadsheet_takes(name, kept):
    assert sheet_of(write_rows_xlsx(["列"], [], sheet=name)).title == kept


def test_a_text_longer_than_a_cell_says_so():
    value = sheet_of(write_rows_xlsx(["列"], [["长" * 40_000]], sheet="表"))["A2"].value
    assert len(value) == 32_767
    assert value.endswith("…（全文 40000 字，表格单元格最多 32767 字）")


def test_rows_longer_than_the_head_are_refused():
    with pytest.raises(UnwritableDocument, match="第 2 行有 3 格，超出表头的 2 列"):
        write_rows_xlsx(["甲", "乙"], [[1], [1, 2, 3]], sheet="表")
    with pytest.raises(UnwritableDocument, match="现有 0 列"):
        write_rows_xlsx([], [], sheet="表")


def test_the_same_list_gives_the_same_bytes():
    rows = [[n, f"项目{n}", Decimal("1.5")] for n in range(50)]
    first = write_rows_xlsx(["序号", "名称", "亿元"], rows, sheet="项目")
    assert first == write_rows_xlsx(["序号", "名称", "亿元"], list(rows), sheet="项目")
    assert {info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}
    assert write_rows_csv(["名称"], [["甲"]]) == b"\xef\xbb\xbf" + "名称\r\n甲\r\n".encode()


@given(st.integers(0, 16_383))
def test_column_letters(index):
    assert column_letters(index) == openpyxl.utils.get_column_letter(index + 1)
