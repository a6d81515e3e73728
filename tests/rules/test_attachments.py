"""What files may be called, which are taken, and how much fits."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.attachments.rules import (
    KINDS,
    MOST_BYTES_OF_A_NAME,
    NAMELESS,
    Limits,
    Refused,
    clean_name,
    fits,
    megabytes,
    promised,
)  # fmt: skip


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("会议纪要（第三轮）.pdf", "会议纪要（第三轮）.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\桌面\\协议.docx", "协议.docx"),
        ("..\\..\\a/b.pdf", "b.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("协议\u202efdp.exe", "协议fdp.exe"),  # looked like 协议exe.pdf
        ("零\u200b宽.pdf", "零宽.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        (".htaccess", "附件.htaccess"),
        ("  ..  ", NAMELESS),
        ("", NAMELESS),
        ("...pdf", "附件.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a .pdf", "a.pdf"),
        ("/", NAMELESS),
    ],
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400) | st.text("./\\ \u202e\x00甲a:", max_size=40))
def test_a_clean_name_is_safe_and_stays(name: str) -> None:
    clean = clean_name(name)
    assert clean
    assert clean_name(clean) == clean
    assert len(clean.encode()) <= MOST_BYTES_OF_A_NAME
    assert not set(clean) & set('/\\<>:"|?*\n\r')
    assert not any(unicodedata.category(one)[0] == "C" for one in clean)
    assert clean not in (".", "..")
    assert clean[0] != "."
    assert clean[-1] not in " ."


@given(st.text("甲乙abc ", min_size=1, max_size=500))
def test_a_long_name_keeps_its_suffix(stem: str) -> None:
    assert clean_name(f"{stem}.docx").endswith(".docx")


@pytest.mark.parametrize(
    ("name", "key"), [("a.PDF", "pdf"), ("a.jpeg", "jpg"), ("a.exe.pdf", "pdf"), ("a.pdf.docx", "docx")]
)
def test_the_last_suffix_promises_the_kind(name: str, key: str) -> None:
    assert promised(name, KINDS).key == key


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.exe", "不收 .exe"), ("a.html", "不收 .html"), ("a.svg", "不收 .svg"), ("a.pdf.exe", "不收 .exe"),
        ("附件", "不收这种文件"), ("a.doc", "另存为 .docx"), ("a.xlsm", "不含宏"), ("a.heic", ".jpg"), ("a.zip", "解压"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_refused_with_what_to_do(name: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        promised(name, KINDS)


def test_a_kind_that_the_settings_leave_out_is_not_taken() -> None:
    with pytest.raises(Refused, match=r"可以上传：PDF$"):
        promised("a.png", ["pdf"])


@given(st.integers(0, 60), st.integers(0, 120), st.integers(0, 12))
def test_what_fits_is_what_the_limits_leave(size: int, held: int, count: int) -> None:
    limits = Limits(file=50, record=100, count=10)
    if 0 < size <= 50 and held + size <= 100 and count < 10:
        fits(limits, size=size, held=held, count=count)
    else:
        with pytest.raises(Refused):
            fits(limits, size=size, held=held, count=count)


def test_bytes_are_said_as_people_say_them() -> None:
    assert (megabytes(20 << 20), megabytes(300_000), megabytes(0)) == ("20 MB", "0.3 MB", "0 MB")
