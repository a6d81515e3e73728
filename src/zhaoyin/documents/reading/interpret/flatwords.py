"""The words of a flattened table and where its rows begin: blanks cut, numbers that count on mark the rows."""

import re
from bisect import bisect_right

from .align import Word, word_scores
from .passage import Span

_MEASURE = re.compile(
    r"[年月日号个亿万吨亩家次台套条%期周天级兆千百多余层栋座名人米度片支只辆艘元项种批类件户㎡]|平方|公里|公顷|美元|[GMkKtm](?![A-Za-z])|[-~至到、]\d"
)
_TIME_UNIT = re.compile(r"[年月日季]|[-~至到、]\d")
_YIELD = re.compile(r"[年月日](?:产|均|加工|处理|销|供|可)")
_UNIT = re.compile(r"[百千]?[万亿]?元?|亩|公顷|个|万?平方米|万?美元|[-~至到].*")
_SECTION = re.compile(
    r"(?:(?<=\s)|^)(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,2}类[:、])\s?"
    r"(?:[^\s,。;:、()]{2,30}\s{0,2}\((?:共|计)?\s?\d{1,4}\s?(?:个|项)[^()\n]{0,30}\)|[^\s,。;:、()\d]{2,24}(?:项目|类|工程|产业)(?=\s))"
)
_NOISE = re.compile(
    (
        r"^[ ]*(?:-\s?\d{1,3}\s?-|第\s?\d{1,3}\s?页(?:\s?[,/]?\s?共\s?\d{1,3}\s?页)?|\d{1,3}\s?/\s?\d{1,3}"
        r"|\[?\s?(?:打印|关闭|分享|收藏|返回顶部)[^\n]{0,30}|https?://[^\n]{0,300})[ ]*$"
    ),
    re.M,
)
END_MARK = re.compile(
    (
        r"^[ ]*(?:推荐访问|相关热词|相关阅读|相关推荐|相关文章|上一篇|下一篇|责任编辑|编辑:|标签:|来源:|版权"
        r"|本文来源|本文地址|扫一扫|分享到|附件\s?[2-9]|附\s?[2-9]|备注:|注:|说明:|抄送|主题词|猜你喜欢"
        r"|热门文章|最新文章)"
    ),
    re.M,
)
_BLANKS = re.compile(r"\S+")


def cut_words(body: Span) -> tuple[list[Word], list[tuple[int, int]]]:
    """The words of the body, with the noise and the section lines taken out; and the section lines."""
    folded = body.folded
    sections = [(m.start(), m.end()) for m in _SECTION.finditer(folded)]
    gaps = sorted(sections + [(m.start(), m.end()) for m in _NOISE.finditer(folded)])
    words: list[Word] = []
    at = 0
    for start, end in [*gaps, (len(folded), len(folded))]:
        words.extend(_cut(folded, at, start))
        at = max(at, end)
    return words, sections


def _cut(folded: str, at: int, end: int) -> list[Word]:
    """Split at blanks, but not inside "4 月", "50 万吨", "2021 年 12 月"."""
    words: list[Word] = []
    for match in _BLANKS.finditer(folded, at, end):
        text = match[0]
        gap = "line" if not words or "\n" in folded[words[-1].end : match.start()] else "space"
        if words and gap == "space":
            before = words[-1].text[-40:]
            cells = len(words) > 1 and all(_FIGURE.fullmatch(w.text) for w in words[-2:]) and words[-1].gap != "line"
            if (
                len(words[-1].text) < 400
                and (before[-1].isdigit() and _measures(words[-1].text, text))
                and not (cells and not _UNIT.fullmatch(text))  # two figures side by side are cells
            ) or (re.search(r"\d\s?[年月]$", before) and text[0].isdigit()):
                words[-1] = Word(words[-1].start, match.end(), folded[words[-1].start : match.end()], words[-1].gap)
                continue
            if _ascii(before[-1]) != _ascii(text[0]) or (_ascii(before[-1]) and _ascii(text[0])):
                gap = "weak"
        words.append(Word(match.start(), match.end(), text, gap))
    return words


