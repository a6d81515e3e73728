"""Two people changed one record: which fields each of them touched, and which of them somebody must decide."""

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both touched: as it was when the second opened the page, as the first stored it, as the second typed it."""

    field: str
    base: str
    theirs: str
    own: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of the fields. `values` has every one of `own`; where there is a clash it holds what is stored.

    `brought` are the fields that only the other one touched, `clashes` those that somebody must decide.
    """

    values: dict[str, str]
    brought: tuple[str, ...]
    clashes: tuple[Clash, ...]


def three_way(base: Words, theirs: Words, own: Words) -> Merge:
    """Merge field by field: whoever touched a field alone has it, and where both wrote the same nothing is to be decided.

    All three give fields as words in one way of writing. A field that `base` does not name was perhaps touched by both: where
    the two differ, it is asked.
    """
    values: dict[str, str] = {}
    brought, clashes = [], []
    for field, mine in own.items():
        stored = theirs.get(field, mine)
        before = base.get(field)
        values[field] = stored
        if mine == stored:
            continue
        if mine == before:
            brought.append(field)
        elif stored == before:
            values[field] = mine
        else:
            clashes.append(Clash(field, before if before is not None else "", stored, mine))
    return Merge(values, tuple(brought), tuple(clashes))
