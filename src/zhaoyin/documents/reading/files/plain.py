"""Plain text: every line that is not blank is a paragraph."""

import re

from zhaoyin.documents.reading.files.cleaning import printed
from zhaoyin.documents.reading.files.limits import Allowance
from zhaoyin.documents.reading.source import Block, Paragraph

# str.splitlines also breaks at separators that old programs leave inside a line.
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\u2028\u2029]")


def read_plain(text: str, allowance: Allowance) -> list[Block]:
    """The lines of `text` with their numbers from 1."""
    allowance.take_characters(len(text))
    blocks: list[Block] = []
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        if line := printed(line):
            allowance.take_paragraph()
            blocks.append(Paragraph(line, number))
    return blocks
