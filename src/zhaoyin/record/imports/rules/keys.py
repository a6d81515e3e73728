"""The keys of a sheet that leaves the house to be edited: which project, which version, and a check.

The check holds a short digest of every cell that may be edited, and one that guards number, version and digests with the
system's secret. So the sheet itself tells which of its cells were edited, and nobody moves a row onto another project.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

KEY_LABELS: dict[str, str] = {"number": "系统编号", "version": "系统版本", "check": "校验码"}
# The cells that a key covers, in the order of its digests.
CHECKED: tuple[str, ...] = ("name", "investor", "investment_yi", "land_mu", "unit", "leaders", "content", "site")
_FIGURES = {"investment_yi", "land_mu"}
_DIGITS = 6


def printed_as(field: str, text: str) -> str:
    """A cell as it is compared: without blanks, figures without the zeros a spreadsheet adds or drops."""
    bare = re.sub(r"\s", "", text)
    if field in _FIGURES:
        try:
            return f"{Decimal(bare.replace(',', '')).normalize():f}"
        except InvalidOperation:
            return bare
    return re.sub(r"[、，,；;]", "、", bare) if field == "leaders" else bare


def _digest(field: str, text: str) -> str:
    return hashlib.sha256(f"{field}\n{printed_as(field, text)}".encode()).hexdigest()[:_DIGITS]


def _guard(secret: bytes, number: str, version: str, digests: str) -> str:
    return hmac.new(secret, f"{number}|{version}|{digests}".encode(), "sha256").hexdigest()[:12]


def key_of(secret: bytes, number: int, version: int, cells: Mapping[str, str]) -> str:
    """The check for a row that goes out with these cells (field → text)."""
    digests = "".join(_digest(field, cells.get(field, "")) for field in CHECKED)
    return f"{digests}-{_guard(secret, str(number), str(version), digests)}"


def edited_cells(
    secret: bytes, number: str, version: str, check: str, cells: Mapping[str, str], fields: Sequence[str] = CHECKED
) -> set[str] | None:
    """Which of `fields` are no longer what went out; None where number, version or check were edited."""
    digests, _, guard = check.strip().partition("-")
    if len(digests) != _DIGITS * len(CHECKED) or not hmac.compare_digest(
        guard.encode(), _guard(secret, number.strip(), version.strip(), digests).encode()
    ):
        return None
    parts = dict(zip(CHECKED, (digests[i : i + _DIGITS] for i in range(0, len(digests), _DIGITS)), strict=True))
    return {field for field in fields if field in parts and _digest(field, cells.get(field, "")) != parts[field]}