def _measures(before: str, text: str) -> bool:
    """Whether `text` goes on with the number before it: 4 月, 50 万吨, 4 -6; but not "1 台州湾…项目", a row and its name."""
    if _YIELD.match(text):
        return False
    if _TIME_UNIT.match(text):
        return True
    return bool(_MEASURE.match(text)) and not (
        before.isdigit() and len(text) < 40 and bool(_PROJECT_LIKE.fullmatch(text))
    )


def _ascii(character: str) -> bool:
    return character.isascii() and character.isalnum()


_LEADING = re.compile(
    r"\(?(\d{1,4})(?:\)|[、.])?(?=$|[^\d.、%)-])(?!月|年|日|个|亿|万|家|号|#|吨|期|亩|台|条|层|季|平|米|千|次|项|GW|MW|\s)"
)
_SENTENCE = re.compile(r"[。;]")
_OPEN_END = re.compile(r"[。;,:、]$")
_FIGURE = re.compile(r"[\d.,]{1,12}(?:亿元|万元|亿|亩|公顷)?|[/\\-]{1,3}")
_PROJECT_LIKE = re.compile(r".*(?:项目|基地|园|中心|工程|线|电站|综合体|平台|总部|小镇|改造|厂|城|港|项目\([^()]*\))$")


def row_starts(words: list[Word], sections: list[tuple[int, int]], kinds: list[str]) -> list[tuple[int, int]]:
    """The rows: index of the word that is, or begins with, the row's number, and the length of that number in the word.

    `kinds` are the columns behind the number. Numbers count on from the first; they may begin anew after a section line,
    and up to two may be missing where the next one looks very much like a row.
    """
    ends = sorted(b for _, b in sections)
    starts: list[tuple[int, int]] = []
    expected, last = 1, -1
    for i, word in enumerate(words):
        match = _LEADING.match(word.text)
        if match is None:
            continue
        shown = int(match[1])
        near = bisect_right(ends, word.start)
        fresh = near > 0 and ends[near - 1] > last
        if starts and not (fresh and shown == 1) and not expected <= shown < expected + 3:
            continue
        needed = 2.0 if shown == expected or not starts else 3.0 if shown == 1 else 5.0
        if start_score(words, i, match, kinds, bool(starts)) >= needed:
            starts.append((i, match.end()))
            expected, last = shown + 1, word.start
    return starts


def start_score(words: list[Word], i: int, match: re.Match[str], kinds: list[str], begun: bool) -> float:
    """How much a number looks like the number of a row: what follows looks like the row's first cells, what is before it
    like the end of a row."""
    glued = words[i].text[match.end() :]
    following = ([glued] if glued else []) + [w.text for w in words[i + 1 : i + 12]]
    if not following:
        return -9
    score = 0.0
    if word_scores(Word(0, 0, following[0], "space"))[kinds[0]][0] >= 2:
        score += 1.5
    numeric = kinds.index("number") if "number" in kinds else 99
    if "name" in kinds and numeric == kinds.index("name") + 1 == 1:
        sentence = next((j for j, text in enumerate(following) if _SENTENCE.search(text)), 99)
        figure = next((j for j, text in enumerate(following) if _FIGURE.fullmatch(text)), 99)
        if not 1 <= figure < min(sentence, 10):
            return -9
        score += 3
        if kinds[2:3] == ["number"] and figure + 1 < len(following) and _FIGURE.fullmatch(following[figure + 1]):
            score += 2
    if len(following[0]) < 50 and _PROJECT_LIKE.fullmatch(following[0]):
        score += 2
    elif _SENTENCE.search(following[0]):
        score -= 2
    elif len(following[0]) < 30:
        score += 0.5
    if not begun or words[i].gap == "line":
        score += 1
    before = words[i - 1].text if i else ""
    if before and not _OPEN_END.search(before) and len(before) < 24:
        score += 1
    elif before and begun and kinds[-1] in ("unit", "leaders"):
        score -= 1.5
    return score
