"""What a file is by its first bytes, whatever its name says.

Signatures: those of ISO 32000 (PDF), APPNOTE.TXT (ZIP), [MS-CFB] (OLE compound file), and the image formats.
"""

import mmap
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zhaoyin.documents.reading.source import UnreadableFile

_NAMES = {
    "txt": "文本", "md": "Markdown", "html": "网页", "docx": "Word（.docx）", "xlsx": "Excel（.xlsx）",
    "csv": "CSV 表格", "pdf": "PDF",
}  # fmt: skip
_BY_SUFFIX = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".docx": "docx",
    ".xlsx": "xlsx", ".docm": "docx", ".xlsm": "xlsx", ".csv": "csv", ".tsv": "csv", ".pdf": "pdf",
}  # fmt: skip
_SHEETS = frozenset({".xls", ".xlsx", ".xlsm", ".et", ".csv", ".tsv"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_PAGE_PIECE = re.compile(rb"\s*<(?:head|body|table|meta|style|div)\b", re.IGNORECASE)
_MAIL = re.compile(rb"\s*(?:MIME-Version|From|Date|Subject):", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`format` as in SourceDocument; `note` says so when the name promised something else."""

    format: str
    note: str | None = None


def sniff(path: Path, name: str) -> Sniffed:
    """What the file at `path`, called `name` by its owner, holds. Raises UnreadableFile, saying what to save it as."""
    suffix = Path(name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(8192)
    actual = _binary(path, head, suffix) or _text(head, suffix)
    promised = _BY_SUFFIX.get(suffix)
    if actual == promised or (not suffix and actual == "txt"):
        return Sniffed(actual)
    said = f"扩展名是 {suffix}，" if suffix else "没有扩展名，"
    return Sniffed(actual, f"文件{said}内容是{_NAMES[actual]}，已按{_NAMES[actual]}读取。")


def _binary(path: Path, head: bytes, suffix: str) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _package(path)
    if head.startswith(_OLE):
        raise UnreadableFile(_compound(path))
    if head.startswith(_PICTURES) and b"\x00" in head:
        raise UnreadableFile("文件是图片，图片里的文字无法读取，请提供 Word、Excel 或文字版 PDF。")
    if head.startswith(_ARCHIVES):
        raise UnreadableFile("文件是压缩包，请解压后选择里面的文档。")
    if head.startswith(b"{\\rtf"):
        raise UnreadableFile("文件是 RTF 格式，请用 Word 打开后另存为 .docx 再试。")
    if suffix in {".docx", ".xlsx", ".pdf"} and b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("文件已损坏，或内容与扩展名不符，请重新导出后再试。")
    return None


def _text(head: bytes, suffix: str) -> str:
    """Which kind of text: the name decides, unless the text says it is a page, or the name promised no text."""
    seen = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        seen = head[2:].replace(b"\x00", b"")
    if seen.lstrip()[:5] == b"<?xml" and b"progid=" in seen and b"<html" not in seen.lower():
        kind = ".xlsx" if b"Excel.Sheet" in seen else ".docx"
        raise UnreadableFile(f"文件是 Office 的 XML 格式，请用 Word 或 Excel 打开后另存为 {kind} 再试。")
    if _MAIL.match(seen) and b"multipart/" in seen.lower():
        raise UnreadableFile("文件是单个文件网页（MHT），请用 Word 或 Excel 打开后另存为 .docx 或 .xlsx 再试。")
    promised = _BY_SUFFIX.get(suffix)
    if _PAGE.match(seen) or (promised not in {"txt", "md", "csv"} and _PAGE_PIECE.match(seen)):
        return "html"
    if promised in {"txt", "md", "html", "csv"}:
        return promised
    if suffix in _SHEETS:
        return "csv"
    return "txt"


def _package(path: Path) -> str:
    """Which kind of ZIP: the office formats name their parts by folder."""
    damaged = "文件已损坏或不完整，无法打开，请用 Word 或 WPS 打开检查后重新保存再试。"
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableFile(damaged) from error
    if "[content_types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
            return "xlsx"
        if any(name.startswith("ppt/") for name in names):
            raise UnreadableFile("文件是演示文稿，请提供 Word、Excel 或文字版 PDF。")
        if any(name.startswith("xl/") for name in names):
            raise UnreadableFile("文件是二进制工作簿（.xlsb），请用 Excel 打开后另存为 .xlsx 再试。")
        raise UnreadableFile(damaged)
    if "ofd.xml" in names:
        raise UnreadableFile("文件是 OFD 格式，请用阅读软件转换为 PDF，或提供 .docx 再试。")
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableFile("文件是 OpenDocument 格式，请另存为 .docx 或 .xlsx 再试。")
    raise UnreadableFile("文件是压缩包，请解压后选择里面的文档。")


def _compound(path: Path) -> str:
    """Why an OLE compound file is refused: it holds an encrypted new file, or is one of the old ones."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        has: Callable[[str], bool] = lambda name: data.find(name.encode("utf-16-le")) >= 0  # noqa: E731
        if has("EncryptedPackage"):
            return "文件设置了打开密码，无法读取，请取消密码后另存再试。"
        if has("WordDocument"):
            return "文件是旧版 Word 格式（.doc），请用 Word 或 WPS 打开后另存为 .docx 再试。"
        if has("Workbook") or has("Book"):
            return "文件是旧版 Excel 格式（.xls），请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
    return "文件是旧版 Office 格式，请用 Word、Excel 或 WPS 打开后另存为 .docx 或 .xlsx 再试。"
