"""国民经济行业分类, GB/T 4754-2017 (in force since 2017-10-01; amendment 1 of 2019 is not worked in).

Complete down to the third level: 20 门类, 97 大类, 473 中类, each with its code and name. The fourth level (小类, four digits) is
not held: a code of four digits is taken when its 中类 exists, and is called by that name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

STANDARD = "GB/T 4754-2017"
LEAST_LETTERS, MOST_FOUND = 1, 30


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (one letter), division (two digits) or group (three); `above` is the code of what it lies in, "" for none."""

    code: str
    name: str
    above: str

    @property
    def path(self) -> tuple["Industry", ...]:
        """From the section down to this one."""
        known = industries()
        return (*(known[self.above].path if self.above else ()), self)

    @property
    def words(self) -> str:
        """C38 电气机械和器材制造业, C384 电池制造: the section's letter before the digits, as statistics print it."""
        section = self.path[0].code
        return f"{section}{self.code if self.above else ''} {self.name}"


@cache
def industries() -> Mapping[str, Industry]:
    """Every one of the standard by its code, in the standard's order."""
    found: dict[str, Industry] = {}
    section = division = ""
    for line in files(__package__).joinpath("gbt4754_2017.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        for code, name in zip(words[::2], words[1::2], strict=True):
            if code.isalpha():
                section, above = code, ""
            elif len(code) == 2:
                division, above = code, section
            else:
                above = division
            found[code] = Industry(code, name, above)
    return MappingProxyType(found)


def industry_of(code: str) -> Industry | None:
    """The industry of a code as people write it (c3841, 38, C); of four digits its 中类. None for none."""
    bare = code.strip().upper()
    section = bare[:1] if bare[:1].isalpha() else ""
    digits = bare[1:] if section else bare
    if len(digits) > 4 or not ((digits.isascii() and digits.isdigit()) or (section and not digits)):
        return None
    found = industries().get(digits[:3] if digits else section)
    return found if found is not None and section in ("", found.path[0].code) else None


def words_of_code(code: str) -> str:
    """A code as it is kept, in words that keep all its digits: 3841 → C3841 电池制造; "" for none."""
    found = industry_of(code) if code else None
    if found is None:
        return ""
    digits = code.strip().upper().lstrip("ABCDEFGHIJKLMNOPQRST")
    return f"{found.path[0].code}{digits} {found.name}"


def find_industries(word: str, most: int = MOST_FOUND) -> list[Industry]:
    """Those whose name contains `word` or whose code begins with it, at most `most`: the finer ones first, since a project
    makes something in particular."""
    word = word.strip()
    if len(word) < LEAST_LETTERS:
        return []
    bare = word.upper()
    digits = bare[1:] if bare[:1].isalpha() and bare[:1].isascii() else bare
    hits = [
        one
        for one in industries().values()
        if word in one.name
        or (bare == one.path[0].code and not one.above)
        or (digits.isdigit() and one.code.startswith(digits[:3]) and (digits is bare or bare[0] == one.path[0].code))
    ]
    return sorted(hits, key=lambda one: (-len(one.code) if one.above else 0, one.code))[:most]


def lies_in(code: str, wider: str) -> bool:
    """Whether an industry's code lies in `wider` (a section, division or group), or is it."""
    one = industry_of(code)
    whole = industry_of(wider)
    return one is not None and whole is not None and whole in one.path
