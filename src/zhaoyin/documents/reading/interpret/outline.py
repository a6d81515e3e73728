"""Title, year and place of a plan, from its first lines."""

import re
from dataclasses import dataclass

from ..model import Doubt
from ..source import Place
from .passage import Span, squeezed

_KIND = (
    r"(?:方案|计划|规划|意见|办法|通知|要点|清单|分解表|责任表|一览表|任务表|安排表|安排|汇总表|作战图|责任图"
    r"|计划图|台账|任务书|若干措施|行动|表|目标|名单)"
)
_TITLE_END = re.compile(rf".*{_KIND}(?:\s?\([^()]{{1,16}}\))?\s*$")
_OF_NOTICE = re.compile(
    r"关于(?:印发|下发|转发|发布|公布|做好|下达)[^《》]{0,40}?(?:《(?P<quoted>[^《》]{4,80})》|(?P<bare>[^《》]{4,60}?))的通知$"
)
_ATTACHMENT = re.compile(r"^附\s?件?\s?\d{0,2}\s?[:.]?\s*")
_UNIT_AT_END = re.compile(r"\s*\(单位[:\s][^()]{1,12}\)\s*$")
_WRAPPED = re.compile(r"[。;!?]|^\s*(?:各|序号|单位:|下面是|为|根据)|:$|^[一二三四五六七八九十]、|^\(")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:年|-\s?20\d\d\s?年)")
_YEAR_CHINESE = re.compile(r"(二[零〇]二[零〇一二三四五六七八九])\s?年")
_AREA_TAIL = r"(?:自治区|自治州|自治县|自治旗|地区|新区|省|市|县|州(?![湾际市县区])|盟|旗(?!舰)|区|镇|乡|街道)"
_ZONE = (
    r"(?:高新技术产业开发区|经济技术开发区|经济开发区|高新技术开发区|旅游度假区|高新区|经开区|开发区|新区"
    r"|示范区|保税区|试验区|工业园区|产业园区|园区)"
)
_PLACE = re.compile(rf"(?:[一-龥]{{1,12}}?{_ZONE}|[一-龥]{{1,8}}?{_AREA_TAIL})")
_ZONE_TAIL = re.compile(rf"{_ZONE}$")
_NOT_PLACE = re.compile(
    r"^(?:全|我|本|各|该|城|郊|园|市|县|区|省|老|新|山|社|小|片|辖|地|大|特|跨|乡|门|上|都|试点|重点|年度|年|度)+(?:市|县|区|镇|省|乡|街道|州)$|[年号第]|[一二三四五六七八九十]月|重点|项目|招商|推进|全市|全县|全区|建设|关于|印发|产业|城市|攻坚|实施|行动|开展"
)
_OFFICE_TAIL = re.compile(r"(?:人民政府|委员会|政府|县委|市委|区委|委|办公室).*$")


@dataclass(frozen=True, slots=True)
class Outline:
    """What the head of a document says of the whole. `title`, `year_at`, `place_at` are the printed words."""

    title: Span | None
    title_text: str
    year: int | None
    year_at: Span | None
    place: str | None
    place_at: Span | None
    doubts: tuple[Doubt, ...]


def outline(lines: list[Span], captions: list[Span], headings: list[Span], given_year: int | None) -> Outline:
    """`lines` are the paragraphs in order, `captions` the title rows of tables, `headings` their
    first rows; `given_year` wins over a year of the text."""
    candidates = [line.strip(" #*") for line in lines[:60]]
    candidates = [line for line in candidates if line]
    title = _title(candidates) or _title([c.strip() for c in captions])
    doubts = []
    if title is not None and (unit := _UNIT_AT_END.search(title.folded)):
        title = title.sub(0, unit.start()).strip()
    text = "" if title is None else squeezed(title.text)
    year, year_at = _year(title, candidates[:40] + captions[:10] + [cell for cell in headings if len(cell) <= 40])
    if given_year is not None:
        if year is not None and year != given_year:
            doubts.append(
                Doubt(
                    "year",
                    f"文中年份为{year}年，按指定的{given_year}年读取",
                    year_at.words if year_at else "",
                    _first(year_at),
                )
            )
        year = given_year
    if year is None:
        doubts.append(Doubt("year", "文中没有写明年份，月份无法定到哪一年", text, _first(title)))
    place_at = _place(title, candidates, captions)
    return Outline(title, text, year, year_at, squeezed(place_at.text) if place_at else None, place_at, tuple(doubts))


