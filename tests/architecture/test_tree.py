"""Habits of the house that no linter knows: short files, names that say something, nothing of one machine."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, sources, tracked

LONGEST = 400
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "core"}
# Parts of other actions: they keep derived facts up to date, and whoever calls them has journalled the reason.
PARTS_OF_ACTIONS = {"record_movement", "refresh_outlooks"}
CODE = {".py", ".ts", ".css", ".scss", ".html", ".jinja"}

# Said in parts, because this file is tracked too.
NOT_TO_BE_TRACKED = {
    "address of a package registry": re.compile(
        "|".join(
            (
                "py" + r"pi\.org",
                "python" + "hosted",
                "registry" + r"\.npmjs",
                "deb" + r"\.debian\.org",
                "//npm" + "mirror",
            )
        )
    ),
    "path of one machine": re.compile(
        r"(?<![\w.~-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me")) + r")/\w"
    ),
    "secret": re.compile("PRIVATE" + r" KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"),
}


def test_no_file_outgrows_its_reader() -> None:
    for path in tracked():
        if path.parts[0] in ("src", "assets", "tests", "ops", "bench") and path.suffix in CODE:
            lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
            assert lines <= LONGEST, f"{path} has {lines} lines: split it where its subjects part"


def test_names_say_what_is_inside() -> None:
    assert not [path for path in tracked() if EMPTY_NAMES & {*path.parts[:-1], path.name.split(".")[0]}]


def test_nothing_of_one_machine_is_tracked() -> None:
    found = []
    for path in tracked():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {what}" for what, pattern in NOT_TO_BE_TRACKED.items() if pattern.search(text)]
    assert not found


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("address of a package registry", "index-url = https://py" + "pi.org/simple"),
        ("path of one machine", 'open("/ro' + 'ot/notes.txt")'),
        ("secret", "-----BEGIN PRIVATE" + " KEY-----"),
    ],
)
def test_what_must_not_be_tracked_is_recognised(what: str, line: str) -> None:
    assert NOT_TO_BE_TRACKED[what].search(line)


def test_pinned_files_carry_hashes_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path
        blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
        assert blocks
        assert all("--hash=sha256:" in block for block in blocks), path
    lock = ROOT / "package-lock.json"
    assert not lock.exists() or '"resolved"' not in lock.read_text(encoding="utf-8")


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    groups += project["project"].get("optional-dependencies", {}).values()
    for requirement in [one for group in groups for one in group]:
        number = next(n for n, line in enumerate(lines) if f'"{requirement}"' in line)
        assert lines[number - 1].strip().startswith("# "), f"{requirement}: no reason above it"


def decides_or_writes(path: Path) -> bool:
    """Whether `path` is of kernel, documents, or a room's rules or actions, where every public name is explained."""
    inside = path.relative_to("src/zhaoyin")
    doors = {*inside.parts[:-1], inside.stem}
    return inside.parts[0] in ("kernel", "documents") or bool(doors & {"rules", "actions"})


def test_what_decides_and_what_writes_is_explained() -> None:
    bare = []
    for path in filter(decides_or_writes, sources()):
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith(
                "_"
            ):
                bare += [] if ast.get_docstring(node) else [f"{path}:{node.lineno} {node.name}"]
    assert not bare


def test_no_decision_and_no_query_has_a_clock_of_its_own() -> None:
    """The day is an argument: what is asked as of June must be answered in August as it was."""
    clocks = {"today", "now", "utcnow", "localdate", "localtime"}
    found = []
    for path in sources():
        inside = path.relative_to("src/zhaoyin")
        if inside.parts[0] in ("kernel", "documents") or {*inside.parts[:-1], inside.stem} & {"rules", "queries"}:
            for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in clocks:
                    found.append(f"{path}:{node.lineno} {node.attr}")
    assert not found


def actions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every action of every room: the public functions of `actions.py`, or those that `actions/__init__.py` names."""
    for door in sorted(PACKAGE.glob("*/*/actions.py")):
        for node in ast.parse(door.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield door, node
    for door in sorted(PACKAGE.glob("*/*/actions/__init__.py")):
        imports = [one for one in ast.parse(door.read_text(encoding="utf-8")).body if isinstance(one, ast.ImportFrom)]
        named = {alias.name for one in imports for alias in one.names}
        for file in sorted(door.parent.glob("*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.name in named:
                    yield file, node


def test_a_write_says_who_and_names_its_arguments() -> None:
    """Every action is keyword-only and takes `by`; a subscriber takes one event, which carries it."""
    wrong = []
    for file, node in actions():
        ordered, named = ({one.arg for one in group} for group in (node.args.args, node.args.kwonlyargs))
        subscribes = ordered == {"event"}
        if not subscribes and (ordered or ("by" not in named and node.name not in PARTS_OF_ACTIONS)):
            wrong.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert len(list(actions())) > 20
    assert not wrong


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_every_package_has_a_way_in() -> None:
    """A folder of Python files without `__init__.py` would be left out of the layers unseen."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert not [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()]
