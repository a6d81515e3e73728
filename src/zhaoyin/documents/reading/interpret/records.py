"""Projects told without a table of rows: a form of labels and values, or paragraphs such as 项目名称:… 总投资:…"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from .grid import Grid, own_cells
from .headings import PARTS_OF_WHOLE, Heading, heading
from .items import UNKNOWN
from .passage import Span, with_next
from .rows import Row

_LABELLED = re.compile(
    r"(?:^|(?<=[\n;。,\s]))\s*(?:[(]?(?P<seq>[一二三四五六七八九十\d]{1,3})[、.)]{1,2}\s?)?\[?(?P<label>(?:20\d\d年度?)?[一-龥]{2,12}(?:\([^()\n]{1,8}\))?)\]?\s?:"
)
_NUMBERED_NAME = (
    r"\s*(?:[(]?(?P<seq>[一二三四五六七八九十\d]{1,3})[、.)]{1,2}\s?)(?P<name>[^。,;:\n]{3,50}?(?:项目|产业园|基地|园区|中心|工程|综合体"
    r"|生产线|电站|总部|小镇)(?:\([^()]{1,20}\))?)"
)
_HEADED = re.compile(rf"{_NUMBERED_NAME}\s?(?:[。:,]\s*|\s+|$)")


def form_row(grid: Grid) -> Row | None:
    """The one project of a form whose cells are label, value, label, value …; None when the table is no such form."""
    row = Row({})
    filled = 0
    for r in range(len(grid.rows)):
        cells = own_cells(grid, r)
        for cell, following in pairwise(cells):
            meaning = heading(cell.text)
            if meaning.role and not heading(following.text).role:
                filled += _take(row, meaning, cell.span.words, following.span)
    return row if filled >= 4 and "name" in row.cells else None


def labelled_rows(lines: list[Span], names_section: Callable[[Span], bool]) -> Iterator[Row | Span]:
    """Projects of labelled paragraphs: each begins at 项目名称, or at a numbered name ("1.某某项目") with labels behind it, and
    has at least three more labelled fields. The line of a section comes before its first project."""
    begun: list[tuple[Row, bool, Span | None]] = []
    row: Row | None = None
    section: Span | None = None
    for line, following in with_next(lines):
        labels = _labels(line)
        named = _named(line, labels, following)
        if named is None and names_section(line):
            row, section = None, line
        elif not labels and named is None and line.text.strip() and row is not None and "goals" in row.cells:
            row = None  # the labels are over
        marks: list[tuple[re.Match[str], Heading | None]] = [(named, None)] if named is not None else []
        for (match, meaning), after in with_next([*marks, *labels]):
            if meaning is None or meaning.role == "name":
                row = _numbered(line, match)
                begun.append((row, meaning is None, section))
            if meaning is not None and row is not None:
                end = after[0].start() if after else len(line)
                _take(row, meaning, match["label"], line.sub(match.end(), end).strip(";,。 "))
    last: Span | None = None
    for row, by_name, section in begun:
        if _filled(row) >= 3 and (not by_name or row.cells.keys() & _OF_PROJECTS):
            if section is not None and section is not last:
                yield section
                last = section
            yield row


# What a project has and a piece of work has not ("1.建设服务中心。牵头单位:…;完成时限:…").
_OF_PROJECTS = frozenset(("investment", "investor", "land", "content"))


def _filled(row: Row) -> int:
    return len(row.cells.keys() - {"seq", "name"}) + len(row.extra) + len(row.dates)


def _numbered(line: Span, match: re.Match[str]) -> Row:
    """A row begun at `match`, with the number and the name it holds."""
    row = Row({})
    if (match["seq"] or "").isdecimal():
        row.cells["seq"] = line.sub(match.start("seq"), match.end("seq"))
    if "name" in match.re.groupindex:
        row.cells["name"] = line.sub(match.start("name"), match.end("name"))
    return row


def _labels(line: Span) -> list[tuple[re.Match[str], Heading]]:
    found = [(match, heading(match["label"])) for match in _LABELLED.finditer(line.folded[:20_000])]
    return [(match, meaning) for match, meaning in found if meaning.role]


def _named(line: Span, labels: list[tuple[re.Match[str], Heading]], following: Span | None) -> re.Match[str] | None:
    """The numbered name that a line begins with, where its first label, in this line or the next, stands right behind it."""
    match = _HEADED.match(line.folded[:200])
    if match is None:
        return None
    if labels:
        return match if labels[0][0].start() <= match.end() else None
    alone = not line.folded[match.end() :].strip()
    return (
        match
        if alone and following is not None and (after := _labels(following)) and after[0][0].start() == 0
        else None
    )


def _take(row: Row, meaning: Heading, label: str, value: Span) -> bool:
    if not value.strip():
        return False
    if meaning.role in PARTS_OF_WHOLE and meaning.role not in row.cells:
        row.cells[meaning.role] = value.strip()
        if meaning.role == "investment":
            row.money_unit = meaning.money
        if meaning.role == "land":
            row.area_unit = meaning.area
        return meaning.role != "name"
    if meaning.role == "date":
        row.dates.append((meaning.event, value.strip()))
        return True
    if not UNKNOWN.fullmatch(value.folded):
        row.extra.append((label, value.strip()))
    return True


_NARRATED = re.compile(rf"{_NUMBERED_NAME}\s?[。:,]")
_SENTENCES = re.compile(r"[。;]")
_BY = re.compile(
    r"由(?P<by>[^,。;]{2,30}?)(?:投资|建设|负责|出资|实施)|(?:投资方|投资主体|投资商|业主)(?:为|是|:)\s?(?P<is>[^,。;]{2,40})"
)
_INVESTED = re.compile(r"(?:总投资|计划投资|投资额?)(?:约|为|达)?\s?[\d.,]{1,12}\s?[千百]?[亿万]?(?:美元|元|亿)")
_ACREAGE = re.compile(r"(?:用地|占地|需地)(?:面积)?(?:约|为)?\s?[\d.,]{1,12}\s?(?:亩|公顷|万?平方米|㎡)")
_LED = re.compile(r"(?P<label>[一-龥]{2,8}(?:领导|单位|部门|责任人))(?:为|是|:)\s?(?P<value>[^;。,]{2,40})")
_SO_FAR = re.compile(r"^(?:目前|现已|当前|截至|已|正在|企业已)|正在[^,]{1,12}$")
_AHEAD = re.compile(
    r"^(?:[一二三四五六七]期(?:项目|工程)?|首期|项目)?(?:计划|力争|争取|预计|确保|拟|20\d\d年|今年|\d{1,2}(?:[-~至]\d{1,2})?月|[一二三四]季度|[上下]半年|年底|下一?步)"
)


def narrated_rows(lines: list[Span], names_section: Callable[[Span], bool]) -> Iterator[Row | Span]:
    """Projects told in a paragraph each: "1.某某项目。总投资…,由…投资建设。目前…。计划6月签约。牵头领导:…;责任单位:…".
    The line of a section comes before its first project."""
    section: Span | None = None
    for line in lines:
        if len(line) > 3000 or not (match := _NARRATED.match(line.folded)) or not _INVESTED.search(line.folded):
            section = line if names_section(line) else section if len(line) < 60 else None
            continue
        if section is not None:
            yield section
            section = None
        row = Row({"name": line.sub(match.start("name"), match.end("name"))})
        if match["seq"].isdecimal():
            row.cells["seq"] = line.sub(match.start("seq"), match.end("seq"))
        rest = line.sub(match.end())
        for role, pattern in (("investment", _INVESTED), ("land", _ACREAGE)):
            if found := pattern.search(rest.folded):
                digit = re.search(r"\d", found[0])
                row.cells[role] = rest.sub(found.start() + (digit.start() if digit else 0), found.end())
        if found := _BY.search(rest.folded):
            group = "by" if found["by"] else "is"
            row.cells["investor"] = rest.sub(found.start(group), found.end(group)).strip()
        kinds: dict[str, list[Span]] = {"progress": [], "goals": [], "content": []}
        for sentence in rest.split(_SENTENCES):
            if found := _LED.fullmatch(sentence.folded):
                meaning = heading(found["label"])
                if meaning.role in ("leaders", "unit"):
                    row.cells.setdefault(meaning.role, sentence.sub(found.start("value"), found.end("value")))
                    continue
            kinds[
                "progress"
                if _SO_FAR.search(sentence.folded)
                else "goals"
                if _AHEAD.match(sentence.folded)
                else "content"
            ].append(sentence)
        for role, sentences in kinds.items():
            if sentences:
                row.cells[role] = Span(line.sheet, sentences[0].start, sentences[-1].end)
        yield row
