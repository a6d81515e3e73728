"""Characters that are stored in a file but not printed, taken out the same way for every format."""

import re

# Zero-width characters and control characters say nothing; a no-break space prints as a space.
_UNPRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ODD = re.compile(_UNPRINTED.pattern[:-1] + "\xa0\r]")
_BLANKS = " \t\n\r\u3000\xa0"


def printed(text: str) -> str:
    """`text` as it is seen: no unprinted characters, no blanks at its ends; line breaks are `\\n`."""
    if _ODD.search(text):
        text = _UNPRINTED.sub("", text).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(_BLANKS)
