"""Numbered items of a cell: 1、… 2、…, (1) …, ①…, counted on from one."""

import re

from .passage import Span

UNKNOWN = re.compile(r"[\s/\\\-—－*.、。无]*|待定|暂无|未定|不详|另定|略|\(略\)|—|N/?A", re.I)
_ITEM_NUMBER = re.compile(
    r"(?<![^\s。;])\s*(?:\((\d{1,2})\)|(\d{1,2})\s?(?:、|\.(?!\d)|\.(?=20\d\d\s?年|\d{1,2}\s?月))|([①-⑨])|(?<![一-龥])([一二三四五六七八九])、(?![一二三四、]{1,5}季)|[(]([一二三四五六七八九])[)])"
)


def read_items(cell: Span) -> list[Span]:
    """Numbered items (1、… 2、…) one by one without their numbers; a text without numbers is one item."""
    if UNKNOWN.fullmatch(cell.folded):
        return []
    starts: list[tuple[int, int]] = []
    for match in _ITEM_NUMBER.finditer(cell.folded):
        shown = next(group for group in match.groups() if group)
        number = (
            int(shown) if shown.isdecimal() else "①②③④⑤⑥⑦⑧⑨".find(shown) + 1 or "一二三四五六七八九".find(shown) + 1
        )
        if number == len(starts) + 1:
            starts.append((match.start(), match.end()))
    if not starts or cell.sub(0, starts[0][0]).strip():
        return [cell.strip()]
    ends = [start for start, _ in starts[1:]] + [len(cell)]
    return [item for (_, begin), end in zip(starts, ends, strict=True) if (item := cell.sub(begin, end).strip(";"))]
