"""The table that the benchmark prints."""

import statistics
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure: `limit` and the times in milliseconds (or `unit`), `floor` the least that the same work can take."""

    what: str
    limit: float
    figure: float
    floor: float | None
    unit: str = "ms"
    note: str = ""


class Table:
    """Collects rows and prints them aligned."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(
        self, what: str, limit: float, figure: float, floor: float | None = None, unit: str = "ms", note: str = ""
    ) -> None:
        """One more row, shown at once on standard error by its name."""
        self.rows.append(Row(what, limit, figure, floor, unit, note))

    def print(self) -> None:
        """The whole table on standard output."""
        print(f"{_wide('项目', 44)}{'limit':>10}{'p50':>10}{'floor':>10}{'ratio':>8}  ok  note")
        for row in self.rows:
            ratio = f"{row.figure / row.floor:8.1f}" if row.floor else f"{'—':>8}"
            floor = f"{row.floor:10.1f}" if row.floor is not None else f"{'—':>10}"
            ok = "yes" if row.figure <= row.limit else "NO "
            print(
                f"{_wide(row.what, 44)}{row.limit:8.0f} {row.unit:<1}{row.figure:8.1f}  {floor}{ratio}  {ok} {row.note}"
            )


def median_ms(call: Callable[[], object], times: int) -> float:
    """The median time of `times` calls, in milliseconds, after one that warms up."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def _wide(text: str, width: int) -> str:
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(1, width - taken)
