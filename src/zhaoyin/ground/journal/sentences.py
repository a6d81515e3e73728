"""The journal's lines as sentences for people. Each room tells in its `apps.py` how its acts are said."""

from collections.abc import Callable, Mapping
from typing import Any

from .models import Entry

Sentence = Callable[[dict[str, Any]], str]
_sentences: dict[str, Sentence] = {}


def provide(sentences: Mapping[str, Sentence]) -> None:
    """Let each act (`room.verb`) be said by its function, which gets the line's detail."""
    _sentences.update(sentences)


def sentence(entry: Entry) -> str:
    """The line in Chinese. An act that nobody says, or an old detail that has another form, is still named."""
    say = _sentences.get(entry.act)
    if say is None:
        return f"其他操作（{entry.act}）"
    try:
        return say(entry.detail)
    except (KeyError, IndexError, TypeError, ValueError):
        return f"其他操作（{entry.act}）"
