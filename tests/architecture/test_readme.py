"""What the two introductions say of commands, settings, targets and files is so."""

import re

import pytest

from tests.architecture.tree import PACKAGE, ROOT, sources
from zhaoyin.config.cli import COMMANDS

INTRODUCTIONS = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(pattern: str, written: str) -> set[str]:
    return set(re.findall(pattern, written, flags=re.MULTILINE))


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_every_setting_that_is_read_is_told_and_no_other(introduction: str) -> None:
    read = set().union(*(names(r"\"(ZHAOYIN_[A-Z_]+)\"", text(str(path))) for path in sources()))
    assert names(r"^\| `(ZHAOYIN_[A-Z_]+)`", text(introduction)) == read


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_every_command_told_is_there(introduction: str) -> None:
    told = names(r"^(?: {4}|\| `)zhaoyin ([a-z]+)", text(introduction))
    assert len(told) > 1
    for command in told:
        module = PACKAGE / "config" / "cli" / COMMANDS[command][0]
        assert module.with_suffix(".py").exists() or (module / "__init__.py").exists(), command


@pytest.mark.parametrize("introduction", [*INTRODUCTIONS, "CONTRIBUTING.md"])
def test_every_target_and_every_file_told_is_there(introduction: str) -> None:
    written = text(introduction)
    targets = names(r"^([a-z-]+):.*##", text("Makefile"))
    assert names(r"(?:`|^ {4})make ([a-z-]+)", written) <= targets
    assert [link for link in names(r"\]\(([^)#:]+)\)", written) if not (ROOT / link).exists()] == []


def test_the_decisions_are_all_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = names(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}
