"""Telephone numbers: what is one, what everybody may see of it."""

import re
import unicodedata

_PHONE = re.compile(
    r"(?P<number>\+?[\d\s()./-]+?)\s*(?:(?:转|分机|ext\.?|x|#)[\s:.]*(?P<extension>\d{1,6}))?", re.IGNORECASE
)


_HOME = re.compile(r"^(\+86|0086|86(?=1[3-9]\d{9}$))")


_MOBILE = re.compile(r"1[3-9]\d{9}")


_LANDLINE = re.compile(r"(?P<area>0(?:10|2\d|[3-9]\d{2}))(?P<own>\d{7,8})")


HIDDEN = "****"


NO_PHONE = "电话应为手机号码或座机号码，如 138 0000 0000、0576-8500 0000 转 801"


def phone_of(typed: str) -> str:
    """A telephone number as it is kept: as typed, in half-width digits. Raises ValueError for what is none."""
    words = " ".join(unicodedata.normalize("NFKC", typed).replace("—", "-").split())
    if not words:
        return ""
    found = _PHONE.fullmatch(words)
    if found is None or not 5 <= len(_digits(found["number"])) <= 18:
        raise ValueError(NO_PHONE)
    return words


def masked(phone: str) -> str:
    """What everybody may see of a number that `phone_of` gave: 138****5678, 0576-****5678, +****5678.

    At least four digits are hidden, and how many is not told; of an extension nothing is shown.
    """
    found = _PHONE.fullmatch(phone)
    if found is None:
        return HIDDEN if phone else ""
    bare = found["number"].strip()
    number = _HOME.sub("", ("+" if bare.startswith("+") else "") + _digits(bare))
    extension = f"转{HIDDEN}" if found["extension"] else ""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}{HIDDEN}{number[-4:]}{extension}"
    # A number from abroad has its area code without the zero.
    landline = _LANDLINE.fullmatch(number) or _LANDLINE.fullmatch(f"0{number}")
    if landline and (number.startswith("0") or bare.startswith(("+86", "0086"))):
        return f"{landline['area']}-{HIDDEN}{landline['own'][4:]}{extension}"
    digits = number.removeprefix("+")
    sign = "+" if number.startswith("+") else ""
    return f"{sign}{HIDDEN}{digits[4:][-4:]}{extension}"


def tells(reason: str, phone: str) -> bool:
    """Whether the words hold the number, however it is written: such a reason must not be kept."""
    found = _PHONE.fullmatch(phone)
    number = _digits(found["number"]) if found else ""
    return bool(number) and number[-7:] in _digits(unicodedata.normalize("NFKC", reason))


def _digits(words: str) -> str:
    return "".join(one for one in words if "0" <= one <= "9")
