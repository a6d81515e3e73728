"""Reading a PDF in a process of its own, which may take so much time and memory and no more.

A PDF is a program of drawing commands, and a few kilobytes of it can ask for hours or for all memory. The process ends
by itself at its limits; whatever happens to it, the caller gets blocks or one sentence.
"""

import contextlib
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from zhaoyin.documents.reading.files.limits import Allowance
from zhaoyin.documents.reading.source import Block, Cell, Paragraph, Table, UnreadableFile

_SECONDS = 16
_MEMORY = 320 * 1024 * 1024  # data of the process; its code and libraries are not counted

_TOO_LONG = "PDF 的内容过于复杂，没有在 20 秒内读完，请拆分后再试，或提供 Word 版。"
_DAMAGED = "PDF 已损坏，无法读取，请重新导出后再试。"


def read_pdf_confined(path: Path) -> tuple[list[Block], list[str]]:
    """The blocks of a PDF and notes on it. Raises UnreadableFile, also when time or memory ran out."""
    command = [sys.executable, "-P", "-m", __name__, str(path.absolute())]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS + 1,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_TOO_LONG) from error
    try:
        said = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableFile(_TOO_LONG if done.returncode < 0 else _DAMAGED) from error
    if "refused" in said:
        raise UnreadableFile(said["refused"])
    return [_block(block) for block in said["blocks"]], list(said["notes"])


def _block(stored: Any) -> Block:
    if len(stored) == 2:
        text, line = stored
        return Paragraph(text, line)
    _, line, rows = stored
    return Table(tuple(tuple(Cell(*cell) for cell in row) for row in rows), line)


def _stored(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.text, block.line]
    rows = [[[cell.text, cell.column, cell.colspan, cell.rowspan] for cell in row] for row in block.rows]
    return ["", block.line, rows]


def _limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on every system; there the time limit of the caller is what remains

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def answer(path: Path) -> dict[str, Any]:
    """What the process says of the PDF: its blocks and notes, or why it is refused."""
    from zhaoyin.documents.reading.files.pdf import read_pdf

    try:
        blocks, notes = read_pdf(path, Allowance())
    except UnreadableFile as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": _TOO_LONG}
    except Exception:
        # The library fails on damaged files in many ways; all of them mean the same to whoever chose the file.
        return {"refused": _DAMAGED}
    return {"blocks": [_stored(block) for block in blocks], "notes": notes}


if __name__ == "__main__":
    _limit()
    logging.disable()  # The library says something about every font; nobody listens.
    sys.stdout.write(json.dumps(answer(Path(sys.argv[1]))))
