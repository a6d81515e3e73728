"""What still hangs on a unit when it closes. Upper rooms say it; this room asks, and knows none of them.

closing.provide(lambda unit, user: [f"{count} 个未结项目"] if count else [])      # in apps.py
"""

from collections.abc import Callable, Sequence
from typing import Any

from .models import Unit

Teller = Callable[[Unit, Any], Sequence[str]]
_tellers: list[Teller] = []


def provide(teller: Teller) -> None:
    """Let `teller` name, in short phrases, what of its room is still open in a unit, as far as the user may know."""
    _tellers.append(teller)


def still_open(unit: Unit, user: Any) -> list[str]:
    """Everything that is still open in the unit, a phrase each."""
    return [phrase for teller in _tellers for phrase in teller(unit, user)]
