"""What of the journal is kept outside the database: the key, the head of the chain, and the archives.

Whoever can change the database but not this folder can neither make a line that passes for genuine nor cut the chain's end
unnoticed. Several machines that serve one database share the key; each keeps the head that it saw last.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from .rules import Keyed, Mark

_known: dict[tuple[Path, str], Keyed] = {}
KEY, HEAD, ARCHIVES = "journal-key", "journal-head", "archives"


class NoKey(Exception):
    """Lines are there, but the key that seals them is not. The message is one sentence for whoever keeps the system."""


def folder() -> Path:
    """The folder, made at first need."""
    path: Path = settings.JOURNAL_DIR
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keyed(lines_are_there: Callable[[], bool]) -> Keyed:
    """What seals and links with this deployment's key, which is made for the first line. Raises NoKey.

    A key that was lost is never replaced silently: every line before would look forged.
    """
    path, algorithm = settings.JOURNAL_DIR, settings.JOURNAL_HASH
    known = _known.get((path, algorithm))
    if known is None:
        file = path / KEY
        if not file.exists():
            if lines_are_there():
                raise NoKey(f"操作日志的密钥文件 {file} 不在。请从备份恢复它；没有它不能写日志，也就不能办理业务。")
            _make(folder() / KEY)
        known = _known[path, algorithm] = Keyed(file.read_text().strip().encode(), algorithm)
    return known


def _make(file: Path) -> None:
    draft = file.with_name(f".{KEY}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32))
    try:
        # Linking fails where another process was first, so that all of them use one key.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def head() -> Mark | None:
    """The last link that this machine knows of; None where none was kept."""
    try:
        seq, _, value = (settings.JOURNAL_DIR / HEAD).read_text().strip().partition(" ")
        return Mark(int(seq), value)
    except (OSError, ValueError):
        return None


def keep_head(mark: Mark) -> None:
    """Remember the chain's last link, unless a later one is remembered already."""
    known = head()
    if known is not None and known.seq >= mark.seq:
        return
    file = folder() / HEAD
    draft = file.with_name(f".{HEAD}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.write_text(f"{mark.seq} {mark.hash}\n")
    os.replace(draft, file)


def archives() -> Path:
    """The folder of the archives, made at first need."""
    path = folder() / ARCHIVES
    path.mkdir(exist_ok=True, mode=0o700)
    return path
