"""The goals of a row → milestones: one clause between semicolons is one milestone, unless it carries two dates."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from zhaoyin.kernel.numerals import ARABIC, number
from zhaoyin.kernel.phrases import TimePhrase, find_phrases, first_phrase, modality

from ..model import Places, ReadMilestone
from ..source import Place
from .items import UNKNOWN, read_items
from .passage import Span
from .stagewords import stage_of

_CLAUSE_END = re.compile(
    r"[;。]|\n(?=\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:[-~至到]|月|季度|[、.)](?!\d)|\.\d{1,2}\s?(?:月|[-~]\d)))|\n(?=\s*(?:20\d\d|年底|[上下]半年|第[一二三四]季|\(\d))"
)
_ITEM = re.compile(
    r"^\s*(?:\(?\d{1,2}\)|\d{1,2}\s?[、.](?!\d)|\d{1,2}\.(?=\d{1,2}\s?(?:月|[-~]\d))|[①-⑳]|[-•·●◆■]|\(?[一二三四五六七八九十]\)|[一二三四五六七八九十]、(?!第?[一二三四]季))\s*"
)
_COMMA = re.compile(r"[,、]|\n")
# Between the start of a clause and its date: words that belong to the date, not to what is done.
_BEFORE_DATE = re.compile(r"^(?:截至|截止|到|在|于|自|从|至|拟于|拟在|计划于|计划在|预计于|预计在)?\s*$")
_NO_DATE_AFTER = re.compile(r"\s?(?:计划|规划|目标|任务|工作目标|重点项目|重点工程|建设计划|投资计划|年度)")
# Phases that are named, not numbered; 首期 and 阶段 are also said of payments and of steps of work.
_BUILT = r"\s?(?:项目|工程|用地|占地|建设|(?:计划|总)?投资|年产|规模|开工|动工|投产|达产|竣工|建成|签约|落地|主体|\d{1,2}\s?月)"
NAMED_PHASE = rf"|首期(?={_BUILT})|(?:第?[一二三四]|首)阶段(?={_BUILT})"
_PHASE = re.compile(r"([一二三四五六七八九十]|[1-9](?!\d))\s?期(?![限间货望待刊满盼])" + NAMED_PHASE)
_EVENT = {"签约": "signed", "落地": "landed", "开工": "construction", "投产": "production", "达产": "capacity"}
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_DONE = re.compile(r"已|完成$")
_YEAR_ONLY = re.compile(r"(20\d\d)年?(?:\s?00:00:00)?")
_MAX_CLAUSES = 400
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
# Several dates for one thing: "4月、9月各举办一次", "3月、6月、9月、12月…", "一、三季度分别…".
_LISTED = re.compile(
    rf"\s*(?P<list>{_MONTH}\s?月份?(?:\s?[、,和及]\s?{_MONTH}\s?月份?)+|{_MONTH}(?:、{_MONTH})+\s?月份?(?=各|分别|均)"
    r"|[一二三四](?:季度)?(?:\s?[、,和及]\s?[一二三四]\s?季度)+)(?!\s?(?:\d|[上中下]旬|[初底末前至]))(?P<each>各|分别|均)?"
)
_LISTED_ONE = re.compile(_MONTH)


@dataclass(frozen=True, slots=True)
class DatedHeading:
    """A goals column that stands for one period: its phrase as printed in the heading, and the window."""

    phrase: TimePhrase
    places: Places


def dated_heading(when: str, printed: Span, year: int | None) -> DatedHeading | None:
    """The period a goals column stands for; `when` is what `headings` found in it, `printed` the heading's words."""
    phrase = first_phrase(when, year)
    if phrase is None:
        return None
    at = max(printed.folded.find(when), 0)
    span = printed.sub(at, at + len(when)) if printed.folded[at : at + len(when)] == when else printed
    return DatedHeading(phrase._replace(text=span.words), {"when": span.places})


