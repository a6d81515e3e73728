"""Breaking a long title: lines of like length, words whole (7.3.1: 词意完整、排列对称、长短适宜)."""

import math
import re

from ..measures import PORTRAIT, TITLE_POINTS, em_width

_ROOM = PORTRAIT.text_width // (TITLE_POINTS * 20)  # full-width characters of 二号 in one line
# What is never split: figures with their unit, Latin words, names in book marks, and the words such titles are made of.
_WHOLE = re.compile(
    r"[0-9０-９]+[年月日号个]?份?|[A-Za-z]+|关于|招大引强|招商引资|招才引智|攻坚行动|攻坚|行动方案|实施方案|方案|重大|项目"
    r"|工作|推进|情况|督查|通报|进展|责任|分解表|目标|任务|上半年|下半年|季度|全市|全县|全区|全省|月份|印发|通知|报告|领导小组|办公室"
)


def broken(title: str) -> tuple[str, ...]:
    """The lines of a title: those it came with, or as many as it needs, the first not shorter than it must be."""
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    width = em_width(title)
    if width <= _ROOM:
        return (title,)
    aim = width / math.ceil(width / (_ROOM - 1))
    inside = {at for found in _WHOLE.finditer(title) for at in range(found.start() + 1, found.end())}
    best = min(
        (at for at in range(1, len(title)) if em_width(title[:at]) <= _ROOM),
        key=lambda at: (
            abs(em_width(title[:at]) - aim) + 6 * (at in inside) + 6 * (title[at] in "的、，。）》〕”了和与及")
        ),
    )
    return (title[:best], *broken(title[best:]))
