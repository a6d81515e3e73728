"""A gate table as an office writes it: YAML in Chinese, checked as a whole before it is used."""

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from zhaoyin.kernel.stages import LABELS, Stage

from .gates import BY_LABEL, FIELDS, Condition, Duty, Gate, GateTable, Need, Who

DEFAULT = (Path(__file__).parent / "gates.yaml").read_text(encoding="utf-8")
LARGEST = 40_000  # characters; the default has two thousand
STAGES = {label: stage for stage, label in LABELS.items()}
OF_STAGE = {"阶段", "定义", "凭据", "条件", "职责", "谁推进", "谁确认", "几天不动提醒", "凭据必附"}
OF_NEED = {"栏目", "建议", "至少", "当"}
OF_CONDITION = {"栏目", "不少于", "是"}
OF_DUTY = {"内容", "几天内"}
MOST_DAYS = 3650


class WrongGates(Exception):
    """The text is no gate table; `faults` are Chinese sentences, all of them at once."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


@lru_cache(maxsize=64)
def read_gates(text: str) -> GateTable:
    """The table that the text says. A stage it leaves out asks for nothing. Raises WrongGates."""
    if len(text) > LARGEST:
        raise WrongGates([f"文字太长，最多 {LARGEST} 字"])
    try:
        given = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        raise WrongGates([f"第 {mark.line + 1} 行的写法不对，请检查缩进和冒号" if mark else "写法不对"]) from None
    if not isinstance(given, dict) or not isinstance(given.get("阶段"), list):
        raise WrongGates(["应以“阶段:”开头，下面逐个列出阶段"])
    reader = _Reader()
    gates: dict[Stage, Gate] = {}
    for block in given["阶段"]:
        gate = reader.gate(block)
        if gate is not None:
            if gate.stage in gates:
                reader.faults.append(f"“{gate.stage.label}”写了两次")
            gates[gate.stage] = gate
    reader.unknown(given, {"阶段"}, "文件")
    if reader.faults:
        raise WrongGates(reader.faults)
    return GateTable(tuple(gates.get(stage, Gate(stage)) for stage in Stage))


def write_gates(table: GateTable) -> str:
    """The text that reads back as the table."""
    blocks = [_block(gate) for gate in table.gates]
    return str(yaml.safe_dump({"阶段": blocks}, allow_unicode=True, sort_keys=False, width=120))


class _Reader:
    """Collects what is wrong, so that whoever wrote the text mends it in one go."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def unknown(self, block: dict[Any, Any], known: set[str], where: str) -> None:
        if odd := [str(key) for key in block if key not in known]:
            self.faults.append(f"{where}：不认识“{'、'.join(odd)}”，可写的有 {'、'.join(sorted(known))}")

    def gate(self, block: Any) -> Gate | None:
        if not isinstance(block, dict) or str(block.get("阶段")) not in STAGES:
            named = str(block.get("阶段")) if isinstance(block, dict) else str(block)
            self.faults.append(f"没有“{named[:30]}”这个阶段，阶段有 {'、'.join(STAGES)}")
            return None
        stage = STAGES[str(block["阶段"])]
        where = f"“{stage.label}”"
        self.unknown(block, OF_STAGE, where)
        needs = [self.need(one, where) for one in self.many(block, "条件", where)]
        duties = [self.duty(one, where) for one in self.many(block, "职责", where)]
        return Gate(
            stage,
            self.words(block.get("定义"), f"{where}的定义", 400),
            tuple(self.words(one, f"{where}的凭据", 100) for one in self.many(block, "凭据", where)),
            tuple(one for one in needs if one is not None),
            tuple(one for one in duties if one is not None),
            self.who(block.get("谁推进"), where) or Who.HANDLER,
            self.who(block.get("谁确认"), where),
            self.number(block.get("几天不动提醒"), f"{where}的几天不动提醒"),
            self.truth(block, "凭据必附", where),
        )

    def many(self, block: dict[Any, Any], key: str, where: str) -> list[Any]:
        given = block.get(key)
        if given is None:
            return []
        if not isinstance(given, list):
            self.faults.append(f"{where}的{key}应逐条列出，每条前加“- ”")
            return []
        return given

    def need(self, given: Any, where: str) -> Need | None:
        block = {"栏目": given} if isinstance(given, str) else given
        if not isinstance(block, dict):
            self.faults.append(f"{where}的条件“{str(given)[:30]}”应是一个栏目")
            return None
        self.unknown(block, OF_NEED, f"{where}的条件")
        field = self.field(block.get("栏目"), where)
        soft = self.truth(block, "建议", where)
        least = self.number(block.get("至少"), f"{where}的至少") or 1
        if field is None:
            return None
        if least > 1 and not FIELDS[field].counted:
            self.faults.append(f"{where}的“{FIELDS[field].label}”只能填或不填，不能要求至少 {least} 项")
        return Need(field, soft, least, self.condition(block.get("当"), where))

    def condition(self, given: Any, where: str) -> Condition | None:
        if given is None:
            return None
        block = {"栏目": given} if isinstance(given, str) else given
        if not isinstance(block, dict):
            self.faults.append(f"{where}的“当”应写明栏目")
            return None
        self.unknown(block, OF_CONDITION, f"{where}的“当”")
        field = self.field(block.get("栏目"), where)
        at_least = None
        if block.get("不少于") is not None:
            try:
                at_least = Decimal(str(block["不少于"]))
            except InvalidOperation:
                at_least = Decimal("NaN")
            if not at_least.is_finite():
                self.faults.append(f"{where}的“不少于”应为数字")
                return None
        equals = self.words(block.get("是"), f"{where}的“是”", 100)
        return None if field is None else Condition(field, at_least, equals)

    def duty(self, given: Any, where: str) -> Duty | None:
        block = {"内容": given} if isinstance(given, str) else given
        if not isinstance(block, dict) or not block.get("内容"):
            self.faults.append(f"{where}的职责应写明内容")
            return None
        self.unknown(block, OF_DUTY, f"{where}的职责")
        return Duty(
            self.words(block["内容"], f"{where}的职责", 200), self.number(block.get("几天内"), f"{where}的几天内")
        )

    def field(self, given: Any, where: str) -> str | None:
        if str(given) in BY_LABEL:
            return BY_LABEL[str(given)]
        self.faults.append(f"{where}：没有“{str(given)[:30]}”这个栏目，可写的有 {'、'.join(BY_LABEL)}")
        return None

    def who(self, given: Any, where: str) -> Who | None:
        if given is None:
            return None
        if given in set(Who):
            return Who(given)
        self.faults.append(f"{where}：“{str(given)[:30]}”应为 {'、'.join(Who)} 之一")
        return None

    def number(self, given: Any, where: str) -> int | None:
        if given is None:
            return None
        if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST_DAYS:
            return given
        self.faults.append(f"{where}应为 1 至 {MOST_DAYS} 的整数")
        return None

    def truth(self, block: dict[Any, Any], key: str, where: str) -> bool:
        given = block.get(key, False)
        if not isinstance(given, bool):
            self.faults.append(f"{where}的“{key}”应为 true 或 false")
        return given is True

    def words(self, given: Any, where: str, most: int) -> str:
        if given is None:
            return ""
        if isinstance(given, dict | list):
            self.faults.append(f"{where}应是一句话")
            return ""
        found = " ".join(str(given).split())
        if len(found) > most:
            self.faults.append(f"{where}最多 {most} 字")
        return found


def _block(gate: Gate) -> dict[str, Any]:
    block: dict[str, Any] = {
        "阶段": gate.stage.label,
        "定义": gate.definition,
        "凭据": list(gate.evidence),
        "谁推进": None if gate.who is Who.HANDLER else gate.who.value,
        "谁确认": gate.confirm and gate.confirm.value,
        "几天不动提醒": gate.silent_days,
        "凭据必附": gate.proven,
        "条件": [_need(need) for need in gate.needs],
        "职责": [{"内容": duty.text, **({"几天内": duty.days} if duty.days else {})} for duty in gate.duties],
    }
    return {key: value for key, value in block.items() if value}


def _need(need: Need) -> dict[str, Any]:
    block: dict[str, Any] = {"栏目": FIELDS[need.field].label}
    if need.soft:
        block["建议"] = True
    if need.least > 1:
        block["至少"] = need.least
    if need.when is not None:
        block["当"] = {"栏目": FIELDS[need.when.field].label}
        if need.when.at_least is not None:
            block["当"]["不少于"] = str(need.when.at_least)
        if need.when.equals:
            block["当"]["是"] = need.when.equals
    return block
