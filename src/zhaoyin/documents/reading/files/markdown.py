"""Markdown: headings and pipe tables are structure, every other line is a paragraph as in plain text.

Source for the table form: GitHub Flavored Markdown, "Tables (extension)". Lines are not joined to paragraphs, because
office documents put one statement on a line and the line number is what a reader looks for.
"""

import re

from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.limits import Allowance, check_columns, check_rows
from zhaoyin.documents.reading.files.plain import LINE_BREAK
from zhaoyin.documents.reading.source import Block, Cell, Paragraph, Table

_HEADING = re.compile(r"\s{0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_LEAD = re.compile(r"\s*(?:>\s*|[-*+]\s+)+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_MARKS = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])"), r"\1"),
)


def read_markdown(text: str, allowance: Allowance) -> list[Block]:
    """The blocks of a Markdown text, `line` being the line of the file."""
    allowance.take_characters(len(text))
    lines = LINE_BREAK.split(text)
    blocks: list[Block] = []
    fenced = False
    at = 0
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if _FENCE.match(line):
            fenced = not fenced
            continue
        following = lines[at] if at < len(lines) else ""
        if not fenced and "|" in line and "-" in following and _is_table(line, following):
            end = at + 1
            while end < len(lines) and "|" in lines[end]:
                end += 1
            blocks.append(_table([line, *lines[at + 1 : end]], number, allowance))
            at = end
            continue
        level = 0
        if not fenced:
            if heading := _HEADING.match(line):
                level, line = len(heading[1]), _untailed(line[heading.end() :].strip())
            elif printed(line) and not _LEAD.match(line) and (under := _UNDERLINE.match(following)):
                level = 1 if under[1][0] == "=" else 2
                at += 1
            elif _RULE.match(line):
                continue
            line = _inline(_LEAD.sub("", line, count=1))
        if line := printed(line):
            allowance.take_paragraph()
            blocks.append(Paragraph(line, number, level))
    return blocks


def _is_table(header: str, delimiter: str) -> bool:
    return "|" in delimiter and bool(_DELIMITER.match(delimiter)) and len(_cells(header)) == len(_cells(delimiter))


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line.removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return _PIPE.split(line)


def _untailed(heading: str) -> str:
    """A heading may be closed by signs of its own: `## 目标 ##`."""
    bare = heading.rstrip("#")
    return bare if bare != heading and (not bare or bare[-1].isspace()) else heading


def _inline(text: str) -> str:
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return text


def _table(lines: list[str], number: int, allowance: Allowance) -> Table:
    where = f"第 {number} 行开始的表格"
    check_rows(len(lines), where)
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        cells = _cells(line)
        check_columns(len(cells), where)
        allowance.take_cells(len(cells))
        rows.append(tuple(Cell(printed(_BREAK.sub("\n", _inline(cell))), i) for i, cell in enumerate(cells)))
    return Table(tuple(rows), number)
