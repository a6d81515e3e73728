"""What still hangs on a unit when it closes. Upper rooms say it; this room asks, and knows none of them.

closing.provide(lambda unit: [f"{count} 个未结项目"] if count else [])      # in apps.py
"""

from collections.abc import Callable, Sequence

from .models import Unit

Teller = Callable[[Unit], Sequence[str]]
_tellers: list[Teller] = []


def provide(teller: Teller) -> None:
    """Let `teller` name, in short phrases, what of its room is still open in a unit."""
    _tellers.append(teller)


def still_open(unit: Unit) -> list[str]:
    """Everything that is still open in the unit, a phrase each."""
    return [phrase for teller in _tellers for phrase in teller(unit)]
