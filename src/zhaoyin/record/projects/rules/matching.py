"""Recognising a project by name and investor, so that a newer edition updates instead of duplicating."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from .likeness import TELLING, bare_name, bare_project

SAME_NAME, LIKE_NAME = 97, 80
SAME_INVESTOR, LIKE_INVESTOR = 85, 60
COMMON = 200  # a pair of characters in more names than this says little about any of them
CLOSEST = 20  # names looked at closely, per row


class Named(NamedTuple):
    """What a project is recognised by; `investor` is empty where unknown."""

    name: str
    investor: str = ""


def same_project(left: Named, right: Named) -> float:
    """How surely two rows speak of one project, 0 (they do not) to 200.

    One name and no contrary investor, or like names and one investor; never where numbers, letters or phases differ.
    """
    if _telling(left.name) != _telling(right.name):
        return 0
    return _likeness(_bare(left), _bare(right))


def match(rows: Sequence[Named], known: Sequence[Named]) -> list[int | None]:
    """For each row the index in `known` of the project it speaks of, or None; each project is given to one row only."""
    told = [_telling(named.name) for named in rows]
    bare, index = _by_pairs(known, set(told))
    scores = []
    for row, named in enumerate(rows):
        mine = _bare(named)
        for candidate in _candidates(mine.name, index[told[row]]):
            if score := _likeness(mine, bare[candidate]):
                scores.append((score, 0, -row, candidate))
    return one_to_one(scores, len(rows))


def repeated(rows: Sequence[Named]) -> dict[int, int]:
    """Rows of one document that speak of a project an earlier row spoke of already: index → index of the first."""
    first: dict[tuple[str, str], int] = {}
    again = {}
    for position, row in enumerate(rows):
        key = (bare_project(row.name) + "".join(TELLING.findall(row.name)), bare_name(row.investor))
        if first.setdefault(key, position) != position:
            again[position] = first[key]
    return again


def one_to_one(scores: list[tuple[float, int, int, int]], rows: int) -> list[int | None]:
    """Of scored pairs the best first, each row and each candidate once. A score is (likeness, nearness, -row, candidate)."""
    found: list[int | None] = [None] * rows
    taken: set[int] = set()
    for _, _, row, candidate in sorted(scores, reverse=True):
        if found[-row] is None and candidate not in taken:
            found[-row] = candidate
            taken.add(candidate)
    return found


def _telling(name: str) -> tuple[str, ...]:
    return tuple(sorted(TELLING.findall(name)))


def _bare(named: Named) -> Named:
    return Named(bare_project(named.name), bare_name(named.investor) if named.investor else "")


def _likeness(left: Named, right: Named) -> float:
    """As `same_project`, of bare names whose telling parts are the same."""
    name = fuzz.ratio(left.name, right.name, score_cutoff=LIKE_NAME)
    if not name:
        return 0
    if not left.investor or not right.investor:
        return name if name >= SAME_NAME else 0
    investor = fuzz.ratio(left.investor, right.investor)
    alike = (name >= SAME_NAME and investor >= LIKE_INVESTOR) or investor >= SAME_INVESTOR
    return name + investor if alike else 0


def _pairs(bare: str) -> set[str]:
    return {bare[i : i + 2] for i in range(len(bare) - 1)} or {bare}


def _by_pairs(
    known: Sequence[Named], asked: set[tuple[str, ...]]
) -> tuple[dict[int, Named], dict[tuple[str, ...], dict[str, list[int]]]]:
    """Of the names with the telling parts asked for: the bare ones, and where each pair of characters stands."""
    bare: dict[int, Named] = {}
    index: dict[tuple[str, ...], dict[str, list[int]]] = {told: defaultdict(list) for told in asked}
    for position, named in enumerate(known):
        postings = index.get(_telling(named.name))
        if postings is None:
            continue
        bare[position] = _bare(named)
        for pair in _pairs(bare[position].name):
            postings[pair].append(position)
    return bare, index


def _candidates(bare: str, index: dict[str, list[int]]) -> list[int]:
    """The projects that share most pairs of characters; pairs that are common to many count only where all are."""
    lists = sorted((index[pair] for pair in _pairs(bare) if pair in index), key=len)
    telling = [postings for postings in lists if len(postings) <= COMMON] or lists[:2]
    return [candidate for candidate, _ in Counter(c for postings in telling for c in postings).most_common(CLOSEST)]
