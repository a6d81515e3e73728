"""How pressing a duty of a stage is, and which evidence a move is still without."""

from collections.abc import Set
from datetime import date, timedelta

from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage

from .gates import Field, Gate, GateTable, Item

Attached = Set[tuple[Stage, str]]
WARNED = 3  # days before a duty is due


def duty_light(due_on: date | None, as_of: date) -> Light:
    """Of a duty that is still to be done: red past its day, yellow shortly before, grey where no day was set."""
    if due_on is None:
        return Light.GREY
    if due_on < as_of:
        return Light.RED
    return Light.YELLOW if due_on <= as_of + timedelta(days=WARNED) else Light.GREEN


def proofs(table: GateTable, attached: Attached, target: Stage, current: Stage | None = None) -> tuple[Item, ...]:
    """Every item of evidence of the stages after `current` (None: from the first) up to `target`; those without a file are
    not `filled`, and stop a move where the stage insists on them.
    """
    first = -1 if current is None else current.order
    return tuple(
        Item(Field("evidence", item, "evidence"), gate.stage, not gate.proven, 1, (gate.stage, item) in attached)
        for gate in table.gates[first + 1 : target.order + 1]
        for item in gate.evidence
    )


def definition_words(gate: Gate) -> str:
    """What counts as having reached a stage, and on which evidence: 签约：…。凭据：正式投资协议、…."""
    evidence = f"。凭据：{'、'.join(gate.evidence)}" if gate.evidence else ""
    return f"{gate.stage.label}：{gate.definition or '没有写明'}{evidence}"
