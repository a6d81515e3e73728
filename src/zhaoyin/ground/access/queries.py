"""What every room asks before it shows or changes anything."""

from collections.abc import Callable
from typing import Any

from .rules import Area, Forbidden, Holding, Permission, scope_of

HoldingOf = Callable[[Any], Holding]
AreaOf = Callable[[Any, Permission], Area]
_asked: dict[str, Any] = {}


def provide(*, holding: HoldingOf, area: AreaOf) -> None:
    """Let these answer for an account: the roles it holds now, and where it holds a permission."""
    _asked.update(holding=holding, area=area)


def holding_of(user: Any) -> Holding:
    """The roles that the account holds now; none for somebody who is not signed in."""
    found: Holding = _asked["holding"](user)
    return found


def area_of(user: Any, permission: Permission) -> Area:
    """Where the account holds the permission."""
    found: Area = _asked["area"](user, permission)
    return found


def may(user: Any, permission: Permission) -> bool:
    """Whether the account holds the permission at all, wherever it reaches."""
    return holding_of(user).may(permission)


def covers(user: Any, permission: Permission, path: str) -> bool:
    """Whether the account holds the permission over the unit at that place of the tree; "" asks for the top."""
    return scope_of(holding_of(user), permission).covers(path)


def permit(by: Any, permission: Permission, unit: Any = None) -> None:
    """Raise Forbidden unless `by` holds the permission, over `unit` if one is given. None is the machine's operator."""
    if by is not None and not (may(by, permission) if unit is None else covers(by, permission, unit.path)):
        raise Forbidden(permission)
