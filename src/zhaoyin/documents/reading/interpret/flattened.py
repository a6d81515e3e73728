"""A project table printed as running text: its head is found by its words, its rows by their numbers, its cells by fit.

Every gap between two words of a row may be the edge of a cell. Which gaps are edges is the alignment of words to the
columns of the head, in order, that fits best: a pure number fits an investment, a short personal name a leader, a clause
that begins with a month a goal. Nothing here depends on the order of the columns.
"""

import re
from dataclasses import dataclass
from itertools import islice

from .headings import WORDS, Heading, heading
from .passage import Span

_HEAD_START = re.compile(r"序\s?号|编号|项\s?目\s?名\s?称|工程名称")
_UNIT_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]\n]{1,16}[)\]]")
_WORD = re.compile("|".join(map(re.escape, WORDS)))
_CHUNK = re.compile(r"[^\s()\[\]]{1,120}")
_RUN = re.compile(f"(?:{_WORD.pattern}){{2,}}")
_BEGINNINGS = frozenset(("项目", "名称", "年度计划", "节点", "基本情况"))  # words that also begin longer headings
_MAX_TRIES = 2000
_BLANK = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a flattened table: its columns in order, and where it begins and ends in the sheet."""

    columns: tuple[tuple[str, Heading], ...]
    start: int
    end: int


def find_heads(text: Span) -> list[Head]:
    """Every run of at least four headings, one of them the project's name, in order of printing."""
    heads: list[Head] = []
    for match in islice(_HEAD_START.finditer(text.folded), _MAX_TRIES):
        if heads and match.start() < heads[-1].end:
            continue
        head = _head_at(text.folded, match.start())
        if head is not None:
            heads.append(head)
    return heads


def _head_at(folded: str, start: int) -> Head | None:
    columns: list[tuple[str, Heading]] = []
    at = end = start
    known = 0
    while len(columns) < 24:
        at = _skip(folded, at)
        word = _WORD.match(folded, at)
        chunk = _CHUNK.match(folded, at)
        if chunk is None:
            break
        # The whole chunk if it is one heading, else the longest known word (heads that run together).
        runs_together = (
            word is not None
            and word.end() < chunk.end()
            and (
                len(chunk[0]) > 12
                or (len(chunk[0]) > 5 and word[0] not in _BEGINNINGS and bool(_RUN.fullmatch(chunk[0])))
                or word[0] in ("序号", "编号")
            )
        )
        whole = Heading("") if runs_together else heading(chunk[0])
        stop = word.end() if word and not whole.role else chunk.end()
        text = folded[at:stop]
        if not whole.role and word is None and (len(text) > 10 or not _plausible(text)):
            break
        brackets = _UNIT_IN_BRACKETS.match(folded, stop)
        if brackets:
            stop = brackets.end()
        understood = heading(folded[at:stop])
        if understood.role == "seq" and columns:
            break
        if understood.role and not (understood.role == "name" and any(h.role == "name" for _, h in columns)):
            known, end = known + 1, stop
            columns.append((text, understood))
        elif understood.role:
            break  # the name a second time: the first row has begun
        else:
            columns.append((text, understood))
            if len(columns) > 2 and not columns[-2][1].role:
                break  # two strange words in a row: the head is over
        at = stop
    while columns and not columns[-1][1].role:
        columns.pop()
    roles = {h.role for _, h in columns}
    if (
        known < 4
        or "name" not in roles
        or len(roles & {"investment", "land", "investor", "content", "progress", "goals", "leaders", "unit"}) < 2
    ):
        return None
    return Head(tuple(columns), start, end)


def _skip(folded: str, at: int) -> int:
    match = _BLANK.match(folded, at)
    return match.end() if match else at


def _plausible(text: str) -> bool:
    return not re.search(r"[\d。;:,、\-]", text)
