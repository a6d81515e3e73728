"""What the bulletin's pages show, shaped from the same value that is written: blocks at the left, checks at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhaoyin.documents.writing.official.numbering import chinese_number
from zhaoyin.documents.writing.official.titles import broken

from .bulletin import Bulletin, Figure, Names, Paragraph, Section, Table
from .facts import MonthFacts
from .rules import ALL, MEASURES, OTHERS, Check, Item, Ledger, Outcome, checks
from .rules.footing import differences, misfits


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the left list: its anchor, what it is called, what is in it, and the worst of its checks."""

    key: str
    title: str
    summary: str
    outcome: Outcome = Outcome.PASS


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """A bulletin with its parts and checks; `wrong` are the keys of figures that disagree."""

    bulletin: Bulletin
    title_lines: tuple[str, ...]
    parts: tuple[Part, ...]
    headings: tuple[str, ...]
    checks: tuple[Check, ...]
    wrong: frozenset[str]

    @property
    def blocked(self) -> str:
        """Why the document cannot be written, or the empty string."""
        failed = self.count(Outcome.FAIL)
        return f"还有 {failed} 项检查不通过" if failed else ""

    def count(self, outcome: int) -> int:
        """How many checks came out so."""
        return sum(check.outcome == outcome for check in self.checks)


_LISTS = {"zero": "零报", "silent": "未报"}


def page_of(bulletin: Bulletin) -> BulletinPage:
    """The page of a bulletin."""
    wrong = set(differences(bulletin)) | {found[1] for table in bulletin.tables() for found in misfits(table)}
    found = checks(bulletin)
    numbers = iter(range(1, len(bulletin.sections) + 1))
    headings = tuple(
        f"{chinese_number(next(numbers))}、{section.title}" if section.numbered else section.title
        for section in bulletin.sections
    )
    parts = [
        Part("head", "版头", "红头、发文字号", next(check.outcome for check in found if check.title == "发文字号")),
        Part("title", "标题", bulletin.title),
    ]
    for section, heading in zip(bulletin.sections, headings, strict=True):
        parts.append(Part(section.key, heading, _summary(section), _outcome(bulletin, section, wrong)))
    parts.append(Part("imprint", "版记", f"署名、印发日期 {bulletin.as_of}"))
    return BulletinPage(
        bulletin,
        tuple(broken(bulletin.title)),
        tuple(parts),
        headings,
        tuple(found),
        frozenset(wrong),
    )


def _summary(section: Section) -> str:
    figures = sum(
        isinstance(word, Figure) for block in section.blocks if isinstance(block, Paragraph) for word in block.words
    )
    words = [f"文字，含 {figures} 个数" if figures else "文字"]
    words += [f"表{block.number}" for block in section.blocks if isinstance(block, Table)]
    words += [f"{_LISTS[block.key]} {len(block.names)}" for block in section.blocks if isinstance(block, Names)]
    return "、".join(words)


def _outcome(bulletin: Bulletin, section: Section, wrong: set[str]) -> Outcome:
    cells = [
        cell
        for block in section.blocks
        for cell in (
            block.words if isinstance(block, Paragraph) else block.total or () if isinstance(block, Table) else ()
        )
    ]
    if any(isinstance(cell, Figure) and cell.key in wrong for cell in cells):
        return Outcome.FAIL
    return Outcome.WARN if section.key == "reports" and bulletin.silent else Outcome.PASS


@dataclass(frozen=True, slots=True)
class RecordList:
    """The records behind one figure: what it counts and for whom, the definition, and the records."""

    title: str
    who: str
    definition: str
    items: Sequence[Item]
    amounts: bool


def record_list(facts: MonthFacts, key: str) -> RecordList:
    """The records of the figure `key`. LookupError for a key that is no figure of the bulletin."""
    name, _, who = key.partition("/")
    items = Ledger(facts).items(name, who)
    measure = next((item for item in MEASURES if item.key == name), None)
    if measure is not None:
        title, definition = measure.head, measure.definition
    else:
        title, definition = OTHERS[name][0], ""
    return RecordList(title, _holder(facts, who), definition, items, any(item.amount is not None for item in items))


def _holder(facts: MonthFacts, who: str) -> str:
    """The name of whom a figure is about. LookupError for nobody of this jurisdiction."""
    if who == ALL:
        return facts.place
    kind, _, number = who.partition(":")
    names = {"unit": {unit.id: unit.name for unit in facts.units}, "leader": dict(facts.leaders)}[kind]
    nobody = {"unit": "未明确主责单位", "leader": "未明确联系领导"}[kind]
    if not (number.isascii() and number.isdecimal() and len(number) < 20):
        raise LookupError(who)
    return nobody if int(number) == 0 else names[int(number)]
