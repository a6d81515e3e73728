"""A plan as a document: the year's action plan with its project table as an annex across, as .docx."""

from dataclasses import dataclass
from datetime import date

from .measures import PORTRAIT
from .official.layout import TableNumbers, annex_note, annex_parts, block_parts, signature, title_lines
from .official.model import Block
from .package import UnwritableDocument
from .project_table import ProjectTable, table_part
from .word import Part, blank_lines, write_docx


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """An action plan: `body` in headings and text, `table` as its annex, signed by `issuer` on `issued_on`.

    An empty `issuer` leaves the signature out. `demo` marks every page 演示数据.
    """

    title: str
    body: tuple[Block, ...]
    table: ProjectTable
    issued_on: date
    issuer: str = ""
    demo: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise UnwritableDocument("行动方案没有标题。")


def write_plan(document: PlanDocument) -> bytes:
    """The .docx of a plan: title, body, 附件 note, signature, and the project table from a new page. Same plan, same bytes."""
    tables = TableNumbers()
    parts = [Part(title_lines(document.title) + blank_lines(1)), *block_parts(document.body, tables)]
    closing = annex_note([document.table.title])
    if document.issuer:
        closing += signature(document.issuer, document.issued_on)
    parts.append(Part(closing))
    parts += annex_parts(document.table.title, None, [table_part(document.table)], after=PORTRAIT)
    return write_docx(
        parts,
        title=document.title.replace("\n", ""),
        creator=document.issuer,
        dated=document.issued_on,
        demo=document.demo,
        compress=False,
    )