def _first(span: Span | None) -> Place | None:
    return next(iter(span.places), None) if span is not None else None


def _title(lines: list[Span]) -> Span | None:
    """The plan's own title; behind a notice that issues it, the title between its quotation marks."""
    inner: Span | None = None
    for index, line in enumerate(lines[:40]):
        line = line.sub(len(m[0])) if (m := _ATTACHMENT.match(line.folded)) else line
        folded = line.folded
        if len(folded) > 90 or not folded:
            continue
        joined = line
        if "》" in folded and "《" not in folded:
            continue  # the second half of a title already joined
        if index + 1 < len(lines) and _may_join(line, lines[index + 1]):
            joined = Span(line.sheet, line.start, lines[index + 1].end)
            folded = joined.folded
        flat = folded.replace("\n", "")
        if not _TITLE_END.match(flat) or _WRAPPED.search(flat):
            continue
        if _OF_NOTICE.search(flat):
            if inner is None and (spread := _OF_NOTICE.search(folded.replace("\n", " "))):
                group = "quoted" if spread["quoted"] else "bare"
                inner = joined.sub(spread.start(group), spread.end(group))
                if group == "bare" and not _TITLE_END.match(inner.folded):
                    inner = joined  # it issues nothing: the notice itself is the document
            continue
        if inner is not None and squeezed(inner.text) in squeezed(joined.text):
            return inner
        return joined if inner is None or len(inner) < 6 else inner
    if inner is None:
        # No word such as 方案 or 清单 ends a line: a short first line with a year still names the document.
        return next(
            (
                line
                for line in lines[:3]
                if len(line) <= 40 and _YEAR.search(line.folded) and not re.search(r"[。;,:]", line.folded)
            ),
            None,
        )
    return inner


def _may_join(line: Span, following: Span) -> bool:
    """Whether two lines are one title broken in two."""
    a, b = line.folded, following.folded
    if line.sheet is following.sheet and "《" in a and "》" not in a and "》" in b and len(a) + len(b) < 90:
        return True
    return (
        line.sheet is following.sheet
        and not _TITLE_END.match(a)
        and len(a) + len(b) < 70
        and bool(_TITLE_END.match(b))
        and not re.match(r"20\d\d|附", b)
        and not _YEAR.search(b)
        and not _WRAPPED.search(a)
        and not re.search(r"[。;,:]$|^\S+(?:政府|委员会|办公室|文件)$|〔|号$", a)
        and (bool(_YEAR.search(a)) or bool(_PLACE.match(a)) or a.startswith("关于"))
    )


def _year(title: Span | None, lines: list[Span]) -> tuple[int | None, Span | None]:
    for line in ([title] if title is not None else []) + lines:
        folded = line.folded[:400]
        if match := _YEAR.search(folded):
            return int(match[1]), line.sub(match.start(1), match.end(1))
        if match := _YEAR_CHINESE.search(folded):
            digits = "".join(str("零一二三四五六七八九".find(c)) for c in match[1].replace("〇", "零"))
            return int(digits), line.sub(match.start(1), match.end(1))
    return None, None


def _place(title: Span | None, lines: list[Span], captions: list[Span]) -> Span | None:
    """The innermost area that the title, else another of the first lines, begins with."""
    for line in ([title] if title is not None else []) + [
        c for c in [*lines[:12], *captions[:4], *lines[-6:]] if len(c) <= 60
    ]:
        folded = line.folded
        at = 0
        if lead := re.match(rf"(?:{_ATTACHMENT.pattern[1:]}|中共|关于|印发|《|20\d\d\s?年?度?|\s|-)+", folded):
            at = lead.end()
        found: Span | None = None
        while match := _PLACE.match(folded, at):
            # 高新技术产业开发区 holds a word that no name of a place begins with: only the name before it is judged.
            if _NOT_PLACE.search(_ZONE_TAIL.sub("", match[0]) or match[0]):
                break
            found = line.sub(match.start(), match.end())
            at = match.end()
        if found is not None:
            return found
    return None
