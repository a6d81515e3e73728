"""Accounts as they are typed: what a sign-in name and a mobile number look like."""

import re
import unicodedata

NAME = re.compile(r"[\w][\w.@-]{1,31}")
MOBILE = re.compile(r"1\d{10}", re.ASCII)


def login_name(text: str) -> str:
    """A sign-in name as it is stored: full-width letters as plain ones, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def login_fault(name: str) -> str:
    """What is wrong with a stored sign-in name, a sentence; empty where nothing is."""
    return "" if NAME.fullmatch(name) else "登录名为 2 至 32 个字，只用字母、数字、汉字和 . _ - @。"


def mobile_number(text: str) -> str:
    """A mobile number as it is stored: eleven digits, without blanks, hyphens and the country's code."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\.0$", "", plain.removeprefix("+86").removeprefix("0086"))


def mobile_fault(number: str) -> str:
    """What is wrong with a stored mobile number, a sentence; empty where nothing is, and where none is given."""
    return "" if not number or MOBILE.fullmatch(number) else "手机号应为 11 位数字。"


def masked(number: str) -> str:
    """A mobile number for whoever need not call it: 138****1234."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else number
