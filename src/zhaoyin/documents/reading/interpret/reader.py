"""The order of reading: outline, project tables and flattened tables in order of printing, then targets and duties."""

import re
from dataclasses import dataclass, field

from ..model import Doubt, PlanReading
from ..source import Paragraph, SourceDocument, Table
from .collect import ProjectList, section_title
from .duties import read_duties
from .flat import read_flat
from .flattened import Head, find_heads
from .grid import Grid, ruled_grids, table_grid
from .outline import Outline, outline
from .passage import Sheet, Span, with_next
from .quantities import units_stated
from .records import form_row, labelled_rows, narrated_rows
from .tables import PAGE_MARK, TableReader
from .target_tables import read_target_table
from .targets import read_targets

_MAX_LINE = 60_000  # characters
_MAX_PROSE = 5_000  # lines; the longest real plan known has a tenth of that
_LINE = re.compile(r"\n")
_SECTION_LINE = re.compile(
    r"^\s*(?:#+\s*)?(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))?\s?[^。;,:]{2,30}?(?:项目|类|产业)?\s?\(?\s?(?:共|计)?\s?\d{1,4}\s?(?:个|项)\s?[^()。]{0,24}\)?\s*:?$"
)
_NUMBERED_SECTION = re.compile(
    r"^\s*(?:#+\s*)?(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))\s?[^。;,:\d]{2,24}(?:项目|类|产业|工程)\s*$"
)


@dataclass(slots=True)
class _Parts:
    """The document taken apart: paragraphs outside tables, and tables with the block they begin and end at."""

    lines: list[tuple[int, Span]] = field(default_factory=list)
    grids: list[tuple[int, int, Grid]] = field(default_factory=list)
    text: Span | None = None


def interpret(document: SourceDocument, *, year: int | None = None) -> PlanReading:
    """What `document` says, with places and doubts. `year` is the plan's year where the text names none, or another one.

    Never raises for strange contents: what cannot be understood is left out or unknown, with a doubt where it matters.
    """
    parts = _take_apart(document)
    lines = [span for _, span in parts.lines]
    projects = ProjectList(year)
    reader = TableReader(projects)
    captions = [span for _, _, grid in parts.grids[:6] for span in reader.captions(grid)]
    headings = [span for _, _, grid in parts.grids[:3] for span in reader.headings(grid)]
    head = outline(lines, captions, headings, year)
    projects.year = head.year
    reading = _begun(head)
    scope = _scope_of(head.place)
    _read_tables(parts, reader, projects, reading, scope)
    prose = _unwrapped([line.sub(0, min(len(line), _MAX_LINE)) for line in lines if len(line) > 3])
    if parts.text is not None:
        heads = find_heads(parts.text)
        prose = [line for line in prose if not heads or line.start < heads[0].start]
        _read_flattened(parts.text, heads, projects)
    if len(prose) > _MAX_PROSE:
        reading.doubts.append(Doubt("text", f"正文超过{_MAX_PROSE}行，其后的没有读", prose[_MAX_PROSE].words[:40]))
        prose = prose[:_MAX_PROSE]
    for told in (labelled_rows, narrated_rows):
        if not projects.projects:
            for one in told(prose, _names_section):
                if isinstance(one, Span):
                    projects.section(one)
                else:
                    projects.project(one)
    projects.close()
    prose = prose + [caption for caption in captions if len(caption) > 3]
    duties, used = read_duties(prose)
    reading.duties = duties
    for duty in duties:
        if not duty.period:
            place = next(iter(duty.places.get("quote", ())), None)
            reading.doubts.append(Doubt("duties", "这项职责没有写明按月、按季还是按年", duty.quote, place))
    reading.targets = read_targets(prose, used, head.year, scope) + reading.targets
    reading.projects = projects.projects
    reading.sections = projects.sections
    reading.doubts.extend(projects.doubts)
    return reading


