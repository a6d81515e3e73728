"""Posts and who may hold them when. Both ends of a term belong to it; an end that is None is unknown, or still to come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhaoyin.kernel.verdict import Verdict

from .terms import order_fault, overlap, span_words


class PostKind(StrEnum):
    """What a post is in the plan's terms: duties are owed by kinds of posts (domain.md §3), not by their printed words."""

    label: str

    def __new__(cls, value: str, label: str) -> "PostKind":
        """A member is made of its key and its Chinese words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    MAIN = "main", "党政主要领导"
    CHARGE = "charge", "分管招商领导"
    LEADER = "leader", "市领导"
    HEAD = "head", "单位主要领导"
    SECTION = "section", "中层干部"
    COMMISSIONER = "commissioner", "招商专员"
    OTHER = "other", "其他"


CITY_LEADERS: frozenset[str] = frozenset({PostKind.MAIN, PostKind.CHARGE, PostKind.LEADER})

# The first pattern that a post's words hold decides; the words are those of notices of appointment.
_WORDS: tuple[tuple[str, PostKind], ...] = (
    (r"党政主要领导", PostKind.MAIN),
    (r"分管招商", PostKind.CHARGE),
    (r"[省市州县区]领导", PostKind.LEADER),
    (r"招商专员|专员$", PostKind.COMMISSIONER),
    (r"主要领导|主要负责人", PostKind.HEAD),
    (r"[科处室股]长$|中层", PostKind.SECTION),
)


def post_kind_of(post: str) -> PostKind:
    """The kind that a post's words speak of; OTHER where they say nothing certain."""
    return next((kind for pattern, kind in _WORDS if re.search(pattern, post)), PostKind.OTHER)


@dataclass(frozen=True, slots=True)
class Term:
    """One official's holding of one post: `unit` by number, `post` in words, from `since` to `until`."""

    unit: int
    post: str
    kind: str
    since: date | None = None
    until: date | None = None


def may_appoint(new: Term, held: Iterable[Term]) -> Verdict:
    """Whether an official with the terms `held` may hold `new` too.

    Several posts at a time are common (兼任) and allowed. The same post, of one kind in one unit by one name, is held
    once at a time.
    """
    if fault := order_fault(new):
        return Verdict(False, reasons=(fault,))
    reasons = tuple(
        f"“{old.post}”已在任（{span_words(old)}），与所填的{span_words(new)}重叠：请先填写原任职的离任日。"
        for old in held
        if (old.unit, old.kind, old.post) == (new.unit, new.kind, new.post) and overlap(old, new)
    )
    return Verdict(not reasons, reasons=reasons)
