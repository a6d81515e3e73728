"""The bulletin as an official document, and as a file written whole or not at all."""

import re

from zhaoyin.documents.writing import official
from zhaoyin.documents.writing.tables import Column, Value

from .bulletin import Block, Bulletin, Cell, Figure, Names, Paragraph, Table
from .rules import require_footing


def to_docx(bulletin: Bulletin) -> bytes:
    """The .docx of a bulletin; the same bulletin gives the same bytes.

    Raises DoesNotFoot where its parts do not add up, and UnwritableDocument where the format has no room for it.
    """
    require_footing(bulletin)
    return official.write_official(to_official(bulletin))


def to_official(bulletin: Bulletin) -> official.OfficialDocument:
    """The same content in the terms of GB/T 9704; signed by the office on the day the figures stand for."""
    body: list[official.Block] = []
    for section in bulletin.sections:
        body.append(official.Heading(1, section.title, section.numbered))
        body += [_block(bulletin, block) for block in section.blocks]
    return official.OfficialDocument(
        red_head=bulletin.red_head,
        number=bulletin.number,
        title=bulletin.title,
        addressees=(),
        body=tuple(body),
        signer=bulletin.office,
        signed_on=bulletin.as_of,
        printed_by=bulletin.office,
        printed_on=bulletin.as_of,
        demo=bulletin.demo,
    )


def _block(bulletin: Bulletin, block: Block) -> official.Block:
    if isinstance(block, Paragraph):
        return official.Text("".join(close_up(word) if isinstance(word, str) else str(word) for word in block.words))
    if isinstance(block, Names):
        return official.Names(block.names, close_up(block.lead))
    return _table(bulletin, block)


def close_up(text: str) -> str:
    """`text` without the thin space that a page sets between Chinese and figures: paper is set on a grid of characters."""
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])|^ | $", "", text)


def _table(bulletin: Bulletin, table: Table) -> official.Figures:
    rows = table.rows if table.repeated is None else (*table.rows, table.repeated)
    return official.Figures(
        caption=close_up(table.caption),
        columns=tuple(Column(head.text, "right" if head.right else "left") for head in table.heads),
        rows=tuple(tuple(map(_cell, row)) for row in rows),
        total_row=None if table.total is None else tuple(map(_cell, table.total)),
        unit_note=table.unit_note,
        as_of_note=f"截至{bulletin.as_of.year}年{bulletin.as_of.month}月{bulletin.as_of.day}日",
        notes=tuple(map(close_up, table.notes)),
    )


def _cell(cell: Cell) -> Value:
    if isinstance(cell, Figure):
        return cell.value
    return cell if cell is None or isinstance(cell, int | str) else str(cell)
