"""Text that a spreadsheet would take for a formula: told apart, and guarded so that it stays text.

A cell such as `=cmd|…` that came in with somebody's file must not run on the machine of the person who opens an export.
"""

import re

# Signs that open a formula (half and full width), after blanks a spreadsheet may drop and after guards already there;
# and a tab or line break at the head, behind which some programs look for a formula.
_RISKY = re.compile(r"'*(?:[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might run `text` when it stands alone in a cell of a CSV file."""
    return _RISKY.match(text) is not None


def guarded(text: str) -> str:
    """`text` for a CSV cell: a leading apostrophe before what is risky. `unguarded` gives the text back."""
    return f"'{text}" if is_risky(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given: for every text, `unguarded(guarded(text)) == text`."""
    return text[1:] if text.startswith("'") and is_risky(text[1:]) else text
