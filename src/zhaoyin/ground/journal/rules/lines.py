"""A line, the bytes that its seal is computed over, and the keyed hashes of seal and chain."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

# What a deployment may choose; GB/T 32905-2016 is SM3, FIPS 180-4 is SHA-256.
ALGORITHMS = ("sha256", "sm3")
_BLOCK = 64  # bytes of a block, of both
_WHOLE = 1e16  # from here on a database may give a float back in other words

quoted: Callable[[str], str] = json.encoder.encode_basestring  # JSON without escapes for Chinese
_any_order = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class Line(NamedTuple):
    """One act, in the order in which it is sealed. `at` is aware; `detail` is JSON; ids are None where there is nobody."""

    id: int
    at: datetime
    by: int | None
    by_name: str
    address: str
    act: str
    outcome: str
    jurisdiction: int | None
    detail: Any
    kind: str
    subject: int | None
    name: str
    seal: str


class Linked(NamedTuple):
    """A link of the chain with the line it holds; None where there is no such line any more."""

    seq: int
    entry: int
    hash: str
    line: Line | None


def settled(detail: Any) -> tuple[Any, str]:
    """`detail` as every database gives it back, and its canonical JSON. Raises TypeError or ValueError for what is no JSON.

    Keys become words, and large floats integers: PostgreSQL gives 1e16 back as 10000000000000000.
    """
    plain = json.loads(_any_order(detail), parse_float=_number)
    return plain, _dumps(plain)


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if abs(value) >= _WHOLE or value == 0 else value


def canonical_head(
    at: datetime,
    by: int | None,
    by_name: str,
    address: str,
    act: str,
    outcome: str,
    jurisdiction: int | None,
    detail: str,
) -> str:
    """What all lines of one act have in common; `detail` is canonical JSON already."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{_dumps([moment, by, by_name, address, act, outcome, jurisdiction])[1:-1]},{detail}"


def canonical_line(number: int, head: str, kind: str, subject: int | None, name: str) -> bytes:
    """The bytes that are sealed: one JSON array of everything but the seal."""
    record = "null" if subject is None else subject
    return f"[{number},{head},{quoted(kind)},{record},{quoted(name)}]".encode()


def canonical(line: Line) -> bytes:
    """The same bytes for a line that was read."""
    head = canonical_head(
        line.at, line.by, line.by_name, line.address, line.act, line.outcome, line.jurisdiction, _dumps(line.detail)
    )
    return canonical_line(line.id, head, line.kind, line.subject, line.name)


class Keyed:
    """HMAC (RFC 2104) with one key. Its key is hashed once: a plan writes thousands of lines.

    Values read `sha256:…` or `sm3:…`, so that a journal stays whole when the deployment changes its algorithm.
    """

    def __init__(self, key: bytes, algorithm: str) -> None:
        if algorithm not in ALGORITHMS:
            raise ValueError(f"no such algorithm: {algorithm}")
        self.key, self.algorithm = key, algorithm
        padded = (key if len(key) <= _BLOCK else hashlib.new(algorithm, key).digest()).ljust(_BLOCK, b"\0")
        self._inner = hashlib.new(algorithm, bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.new(algorithm, bytes(byte ^ 0x5C for byte in padded))
        self._other: dict[str, Keyed] = {}

    def of(self, content: bytes) -> str:
        """The keyed hash of `content`."""
        inner = self._inner.copy()
        inner.update(content)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return f"{self.algorithm}:{outer.hexdigest()}"

    def link(self, before: str, seq: int, seal: str) -> str:
        """The hash of link `seq` that holds a line sealed with `seal`, after the link whose hash is `before`."""
        return self.of(f"{before}|{seq}|{seal}".encode())

    def like(self, value: str) -> "Keyed":
        """The same key with the algorithm that `value` names; itself where it names none that is known."""
        algorithm = value.partition(":")[0]
        if algorithm == self.algorithm or algorithm not in ALGORITHMS:
            return self
        if algorithm not in self._other:
            self._other[algorithm] = Keyed(self.key, algorithm)
        return self._other[algorithm]