def _take_apart(document: SourceDocument) -> _Parts:
    parts = _Parts()
    ruled = list(ruled_grids(document))
    inside = {index for first, last, _ in ruled for index in range(first, last)}
    parts.grids.extend(ruled)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            parts.grids.append((index, index + 1, table_grid(block, index)))
    parts.grids.sort(key=lambda item: item[0])
    paragraphs = [i for i, block in enumerate(document.blocks) if isinstance(block, Paragraph) and i not in inside]
    if paragraphs:
        sheet = Sheet.of_paragraphs(document, paragraphs)
        parts.text = sheet.all()
        parts.lines = [
            (index, Span(sheet, piece.at, piece.at + piece.length))
            for index, piece in zip(paragraphs, sheet.pieces, strict=True)
        ]
    return parts


_NEW_PARAGRAPH = re.compile(
    r"\s*(?:#|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[、.]|第[一二三四五六七八九十]|附|序号|各|[^:]{1,10}:)"
)
_PAUSE = re.compile(r"(?:[、(和的及与]|以上|不少于|达到|不低于)$")


def _unwrapped(lines: list[Span]) -> list[Span]:
    """Lines broken at the width of a page put together again: those that end in the middle of a sentence near the widest."""
    widest = max((len(line) for line in lines), default=0)
    joined: list[Span] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.sheet is line.sheet
            and 16 <= len(last) < 5000
            and not re.search(r"[。;:!?]\s*$", last.folded[-3:])
            and (_PAUSE.search(last.folded[-4:].rstrip()) or (widest <= 80 and _last_line(last) >= 0.75 * widest))
            and not _NEW_PARAGRAPH.match(line.folded[:20])
        ):
            joined[-1] = Span(last.sheet, last.start, line.end)
        else:
            joined.append(line)
    return joined


def _last_line(span: Span) -> int:
    return span.end - max(span.sheet.text.rfind("\n", span.start, span.end), span.start - 1) - 1


def _begun(head: Outline) -> PlanReading:
    reading = PlanReading(head.title_text, head.year, head.place)
    reading.doubts.extend(head.doubts)
    for name, span in (("title", head.title), ("year", head.year_at), ("place", head.place_at)):
        if span is not None:
            reading.places[name] = span.places
    return reading


def _read_tables(parts: _Parts, reader: TableReader, projects: ProjectList, reading: PlanReading, scope: str) -> None:
    at = 0
    for first, _, grid in parts.grids:
        between: list[Span] = []
        while at < len(parts.lines) and parts.lines[at][0] < first:
            between.append(parts.lines[at][1])
            at += 1
        words = [span for span in between if not PAGE_MARK.fullmatch(span.folded[:80].strip())]
        units = units_stated("\n".join(span.folded for span in words[-3:]))
        before = len(projects.projects)
        section = next((span for span in reversed(words[-4:]) if _names_section(span)), None)
        if section is not None and reader.captions_head(grid):
            reader.flush()
            projects.section(section)
        if reader.read(grid, units, adjacent=not words):
            continue
        if read_target_table(grid, scope, reading.targets, reading.doubts):
            continue
        if len(projects.projects) == before and (row := form_row(grid)) is not None:
            reader.flush()
            row.money_unit, row.area_unit = row.money_unit or units[0], row.area_unit or units[1]
            projects.project(row)
    reader.finish()


def _names_section(span: Span) -> bool:
    folded = span.folded.strip()
    if len(folded) > 60 or not (_SECTION_LINE.match(folded) or _NUMBERED_SECTION.match(folded)):
        return False
    return section_title(span)[1] is not None or bool(_NUMBERED_SECTION.match(folded))


def _read_flattened(text: Span, heads: list[Head], projects: ProjectList) -> None:
    for one, following in with_next(heads):
        projects.begin_table(continued=one is not heads[0])
        above = text.sub(max(0, one.start - 120), one.start).split(_LINE)[-3:]
        section = next((line for line in reversed(above) if _names_section(line)), None)
        if section is not None:
            projects.section(section)
        units = units_stated(text.folded[max(0, one.start - 60) : one.start])
        read_flat(text, one, following.start if following else len(text), projects, units)


def _scope_of(place: str | None) -> str:
    """全市, 全县 … for a place that ends so; "" when it ends otherwise."""
    return f"全{place[-1]}" if place and place[-1] in "省市县区州旗盟镇乡" else ""
