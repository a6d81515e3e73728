"""Valid files with bytes cut off, turned over or doubled: always a document or a refusal, and nothing unforeseen."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents import made_files as made
from zhaoyin.documents.reading.files import confined, read_file
from zhaoyin.documents.reading.source import SourceDocument, UnreadableFile

HTML = "<html><meta charset=utf-8><h1>方案</h1><table><tr><td rowspan=2>甲<td>1<tr><td>2</table><ul><li>丙</ul></html>"


def word(path: Path) -> None:
    table = made.tbl(
        made.tr(made.tc("甲", '<w:vMerge w:val="restart"/>'), made.tc("1")), made.tr(made.tc(""), made.tc("2"))
    )
    made.docx(
        path,
        made.p("一、目标", '<w:numPr><w:numId w:val="1"/></w:numPr>') + table,
        styles=f'<w:styles xmlns:w="{made.W}"/>',
    )


def book(path: Path) -> None:
    data = made.rows(["序号", "名称"], [1, "甲"], [2.5, "乙"]) + '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    made.xlsx(path, {"表": data}, strings=["x"], formats=["0.0%"])


MAKERS: dict[str, Callable[[Path], object]] = {
    "a.docx": word,
    "b.xlsx": book,
    "c.txt": lambda path: path.write_text("方案\n签约 25 个\n" * 5, "gb18030"),
    "d.html": lambda path: path.write_text(HTML),
    "e.csv": lambda path: path.write_text('序号,名称\n1,"甲\n乙"\n'),
    "f.md": lambda path: path.write_text("# 方案\n\n|a|b|\n|-|-|\n|1|2|\n"),
    "g.pdf": lambda path: made.pdf(path, [made.text_at(100, 700, "正文") + made.box_at(90, 600, 40, 30)]),
}


def spoiled(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    kind = chance.randrange(4)
    if kind == 0:
        return bytes(changed[: chance.randrange(len(changed))])
    at = chance.randrange(len(changed))
    if kind == 1:
        del changed[at : at + chance.randrange(1, 30)]
    elif kind == 2:
        changed[at:at] = changed[at : at + chance.randrange(1, 30)]
    else:
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("name", MAKERS)
def test_spoiled_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    MAKERS[name](path)
    assert isinstance(read_file(path), SourceDocument)
    data = path.read_bytes()
    chance = random.Random(name)
    for _ in range(8 if name.endswith(".pdf") else 150):
        path.write_bytes(spoiled(data, chance))
        check(path)


@pytest.mark.parametrize("name", ["a.docx", "b.xlsx"])
def test_spoiled_parts(tmp_path: Path, name: str) -> None:
    """The parts themselves spoiled, the package whole."""
    path = tmp_path / name
    MAKERS[name](path)
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    chance = random.Random(name)
    for _ in range(200):
        changed = dict(parts)
        part = chance.choice(list(parts)[1:])
        changed[part] = spoiled(parts[part], chance)
        with zipfile.ZipFile(path, "w") as archive:
            for each, content in changed.items():
                archive.writestr(each, content)
        check(path)


def test_a_spoiled_pdf_is_foreseen_in_its_own_process(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    made.pdf(path, [made.text_at(100, 700, "正文")])
    data = path.read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        path.write_bytes(spoiled(data, chance))
        assert confined.answer(path).keys() in ({"refused"}, {"blocks", "notes"})


# What the last resort in `read_file` would hide: mistakes of ours, not damage of the file.
MISTAKES = (TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError)


def check(path: Path) -> None:
    """A document or a refusal; and no refusal that hides a mistake."""
    refused: UnreadableFile | None = None
    try:
        assert isinstance(read_file(path), SourceDocument)
    except UnreadableFile as refusal:
        refused = refusal
    if refused is not None:
        assert str(refused).endswith("。")
        assert not isinstance(refused.__cause__, MISTAKES), repr(refused.__cause__)
