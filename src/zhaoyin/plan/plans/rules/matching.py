"""Recognising a promise by its words, its stage and its phase, so that a newer edition renews it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from zhaoyin.record.projects.rules import one_to_one

LIKE_WORDS = 75


@dataclass(frozen=True, slots=True)
class Promise:
    """What a milestone is recognised by: its words, the stage they name and the phase, both empty where none."""

    text: str
    stage: str = ""
    phase: str = ""


def match_promises(rows: Sequence[Promise], known: Sequence[Promise]) -> list[int | None]:
    """For each promise of an edition the index in `known` of the one it renews: like words, or one stage of one phase.

    Never where both name a phase or a stage and the two differ: 一期正式签约 is not 一期正式开工.
    """
    scores = []
    for row, promise in enumerate(rows):
        for candidate, before in enumerate(known):
            if _contrary(promise.phase, before.phase) or _contrary(promise.stage, before.stage):
                continue
            likeness = fuzz.ratio(promise.text, before.text)
            if promise.stage and promise.stage == before.stage:
                likeness = max(likeness, LIKE_WORDS)
            if likeness >= LIKE_WORDS:
                scores.append((likeness, -abs(row - candidate), -row, candidate))
    return one_to_one(scores, len(rows))


def _contrary(left: str, right: str) -> bool:
    return bool(left and right) and left != right
