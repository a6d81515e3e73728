"""The tree of jurisdictions and units: where a node may go, when it may close, what its code must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhaoyin.kernel.codes import is_division_code
from zhaoyin.kernel.verdict import Verdict

NAMED = 3  # how many names a sentence lists before 等

YES = Verdict(True)


@dataclass(frozen=True, slots=True)
class Node:
    """A node as these rules see it. `path` is its place in the tree (a prefix of the paths below it); `jurisdiction` is
    the number of the jurisdiction that it belongs to, its own for a jurisdiction."""

    name: str
    path: str
    jurisdiction: int
    is_jurisdiction: bool = False
    founded_on: date | None = None
    closed_on: date | None = None


def code_fault(code: str) -> str:
    """What is wrong with a jurisdiction's code (GB/T 2260, six digits), or nothing. A jurisdiction may be without one."""
    if not code or is_division_code(code):
        return ""
    return f"“{code}”不是行政区划代码：应为 GB/T 2260 的六位数字，如 331082。"


def days_in_order(founded_on: date | None, closed_on: date | None) -> Verdict:
    """A unit closes on or after the day of its founding."""
    if founded_on and closed_on and closed_on < founded_on:
        return _no(f"撤销日 {closed_on} 早于成立日 {founded_on}。")
    return YES


def may_move(node: Node, above: Node) -> Verdict:
    """Whether `node` may stand below `above`: not below itself, and not in another jurisdiction."""
    if node.is_jurisdiction:
        return _no(f"“{node.name}”是行政区划，隶属关系不能在这里调整。")
    if above.path.startswith(node.path):
        return _no(
            f"“{above.name}”就是“{node.name}”本身，不能作自己的上级。"
            if above.path == node.path
            else f"“{above.name}”在“{node.name}”之下，不能作它的上级：那样会成为一个圈。"
        )
    if above.jurisdiction != node.jurisdiction:
        return _no(f"“{above.name}”不属于“{node.name}”所在的行政区划，单位不能移到另一个行政区划。")
    if above.closed_on is not None:
        return _no(f"“{above.name}”已于 {above.closed_on} 撤销，不能作上级。")
    return YES


def may_close(node: Node, on: date, open_below: Sequence[str]) -> Verdict:
    """Whether `node` may be closed from the day `on`; `open_below` names what stands below it and is not closed."""
    if node.closed_on is not None:
        return _no(f"“{node.name}”已于 {node.closed_on} 撤销。")
    if open_below:
        named = "、".join(f"“{name}”" for name in open_below[:NAMED])
        more = f"等 {len(open_below)} 个" if len(open_below) > NAMED else ""
        kind = "行政区划" if node.is_jurisdiction else "单位"
        return _no(f"{kind}“{node.name}”之下还有未撤销的单位：{named}{more}。请先撤销、合并或移走它们。")
    return days_in_order(node.founded_on, on)


def may_merge(node: Node, into: Node, on: date) -> Verdict:
    """Whether `node`, closing on the day `on`, may be merged into `into`."""
    if into.path == node.path:
        return _no(f"“{node.name}”不能并入自己。")
    if into.is_jurisdiction != node.is_jurisdiction:
        return _no("行政区划只能并入行政区划，单位只能并入单位。")
    if not node.is_jurisdiction and into.jurisdiction != node.jurisdiction:
        return _no(f"“{into.name}”不属于“{node.name}”所在的行政区划，不能并入。")
    if into.closed_on is not None:
        return _no(f"“{into.name}”已于 {into.closed_on} 撤销，不能再并入。")
    if into.founded_on is not None and into.founded_on > on:
        return _no(f"“{into.name}”到 {into.founded_on} 才成立，晚于撤销日 {on}。")
    return YES


def _no(reason: str) -> Verdict:
    return Verdict(False, reasons=(reason,))
