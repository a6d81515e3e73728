"""Characters of a PDF page, which know only where they stand, put together to lines, and lines to paragraphs.

A PDF breaks lines where the page ends, in the middle of a sentence. A line is continued by the next one when it is
full, so that the reading above sees whole sentences and whole names in narrow cells.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z0-9.%]+")
_CLOSING = frozenset("，。；：、！？）》”’」』】,.;:!?)")


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character and its box on the page, in points from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `lead` is the width of what stands first in it and cannot be broken; `size` is its height."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    lead: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of some characters from top to bottom."""
    rows: list[list[Char]] = []
    middle = height = 0.0
    for char in sorted(chars, key=lambda c: c.middle):
        if rows and char.middle - middle < 0.5 * max(height, char.bottom - char.top):
            rows[-1].append(char)
            height = max(height, char.bottom - char.top)
        else:
            rows.append([char])
            middle, height = char.middle, char.bottom - char.top
    lines = (_line(sorted(row, key=lambda c: c.x0)) for row in rows)
    return [line for line in lines if line is not None]


def _line(chars: list[Char]) -> Line | None:
    text = ""
    kept: list[Char] = []
    for char in chars:
        # Bold is sometimes made by printing twice.
        if any(c.text == char.text and abs(c.x0 - char.x0) < 0.25 * (c.x1 - c.x0) for c in kept[-2:]):
            continue
        gap = char.x0 - kept[-1].x1 if kept else 0.0
        if (gap > 0.35 * (char.bottom - char.top) or char.text.isspace()) and text and not text.endswith(" "):
            text += " "
        if not char.text.isspace():
            text += char.text
            kept.append(char)
    if not kept:
        return None
    return Line(
        text.strip(),
        kept[0].x0,
        max(c.x1 for c in kept),
        min(c.top for c in kept),
        max(c.bottom for c in kept),
        _lead(kept),
    )


def _lead(chars: list[Char]) -> float:
    """The width of the first word, or first Chinese character, with the closing marks that may not begin a line."""
    length = 1
    if _WORD.match(chars[0].text):
        while length < len(chars) and _WORD.match(chars[length].text):
            length += 1
    while length < len(chars) and chars[length].text in _CLOSING:
        length += 1
    return chars[length - 1].x1 - chars[0].x0


def joined(first: str, second: str) -> str:
    """Two parts of one sentence: a space only between two words of Latin letters or digits."""
    spaced = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if spaced else first + second


def continues(line: Line, following: Line, left: float, right: float) -> bool:
    """Whether `following` carries on the sentence of `line`, on a page whose text runs from `left` to `right`."""
    size = line.size
    return (
        line.x1 + following.lead > right - 0.7 * size
        and line.x0 < left + 4 * size
        and following.x0 < left + 0.8 * size
        and abs(following.size - size) < 0.25 * size
    )


def cell_text(lines: list[Line], width: float) -> str:
    """The text of a table cell: lines are joined where the next word would not have fitted into `width`."""
    text = ""
    last: Line | None = None
    for line in lines:
        if last is None:
            text = line.text
        elif last.x1 - last.x0 + line.lead > width - 0.3 * last.size:
            text = joined(text, line.text)
        else:
            text += "\n" + line.text
        last = line
    return text
