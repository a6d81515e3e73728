"""The bulletin as a value: the same for the page, the Word file and the checks. It holds no clock and no row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number. `key` says what it counts (`signed/unit:12`): wherever a key stands, the number is the same.

    `value` None is unknown and is printed "/", never 0.
    """

    key: str
    value: int | Decimal | None

    def __str__(self) -> str:
        if self.value is None:
            return "/"
        return str(self.value) if isinstance(self.value, int) else format(self.value, "f")


@dataclass(frozen=True, slots=True)
class Project:
    """A project's name that leads to the project."""

    id: int
    name: str

    def __str__(self) -> str:
        return self.name


Cell = str | Figure | Project | int | None
Words = tuple[str | Figure | Project, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text with its figures."""

    words: Words

    def __str__(self) -> str:
        return "".join(map(str, self.words))


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; figures stand at the right."""

    text: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table. In one with a `total` every figure column adds up to it, less the `repeated` row."""

    key: str
    number: int
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    repeated: tuple[Cell, ...] | None = None
    unit_note: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Units by name: `lead` says which list it is and how many it holds."""

    key: str
    lead: str
    names: tuple[str, ...]


Block = Paragraph | Table | Names


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its heading, which the writer numbers unless it is not `numbered`."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Bulletin:
    """督查通报 of one month, known on `as_of`; `complete` where the month was over by then."""

    period: Period
    as_of: date
    complete: bool
    place: str
    office: str
    red_head: str
    number: str | None
    title: str
    sections: tuple[Section, ...]
    definitions: tuple[str, ...]
    zero: tuple[str, ...]
    silent: tuple[str, ...]
    demo: bool

    def tables(self) -> Iterator[Table]:
        """Its tables, in order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Table))

    def paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        """Its paragraphs of text, each with its section."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield section, block

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure that is printed, with where it stands (一、总体情况, 表1)."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield from ((section.title, word) for word in block.words if isinstance(word, Figure))
                elif isinstance(block, Table):
                    for row in (*block.rows, block.repeated or (), block.total or ()):
                        yield from ((f"表{block.number}", cell) for cell in row if isinstance(cell, Figure))


def as_json(bulletin: Bulletin) -> dict[str, object]:
    """The bulletin as plain JSON values: sections with their texts and tables; numbers as printed, unknown None."""
    return {
        "period": str(bulletin.period),
        "as_of": bulletin.as_of.isoformat(),
        "complete": bulletin.complete,
        "place": bulletin.place,
        "number": bulletin.number,
        "title": bulletin.title,
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in bulletin.sections
        ],
        "figures": {figure.key: _value(figure) for _, figure in bulletin.figures()},
        "zero_reports": list(bulletin.zero),
        "not_reported": list(bulletin.silent),
        "definitions": list(bulletin.definitions),
        "demo": bulletin.demo,
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"text": str(block)}
    if isinstance(block, Names):
        return {"list": block.key, "lead": block.lead, "names": list(block.names)}
    return {
        "table": f"表{block.number}",
        "caption": block.caption,
        "heads": [head.text for head in block.heads],
        "rows": [[_value(cell) for cell in row] for row in block.rows],
        "repeated": block.repeated and [_value(cell) for cell in block.repeated],
        "total": block.total and [_value(cell) for cell in block.total],
        "notes": list(block.notes),
    }


def _value(cell: Cell) -> str | int | None:
    if isinstance(cell, Figure):
        return plain(cell.value) if isinstance(cell.value, Decimal) else cell.value
    return str(cell) if isinstance(cell, Project) else cell
