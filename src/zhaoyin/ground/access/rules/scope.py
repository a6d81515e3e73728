"""How far somebody's allowances reach: which jurisdictions, units and persons' projects."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .permissions import Permission
    from .roles import Role


class Reach(Enum):
    """What a role's grant opens, counted from the unit it was given for."""

    EVERYTHING = "整个系统"
    JURISDICTION = "全辖"
    UNIT = "本单位及下属单位"
    PERSON = "本人联系或所在专班的项目"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role as held: `path` is the tree path of the unit it was given for, `area` that of the unit's jurisdiction.

    Both are empty for a grant without a unit, which reaches the whole deployment. `unit` and `place` are what the two are
    called; they are looked up for pages only, and decide nothing.
    """

    role: "type[Role]"
    path: str = ""
    area: str = ""
    unit: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one permission holds. A record is inside when its jurisdiction or its unit lies under one of `paths`, or when
    it is tied to the `person` (contact leader, member of its team, or shared with the person's unit `shared_with`).
    """

    everything: bool = False
    paths: tuple[str, ...] = ()
    person: int | None = None
    shared_with: tuple[int, ...] = ()

    @property
    def nothing(self) -> bool:
        """Nothing at all is inside."""
        return not (self.everything or self.paths or self.person or self.shared_with)

    def covers(self, path: str) -> bool:
        """Whether a unit or jurisdiction of that path is inside."""
        return self.everything or path.startswith(self.paths)


@dataclass(frozen=True, slots=True)
class Area:
    """A scope with its paths looked up, by number: the jurisdictions that are inside whole, single units, and `places`, the
    jurisdictions in which anything is inside at all (what concerns all of a jurisdiction's units is told there). `on` is the
    day of asking: who may see what holds then, whatever day a page is for.
    """

    on: date
    everything: bool = False
    jurisdictions: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    person: int | None = None
    shared_with: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether only whole jurisdictions are inside, so that no record need be looked at singly."""
        return self.everything or not (self.units or self.person or self.shared_with)


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody is: the roles held, the official the account belongs to (by number), the unit worked in."""

    grants: tuple[Grant, ...] = ()
    official: int | None = None
    unit: int | None = None

    def may(self, permission: "Permission") -> bool:
        """Whether any role carries the permission, wherever it reaches."""
        return any(permission in grant.role.permissions for grant in self.grants)


# Units are not tied to persons as projects are: of them a grant of reach PERSON opens the unit it was given for and what is
# below it, as for whoever else works there. (Which units an authority has is to be published, 政府信息公开条例 第二十条; who may
# open the cards of all of them is said by a further grant.)
OF_UNITS: frozenset[str] = frozenset({"organisation.see"})


def opens_unit(grant: Grant, permission: "Permission") -> bool:
    """Whether the grant opens, for that permission, its unit and what is below it."""
    reach = grant.role.reach
    return bool(grant.path) and (reach is Reach.UNIT or (reach is Reach.PERSON and permission in OF_UNITS))


def scope_of(holding: Holding, permission: "Permission") -> Scope:
    """Where `holding` carries `permission`: the union of all grants that do.

    A grant of reach PERSON opens no path but to the units themselves (`OF_UNITS`). Whoever holds the permission at all holds
    it on projects tied to the person; what was shared with the person's unit is open for whoever may see records there.
    """
    carrying = [grant for grant in holding.grants if permission in grant.role.permissions]
    paths: set[str] = set()
    for grant in carrying:
        if grant.role.reach is Reach.EVERYTHING or (grant.role.reach is not Reach.PERSON and not grant.path):
            return Scope(everything=True)
        if grant.role.reach is Reach.JURISDICTION:
            paths.add(grant.area)
        elif opens_unit(grant, permission):
            paths.add(grant.path)
    outermost = tuple(sorted(path for path in paths if not any(path != up and path.startswith(up) for up in paths)))
    return Scope(
        paths=outermost,
        person=holding.official if carrying else None,
        shared_with=(holding.unit,) if carrying and holding.unit else (),
    )
