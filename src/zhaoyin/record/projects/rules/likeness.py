"""Names without what every name carries, and whether two leads may be one (docs/rules/filings.md)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

LEGAL_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|\(集团\)|（集团）|集团|控股|公司|股份|等$)|[\s()（）“”\"'·、，,。-]"
)


PROJECT_WORDS = re.compile(r"(建设项目|项目|工程|（[^）]*期[^）]*）)$|[\s“”\"'·]")


def bare_name(name: str) -> str:
    """A company's name without its legal form, as far as anything remains: two such names are compared for likeness."""
    return LEGAL_FORMS.sub("", name) or name


def bare_project(name: str) -> str:
    """A project's name without the words that every project's name carries."""
    return PROJECT_WORDS.sub("", name) or name


# What tells two otherwise alike names apart: numbers, letters, 一期 against 二期, 东区 against 西区.
TELLING = re.compile(r"[0-9]+|[A-Za-z]+|[一二三四五六七八九十首]+(?=[期号标#座])|[东西南北](?=[区片园])")

# Points for what two leads share. What reaches SHOWN is shown before a lead is saved.
SAME_INVESTOR, LIKE_INVESTOR, SAME_GROUP, SAME_NAME, LIKE_NAME, SAME_PLACE = 60, 40, 45, 50, 40, 10
SHOWN = 40
CONTRARY = 20  # taken off where both investors are known and nothing about them is alike
CLOSE = 80  # rapidfuzz's ratio, 0 to 100, from which two names are alike
LEAST_HELD = 3  # characters that a name must have to say something where another one holds it


class Lead(NamedTuple):
    """What a lead is recognised by, each as written and empty where unknown: whose project, which, and where."""

    investor: str = ""
    group: str = ""
    project: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two leads may be one: `points` say how surely, `why` says it in Chinese phrases, the weightiest first.

    `same`: investor and project are the same but for legal forms, signs and characters that sound alike.
    """

    points: int
    same: bool
    why: tuple[str, ...]


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """How a bare name sounds, in pinyin without tones; letters and digits stay, signs go. Empty for an empty name."""
    from pypinyin import lazy_pinyin  # its dictionary is 55 MB that a process does not carry before somebody compares

    return "".join(lazy_pinyin(_written(name), errors=lambda signs: re.sub(r"\W", "", signs).lower()))


def lead_key(lead: Lead) -> str:
    """One word for a lead, equal for those that are the `same`; empty unless both investor and project are known."""
    investor, project = _sounds(lead)
    return f"{investor}/{project}" if investor and project else ""


def alike(left: Lead, right: Lead) -> Alike | None:
    """How alike two leads are, or None where nothing speaks for their being one. The order of the two says nothing."""
    points, why = 0, []
    for found, words in (_by_investor(left, right), _by_project(left, right)):
        points += found
        why += [words] if words else []
    if not points:
        return None
    (investor, _), (other, _) = _sounds(left), _sounds(right)
    if investor and other and not _by_investor(left, right)[0]:
        points -= CONTRARY
    if left.place and _written(left.place) == _written(right.place):
        points += SAME_PLACE
        why.append(f"拟落户地都是“{left.place.strip()}”")
    same = bool(key := lead_key(left)) and key == lead_key(right)
    return Alike(points, same, tuple(why)) if points >= SHOWN or same else None


@lru_cache(maxsize=65536)
def _written(name: str) -> str:
    """A name in one way of writing: half-width, small letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", name).lower().split())


@lru_cache(maxsize=65536)
def _bare(name: str) -> str:
    return bare_name(_written(name))


@lru_cache(maxsize=65536)
def _bare_project(name: str) -> str:
    return bare_project(_written(name))


def _sounds(lead: Lead) -> tuple[str, str]:
    return sound(_bare(lead.investor)), sound(_bare_project(lead.project))


def _by_investor(left: Lead, right: Lead) -> tuple[int, str]:
    """Points and words for whose project it is: the investors, or the groups behind them."""
    one, other = _bare(left.investor), _bare(right.investor)
    if one and other:
        if one == other:
            return SAME_INVESTOR, "投资方相同" if left.investor == right.investor else "投资方去掉公司字样后相同"
        if sound(one) and sound(one) == sound(other):
            return SAME_INVESTOR, "投资方读音相同"
    for mine in filter(None, (_bare(left.group), one)):
        for theirs in filter(None, (_bare(right.group), other)):
            if (mine, theirs) != (one, other) and sound(mine) and sound(mine) == sound(theirs):
                return SAME_GROUP, "同属一个集团"
    if one and other:
        short, long = sorted((one, other), key=len)
        if len(short) >= LEAST_HELD and short in long:
            return LIKE_INVESTOR, "一方的投资方名称包含另一方的"
        if fuzz.ratio(one, other) >= CLOSE:
            return LIKE_INVESTOR, "投资方名称相近"
    return 0, ""


def _by_project(left: Lead, right: Lead) -> tuple[int, str]:
    """Points and words for which project it is; none where numbers, letters or phases tell the two apart."""
    one, other = _bare_project(left.project), _bare_project(right.project)
    if not one or not other or sorted(TELLING.findall(one)) != sorted(TELLING.findall(other)):
        return 0, ""
    if one == other:
        return SAME_NAME, "项目名称相同"
    if sound(one) and sound(one) == sound(other):
        return SAME_NAME, "项目名称读音相同"
    return (LIKE_NAME, "项目名称相近") if fuzz.ratio(one, other) >= CLOSE else (0, "")
