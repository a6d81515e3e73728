"""What an official document says, apart from how it stands on the page."""

from dataclasses import dataclass
from datetime import date

from ..package import UnwritableDocument
from ..tables import Column, Value
from .numbering import fault_of_number


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4. The writer types its number (一、 （一） 1. （1）) unless `numbered` is false."""

    level: int
    text: str
    numbered: bool = True

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise UnwritableDocument(f"公文结构层次只有四级，没有第 {self.level} 级标题。")


@dataclass(frozen=True, slots=True)
class Text:
    """Body text; every line of it is a paragraph of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names in one paragraph: `lead`, the names, a full stop; `nothing` where there is none."""

    names: tuple[str, ...]
    lead: str = ""
    nothing: str = "无"


@dataclass(frozen=True, slots=True)
class Figures:
    """A table. The writer types its number before `caption` (表1); cells that are `None` are printed `/`, never 0.

    `as_of_note` stands above the table at the left (截至2022年6月30日), `unit_note` at the right (金额单位：亿元), `notes`
    (what was counted, by which definition) below it.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total_row: tuple[Value, ...] | None = None
    unit_note: str = ""
    as_of_note: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total_row] if self.total_row is not None else [])):
            if len(row) != len(self.columns):
                raise UnwritableDocument(f"表“{self.caption}”有 {len(self.columns)} 列，其中一行却有 {len(row)} 格。")


Block = Heading | Text | Figures | Names


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (附件): listed after the body, and printed from a new page where it has a `body`."""

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document going down or across: red head, number, title, body, signature, imprint.

    `number` is the document's number with six-angle brackets (临投促办〔2022〕6号), `None` for a draft without one. A line
    feed in `title` is a line break; without one the writer breaks a long title itself. `signed_on` is the day of the
    document and the only date in the file's properties. `demo` marks every page 演示数据.
    Raises UnwritableDocument for a number that is not in the form of the standard.
    """

    red_head: str
    number: str | None
    title: str
    addressees: tuple[str, ...]
    body: tuple[Block, ...]
    signer: str
    signed_on: date
    annexes: tuple[Annex, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str | None = None
    printed_on: date | None = None
    demo: bool = False

    def __post_init__(self) -> None:
        if self.number is not None and (fault := fault_of_number(self.number)):
            raise UnwritableDocument(fault)
        if not self.title.strip():
            raise UnwritableDocument("公文没有标题。")
