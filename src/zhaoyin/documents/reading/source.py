"""What a file holds before anybody asks what it means: blocks of text and tables, each with its place.

`files` turns a file into a `SourceDocument`; everything above it (interpretation, the review page) speaks of the
document only through these values, so that a field of the reading can always be led back to where it was printed.
Places and cells come by the ten thousand and are named tuples, the cheapest of values.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Where something is printed: characters `start` to `end` (exclusive) of a block's text, or of one cell of a table.

    `block` is the index in `SourceDocument.blocks`. `row` and `cell` are `None` in a paragraph; in a table they index
    `Table.rows` and the cells of that row as stored (a merged cell is stored once, where it begins).
    """

    block: int
    start: int
    end: int
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line. `line` counts from 1 in the file's own way (line of a text, paragraph of a Word file)."""

    text: str
    line: int
    level: int = 0  # 1 and up for a heading that the file itself marks as one, 0 otherwise


class Cell(NamedTuple):
    """One cell: `column` is its first grid column from 0, spans count grid columns and rows (1 = not merged)."""

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table or sheet. `line` is where it begins, counted as paragraphs are; `name` is a sheet's name, else empty."""

    rows: tuple[tuple[Cell, ...], ...]
    line: int
    name: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file's contents in reading order. `format` is txt, md, html, docx, xlsx, csv or pdf; `notes` say what was left out."""

    name: str
    format: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()

    def text_at(self, place: Place) -> str:
        """The printed characters at `place`. Raises IndexError for a place that is not in this document."""
        block = self.blocks[place.block]
        if isinstance(block, Table):
            if place.row is None or place.cell is None:
                raise IndexError("a place in a table names a row and a cell")
            return block.rows[place.row][place.cell].text[place.start : place.end]
        return block.text[place.start : place.end]


class UnreadableFile(Exception):
    """The file cannot be read. The message is one Chinese sentence for the person who chose the file."""
