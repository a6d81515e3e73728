"""Since when a plan is known, and where its projects stand: the section says what stage they are pushed from (年度抓手)."""

import re
from datetime import date

from zhaoyin.kernel.stages import Stage

PUSHED_FROM: tuple[tuple[str, Stage], ...] = (
    (r"投产|竣工|达产", Stage.PRODUCTION),
    (r"开工|在建|续建|建设", Stage.CONSTRUCTION),
    (r"落地|供地|注册", Stage.LANDED),
    (r"签约|签订", Stage.SIGNED),
    (r"盯引|在谈|洽谈|谈判|对接", Stage.NEGOTIATION),
    (r"研判|评审|论证", Stage.APPRAISAL),
)
# 盯引抓签约, 签约促落地, 落地转开工: what stands before the verb is where the project is.
PUSH = re.compile(r"^(?P<at>.+?)[抓促转推保](?P<to>.+)$")


def stage_on_entry(section: str | None) -> Stage:
    """The stage a project of `section` is in when the plan is committed; a lead where the section does not say.

    Only a section that pushes from one stage to the next speaks of the present: "签约项目" may be a wish.
    """
    found = PUSH.match(section or "")
    if found is None:
        return Stage.LEAD
    return next((stage for words, stage in PUSHED_FROM if re.search(words, found["at"])), Stage.LEAD)


def known_from(year: int, today: date, last: date | None) -> date:
    """The day from which the library knows a plan that is committed `today`.

    A plan of a year gone by is known from that year's first day, so that its days can be asked; an edition never before
    the one that it renews was (`last`, None for a first one).
    """
    day = today if year >= today.year else date(year, 1, 1)
    return day if last is None else max(day, last)
