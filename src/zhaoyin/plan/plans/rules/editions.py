"""Whether two titles are of one plan."""

import re

from rapidfuzz import fuzz

# What a newer edition's title adds without becoming another plan.
EDITION = r"征求意见稿|送审稿|修订稿|修订版|修订|调整版|调整稿|正式稿|印发稿|第?[一二三四五六七八九十\d]+[稿版]"
EDITION_WORDS = re.compile(rf"[（(【\[]?(?:{EDITION})[）)】\]]?|关于印发|的通知|[\s《》]")


def same_plan(title: str, other: str) -> bool:
    """Whether two titles of one jurisdiction and year speak of one plan, the words of an edition aside.

    One may leave words out; none may stand for another: 招商引资行动方案 and 招才引智行动方案 are two plans.
    """
    shorter, longer = sorted((EDITION_WORDS.sub("", title), EDITION_WORDS.sub("", other)), key=len)
    rest = iter(longer)
    return fuzz.ratio(shorter, longer) >= 90 and all(letter in rest for letter in shorter)
