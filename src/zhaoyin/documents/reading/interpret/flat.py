"""A flattened table row by row: segments between row numbers, section lines and totals; cells by `align`."""

import re
from collections.abc import Iterator

from ..model import Doubt
from .align import Word, align, kind_of
from .collect import TOTAL, ProjectList
from .flattened import Head
from .flatwords import END_MARK, cut_words, row_starts
from .goals import dated_heading
from .headings import PARTS_OF_WHOLE
from .items import UNKNOWN
from .passage import Span
from .quantities import Figure, land_figure, money_figure
from .rows import Row, breaks_off

_MAX_BODY = 300_000  # characters; some 500 rows
_MAX_WORDS = 2000  # of one row; more is no row but a text that happens to follow
_FIGURE = re.compile(r"[\d.,]{1,14}(?:亿元|万元|亿|亩|公顷)?")
_TOTAL_WORD = re.compile(rf"(?:{TOTAL.pattern})?\)?")
_COUNT = re.compile(r"\(?(\d{1,5})\s?个(?:项目)?\)?")


class _Columns:
    """The head's columns behind the row's number, once each role, with the units they state."""

    def __init__(self, head: Head, units: tuple[str | None, str | None], whole: Span, year: int | None) -> None:
        self.heads = [(text, understood) for text, understood in head.columns if understood.role != "seq"]
        best: dict[str, tuple[int, int]] = {}
        for index, (_, understood) in enumerate(self.heads):
            role = understood.role
            if role in PARTS_OF_WHOLE and (role not in best or understood.rank < best[role][0]):
                best[role] = (understood.rank, index)
        self.of = {index: role for role, (_, index) in best.items()}
        self.kinds = [kind_of(understood.role, label) for label, understood in self.heads]
        self.money = next((h.money for _, h in self.heads if h.role == "investment" and h.money), units[0])
        self.area = next((h.area for _, h in self.heads if h.role == "land" and h.area), units[1])
        printed = whole.sub(head.start, head.end)
        self.periods = {
            index: dated
            for index, (_, understood) in enumerate(self.heads)
            if understood.role == "period" and (dated := dated_heading(understood.when, printed, year))
        }


def read_flat(text: Span, head: Head, end: int, projects: ProjectList, units: tuple[str | None, str | None]) -> None:
    """Read the rows between `head` and `end` (offsets of `text`) into `projects`; `units` were stated above the table."""
    body = text.sub(head.end, min(end, head.end + _MAX_BODY))
    if len(body) < end - head.end:
        rest = text.sub(head.end + _MAX_BODY, head.end + _MAX_BODY + 40)
        projects.doubts.append(
            Doubt("text", f"表格文字超过{_MAX_BODY}字，其后的没有读", rest.words, next(iter(rest.places), None))
        )
    if cut := END_MARK.search(body.folded):
        body = body.sub(0, cut.start())
    columns = _Columns(head, units, text, projects.year)
    words, sections = cut_words(body)
    starts = dict(row_starts(words, sections, columns.kinds))
    last_row = max(starts, default=-1)
    segment: list[Word] = []
    seq: Span | None = None
    waiting = 0
    for index, word in enumerate(words):
        while waiting < len(sections) and sections[waiting][0] < word.start:
            _segment(body, seq, segment, columns, projects, last=False)
            seq, segment = None, []
            projects.section(body.sub(*sections[waiting]))
            waiting += 1
        if index in starts:
            _segment(body, seq, segment, columns, projects, last=False)
            seq = body.sub(word.start, word.start + starts[index])
            glued = word.text[starts[index] :]
            segment = [Word(word.start + starts[index], word.end, glued, "space")] if glued else []
        else:
            segment.append(word)
    _segment(body, seq, segment, columns, projects, last=seq is not None and last_row >= 0)
    for a, b in sections[waiting:]:
        projects.section(body.sub(a, b))


def _segment(
    body: Span, seq: Span | None, words: list[Word], columns: _Columns, projects: ProjectList, *, last: bool
) -> None:
    """One row and the total lines behind it; without a number only the totals."""
    totals = list(_total_lines(words))
    row_words = words[: totals[0][0]] if totals else words
    if seq is not None and row_words:
        projects.project(_row(body, seq, row_words[:_MAX_WORDS], columns, last=last and not totals))
    for first, stop in totals:
        label = body.sub(words[first].start, words[stop - 1].end)
        figures: dict[str, Figure] = {}
        counted = next((int(m[1]) for w in words[first:stop] if (m := _COUNT.fullmatch(w.text))), None)
        numeric = [h.role for _, h in columns.heads if h.role in ("investment", "land")]
        amounts = [body.sub(w.start, w.end) for w in words[first:stop] if _FIGURE.fullmatch(w.text)]
        for role, amount in zip(numeric, amounts, strict=False):
            figures[role] = (
                money_figure(amount, columns.money) if role == "investment" else land_figure(amount, columns.area)
            )
        projects.total(label, figures.get("investment"), figures.get("land"), counted)


def _total_lines(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Where 合计, 小计 … stands as a word of its own with figures behind it."""
    for index, word in enumerate(words):
        if word.text[0] in "合总共小本分" and TOTAL.fullmatch(word.text):
            stop = index + 1
            while stop < len(words) and (
                _FIGURE.fullmatch(words[stop].text) or _COUNT.fullmatch(words[stop].text) or words[stop].text in "/-"
            ):
                stop += 1
            if stop > index + 1:
                yield index, stop


def _draw_back(spans: list[Span], kinds: list[str]) -> None:
    """Where the text breaks off inside a row, the broken words stand right behind the cell before them: no cell between
    the two was left empty, because nobody knows what would have followed."""
    filled = [index for index, span in enumerate(spans) if span]
    if len(filled) < 2 or not breaks_off([spans[filled[-1]]]):
        return
    before, broken = filled[-2:]
    if broken > before + 1:
        if kinds[before + 1] not in ("number", "leaders", "date"):
            spans[before + 1] = spans[broken]
        spans[broken] = spans[broken].sub(0, 0)


def _row(body: Span, seq: Span, words: list[Word], columns: _Columns, *, last: bool) -> Row:
    row = Row({"seq": seq}, money_unit=columns.money, area_unit=columns.area)
    kinds = [*columns.kinds, "tail"] if last else columns.kinds
    taken = align(words, kinds)
    spans = [body.sub(words[a].start, words[b - 1].end) if b > a else body.sub(0, 0) for a, b in taken]
    if last:
        _draw_back(spans, kinds)
    for index, (text, understood) in enumerate(columns.heads):
        cell = spans[index]
        if not cell:
            continue
        if index in columns.of:
            row.cells[columns.of[index]] = cell
        elif index in columns.periods:
            row.periods.append((columns.periods[index], cell))
        elif understood.role == "date":
            row.dates.append((understood.event, cell))
        elif not UNKNOWN.fullmatch(cell.folded):
            row.extra.append((text, cell))
    if last:
        filled = spans[: len(columns.heads)]
        missing = sum(
            1 for index, role in columns.of.items() if role in ("goals", "leaders", "unit") and not spans[index]
        )
        row.complete = not (breaks_off(filled) or breaks_off([body]) or missing >= 2)
    return row