def read_goals(goals: Span, year: int | None, column: DatedHeading | None = None) -> list[tuple[ReadMilestone, str]]:
    """The milestones of one cell of goals, each with the note its time phrase leaves open ("" when none).

    `column` gives the period of a goals column that has one; a clause that names its own time keeps its own.
    """
    milestones: list[tuple[ReadMilestone, str]] = []
    for clause in _clauses(goals, year)[:_MAX_CLAUSES]:
        clause = _without_item(clause)
        if clause.strip("()。;,、 ") and not UNKNOWN.fullmatch(clause.folded):
            if listed := _listed(clause, year):
                milestones.extend((_promise(clause, phrase, text), "") for phrase, text in listed)
                continue
            milestone, note, named = _milestone(clause, year, column)
            milestones.append((milestone, note))
            if named is not None and (year is None or year < named < year + 3):
                year = named
    return milestones


def _without_item(clause: Span) -> Span:
    match = _ITEM.match(clause.folded)
    if match and not re.match(r"\s*(?:月|季度)", clause.folded[match.end() :]):
        clause = clause.sub(match.end())
    return clause.strip()


def _clauses(goals: Span, year: int | None) -> list[Span]:
    """Cut at semicolons and full stops, at lines that begin a new item or date, and before a second date."""
    found: list[Span] = []
    items = read_items(goals)
    # "1、3月签约；2、6月开工" are items and months; "1、3月" is no list of months there.
    for clause in [part for item in items for part in item.split(_CLAUSE_END)]:
        dates = _dates(clause, year) if len(clause) < 4000 and _COMMA.search(clause.folded) else []
        if listed := _listed(clause, year):
            dates = [listed[0][0], *(p for p in dates if p.at >= listed[-1][0].to)]
            dates[0] = dates[0]._replace(to=listed[-1][0].to)
        found.extend(_cut_at_dates(clause, dates) if len(dates) > 1 else [clause])
    return found


def _dates(clause: Span, year: int | None) -> list[TimePhrase]:
    """The dates of a clause that say when, not of what year a list or plan is."""
    folded = clause.folded
    return [p for p in find_phrases(clause.text[:4000], year) if not _NO_DATE_AFTER.match(folded, p.to)]


def _cut_at_dates(clause: Span, dates: list[TimePhrase]) -> list[Span]:
    """A clause with several dates, cut at the commas so that each part has one; kept whole where no comma divides them."""
    cuts = []
    for match in _COMMA.finditer(clause.folded):
        if any(p.at < match.start() < p.to for p in dates):
            continue
        cuts.append(match.end())
    pieces = [(a, b) for a, b in zip([0, *cuts], [*cuts, len(clause)], strict=True) if clause.sub(a, b).strip(",、")]
    merged: list[list[int]] = []
    dated: list[bool] = []
    for a, b in pieces:
        has = any(a <= p.at < b for p in dates)
        if merged and (not has or not dated[-1]):
            merged[-1][1] = b
            dated[-1] = dated[-1] or has
        else:
            merged.append([a, b])
            dated.append(has)
    return [clause.sub(a, b).strip(",、") for a, b in merged]


def _listed(clause: Span, year: int | None) -> list[tuple[TimePhrase, Span]]:
    """Each date of a clause that begins with several for one thing, with the clause's words; [] for one date or a window
    ("7月、8月" side by side and without 各)."""
    match = _LISTED.match(clause.folded)
    if match is None:
        return []
    unit = "季度" if "季" in match["list"] else "月"
    ones = [(m, number(m[0])) for m in _LISTED_ONE.finditer(match["list"])]
    values = [value for _, value in ones if value is not None]
    apart = any(b - a != 1 for a, b in pairwise(values))
    text = clause.sub(match.end("list")).strip(",、:。; ")
    if len(values) != len(ones) or values != sorted(set(values)) or not (apart or match["each"]) or not text:
        return []
    found = []
    for one, value in ones:
        phrase = first_phrase(f"{'零一二三四'[int(value or 0)] if unit == '季度' else value}{unit}", year)
        if phrase is None:
            return []
        at = match.start("list") + one.start()
        to = at + len(one[0])
        to += len(unit) if clause.folded.startswith(unit, to) else 0
        found.append((phrase._replace(text=clause.sub(at, to).words, at=at, to=to), text))
    return found


