"""The journal's lines as sentences for people. Each room tells in its `apps.py` how its acts are called and said."""

from collections.abc import Callable, Mapping
from typing import Any

from .models import Entry

Sentence = Callable[[dict[str, Any]], str]
_sentences: dict[str, Sentence] = {}
_names: dict[str, str] = {}


def provide(sentences: Mapping[str, Sentence], *, names: Mapping[str, str] | None = None) -> None:
    """Let each act (`room.verb`) be said by its function, which gets the line's detail; `names` are for filters."""
    _sentences.update(sentences)
    _names.update(names or {})


def sentence(entry: Entry) -> str:
    """The line in Chinese. An act that nobody says, or an old detail that has another form, is still named."""
    say = _sentences.get(entry.act)
    if say is None:
        return f"其他操作（{entry.act}）"
    try:
        return say(entry.detail)
    except (KeyError, IndexError, TypeError, ValueError):
        return name_of(entry.act)


def name_of(act: str) -> str:
    """What the act is called."""
    return _names.get(act, f"其他操作（{act}）")


def known_acts() -> dict[str, str]:
    """Act → what it is called, of every act that some room says, by room."""
    return {act: name_of(act) for act in sorted(_sentences)}
