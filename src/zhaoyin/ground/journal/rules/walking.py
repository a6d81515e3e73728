"""Walking a chain link by link and naming what is wrong with it."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from .lines import Keyed, Line, Linked, canonical


class Kind(StrEnum):
    """What may be wrong; the value is what a program reads, `label` what people read."""

    label: str

    def __new__(cls, value: str, label: str) -> "Kind":
        """A member is made of its key and its Chinese words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    ALTERED = "altered", "内容与封签不符，被改动或伪造"
    MISSING = "missing", "记录已被删除"
    GAP = "gap", "链上缺环"
    MISPLACED = "misplaced", "链环被改、换位或插入"
    UNLINKED = "unlinked", "记录不在链上，是绕过系统写入的，或它的链环被删"
    CUT = "cut", "链的末尾被截去"
    HEAD = "head", "与数据库之外保存的链头不符"
    ARCHIVE = "archive", "归档文件有问题"
    UNGUARDED = "unguarded", "数据库中防改写的触发器不在"


class Finding(NamedTuple):
    """One thing that is wrong: which link and line, when and what it says it was, and words for what a number cannot say."""

    kind: Kind
    seq: int | None = None
    line: int | None = None
    at: datetime | None = None
    act: str = ""
    note: str = ""

    def __str__(self) -> str:
        parts = [
            f"链上第 {self.seq} 条" if self.seq is not None else "",
            f"日志编号 {self.line}" if self.line is not None else "",
            self.at.isoformat(sep=" ", timespec="seconds") if self.at else "",
            self.act,
        ]
        where = "，".join(part for part in parts if part)
        words = f"{self.kind.label}（{self.note}）" if self.note else self.kind.label
        return f"{where}：{words}" if where else words

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON."""
        return {
            "kind": self.kind.value, "seq": self.seq, "line": self.line, "at": self.at and self.at.isoformat(),
            "act": self.act, "note": self.note, "words": str(self),
        }  # fmt: skip


class Mark(NamedTuple):
    """A place in the chain: the link's number and hash. Before the first link it is 0 and nothing."""

    seq: int = 0
    hash: str = ""


class Walk:
    """Takes the links of a chain in their order and says of each what is wrong. Keeps the last link only.

    `head` is a place known from elsewhere, which the chain must pass with just that hash.
    """

    def __init__(self, keyed: Keyed, head: Mark | None = None, start: Mark | None = None) -> None:
        self.keyed, self.head = keyed, head
        self.at = start or Mark()
        self.lines = 0
        # What the last link's hash should have been: where that one was changed, its successor still holds to this.
        self._due: str | None = self.at.hash

    def step(self, one: Linked) -> Iterator[Finding]:
        """What is wrong with the next link and its line."""
        at, act = (one.line.at, one.line.act) if one.line is not None else (None, "")
        about = partial(Finding, seq=one.seq, line=one.entry, at=at, act=act)
        if one.seq <= self.at.seq:
            yield about(Kind.MISPLACED, note="链号重复")
            return
        gap = one.seq > self.at.seq + 1
        if gap:
            yield self._gap(self.at.seq + 1, one.seq - 1)
        self.lines += 1
        if one.line is None:
            yield about(Kind.MISSING)
        elif not self.sealed(one.line):
            yield about(Kind.ALTERED)
        due = None
        if one.line is not None:
            keyed = self.keyed.like(one.hash)
            # After a gap nobody knows the hash before; the gap has been named.
            before = [] if gap else [value for value in (self.at.hash, self._due) if value is not None]
            wanted = [keyed.link(value, one.seq, one.line.seal) for value in before]
            if wanted and one.hash not in wanted:
                yield about(Kind.MISPLACED)
                due = wanted[0]
        if self.head is not None and one.seq == self.head.seq and one.hash != self.head.hash:
            yield about(Kind.HEAD)
        self.at, self._due = Mark(one.seq, one.hash), due

    def resume(self, at: Mark) -> None:
        """Go on after `at`, which a sealed row of an archive names, whatever its file held."""
        self.at, self._due = at, at.hash

    def end(self) -> Iterator[Finding]:
        """What is wrong when no link is left."""
        if self.head is not None and self.head.seq > self.at.seq:
            yield Finding(Kind.CUT, self.at.seq + 1, note=_span(self.at.seq + 1, self.head.seq))

    def sealed(self, line: Line) -> bool:
        """Whether the line's seal is that of its content."""
        return self.keyed.like(line.seal).of(canonical(line)) == line.seal

    def _gap(self, first: int, last: int) -> Finding:
        return Finding(Kind.GAP, first, note=_span(first, last))


def _span(first: int, last: int) -> str:
    return f"缺第 {first} 条" if first == last else f"缺第 {first}–{last} 条，共 {last - first + 1} 条"
