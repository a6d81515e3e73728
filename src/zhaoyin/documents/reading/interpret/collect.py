"""The project list as it is read: sections with what they declare, rows, and total rows that must foot."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.kernel.money import find_money
from zhaoyin.kernel.numerals import number, plain

from ..model import Doubt, ReadProject, ReadSection
from .passage import Span, squeezed
from .people import part_joined_names
from .quantities import Figure
from .rows import Row, build_project

_NUMBERING = re.compile(
    r"\s*(?:第?(?P<one>[一二三四五六七八九十]{1,3})(?:[、.]|部分[:、]?|类[:、]|\s)|\((?P<two>[一二三四五六七八九十]{1,3})\)[、.]?|(?P<three>\d{1,2})[、.](?!\d)|\((?P<four>\d{1,2})\))\s*"
)
_COUNT = re.compile(r"(?:共|计|合计|总计)?\s?(\d{1,5}|[一二三四五六七八九十百两]{1,5})\s?(?:个|项|家|宗)(?:项目)?")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*[:。]?$")
_TRAILING_COUNT = re.compile(r"[,:]?\s?(?:共|计)?\s?\d{1,5}\s?(?:个|项)[:。]?$")
TOTAL = re.compile(
    r"\s*(?:(?P<all>合\s*计|总\s*计|共\s*计|总\s*数|全\s*[省市县区州旗盟镇乡]\s*(?:合计|总计)?)|(?P<sub>小\s*计|本页小计|分\s*计))\s*[:(]?"
)


_MAX_TOTALS = 5000


@dataclass(slots=True)
class _Section:
    read: ReadSection
    level: int
    first: int  # index of its first project
    place_doubt: Span


@dataclass(slots=True)
class _Total:
    label: Span
    whole: bool
    at: int  # index of the project that follows
    since: int  # index of the first project after the last subtotal
    table: int
    section: int | None
    figures: tuple[tuple[str, str, Figure], ...]
    count: int | None


@dataclass(slots=True)
class ProjectList:
    """Takes rows, section lines and totals in order of printing; `close` settles what can only be said at the end."""

    year: int | None
    projects: list[ReadProject] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    _sections: list[_Section] = field(default_factory=list)
    _totals: list[_Total] = field(default_factory=list)
    _table: int = 0
    _since: int = 0
    _sums: dict[str, list[tuple[Decimal, int]]] = field(default_factory=dict)

    def begin_table(self, *, continued: bool) -> None:
        """Rows that follow stand in a new table, or go on with the last one."""
        if not continued:
            self._table = self._since = len(self.projects)

    def section(self, line: Span) -> None:
        """A line that names a part of the list: 一、盯引抓签约项目(33个)."""
        title, declared, level = section_title(line)
        self._sections.append(
            _Section(ReadSection(title.text, declared, 0, {"title": title.places}), level, len(self.projects), line)
        )
        if declared is not None:
            self._sections[-1].read.places["declared"] = line.places
        amounts = [m for m, _, _ in find_money(line.text) if not m.foreign]
        if "总投资" in line.folded and len(amounts) == 1:
            figure = Figure(amounts[0].yi(), "", line)
            self._add_total(line, False, (("investment_yi", "投资", figure),), None, section=len(self._sections) - 1)

    def project(self, row: Row) -> ReadProject:
        """One row; its section is the last one named."""
        if row.section is None and self._sections:
            row.section = _push_class(self._sections[-1].read.title)
        project = build_project(row, self.year)
        self.projects.append(project)
        return project

    def total(self, label: Span, investment: Figure | None, land: Figure | None, count: int | None) -> None:
        """A total row: it is no project, but it must foot."""
        match = TOTAL.match(label.folded)
        whole = bool(match and match["all"])
        figures = tuple(
            (name, word, figure)
            for name, word, figure in (("investment_yi", "投资", investment), ("land_mu", "用地", land))
            if figure is not None
        )
        self._add_total(label, whole, figures, count, section=len(self._sections) - 1 if self._sections else None)
        if not whole:
            self._since = len(self.projects)

    def _add_total(
        self,
        label: Span,
        whole: bool,
        figures: tuple[tuple[str, str, Figure], ...],
        count: int | None,
        section: int | None,
    ) -> None:
        if len(self._totals) >= _MAX_TOTALS:
            return
        self._totals.append(_Total(label, whole, len(self.projects), self._since, self._table, section, figures, count))

    @property
    def sections(self) -> list[ReadSection]:
        """The sections with what was read of each; complete after `close`."""
        return [section.read for section in self._sections]

    def close(self) -> None:
        """Number what has no numbers, part names that run together, count the sections, and foot the totals."""
        if all(project.seq is None for project in self.projects):
            for order, project in enumerate(self.projects, 1):
                project.seq = order
        part_joined_names(self.projects)
        for index, section in enumerate(self._sections):
            section.read.read = self._section_end(index) - section.first
            declared = section.read.declared
            if declared is not None and declared != section.read.read:
                message = f"“{section.read.title}”标明{declared}个项目，读到{section.read.read}个"
                self.doubts.append(
                    Doubt("sections", message, section.place_doubt.words, next(iter(section.place_doubt.places), None))
                )
        self._sums = {name: _running(self.projects, name) for name in ("investment_yi", "land_mu")}
        for total in self._totals:
            self._foot(total)

    def _section_end(self, index: int) -> int:
        later = (s.first for s in self._sections[index + 1 :] if s.level <= self._sections[index].level)
        return next(later, len(self.projects))

    def _foot(self, total: _Total) -> None:
        end = len(self.projects)
        scopes = (
            [(total.since, total.at), (total.table, end), (total.table, total.at), (0, end), (0, total.at)]
            if total.whole
            else [(total.since, total.at)]
        )
        if total.section is not None:
            first = self._sections[total.section].first
            scopes.insert(0, (first, self._section_end(total.section)))
            if total.whole and total.at > first:
                scopes.append((first, total.at))
        scopes = [(a, b) for a, b in scopes if b > a]
        if not total.whole and not scopes:
            scopes = [(total.at, end)]
        if not scopes:
            return
        for name, word, figure in total.figures:
            if figure.value is not None:
                self._foot_figure(total, scopes, name, word, figure.value, figure.span)
        if total.count is not None and all(b - a != total.count for a, b in scopes):
            a, b = scopes[0]
            self._doubt_total(total, f"“{total.label.words}”写明{total.count}个项目，所辖各行为{b - a}个", total.label)

    def _foot_figure(
        self, total: _Total, scopes: list[tuple[int, int]], name: str, word: str, value: Decimal, span: Span
    ) -> None:
        unit = "亿元" if name == "investment_yi" else "亩"
        sums = []
        for a, b in scopes:
            before, after = self._sums[name][a], self._sums[name][b]
            known = after[0] - before[0]
            if known == value or (after[1] > before[1] and known < value):
                return
            sums.append(known)
        # A total of everything is best held against its table, a subtotal against its own rows.
        nearest = min(sums, key=lambda s: abs(s - value))
        self._doubt_total(
            total,
            f"“{squeezed(total.label.text)[:12]}”的{word}为{plain(value)}{unit}，各行相加为{plain(nearest)}{unit}",
            span,
        )

    def _doubt_total(self, total: _Total, message: str, at: Span) -> None:
        label, figure = total.label.words, at.words
        quote = label if figure in label else f"{label} {figure}"
        self.doubts.append(Doubt("total", message, quote, next(iter(at.places), None)))


def _running(projects: list[ReadProject], name: str) -> list[tuple[Decimal, int]]:
    """Before each project and after the last: the sum of the figure so far, and how many projects do not state it."""
    sums = [(Decimal(0), 0)]
    for project in projects:
        value: Decimal | None = getattr(project, name)
        total, unknown = sums[-1]
        sums.append((total, unknown + 1) if value is None else (total + value, unknown))
    return sums


def section_title(line: Span) -> tuple[Span, int | None, int]:
    """The title of a section line without number and count, the count it declares, and its level (1 for 一、, 2 for (一) …)."""
    line = line.strip("。:")
    folded = line.folded
    numbering = _NUMBERING.match(folded)
    level = 1
    start = 0
    if numbering:
        level = next(i for i, name in enumerate(("one", "two", "three", "four"), 1) if numbering[name])
        start = numbering.end()
    body = line.sub(start)
    bracket = _BRACKET.search(body.folded)
    declared = None
    end = len(body)
    if bracket:
        if match := _COUNT.search(bracket[0]):
            declared = _whole(match[1])
        if declared is not None or "投资" in bracket[0]:
            end = bracket.start()
    elif match := _TRAILING_COUNT.search(body.folded):
        counted = _COUNT.search(match[0])
        declared = _whole(counted[1]) if counted else None
        end = match.start()
    return body.sub(0, end).strip(" :,、"), declared, level


def _whole(text: str) -> int | None:
    value = number(text)
    return None if value is None else int(value)


def _push_class(title: str) -> str:
    """What a project is said to belong to: the section's title without the word 项目 at its end."""
    title = squeezed(title)
    return title.removesuffix("项目") or title
