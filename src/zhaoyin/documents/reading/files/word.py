"""Word files (.docx): paragraphs and tables of the body in order, as a reader of the final version sees them.

Source: ECMA-376 part 1, WordprocessingML. The body is walked as a stream, so that its size costs time but no memory.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from zhaoyin.documents.reading.files.archive import DAMAGED, Archive
from zhaoyin.documents.reading.files.assembling import Assembler
from zhaoyin.documents.reading.files.limits import Allowance
from zhaoyin.documents.reading.files.word_styles import Numbering, Styles
from zhaoyin.documents.reading.source import Block, UnreadableFile

# Deleted text, earlier formatting and second copies for older programs.
_UNSEEN = frozenset({
    "del", "moveFrom", "pPrChange", "rPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange",
    "sectPrChange", "tblGridChange", "numberingChange", "rt",
})  # fmt: skip
_OFF = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class _OpenParagraph:
    parts: list[str] = field(default_factory=list)
    style: str | None = None
    number: str | None = None
    depth: int | None = None
    outline: int | None = None
    deleted: bool = False


def read_word(path: Path, allowance: Allowance) -> tuple[list[Block], list[str]]:
    """The blocks of a .docx and notes about what was left out. `line` counts paragraphs. Raises UnreadableFile."""
    archive = Archive(path)
    try:
        main = archive.main_part()
        relations = archive.relations(main)
        parts = {relation.kind: relation.part for relation in relations.values() if relation.part in archive}
        styles = Styles(archive.tree(parts["styles"]) if "styles" in parts else None)
        numbering = Numbering(archive.tree(parts["numbering"]) if "numbering" in parts else None)
        assembler = Assembler(allowance)
        walk = _Walk(assembler, styles, numbering)
        archive.walk(main, walk.start, walk.end, walk.text)
        if not walk.is_document:
            raise UnreadableFile(DAMAGED)
        for kind in ("footnotes", "endnotes"):
            if kind in parts:
                notes = _Walk(assembler, styles, numbering)
                archive.walk(parts[kind], notes.start, notes.end, notes.text)
        return assembler.finish(), walk.notes()
    finally:
        archive.close()


class _Walk:
    """What the elements of a body do. Names carry the prefix of the root element, whatever it is."""

    def __init__(self, assembler: Assembler, styles: Styles, numbering: Numbering) -> None:
        self._out = assembler
        self._styles = styles
        self._numbering = numbering
        self._prefix: str | None = None
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {}
        self._ends: dict[str, Callable[[], None]] = {}
        self._unseen: frozenset[str] = frozenset()
        self._skipping = 0
        self._text_name = ""
        self._collecting = False
        self._paragraphs: list[_OpenParagraph] = []
        self._properties = ""
        self._in_run = False
        self._hidden_run = False
        self._row_dropped = False
        self._cell = (1, False)
        self._cell_open = True
        self.is_document = False
        self._deletions = self._hidden = self._contents = self._pictures = self._embedded = 0

    def notes(self) -> list[str]:
        """One sentence for each kind of thing that was not read."""
        said = (
            (self._deletions, "文档有未接受的修订：已删除的文字没有读取，新增的文字按正文读取。"),
            (self._hidden, "文档中有隐藏文字，没有读取。"),
            (self._contents, "文档的目录没有读取。"),
            (self._pictures, f"文档中有 {self._pictures} 张图片，图片里的文字没有读取。"),
            (self._embedded, "文档中嵌入了另一份文档，没有读取。"),
        )
        return [sentence for count, sentence in said if count]

    # The three callbacks of the walk.

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        if self._prefix is None:
            self._begin(name)
        if name in self._unseen:
            self._start_unseen(name)
        elif handler := self._starts.get(name):
            handler(attributes)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif handler := self._ends.get(name):
            handler()

    def text(self, data: str) -> None:
        if self._collecting and not self._skipping:
            self._add(data)

    def _begin(self, root: str) -> None:
        prefix = root[: root.find(":") + 1]
        self._prefix = prefix
        self.is_document = root == prefix + "document"
        self._unseen = frozenset(prefix + name for name in _UNSEEN) | {"mc:Fallback"}
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "p": self._start_paragraph,
            "r": self._start_run,
            "t": self._start_text,
            "tab": lambda a: self._add_in_run("\t"),
            "ptab": lambda a: self._add_in_run("\t"),
            "br": lambda a: self._add_in_run("\n"),
            "cr": lambda a: self._add_in_run("\n"),
            "noBreakHyphen": lambda a: self._add_in_run("-"),
            "vanish": self._vanish,
            "pPr": lambda a: self._enter("p"),
            "trPr": lambda a: self._enter("tr"),
            "tcPr": lambda a: self._enter("tc"),
            "pStyle": self._style,
            "numId": self._number,
            "ilvl": self._depth,
            "outlineLvl": self._outline,
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": self._start_cell,
            "gridBefore": self._grid_before,
            "gridSpan": self._grid_span,
            "vMerge": self._vertical_merge,
            "altChunk": self._embed,
        }
        self._starts = {prefix + key: handler for key, handler in starts.items()}
        self._starts |= {"m:t": self._start_text, "a:blip": self._picture, "v:imagedata": self._picture}
        ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "r": self._end_run,
            "t": self._end_text,
            "pPr": lambda: self._enter(""),
            "trPr": lambda: self._enter(""),
            "tcPr": self._end_cell_properties,
            "tc": self._end_cell,
            "tr": self._end_row,
            "tbl": self._end_table,
        }
        self._ends = {prefix + key: handler for key, handler in ends.items()}
        self._ends["m:t"] = self._end_text
        self._attribute = {key: prefix + key for key in ("val", "type")}

    def _start_unseen(self, name: str) -> None:
        # A mark in the properties says that the row or the paragraph's end is deleted; elsewhere it wraps deleted text.
        if name.endswith(":del") or name == "del":
            self._deletions += 1
            if self._properties == "tr":
                self._row_dropped = True
            elif self._properties == "p" and self._paragraphs:
                self._paragraphs[-1].deleted = True
        self._skipping = 1

    def _value(self, attributes: dict[str, str]) -> str | None:
        return attributes.get(self._attribute["val"])

    def _whole(self, attributes: dict[str, str], least: int, most: int) -> int:
        value = self._value(attributes) or ""
        return min(max(int(value), least), most) if value.isdecimal() and len(value) < 10 else least

    def _enter(self, properties: str) -> None:
        self._properties = properties

    # Text.

    def _add(self, data: str) -> None:
        self._open_cell()
        if self._paragraphs:
            self._paragraphs[-1].parts.append(data)

    def _add_in_run(self, data: str) -> None:
        # `tab` also stands in paragraph properties, as a tab stop.
        if self._in_run and not self._hidden_run and not self._properties:
            self._add(data)

    def _start_run(self, attributes: dict[str, str]) -> None:
        self._in_run, self._hidden_run = True, False

    def _end_run(self) -> None:
        self._in_run = False

    def _vanish(self, attributes: dict[str, str]) -> None:
        if self._in_run and not self._properties and self._value(attributes) not in _OFF:
            self._hidden_run = True

    def _start_text(self, attributes: dict[str, str]) -> None:
        self._hidden += self._hidden_run
        self._collecting = not self._hidden_run

    def _end_text(self) -> None:
        self._collecting = False

    def _picture(self, attributes: dict[str, str]) -> None:
        self._pictures += 1

    def _embed(self, attributes: dict[str, str]) -> None:
        self._embedded += 1

    # Paragraphs.

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        self._open_cell()
        self._in_run = False
        self._paragraphs.append(_OpenParagraph())

    def _style(self, attributes: dict[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = self._value(attributes)

    def _number(self, attributes: dict[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].number = self._value(attributes)

    def _depth(self, attributes: dict[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].depth = self._whole(attributes, 0, 8)

    def _outline(self, attributes: dict[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].outline = self._whole(attributes, 0, 9)

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        self._in_run = bool(self._paragraphs)  # The end of a text box leads back into the run that holds it.
        text = "".join(paragraph.parts)
        style = self._styles.of(paragraph.style)
        if style.is_contents:
            self._contents += 1
            return
        number = paragraph.number if paragraph.number is not None else style.number
        in_table = self._out.in_cell
        if number is not None and (text.strip() or (in_table and not paragraph.deleted)):
            depth = paragraph.depth if paragraph.depth is not None else style.depth
            text = self._numbering.label(number, depth, paragraph.style) + text
        outline = paragraph.outline if paragraph.outline is not None else style.outline
        level = outline + 1 if outline is not None and outline < 9 and text.strip() else 0
        self._out.paragraph(text, level)

    # Tables.

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._open_cell()
        self._out.open_table()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_dropped = False
        self._out.open_row()

    def _grid_before(self, attributes: dict[str, str]) -> None:
        self._out.skip_columns(self._whole(attributes, 0, 1000))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._cell_open = (1, False), False

    def _grid_span(self, attributes: dict[str, str]) -> None:
        self._cell = (self._whole(attributes, 1, 1000), self._cell[1])

    def _vertical_merge(self, attributes: dict[str, str]) -> None:
        self._cell = (self._cell[0], self._value(attributes) != "restart")

    def _end_cell_properties(self) -> None:
        self._properties = ""
        self._open_cell()

    def _open_cell(self) -> None:
        """Properties come first in a cell, but need not come at all: open it when they end or anything else begins."""
        if not self._cell_open:
            self._cell_open = True
            self._out.open_cell(colspan=self._cell[0], continues=self._cell[1])

    def _end_cell(self) -> None:
        self._open_cell()
        self._out.close_cell()

    def _end_row(self) -> None:
        self._out.close_row(drop=self._row_dropped)

    def _end_table(self) -> None:
        self._out.close_table()