def _milestone(clause: Span, year: int | None, column: DatedHeading | None) -> tuple[ReadMilestone, str, int | None]:
    phrase, text = _time_and_text(clause, year)
    if phrase is not None:
        return _promise(clause, phrase, text), phrase.note, phrase.named_year
    if column is not None:
        return _promise(clause, column.phrase, text, column.places.get("when", ())), "", None
    return _promise(clause, None, text), "", None


def _promise(
    clause: Span, phrase: TimePhrase | None, text: Span, when: tuple[Place, ...] | None = None
) -> ReadMilestone:
    """The milestone of `text`, due in `phrase`; `when` are the places of a phrase that stands outside the clause."""
    places = {"text": text.places}
    if phrase is not None:
        places["when"] = clause.sub(phrase.at, phrase.to).places if when is None else when
    kind = phrase.kind if phrase is not None else "undated"
    if kind != "undated" and modality(clause.folded) == "strive":
        kind = "strive"
    match = _PHASE.search(text.folded) if "期" in text.folded or "阶段" in text.folded else None
    if match:
        places["phase"] = text.sub(match.start(), match.end()).places
    return ReadMilestone(
        when=phrase.text if phrase is not None else "",
        start=phrase.start if phrase is not None else None,
        end=phrase.end if phrase is not None else None,
        kind=kind,
        text=text.words,
        stage=stage_of(text.text),
        phase=phase_name(match) if match else None,
        places=places,
    )


def _time_and_text(clause: Span, year: int | None) -> tuple[TimePhrase | None, Span]:
    """The clause's date, and its words without the date where the date stands apart at the beginning or in final brackets."""
    folded = clause.folded
    phrases = _dates(clause, year)
    if not phrases:
        return None, clause.strip(",、。; ")
    phrase = phrases[0]
    if _BEFORE_DATE.match(folded[: phrase.at]):
        rest = clause.sub(phrase.to).strip(",、:。; ")
        if rest:
            return phrase, rest
    before, after = folded[: phrase.at].rstrip(), folded[phrase.to :].strip(" 。;,")
    if before.endswith("(") and after == ")":
        return phrase, clause.sub(0, len(before) - 1).strip(",、 ")
    return phrase, clause.strip(",、。; ")


def phase_name(match: re.Match[str]) -> str:
    """一期 for 一期, 1期 and 1 期; 首期 and 一阶段 as printed."""
    digit = match[1]
    return match[0] if digit is None else ("一二三四五六七八九"[int(digit) - 1] if digit.isdigit() else digit) + "期"


def read_date_cell(cell: Span, event: str, year: int | None) -> ReadMilestone | None:
    """A cell of a column of dates ("开工时间"): 2022年6月, 2022-06-30, 2022.6, a day number."""
    folded = cell.folded.strip()
    if not folded or UNKNOWN.fullmatch(folded) or _DONE.search(folded) or len(folded) > 40:
        return None
    window = _cell_window(folded, year)
    if window is None:
        return None
    start, end, kind = window
    if modality(folded) == "strive":
        kind = "strive"
    return ReadMilestone(cell.words, start, end, kind, event, _EVENT.get(event), None, {"when": cell.places})


def _cell_window(folded: str, year: int | None) -> tuple[date | None, date | None, str] | None:
    if _SERIAL.fullmatch(folded):
        day = date(1899, 12, 30) + timedelta(
            days=int(folded.split(".")[0])
        )  # the day number of spreadsheets, 1900 system
        return (day, day, "planned") if 2000 <= day.year <= 2060 else None
    if match := _YEAR_ONLY.fullmatch(folded):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), "planned"
    folded = re.sub(r"\s?00:00(?::00)?$", "", folded)
    if re.fullmatch(rf"{ARABIC}", folded):
        if folded.isdigit() and 1 <= int(folded) <= 12:
            folded += "月"
        elif not re.fullmatch(r"20\d\d\.\d{1,2}", folded):
            return None
    phrases = find_phrases(folded, year)
    if len(phrases) != 1:
        return None
    return phrases[0].start, phrases[0].end, phrases[0].kind
