"""What a list of new accounts comes to, held against the accounts and units that are there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhaoyin.ground.access.queries import covers, may
from zhaoyin.ground.access.rules import ROLES, Permission, Reach
from zhaoyin.ground.organisations.models import Unit

from ..roster import Fault, Line
from .people import Units, known_mobiles, known_names

ROLE_KEYS = {role.name: key for key, role in ROLES.items()}


@dataclass(frozen=True, slots=True)
class Draft:
    """An account that can be made: the line, its unit, the key of its role."""

    line: Line
    unit: Unit | None
    role: str


def may_grant(by: Any) -> bool:
    """Whether the account may grant roles. None is the machine's operator."""
    return by is None or may(by, Permission.ROLE_GRANT)


def drafts_of(by: Any, lines: Sequence[Line], on: date) -> tuple[list[Draft], list[Fault]]:
    """The accounts that the lines ask for on a day, and what is wrong with lines, one sentence each. Four queries."""
    names, mobiles = known_names(line.username for line in lines), known_mobiles(line.mobile for line in lines)
    often = Counter(line.username.lower() for line in lines)
    often_called = Counter(line.mobile for line in lines if line.mobile)
    units = Units(on)
    numbers: dict[int, int | None] = {}
    faults: list[Fault] = []
    for line in lines:
        said = []
        if line.username.lower() in names:
            said.append(f"账号“{line.username}”已存在。")
        if often[line.username.lower()] > 1:
            said.append(f"登录名“{line.username}”在文件里有 {often[line.username.lower()]} 行。")
        if line.mobile in mobiles:
            said.append(f"手机号 {line.mobile} 已用于另一个账号。")
        if often_called[line.mobile] > 1:
            said.append(f"手机号 {line.mobile} 在文件里有 {often_called[line.mobile]} 行。")
        if line.role and not may_grant(by):
            said.append("您不能授予角色，请清空“角色”一列，导入后由安全管理员授予。")
        elif line.role and line.role not in ROLE_KEYS:
            said.append(f"没有“{line.role}”这个角色。")
        try:
            numbers[line.number] = units.called(line.unit)
        except LookupError as unknown:
            said.append(str(unknown))
        if said:
            faults.append(Fault(line.number, said[0]))
    found = Unit.objects.select_related("jurisdiction").in_bulk({number for number in numbers.values() if number})
    drafts = []
    wrong = {fault.number for fault in faults}
    for line in lines:
        unit = found.get(numbers.get(line.number) or 0)
        if line.number in wrong:
            continue
        if by is not None and not covers(by, Permission.ACCOUNT_MANAGE, unit.path if unit else ""):
            faults.append(Fault(line.number, "这个单位不在您管理的范围内。"))
            continue
        drafts.append(Draft(line, unit, ROLE_KEYS.get(line.role, "")))
    return drafts, sorted(faults, key=lambda fault: fault.number)


def unit_of_role(role: str, unit: Unit | None) -> Unit | None:
    """The unit that a grant of `role` is for: none where the role reaches everything."""
    return None if ROLES[role].reach is Reach.EVERYTHING else unit
