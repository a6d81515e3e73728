"""Bad input: one Chinese sentence, in little time and memory, and never anything else.

Memory is that of a process of its own that does nothing but read the file: the most it ever held, its children included.
"""

import io
import json
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from tests.documents import made_files as made
from zhaoyin.documents.reading.files import archive, confined, read_file
from zhaoyin.documents.reading.source import Table, UnreadableFile

MEGABYTES = 500
SECONDS = 12  # on two busy cores, with the limits of four seconds below

_MEASURE = """
import json, resource, sys
from pathlib import Path
from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.files import archive, confined
from zhaoyin.documents.reading.source import UnreadableFile

archive._SECONDS = confined._SECONDS = 4  # the real limits, only earlier

def high_water():
    # The kernel's own mark where there is one; the usual account of other systems counts in kilobytes too.
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

try:
    document = read_file(Path(sys.argv[1]))
    said = {"blocks": len(document.blocks), "notes": document.notes}
except UnreadableFile as refusal:
    said = {"refused": str(refusal), "foreseen": not isinstance(refusal.__cause__, MemoryError)}
used = high_water() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps(said | {"megabytes": used // 1024}))
"""


def measured(path: Path) -> dict[str, object]:
    """What reading the file said, in a process of its own; fails when it took too much."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    took = time.monotonic() - start
    said: dict[str, object] = json.loads(done.stdout)
    print(path.name, f"{took:.1f} s", said)
    assert done.stderr == ""
    assert took < SECONDS
    assert int(str(said["megabytes"])) < MEGABYTES
    return said


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert "\n" not in sentence
    assert str(path.parent) not in sentence
    return sentence


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "不存在" in refusal(tmp_path / "无.docx")
    assert "文件夹" in refusal(tmp_path)
    assert "空的" in refusal(written(tmp_path / "a.docx", b""))
    assert refusal(tmp_path / ("长" * 400))
    assert refusal(Path("a\0b"))


@pytest.mark.parametrize("suffix", ["txt", "md", "csv", "html"])
def test_nothing_but_blanks(tmp_path: Path, suffix: str) -> None:
    assert "没有可读取的文字" in refusal(written(tmp_path / f"a.{suffix}", b"\xef\xbb\xbf \r\n\t\n"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", made.ole("EncryptionInfo", "EncryptedPackage"), "密码"),
        ("a.xlsx", made.ole("EncryptedPackage"), "密码"),
        ("a.doc", made.ole("WordDocument"), "另存为 .docx"),
        ("a.docx", made.ole("WordDocument"), "另存为 .docx"),
        ("a.xls", made.ole("Workbook"), "另存为 .xlsx"),
        ("a.wps", made.ole("其他"), "另存为"),
        ("a.docx", b"{\\rtf1 x}", "RTF"),
        ("a.docx", b"\x89PNG\r\n\x1a\n\0\0\0", "图片"),
        ("a.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        ("a.rar", b"Rar!\x1a\x07\x00", "解压"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "另存为 .xlsx"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "MHT"),
        ("a.docx", b"PK\x03\x04" + bytes(200), "损坏"),
        ("a.pdf", b"%PDF-1.4\n" + b"junk " * 100, "损坏"),
        ("a.pdf", bytes(range(256)) * 4, "损坏"),
    ],
)
def test_what_a_file_says_it_is_not(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in refusal(written(tmp_path / name, content))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"OFD.xml": "<ofd/>"}, "OFD"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, "OpenDocument"),
        ({"方案.docx": "x"}, "解压"),
    ],
)
def test_other_packages(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert said in refusal(path)


def test_a_locked_member_of_a_package(tmp_path: Path) -> None:
    path = made.docx(tmp_path / "a.docx", made.p("正文"))
    data = path.read_bytes().replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
    path.write_bytes(data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"))
    assert "密码" in refusal(path)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i > 1 else "&a;" * 10}">' for i in range(1, 12)
)


def test_entities_are_refused_before_they_grow(tmp_path: Path) -> None:
    word = made.docx(tmp_path / "a.docx", made.p("&a11;"), prolog=LAUGHS + "]>")
    assert "实体" in str(measured(word)["refused"])
    book = made.xlsx(tmp_path / "a.xlsx", {"表": made.rows(["甲"])}, prolog=LAUGHS + "]>")
    assert "实体" in str(measured(book)["refused"])


def test_files_outside_are_not_read(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret", b"geheim")
    prolog = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
    assert "实体" in refusal(made.docx(tmp_path / "a.docx", made.p("&a;"), prolog=prolog))
    page = written(tmp_path / "a.html", f"{prolog}<html><p>甲&a;</p></html>".encode())
    assert "geheim" not in str(read_file(page))
    outside = made.package(
        tmp_path / "b.docx",
        {"_rels/.rels": made.relationships({"r": ("officeDocument", "../../secret")}), "word/x.xml": ""},
    )
    assert "损坏" in refusal(outside)


GIGABYTE = 1 << 30


@pytest.mark.slow
def test_a_small_document_that_unpacks_to_a_gigabyte(tmp_path: Path) -> None:
    start = f'<w:document xmlns:w="{made.W}"><w:body>'.encode()
    path = made.bomb(
        tmp_path / "a.docx",
        "word/document.xml",
        start,
        b"<w:p><w:r><w:t>x</w:t></w:r></w:p>",
        b"</w:body></w:document>",
        GIGABYTE,
        made.DOCX_RELATIONS,
    )
    assert path.stat().st_size < 5_000_000
    assert "异常巨大" in str(measured(path)["refused"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "start", "filling"),
    [
        ("xl/worksheets/1.xml", b"<worksheet><sheetData>", b'<row><c t="str"><v>x</v></c></row>'),
        ("xl/worksheets/1.xml", b"<worksheet><sheetData>", b"<row/>"),
        ("xl/worksheets/1.xml", b"<worksheet><sheetData><row>", b'<c s="1"/>'),
        ("xl/worksheets/1.xml", b"<worksheet><sheetData><row><c><v>", b"1"),
        ("xl/worksheets/1.xml", b"<worksheet><mergeCells>", b'<mergeCell ref="A1:XFD1048576"/>'),
        ("xl/worksheets/1.xml", b"<worksheet><cols>", b'<col min="1" max="16384" hidden="1"/>'),
        ("xl/worksheets/1.xml", b"", b"<x>"),
        ("xl/worksheets/1.xml", b"<worksheet x='", b"x"),
        ("xl/workbook.xml", b"<workbook>", b"<sheet/>"),
    ],
)
def test_parts_as_large_as_may_be_are_still_quick(tmp_path: Path, part: str, start: bytes, filling: bytes) -> None:
    others = {name: content for name, content in made.XLSX_PARTS.items() if name != part}
    path = made.bomb(tmp_path / "a.xlsx", part, start, filling, b"", 90 << 20, others)
    assert "refused" in measured(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "filling",
    [
        b"<w:p/>",
        b"<w:tbl>",
        b"<w:p><w:r><w:t>x</w:t></w:r></w:p>",
        b"<w:tc>x</w:tc>",
        b"<w:t>xxxxxxxxxxxxxxxxxxxxxxxxx</w:t>",
    ],
)
def test_bodies_as_large_as_may_be_are_still_quick(tmp_path: Path, filling: bytes) -> None:
    start = f'<w:document xmlns:w="{made.W}"><w:body><w:tbl><w:tr><w:tc><w:p>'.encode()
    path = made.bomb(tmp_path / "a.docx", "word/document.xml", start, filling, b"", 90 << 20, made.DOCX_RELATIONS)
    assert "refused" in measured(path)


def test_a_part_larger_than_it_declares_is_damaged(tmp_path: Path) -> None:
    path = made.docx(tmp_path / "a.docx", made.p("正文" * 5000))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little")))
    assert "损坏" in refusal(path)


def test_pictures_that_declare_a_gigabyte(tmp_path: Path) -> None:
    others = {"word/document.xml": f'<w:document xmlns:w="{made.W}"/>', **made.DOCX_RELATIONS}
    path = made.bomb(tmp_path / "a.docx", "word/media/1.png", b"", b"\0", b"", 400 << 20, others)
    assert "异常巨大" in refusal(path)


def test_nesting_without_end(tmp_path: Path) -> None:
    depth = 100_000
    word = made.docx(
        tmp_path / "a.docx", "<w:tbl><w:tr><w:tc>" * depth + made.p("甲") + "</w:tc></w:tr></w:tbl>" * depth
    )
    assert "嵌套" in str(measured(word)["refused"])
    controls = made.docx(tmp_path / "b.docx", "<w:sdt>" * depth + made.p("甲") + "</w:sdt>" * depth)
    assert measured(controls)["blocks"] == 1
    for name, opened in (("c", "<div>"), ("d", "<table><tr><td>"), ("e", "<b>"), ("f", "<ul><li>"), ("g", "<font><p>")):
        page = written(tmp_path / f"{name}.html", f"<html>{opened * depth}甲".encode())
        measured(page)
    styles = f'<w:styles xmlns:w="{made.W}">' + "<w:a>" * depth + "</w:a>" * depth + "</w:styles>"
    assert "嵌套" in refusal(made.docx(tmp_path / "h.docx", made.p("甲"), styles=styles))


def test_sheets_too_long_and_too_wide(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("长表")
    for i in range(100_000):
        sheet.append([i, "项目"])
    book.save(tmp_path / "a.xlsx")
    assert "“长表”有内容的行超过 12000 行" in str(measured(tmp_path / "a.xlsx")["refused"])
    cells = "".join(f"<c><v>{i}</v></c>" for i in range(16_384))
    wide = made.xlsx(tmp_path / "b.xlsx", {"宽表": f"<sheetData><row>{cells}</row></sheetData>"})
    assert "“宽表”有内容的列超过 300 列" in str(measured(wide)["refused"])
    row = f"<row>{'<c><v>1</v></c>' * 100}</row>"
    dense = made.xlsx(tmp_path / "c.xlsx", {"密": f"<sheetData>{row * 15_000}</sheetData>"})
    assert "单元格" in refusal(dense)
    assert "refused" in measured(dense)
    values = written(tmp_path / "d.csv", b"1,2\n" * 100_000)
    assert "12000 行" in str(measured(values)["refused"])
    assert "300 列" in str(measured(written(tmp_path / "e.csv", b"1," * 16_384))["refused"])


def test_a_sheet_formatted_to_its_end_is_read(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{r}" s="1" ht="15"/>' for r in range(2, 100_000))
    path = made.xlsx(
        tmp_path / "a.xlsx",
        {"表": f'<sheetData><row r="1">{made.cell("A1", "甲")}</row>{blank}<row r="1048576"/></sheetData>'},
    )
    assert measured(path)["blocks"] == 1


def test_merged_cells_over_everything(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    (table,) = read_file(made.xlsx(tmp_path / "a.xlsx", {"表": made.rows(["甲", "乙"], [1, 2]) + merged})).blocks
    assert isinstance(table, Table)
    assert [[(c.text, c.colspan, c.rowspan) for c in row] for row in table.rows] == [[("甲", 2, 2)], []]
    areas = "".join(f'<mergeCell ref="A{i}:Z{12_000}"/>' for i in range(11_999, 0, -1))
    lines = made.rows(*([i] * 2 for i in range(12_000)))
    overlapping = made.xlsx(tmp_path / "b.xlsx", {"表": f"{lines}<mergeCells>{areas}</mergeCells>"})
    assert "重叠" in str(measured(overlapping)["refused"])


def test_pages_with_spans_beyond_reason(tmp_path: Path) -> None:
    row = "<tr><td colspan=1000 rowspan=65000>甲"
    assert "列" in str(measured(written(tmp_path / "a.html", f"<html><table>{row * 100_000}".encode()))["refused"])
    row = "<tr><td colspan=300>甲<td>"
    measured(written(tmp_path / "b.html", f"<html><table>{row * 15_000}".encode()))


def test_texts_too_long(tmp_path: Path) -> None:
    assert "10 MB" in refusal(written(tmp_path / "a.txt", b"x" * (11 << 20)))
    assert "10 万段" in str(measured(written(tmp_path / "b.txt", b"x\n" * (4 << 20)))["refused"])
    assert "refused" not in measured(written(tmp_path / "c.txt", b"x " * (4 << 20) + "𠮷".encode()))
    measured(written(tmp_path / "d.md", b"# " + b" " * (9 << 20) + b"x"))
    measured(written(tmp_path / "e.md", b"|a|\n|-" + b"-" * (9 << 20)))
    measured(written(tmp_path / "f.csv", b'"' + b"x\n" * (4 << 20)))
    measured(written(tmp_path / "g.html", b"<html>" + b"<p>x" * (2 << 20)))
    measured(written(tmp_path / "h.html", b"<html><!--" + b"-" * (9 << 20)))
    measured(written(tmp_path / "i.html", b"<html><p a='" + b"<" * (9 << 20)))


@pytest.mark.slow
def test_pdfs_that_run_away(tmp_path: Path) -> None:
    # Streams that unpack to a gigabyte, drawing without end, and tables of a million lines.
    packed = io.BytesIO()
    pack = zlib.compressobj(9)
    for _ in range(1024):
        packed.write(pack.compress(b" " * (1 << 20)))
    packed.write(pack.flush())
    stream = b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed.getvalue()), packed.getvalue())
    inflated = made.pdf(tmp_path / "a.pdf", [made.text_at(100, 700, "正文")], objects=[stream])
    inflated.write_bytes(inflated.read_bytes().replace(b"/Contents 11 0 R", b"/Contents 12 0 R"))
    assert "refused" in measured(inflated)
    lines = "".join(f"{i % 500} 0 m {i % 500} 800 l S 0 {i % 800} m 500 {i % 800} l S\n" for i in range(200_000))
    assert "refused" in measured(made.pdf(tmp_path / "b.pdf", [made.text_at(100, 700, "正文") + lines]))
    letters = "".join(made.text_at(i % 500, i % 800, "字") for i in range(200_000))
    assert "refused" in measured(made.pdf(tmp_path / "c.pdf", [letters]))


def test_the_limits_leave_room_within_twenty_seconds() -> None:
    assert archive._SECONDS + 2 < 20
    assert confined._SECONDS + 3 < 20
