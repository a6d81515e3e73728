"""Web pages: text blocks and tables in order, as a browser would show them without its styles."""

import re
from collections.abc import Callable
from typing import Any, cast

from lxml import etree

from zhaoyin.documents.reading.files.assembling import Assembler
from zhaoyin.documents.reading.files.limits import Allowance
from zhaoyin.documents.reading.source import Block, UnreadableFile

_UNSEEN = frozenset({
    "script", "style", "head", "title", "noscript", "template", "svg", "select", "option", "button", "textarea",
    "iframe", "object", "audio", "video", "canvas",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
})  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_MOST_ACROSS, _MOST_DOWN = 1000, 65_534  # HTML Living Standard, 4.9.11
_DEEPEST = 2_000


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's head names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def read_page(text: str, allowance: Allowance) -> list[Block]:
    """The blocks of a page; `line` counts its text blocks. Raises UnreadableFile for a page nested beyond reason."""
    allowance.take_characters(len(text))
    page = _Page(Assembler(allowance))
    parser = etree.HTMLParser(
        target=cast("Any", page), encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    data = text.encode("utf-8", "replace")
    try:
        for at in range(0, len(data), 1 << 16):
            parser.feed(data[at : at + (1 << 16)])
        parser.close()
    except etree.LxmlError:
        pass  # A page broken off is read as far as it goes.
    return page.close()


class _Page:
    """The parser's target: gathers text until a block element begins or ends."""

    def __init__(self, out: Assembler) -> None:
        self._out = out
        self._parts: list[str] = []
        self._level = 0
        self._unseen = 0
        self._depth = 0
        self._verbatim = 0
        self._lists: list[int | None] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "table": lambda a: self._out.open_table(),
            "tr": lambda a: self._out.open_row(),
            "td": self._start_cell,
            "th": self._start_cell,
            "ol": lambda a: self._lists.append(_whole(a.get("start"), 1, 1, 10**6)),
            "ul": lambda a: self._lists.append(None),
            "li": self._start_item,
            "pre": lambda a: self._keep_spaces(1),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table": self._out.close_table,
            "tr": self._out.close_row,
            "td": self._out.close_cell,
            "th": self._out.close_cell,
            "ol": self._end_list,
            "ul": self._end_list,
            "pre": lambda: self._keep_spaces(-1),
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFile("网页嵌套层数过多，不是正常的文档，请把内容复制到 Word 后另存为 .docx 再试。")
        if self._unseen:
            self._unseen += 1
            return
        if name in _UNSEEN or (name not in _VOID and _is_hidden(attributes)):
            self._unseen = 1
            return
        if name == "br":
            self._parts.append("\n")
        elif name in _BLOCKS:
            self._flush()
            if len(name) == 2 and name[0] == "h" and name[1].isdecimal():
                self._level = int(name[1])
            if handler := self._starts.get(name):
                handler(attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._unseen:
            self._unseen -= 1
        elif name in _BLOCKS:
            self._flush()
            self._level = 0
            if handler := self._ends.get(name):
                handler()

    def data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(data if self._verbatim else _SPACES.sub(" ", data))

    def comment(self, text: str) -> None:
        pass

    def close(self) -> list[Block]:
        """End the page; called once more at the end of one that is broken off."""
        self._flush()
        return self._out.finish()

    def _flush(self) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        if text.strip():
            self._out.paragraph(text if self._verbatim else re.sub(" {2,}", " ", text), self._level)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        across = _whole(attributes.get("colspan"), 1, 1, _MOST_ACROSS)
        down = _whole(attributes.get("rowspan"), 1, 0, _MOST_DOWN)
        self._out.open_cell(across, down or _MOST_DOWN)

    def _start_item(self, attributes: dict[str, str]) -> None:
        if self._lists and (number := self._lists[-1]) is not None:
            number = _whole(attributes.get("value"), number, 1, 10**6)
            self._parts.append(f"{number}. ")
            self._lists[-1] = number + 1

    def _end_list(self) -> None:
        if self._lists:
            self._lists.pop()

    def _keep_spaces(self, step: int) -> None:
        self._verbatim = max(0, self._verbatim + step)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _whole(value: str | None, otherwise: int, least: int, most: int) -> int:
    value = (value or "").strip()
    return min(max(int(value), least), most) if value.isdecimal() and len(value) < 10 else otherwise
