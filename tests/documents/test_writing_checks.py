"""The check of the format: it passes what is right, and each thing that is wrong fails under its own name."""

import io
import zipfile
from datetime import date

import docx
import pytest

from zhaoyin.documents.reading.source import UnreadableFile
from zhaoyin.documents.writing.checks import check_official
from zhaoyin.documents.writing.official import Heading, OfficialDocument, Text, write_official

DATA = write_official(
    OfficialDocument(
        red_head="招大引强督查通报",
        number="临投促办〔2022〕6号",
        title="关于五月份工作的通报",
        addressees=("各单位",),
        body=(Heading(1, "总体情况"), Text("正文。")),
        signer="市投资促进中心",
        signed_on=date(2022, 6, 6),
    )
)


def changed(name: str, old: str, new: str) -> bytes:
    """The document with `old` in one part replaced, wherever it stands."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DATA)) as source, zipfile.ZipFile(buffer, "w") as target:
        for member in source.namelist():
            text = source.read(member).decode()
            if member == name:
                assert old in text
                text = text.replace(old, new)
            target.writestr(member, text)
    return buffer.getvalue()


def failing(data: bytes) -> dict[str, str]:
    return {finding.subject: finding.figure for finding in check_official(data) if not finding.ok}


def test_what_the_writer_writes_passes():
    findings = check_official(DATA)
    assert failing(DATA) == {}
    figures = {finding.subject: finding.figure for finding in findings}
    assert figures["每页行数与每行字数"] == "22 行 × 28 字"
    assert figures["版心"] == "156 × 225 mm"
    assert figures["发文字号"] == "临投促办〔2022〕6号"


@pytest.mark.parametrize(
    ("name", "old", "new", "subject", "figure"),
    [
        ("word/document.xml", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "纸张", "215.9 × 279.4 mm"),
        ("word/document.xml", 'w:top="2098"', 'w:top="1440"', "天头与订口", "25.4 mm、28 mm"),
        ("word/document.xml", 'w:right="1475"', 'w:right="1587"', "版心", "154 × 225 mm"),
        ("word/document.xml", 'w:linePitch="579"', 'w:linePitch="600"', "每页行数与每行字数", "21 行 × 28 字"),
        ("word/document.xml", 'w:charSpace="-849"', 'w:charSpace="0"', "每页行数与每行字数", "22 行 × 27 字"),
        ("word/document.xml", "linesAndChars", "lines", "每页行数与每行字数", "22 行 × 0 字"),
        ("word/document.xml", "〔2022〕6号", "[2022]6号", "发文字号", "临投促办[2022]6号"),
        ("word/document.xml", "〔2022〕6号", "〔2022〕第6号", "发文字号", "临投促办〔2022〕第6号"),
        ("word/styles.xml", "仿宋_GB2312", "宋体", "正文字体", "宋体 16 磅"),
        ("word/styles.xml", "方正小标宋简体", "宋体", "标题字体", "宋体 22 磅"),
        ("word/styles.xml", "楷体_GB2312", "黑体", "二级标题字体", "黑体 16 磅"),
        ("word/styles.xml", 'w:line="579"', 'w:line="480"', "正文行距", "固定值 24 磅"),
        ("word/settings.xml", "<w:evenAndOddHeaders/>", "", "页码位置", "单双页没有分开"),
        ("word/footer1.xml", "— ", "- ", "页码样式", None),
        ("word/footer2.xml", "PAGE", "DATE", "页码样式", None),
        (
            "word/fontTable.xml",
            '<w:charset w:val="86"/>',
            '<w:embedRegular w:fontKey="x"/>',
            "字体不嵌入",
            "嵌入了字体文件",
        ),
    ],
)
def test_each_fault_is_found_under_its_name(name, old, new, subject, figure):
    faults = failing(changed(name, old, new))
    assert subject in faults
    assert figure is None or faults[subject] == figure


def test_faults_come_first():
    findings = check_official(changed("word/settings.xml", "<w:evenAndOddHeaders/>", ""))
    assert [finding.ok for finding in findings] == sorted(finding.ok for finding in findings)


def test_somebody_elses_plain_document_is_judged_without_falling_over():
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    faults = failing(buffer.getvalue())
    assert {"版心", "正文字体", "页码样式", "每页行数与每行字数"} <= faults.keys()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", DATA[: len(DATA) // 2]])
def test_what_is_no_document_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableFile, match="这不是完好的 Word 文档"):
        check_official(data)


def test_entities_are_not_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    document = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    data = changed("word/document.xml", 'standalone="yes"?>', f'standalone="yes"?>{document}')
    assert "secret" not in str(check_official(data))


def test_an_inflated_document_is_refused_before_it_is_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="展开后过大"):
        check_official(buffer.getvalue())
