"""Tables of figures on an official page: columns that keep numbers whole, and the page that has room for them."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .measures import LANDSCAPE, PORTRAIT, Page, em_width
from .package import UnwritableDocument
from .word import paragraph, table, table_cell, table_row

Align = Literal["left", "center", "right"]
Value = str | int | Decimal | None

UNKNOWN = "/"
# Type sizes that may be used: 小四, 五号, 小五, 六号. Upright, 小五 would be too small beside a body of 三号.
_SIZES = (12.0, 10.5, 9.0, 7.5)
# Room for a half-width character, in full-width ones: the named fonts take 0.5, the widest likely substitute 0.64.
_FIGURE = 0.65
_UNCUT = re.compile(r"[!-~]+")
_LONGEST_WORD = 12.0  # beyond it a word such as a web address is cut rather than a page turned
_LEAST_TEXT = {False: 5.0, True: 4.0}  # characters a column of text is left at least, by whether the page is across
_PADDING = 2 * 80 + 20
_SAMPLE = 300  # rows measured for the shares of columns; every row counts for what must not be cut
_WORTH = 1.4  # larger type may make the table this much longer than the smallest would


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `width` in millimetres is a wish; a right-aligned column is never narrower than its longest figure."""

    heading: str
    align: Align = "left"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table stands: its page, type size in points, and column widths in twips that fill the text width.

    `whole` where every figure stands in one line.
    """

    page: Page
    points: float
    widths: tuple[int, ...]
    whole: bool = True


def printed(value: Value) -> str:
    """A value as it stands in a table: unknown is `/` and never 0; a Decimal in plain digits."""
    if value is None or value == "":
        return UNKNOWN
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def fit(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    pages: Sequence[Page] = (PORTRAIT, LANDSCAPE),
    sizes: Sequence[float] = _SIZES,
    squeezed: bool = False,
) -> Fit:
    """The first page that leaves every figure whole, and the largest type that does not make the table much longer.

    Words are cut where there is no room for whole ones. Where there are too many columns even for a page across in the
    smallest type, raises UnwritableDocument, or, if the table may be `squeezed`, cuts figures too.
    """
    measured = list(rows)
    # Each cell as the widths of its lines: the longest line says how wide a column can use, all of them what it needs.
    lengths = [[[em_width(line) for line in text.split("\n")] for text in row] for row in measured[:_SAMPLE]]
    longest = [
        max([em_width(column.heading), *(max(row[index]) for row in lengths)]) for index, column in enumerate(columns)
    ]
    typical = [math.sqrt(sum(sum(row[i]) ** 2 for row in lengths) / (len(lengths) or 1)) for i in range(len(columns))]
    least: list[int] = []
    for word in (_LONGEST_WORD, 0.0):
        whole = _uncut_rooms(columns, measured, word)
        for page in pages:
            fits: list[tuple[float, Fit]] = []
            for points in sizes if page.landscape else sizes[:2]:
                texts = [min(width, _LEAST_TEXT[page.landscape]) for width in longest]
                least = [
                    _twips(uncut if column.align == "right" else max(uncut, text), points)
                    for column, uncut, text in zip(columns, whole, texts, strict=True)
                ]
                if sum(least) <= page.text_width:
                    most = [
                        max(low, _wish(column, width, points))
                        for column, low, width in zip(columns, least, longest, strict=True)
                    ]
                    shares = [
                        max(_wish(column, width, points), 1) for column, width in zip(columns, typical, strict=True)
                    ]
                    how = Fit(page, points, _spread(least, most, shares, page.text_width))
                    fits.append((_height(lengths, how), how))
            if fits:
                shortest = min(height for height, _ in fits)
                return next(how for height, how in fits if height <= shortest * _WORTH)
    if not squeezed:
        raise UnwritableDocument(f"表格有 {len(columns)} 列，横排也放不下，请减少列数或拆成两张表。")
    room = pages[-1].text_width
    widths = [room * low // sum(least) for low in least]
    widths[0] += room - sum(widths)
    return Fit(pages[-1], sizes[-1], tuple(widths), whole=False)


def _uncut_rooms(columns: Sequence[Column], rows: Iterable[Sequence[str]], word: float) -> list[float]:
    """The room that each column needs, in full-width characters, so that nothing is cut but words longer than `word`."""
    rooms = [_heading_room(column.heading) for column in columns]
    for row in rows:
        for index, text in enumerate(row):
            rooms[index] = max(rooms[index], _uncut(text, columns[index].align, word))
    return rooms


def _heading_room(heading: str) -> float:
    """A heading may be broken once or twice, not set one character to the line."""
    return min(max(em_width(heading) / 2, 2.0), 4.0)


def _uncut(text: str, align: Align, word: float) -> float:
    """The room for what must not be cut: a whole figure in a column of figures, elsewhere a date or a Latin word."""
    if align == "right":
        return len(text) * _FIGURE
    return min(max(map(len, _UNCUT.findall(text)), default=0) * _FIGURE, word)


def _twips(ems: float, points: float) -> int:
    return round(ems * points * 20) + _PADDING


def _wish(column: Column, ems: float, points: float) -> int:
    return round(column.width * 1440 / 25.4) if column.width else _twips(ems, points)


def _height(lengths: Sequence[Sequence[Sequence[float]]], how: Fit) -> float:
    """About how high the rows come, in points."""
    rooms = [(width - _PADDING) / 20 / how.points for width in how.widths]
    lines = sum(
        max(sum(math.ceil(ems / room) for ems in cell) for cell, room in zip(row, rooms, strict=True))
        for row in lengths
    )
    return lines * how.points


def _spread(least: Sequence[int], most: Sequence[int], shares: Sequence[int], room: int) -> tuple[int, ...]:
    """Widths that add up to `room`: by `shares`, but none under `least`, and none over `most` while another lacks room."""
    widths = list(most)
    if sum(most) <= room:
        spare, total = room - sum(most), sum(most)
        widths = [width + spare * width // total for width in most]
    else:
        free = set(range(len(least)))
        while free:
            left = room - sum(widths[i] for i in range(len(widths)) if i not in free)
            total = sum(shares[i] for i in free)
            narrow = {i for i in free if left * shares[i] // total < least[i]}
            wide = {i for i in free if left * shares[i] // total > most[i]} if not narrow else set()
            for i in narrow or wide or free:
                widths[i] = least[i] if narrow else most[i] if wide else left * shares[i] // total
            free -= narrow or wide or free
    widths[widths.index(max(widths))] += room - sum(widths)
    return tuple(widths)


def grid(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    how: Fit,
    *,
    total: Sequence[str] | None = None,
    bands: Sequence[tuple[int, str]] = (),
) -> str:
    """The `w:tbl`: a header row repeated on each page, rows no page break cuts, figures to the right.

    `bands` are section rows across all columns: the index of the row each stands above, ascending, and its words (the
    number of rows puts it at the end).
    """
    half = round(how.points * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    pitch = round(how.points * 20 * 1.42)
    lines = f'<w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/>'
    least = pitch + 90
    aligned = {side: f'{lines}<w:jc w:val="{side}"/>' for side in ("left", "center", "right")}

    def row_of(cells: Sequence[str], weight: str = "") -> str:
        return table_row(
            (
                table_cell(
                    "".join(
                        paragraph("TableCell", line, properties=aligned[column.align], run_properties=weight + size)
                        for line in text.split("\n")
                    ),
                    width,
                    no_wrap=how.whole and column.align == "right",
                )
                for column, text, width in zip(columns, cells, how.widths, strict=True)
            ),
            least=least,
        )

    def band_of(words: str) -> str:
        content = paragraph("TableHead", words, properties=aligned["left"], run_properties=size)
        return table_row([table_cell(content, sum(how.widths), span=len(columns))], least=least)

    head = table_row(
        (
            table_cell(paragraph("TableHead", column.heading, properties=lines, run_properties=size), width)
            for column, width in zip(columns, how.widths, strict=True)
        ),
        header=True,
        least=least,
    )
    body = [head]
    waiting = list(bands)
    for index, row in enumerate(rows):
        while waiting and waiting[0][0] <= index:
            body.append(band_of(waiting.pop(0)[1]))
        body.append(row_of(row))
    body.extend(band_of(words) for _, words in waiting)
    if total is not None:
        body.append(row_of(total, "<w:b/>"))
    return table(body, how.widths, padding=80)
