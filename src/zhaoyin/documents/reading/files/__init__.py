"""A file to a `SourceDocument`: text and tables in reading order, whatever the format.

One module per format; each is imported only when a file needs it, because a text must not wait for the PDF library.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

from zhaoyin.documents.reading.files.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES, Allowance
from zhaoyin.documents.reading.files.sniffing import sniff
from zhaoyin.documents.reading.source import Block, Paragraph, SourceDocument, UnreadableFile

__all__ = ["read_file"]

_log = logging.getLogger(__name__)


def read_file(path: Path, *, name: str | None = None) -> SourceDocument:
    """Read a .txt, .md, .html, .docx, .xlsx, .csv or .pdf.

    `name` is what its owner calls the file, when `path` is a temporary place; its suffix is what the contents are held
    against. The contents decide: a page that calls itself .xls is read as a page, and a note says so. The notes say
    what was left out (hidden rows, deleted text, pictures).

    Raises UnreadableFile, with one Chinese sentence for the person who chose the file, for everything that cannot be
    read: missing, empty, locked, damaged, of another kind, without text, or larger than a plan can be. Nothing else is
    raised. Reading takes at most about 20 seconds and less than 500 MB.
    """
    path = Path(path)
    try:
        return _read(path, name or path.name)
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile("文件过大，内存不足，请拆分后再试。") from error
    except Exception as error:
        # Damaged files fail in ways no list foresees; whoever chose the file needs a sentence, the log the reason.
        _log.debug("unforeseen failure while reading a file", exc_info=error)
        raise UnreadableFile("文件已损坏，无法读取，请打开检查后重新保存再试。") from error


def _read(path: Path, name: str) -> SourceDocument:
    _check(path)
    sniffed = sniff(path, name)
    allowance = Allowance()
    notes: Sequence[str]
    if sniffed.format == "docx":
        from zhaoyin.documents.reading.files.word import read_word

        blocks, notes = read_word(path, allowance)
    elif sniffed.format == "xlsx":
        from zhaoyin.documents.reading.files.sheets import read_sheets

        blocks, notes = read_sheets(path, allowance)
    elif sniffed.format == "pdf":
        from zhaoyin.documents.reading.files.confined import read_pdf_confined

        blocks, notes = read_pdf_confined(path)
    else:
        blocks, notes = _read_text(path, sniffed.format, allowance)
    if not any(_has_text(block) for block in blocks):
        why = f"：{notes[0]}" if notes else "，请确认选对了文件。"
        raise UnreadableFile(f"文件里没有可读取的文字{why}")
    said = ([sniffed.note] if sniffed.note else []) + list(notes)
    return SourceDocument(name, sniffed.format, tuple(blocks), tuple(said))


def _check(path: Path) -> None:
    try:
        if path.is_dir():
            raise UnreadableFile("选择的是文件夹，请选择其中的一个文件。")
        if not path.exists():
            raise UnreadableFile("文件不存在，请检查路径。")
        if not path.is_file():
            raise UnreadableFile("选择的不是普通文件，无法读取。")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        raise UnreadableFile("文件无法打开，请检查路径和读取权限。") from error
    if size == 0:
        raise UnreadableFile("文件是空的，请确认选对了文件。")
    if size > MAX_FILE_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_FILE_BYTES >> 20} MB，超出可读取的范围，请压缩图片或拆分后再试。")


def _read_text(path: Path, form: str, allowance: Allowance) -> tuple[list[Block], Sequence[str]]:
    from zhaoyin.documents.reading.files.decoding import decode

    if path.stat().st_size > MAX_TEXT_BYTES:
        raise UnreadableFile(f"文本超过 {MAX_TEXT_BYTES >> 20} MB，超出可读取的范围，请只保留行动方案后再试。")
    data = path.read_bytes()
    if form == "html":
        from zhaoyin.documents.reading.files.webpage import declared_encoding, read_page

        text, notes = decode(data, declared_encoding(data))
        return read_page(text, allowance), notes
    text, notes = decode(data)
    if form == "md":
        from zhaoyin.documents.reading.files.markdown import read_markdown

        return read_markdown(text, allowance), notes
    if form == "csv":
        from zhaoyin.documents.reading.files.commas import read_commas

        return read_commas(text, allowance), notes
    from zhaoyin.documents.reading.files.plain import read_plain

    return read_plain(text, allowance), notes


def _has_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text)
    return any(cell.text for row in block.rows for cell in row)
