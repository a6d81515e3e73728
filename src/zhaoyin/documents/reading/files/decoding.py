"""Bytes of a text file to characters: UTF-8, UTF-16 or GB18030, with or without a mark at the beginning."""

import codecs
import re

from zhaoyin.documents.reading.source import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What Chinese offices print: ASCII, Latin and Greek letters, signs, CJK, full-width forms, symbols of Word's fonts.
_USUAL = re.compile(
    "[\t\n\r\x0b\x0c\x20-\x7e\xa0-\u03ff\u2000-\u2bff\u3000-\u33ff\u3400-\u9fff\uf000-\uf0ff\ufe30-\ufe4f\uff00-\uffef]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = re.compile("[\u0800-\U0010ffff]")
_CJK = re.compile("[\u4e00-\u9fff]")
_SAMPLE = 200_000

_NOT_TEXT = "文件内容不是文字，可能已损坏或不是文本文件，请用 Word 或 Excel 打开后另存为 .docx 或 .xlsx 再试。"


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and notes about what could not be read; `declared` is an encoding the file names itself.

    Raises UnreadableFile when the bytes are no text. A few damaged characters are accepted and noted, because a file
    cut off in the middle of a character is still worth reading.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :], encoding)
    if declared:
        try:
            return _usual(data.decode(_widened(declared))), ()
        except (LookupError, UnicodeError, UnreadableFile):
            pass  # Pages often name another encoding than they are stored in.
    encoding = _utf16(data) or ("utf-8" if _is_utf8(data) else "gb18030")
    return _checked(data, encoding)


def _widened(encoding: str) -> str:
    """GB2312 and GBK are declared by files that use characters beyond them; GB18030 contains both."""
    name = encoding.strip().lower().replace("_", "-")
    return "gb18030" if name in {"gb2312", "gbk", "gb-2312", "x-gbk", "gb18030", "cp936"} else name


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows by zero bytes on one side, or by far more usual characters when read that way."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == odd == 0:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return encoding if len(_USUAL.findall(text)) > 0.9 * len(text) else None


def _is_utf8(data: bytes) -> bool:
    """Whether non-ASCII bytes read better as UTF-8 than as GB18030.

    Two-byte Chinese characters may by chance be valid UTF-8 of Cyrillic or Greek: such a text is GB18030 when that
    makes it Chinese. A damaged UTF-8 text may be valid GB18030, so few errors do not speak against UTF-8.
    """
    text = data.decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if foreign == 0:
        return True
    damaged = text.count("\ufffd")
    if damaged:
        chinese_characters = len(_CJK.findall(text))
        return chinese_characters >= 20 * damaged or (chinese_characters >= 2 * damaged and not _is_gb18030(data))
    if _WIDE.search(text):
        return True
    if not _is_gb18030(data):
        return True
    chinese = data.decode("gb18030")
    return len(_CJK.findall(chinese)) < len(chinese) - len(chinese.encode("ascii", "ignore"))


def _is_gb18030(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _checked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = _usual(data.decode(encoding, "replace"))
    damaged = text.count("\ufffd")
    if not damaged:
        return text, ()
    if damaged > max(3, len(text) // 50):
        raise UnreadableFile(_NOT_TEXT)
    return text, (f"有 {damaged} 处文字已损坏，无法辨认，原样留为“\ufffd”。",)


def _usual(text: str) -> str:
    sample = text[:_SAMPLE]
    unusual = len(sample) - len(_USUAL.findall(sample))
    controls = len(_CONTROL.findall(sample))
    if controls > len(sample) // 500 + 1 or unusual > max(8, len(sample) // 10):
        raise UnreadableFile(_NOT_TEXT)
    return text
