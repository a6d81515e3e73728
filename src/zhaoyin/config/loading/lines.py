"""YAML that remembers its lines, so that whoever wrote a file is told where it is wrong."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 2 * 1024 * 1024  # some ten thousand records; PyYAML needs ten seconds for them
EARLIEST, LATEST = date(1949, 10, 1), date(2099, 12, 31)
LARGEST = Decimal(10) ** 9  # with six decimals all that SQLite keeps of a figure
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Check = Callable[[Any], Any]  # a value as YAML gives it → the value wanted; raises ValueError with a sentence


class WrongData(Exception):
    """The files cannot be loaded. The message has a line for each fault: file, line, what is wrong."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class Block(dict[str, Any]):
    """A mapping of the file; `line` is where it begins, `lines` where each of its keys stands."""

    line = 0
    lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The node's value; a fault with its line where it looks like a day or a number and is none (2022-13-45)."""
        try:
            return super().construct_object(node, deep)
        except ValueError:
            raise yaml.constructor.ConstructorError(None, None, "日期或数字不成立", node.start_mark) from None


def _block(loader: _Loader, node: yaml.MappingNode) -> Any:
    block = Block()
    block.line = node.start_mark.line + 1
    block.lines = {}
    yield block
    for key_node, value_node in node.value:
        # As written: YAML would take the key `on` for a truth value.
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "键应为文字", key_node.start_mark)
        key = str(key_node.value)
        if key in block:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
        block[key] = loader.construct_object(value_node, deep=True)
        block.lines[key] = key_node.start_mark.line + 1


_Loader.add_constructor("tag:yaml.org,2002:map", _block)
# Figures stay as they are printed: 0.1 must not become a binary fraction on its way.
_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: str(node.value))


@dataclass(slots=True)
class Faults:
    """Collects what is wrong in one file."""

    file: str
    found: list[str]

    def add(self, line: int, message: str) -> None:
        """One fault at a line."""
        self.found.append(f"{self.file} 第 {line} 行：{message}")


def read_yaml(path: Path) -> Block:
    """The file's mapping. Raises WrongData when it is not there, is too large, is no YAML, or holds no mapping."""
    try:
        with path.open("rb") as file:
            written = file.read(MAX_BYTES + 1)
        if len(written) > MAX_BYTES:
            raise WrongData([f"{path.name}：超过 {MAX_BYTES >> 20} MB，请拆开载入"])
        data = yaml.load(written.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 (derived from SafeLoader)
    except FileNotFoundError:
        raise WrongData([f"{path.name}：没有这个文件"]) from None
    except OSError:
        raise WrongData([f"{path.name}：不是可以读取的文件"]) from None
    except RecursionError:
        raise WrongData([f"{path.name}：一层套一层，套得过深"]) from None
    except UnicodeDecodeError:
        raise WrongData([f"{path.name}：不是 UTF-8 编码"]) from None
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise WrongData([f"{path.name} 第 {line} 行：不合 YAML 格式（{wrong.problem}）"]) from None
    except yaml.YAMLError:
        raise WrongData([f"{path.name}：不合 YAML 格式"]) from None
    if not isinstance(data, Block):
        raise WrongData([f"{path.name} 第 1 行：应为“键: 值”"])
    return data


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a block: how its value is checked, and whether it may be left out (then it is `default`)."""

    check: Check
    required: bool = False
    default: Any = None


def checked(block: Any, keys: dict[str, Key], faults: Faults, line: int = 1) -> Block:
    """The block with its values checked and defaults filled in; faults are collected, the wrong values left as None."""
    result = Block()
    if not isinstance(block, Block):
        faults.add(line, "应为“键: 值”")
        result.line, result.lines = line, {}
        result.update({name: key.default for name, key in keys.items()})
        return result
    result.line, result.lines = block.line, block.lines
    for strange in block.keys() - keys.keys():
        faults.add(block.lines[strange], f"不认识“{strange}”；可用：{'、'.join(keys)}")
    for name, key in keys.items():
        result[name] = key.default
        if block.get(name) is None:
            if key.required:
                faults.add(block.line, f"缺少“{name}”")
            continue
        try:
            result[name] = key.check(block[name])
        except ValueError as wrong:
            faults.add(block.lines[name], f"“{name}”{wrong}")
    return result


def text(value: Any) -> str:
    """Words; a bare number is taken as printed."""
    if not isinstance(value, (str, int, date)):
        raise ValueError("应为文字")
    if _CONTROLS.search(words := str(value).strip()):
        raise ValueError("含有控制字符")
    return words


def words(longest: int) -> Check:
    """Words of at most so many characters, as the column holds them."""

    def check(value: Any) -> str:
        if len(found := text(value)) > longest:
            raise ValueError(f"不能超过 {longest} 个字，现为 {len(found)} 个字")
        return found

    return check


def file_name(value: Any) -> str:
    """The name of a file that lies in the folder itself."""
    name = text(value)
    if name != Path(name).name or "\\" in name:
        raise ValueError("应为同一文件夹里的文件名")
    return name


def texts(value: Any) -> list[str]:
    """A list of words; one word alone is a list of one."""
    return [text(item) for item in value] if isinstance(value, list) else [text(value)]


def number(value: Any) -> Decimal:
    """A plain number."""
    try:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise InvalidOperation
        result = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"应为数字，现为{_shown(value)}") from None
    if not result.is_finite() or not 0 <= result < LARGEST:
        raise ValueError(f"应为不小于 0、小于 {LARGEST} 的数字，现为{_shown(value)}")
    return result


def day(value: Any) -> date:
    """A day, 2022-07-15."""
    if type(value) is date and EARLIEST <= value <= LATEST:  # a datetime is a date too
        return value
    raise ValueError(f"应为日期，形如 2022-07-15，在 {EARLIEST} 至 {LATEST} 之间，现为{_shown(value)}")


def yes_or_no(value: Any) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    raise ValueError("应为 true 或 false")


def one_of(choices: Iterable[str]) -> Check:
    """One of a few words."""
    allowed = list(choices)

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"应为 {'、'.join(allowed)} 之一，现为{_shown(value)}")
        return str(value)

    return check


def _shown(value: Any) -> str:
    """A wrong value as its fault names it. A list is not printed: aliases can make a few lines of it endless."""
    return "多个值" if isinstance(value, (dict, list, tuple, set)) else f"“{str(value)[:40]}”"
