"""Codes with a rule of their own: 统一社会信用代码 (GB 32100-2015) and 行政区划代码 (GB/T 2260)."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 2: no I, O, S, V, Z
_VALUE = {c: i for i, c in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_USCC = re.compile(rf"[1-9A-HJ-NPQRTUWXY][1-9][0-9]{{6}}[{_ALPHABET}]{{10}}")
_DIVISION = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}")


def uscc_check_character(first17: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015, 附录 A). ValueError when a character is not of the code's set."""
    if len(first17) != 17 or any(c not in _VALUE for c in first17):
        raise ValueError("统一社会信用代码的前 17 位不合 GB 32100 的字符集")
    total = sum(_VALUE[c] * weight for c, weight in zip(first17, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    """Whether `code` is a well-formed 统一社会信用代码 whose check character is right (91350100M000100Y43 is)."""
    return bool(_USCC.fullmatch(code)) and uscc_check_character(code[:17]) == code[17]


def is_division_code(code: str) -> bool:
    """Whether `code` has the shape of GB/T 2260: six digits that begin with a province. The division itself is not looked up."""
    if not _DIVISION.fullmatch(code):
        return False
    return not (code[2:4] == "00" and code[4:] != "00")


def division_level(code: str) -> str:
    """province, prefecture or county, by the zeros of a GB/T 2260 code. ValueError when it is none."""
    if not is_division_code(code):
        raise ValueError(f"不是行政区划代码：{code[:12]}")
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"
