"""Documents as the reader of files would hand them on, written down in a test: lines of text, and tables with merged cells."""

from zhaoyin.documents.reading.source import Block, Cell, Paragraph, SourceDocument, Table

# A cell of a written-down table: its words, or its words with the columns and rows it covers.
Written = str | tuple[str, int, int]


def text_document(text: str) -> SourceDocument:
    """A .txt file with these lines; empty lines are left out, as every reader of files does."""
    return SourceDocument("plan.txt", "txt", tuple(paragraphs(text)))


def paragraphs(text: str) -> list[Block]:
    """The lines of a text as paragraphs."""
    return [Paragraph(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def table(rows: list[list[Written]], name: str = "") -> Table:
    """A table from its rows; a cell that a merged one covers is left out, as in HTML."""
    taken: set[tuple[int, int]] = set()
    built = []
    for r, row in enumerate(rows):
        column, cells = 0, []
        for written in row:
            words, colspan, rowspan = written if isinstance(written, tuple) else (written, 1, 1)
            while (r, column) in taken:
                column += 1
            cells.append(Cell(words, column, colspan, rowspan))
            taken |= {(r + down, column + along) for down in range(rowspan) for along in range(colspan)}
            column += colspan
        built.append(tuple(cells))
    return Table(tuple(built), 1, name)


def document(*blocks: str | Table) -> SourceDocument:
    """A Word file of paragraphs (a string may hold several lines) and tables, in this order."""
    out: list[Block] = []
    for block in blocks:
        out.extend(paragraphs(block) if isinstance(block, str) else [block])
    return SourceDocument("plan.docx", "docx", tuple(out))
