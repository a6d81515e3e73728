"""How much of a file is read at most, so that no file costs the machine more than a person would wait for."""

from zhaoyin.documents.reading.source import UnreadableFile

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_TEXT_BYTES = 10 * 1024 * 1024  # files that are text themselves: txt, md, csv, html
MAX_PART_BYTES = 96 * 1024 * 1024  # one unpacked part of a .docx or .xlsx
MAX_UNPACKED_BYTES = 160 * 1024 * 1024  # all parts together
MAX_MEMBERS = 10_000
MAX_CHARACTERS = 10_000_000
MAX_PARAGRAPHS = 100_000
MAX_ROWS = (
    12_000  # in one table: a library of ten thousand projects comes back; a row takes a millisecond to understand
)
MAX_COLUMNS = 300
MAX_CELLS = 150_000  # in all tables together
MAX_DEPTH = 40  # tables within tables
MAX_PAGES = 300


class Allowance:
    """What one file may still bring in. Every `take_…` raises UnreadableFile once the file has brought too much."""

    def __init__(self) -> None:
        self._characters = MAX_CHARACTERS
        self._paragraphs = MAX_PARAGRAPHS
        self._cells = MAX_CELLS

    def take_characters(self, count: int) -> None:
        self._characters -= count
        if self._characters < 0:
            raise UnreadableFile(
                f"文件里的文字超过 {MAX_CHARACTERS // 10_000} 万字，超出可读取的范围，请只保留行动方案后再试。"
            )

    def take_paragraph(self) -> None:
        self._paragraphs -= 1
        if self._paragraphs < 0:
            raise UnreadableFile(
                f"文件超过 {MAX_PARAGRAPHS // 10_000} 万段，超出可读取的范围，请只保留行动方案后再试。"
            )

    def take_cells(self, count: int) -> None:
        self._cells -= count
        if self._cells < 0:
            raise UnreadableFile(
                f"文件里的表格超过 {MAX_CELLS // 10_000} 万个单元格，超出可读取的范围，请只保留项目表后再试。"
            )


def check_rows(count: int, where: str) -> None:
    """Raise UnreadableFile when a table has too many rows; `where` names it, e.g. 工作表“汇总”."""
    if count > MAX_ROWS:
        raise UnreadableFile(f"{where}有内容的行超过 {MAX_ROWS} 行，超出可读取的范围，请只保留项目表后再试。")


def check_columns(count: int, where: str) -> None:
    """Raise UnreadableFile when a table has too many columns; `where` names it."""
    if count > MAX_COLUMNS:
        raise UnreadableFile(f"{where}有内容的列超过 {MAX_COLUMNS} 列，超出可读取的范围，请只保留项目表后再试。")
