"""How long a project may stay without movement, by place and stage, as the gate tables in force on a day have it."""

from collections.abc import Mapping
from dataclasses import dataclass

from .gate_text import DEFAULT, read_gates
from .gates import GateTable

# Days by the value of the stage; a stage that is left out is never noticed.
Spans = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """`usual` are the spans of every jurisdiction that none of `apart` names; each of `apart` holds for its jurisdictions."""

    usual: Spans
    apart: tuple[tuple[tuple[int, ...], Spans], ...] = ()

    def limit(self, jurisdiction: int, stage: str) -> int | None:
        """The days after which a project of that jurisdiction is noticed in that stage; None where it never is."""
        spans = next((spans for numbers, spans in self.apart if jurisdiction in numbers), self.usual)
        return dict(spans).get(stage)


def spans_of(table: GateTable) -> Spans:
    """The table's days without movement."""
    return tuple((gate.stage.value, gate.silent_days) for gate in table.gates if gate.silent_days is not None)


USUAL = Silence(spans_of(read_gates(DEFAULT)))


def silence_in(owners: Mapping[str, str], jurisdictions: Mapping[int, str], step: int) -> Silence:
    """The spans of every jurisdiction (number → path): those of the nearest owner of a table (path → text) at or above it,
    else the usual ones. `step` is how many letters of a path one level takes.
    """
    apart: dict[Spans, list[int]] = {}
    for number, path in jurisdictions.items():
        above = (path[:end] for end in range(len(path), 0, -step))
        text = next((owners[one] for one in above if one in owners), None)
        spans = USUAL.usual if text is None else spans_of(read_gates(text))
        if spans != USUAL.usual:
            apart.setdefault(spans, []).append(number)
    return Silence(USUAL.usual, tuple((tuple(sorted(numbers)), spans) for spans, numbers in sorted(apart.items())))
