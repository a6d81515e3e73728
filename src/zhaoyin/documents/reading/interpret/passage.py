"""Printed words that know where they stand: a sheet joins pieces of the source, a span is a stretch of a sheet.

Interpretation works on the folded text of a sheet (one written form per character, same offsets), takes values from the
text as printed, and leads every value back to its `Place`s.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

from zhaoyin.kernel.characters import fold

from ..source import Paragraph, Place, SourceDocument

T = TypeVar("T")

BLANKS = "".join(character for code in range(0x3001) if (character := chr(code)).isspace())
_AT = attrgetter("at")

_BREAK = re.compile(r"\s*\n\s*")
# Between two of these a blank is typing, not a word space.
_NARROW = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


class Piece(NamedTuple):
    """Where one stretch of a sheet comes from: sheet offset `at`, and the printed place it begins at."""

    at: int
    length: int
    block: int
    start: int
    row: int | None = None
    cell: int | None = None


class Sheet:
    """Pieces of the source joined into one text; `folded` is the text in one written form, with the same offsets."""

    __slots__ = ("folded", "pieces", "text")

    def __init__(self, text: str, pieces: tuple[Piece, ...]) -> None:
        self.text = text
        self.folded = fold(text)
        self.pieces = pieces

    @classmethod
    def of_paragraphs(cls, document: SourceDocument, blocks: Iterable[int]) -> "Sheet":
        """The paragraphs with these indices, one per line."""
        texts: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for index in blocks:
            block = document.blocks[index]
            if isinstance(block, Paragraph):
                pieces.append(Piece(at, len(block.text), index, 0))
                texts.append(block.text)
                at += len(block.text) + 1
        return cls("\n".join(texts), tuple(pieces))

    @classmethod
    def joined(cls, spans: Iterable["Span"], glue: str = "\n") -> "Sheet":
        """The words of several spans as one text: a cell that goes on over a page, a heading of two rows."""
        texts: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for span in spans:
            for piece in span.sheet.pieces_between(span.start, span.end):
                pieces.append(
                    Piece(at + piece.at - span.start, piece.length, piece.block, piece.start, piece.row, piece.cell)
                )
            texts.append(span.text)
            at += len(span) + len(glue)
        return cls(glue.join(texts), tuple(pieces))

    def pieces_between(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces, cut to the stretch from `start` to `end`; their `at` still counts in this sheet."""
        pieces = self.pieces
        for index in range(max(bisect_right(pieces, start, key=_AT) - 1, 0), len(pieces)):
            piece = pieces[index]
            if piece.at >= end:
                break
            first, last = max(start, piece.at), min(end, piece.at + piece.length)
            if first < last:
                yield Piece(first, last - first, piece.block, piece.start + first - piece.at, piece.row, piece.cell)

    def all(self) -> "Span":
        """The whole sheet."""
        return Span(self, 0, len(self.text))


class Span:
    """Characters `start` to `end` of a sheet: `text` as printed, `folded` in one written form with the same offsets."""

    __slots__ = ("end", "folded", "sheet", "start", "text")

    def __init__(self, sheet: Sheet, start: int, end: int) -> None:
        self.sheet = sheet
        self.start = start
        self.end = end
        self.text = sheet.text[start:end]
        self.folded = sheet.folded[start:end]

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    def sub(self, start: int, end: int | None = None) -> "Span":
        """Offsets counted from the beginning of this span."""
        return Span(self.sheet, self.start + start, self.end if end is None else self.start + end)

    def strip(self, characters: str = "") -> "Span":
        """Without blanks, line ends and `characters` on both sides."""
        folded = self.folded
        bare = folded.strip(BLANKS + characters) if characters else folded.strip()
        if bare == folded:
            return self
        start = self.start + folded.find(bare)
        return Span(self.sheet, start, start + len(bare))

    def split(self, pattern: re.Pattern[str]) -> list["Span"]:
        """The stripped, non-empty parts between the matches of `pattern` in the folded text."""
        parts, at, folded = [], 0, self.folded
        for match in pattern.finditer(folded):
            parts.append(self.sub(at, match.start()).strip())
            at = match.end()
        parts.append(self.sub(at).strip())
        return [part for part in parts if part]

    @property
    def words(self) -> str:
        """As printed, with line breaks taken out: the value of a field."""
        return tidy(self.text)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is printed, one place for each paragraph or cell it runs through."""
        pieces = self.sheet.pieces
        if len(pieces) == 1:
            whole, bare = pieces[0], self.strip()
            shift = whole.start - whole.at
            return (Place(whole.block, shift + bare.start, shift + bare.end, whole.row, whole.cell),) if bare else ()
        found = []
        for piece in self.sheet.pieces_between(self.start, self.end):
            text = self.sheet.text[piece.at : piece.at + piece.length]
            start = piece.start + len(text) - len(text.lstrip())
            if length := len(text.strip()):
                found.append(Place(piece.block, start, start + length, piece.row, piece.cell))
        return tuple(found)


def tidy(text: str) -> str:
    """`text` on one line: a break between Chinese characters leaves nothing, any other run of blanks one blank."""
    if "\n" in text or "\r" in text:
        text, *parts = _BREAK.split(text.strip())
        for part in parts:
            wide = not part or not text or not (text[-1].isascii() and part[0].isascii())
            text += part if wide else " " + part
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """`text` without the blanks that stand beside a Chinese character: for titles, names of places and of people."""
    text = tidy(text)
    return _NARROW.sub("", text) if " " in text else text


def with_next(items: Sequence[T]) -> Iterator[tuple[T, T | None]]:
    """Each item with the one after it, None after the last."""
    return zip(items, [*items[1:], None], strict=False)
