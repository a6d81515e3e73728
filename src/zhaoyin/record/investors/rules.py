"""Names and codes of investors: what plans print, and what is wrong with a code."""

import re
from dataclasses import dataclass

from zhaoyin.kernel.characters import fold
from zhaoyin.kernel.codes import is_uscc, uscc_check_character

_LEAD = re.compile(r"^(?:意向(?:投资)?企业|意向投资方|投资方|企业)?(?:有|为|[:：])?\s*")
_OPEN = re.compile(r"\s*等(?:\d*[家个]?(?:企业|公司|单位)?)?[。.]?$")
_BETWEEN = "、,，;；\n"


@dataclass(frozen=True, slots=True)
class Named:
    """The investors that a text names, in its order; `open`: it says 等, so there are more; `intended`: it says 意向."""

    names: tuple[str, ...]
    open: bool = False
    intended: bool = False


def read_names(text: str) -> Named:
    """The names in a plan's words: 意向企业有甲公司、乙公司等 → (甲公司, 乙公司), open. "" and "/" name nobody.

    What stands in brackets is not parted: 甲(乙、丙合资)公司 is one name.
    """
    words = text.strip()
    if words in ("", "/", "-", "—", "无", "未定"):
        return Named(())
    bare = _OPEN.sub("", _LEAD.sub("", words))
    names, depth, name = [], 0, ""
    for sign in bare:
        depth += (sign in "(（") - (sign in ")）" and depth > 0)
        if depth == 0 and sign in _BETWEEN:
            names.append(name)
            name = ""
        else:
            name += sign
    found = dict.fromkeys(one.strip() for one in [*names, name] if one.strip())
    return Named(tuple(found), bool(found) and bool(_OPEN.search(words)), bool(found) and words.startswith("意向"))


def kind_of(name: str) -> str:
    """What an investor of that name seems to be: a group where it ends in 集团, else a company (`InvestorKind`)."""
    return "group" if name.endswith("集团") else "company"


def uscc_of(text: str) -> str:
    """The 统一社会信用代码 in what somebody typed, in capitals without blanks; "" for nothing. ValueError in one sentence."""
    code = re.sub(r"[\s-]", "", fold(text)).upper()
    if not code or is_uscc(code):
        return code
    if len(code) != 18:
        raise ValueError(f"统一社会信用代码应为 18 位，这里是 {len(code)} 位")
    try:
        wanted = uscc_check_character(code[:17])
    except ValueError as wrong:
        raise ValueError("统一社会信用代码里有不该出现的字符（不用 I、O、S、V、Z）") from wrong
    if wanted != code[17]:
        raise ValueError("统一社会信用代码的校验位不对，可能有一位输错，请对照营业执照")
    raise ValueError("统一社会信用代码的登记管理部门或行政区划几位不对，请对照营业执照")
