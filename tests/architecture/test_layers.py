"""Imports run downwards only: the linter says so of the real tree, and catches each violation planted in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on the package below `folder`, with this checkout's contracts."""
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package's Python files, to plant things in."""
    shutil.copytree(PACKAGE, tmp_path / "zhaoyin", ignore=shutil.ignore_patterns("static", "templates", "__pycache__"))
    return tmp_path


def test_the_tree_keeps_every_contract() -> None:
    result = lint(PACKAGE.parent)
    assert result.returncode == 0, result.stdout + result.stderr


def test_what_decides_loads_no_framework() -> None:
    """The linter reads imports; this runs them, so that one hidden in a function of the way in would show."""
    pure = [PACKAGE / "kernel", PACKAGE / "documents", *PACKAGE.glob("*/*/rules.py"), *PACKAGE.glob("*/*/rules")]
    files = [file for path in pure for file in (path.rglob("*.py") if path.is_dir() else [path])]
    names = {
        ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__") for file in files
    }
    program = (
        "import importlib, sys\n"
        f"for name in {sorted(names)!r}: importlib.import_module(name)\n"
        "sys.exit(', '.join(sorted({'django', 'treebeard', 'psycopg', 'jinja2'} & set(sys.modules))) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


VIOLATIONS = {
    "kernel knows Django": ("kernel/planted.py", "import django.db\n", "Values and documents"),
    "documents know Django": (
        "documents/reading/planted.py",
        "from django.conf import settings\n",
        "Values and documents",
    ),
    "record knows the plan": ("record/projects/planted.py", "import zhaoyin.plan.targets\n", "Floors"),
    "ground knows the record": ("ground/ui/planted.py", "import zhaoyin.record.projects\n", "Floors"),
    "an unlisted room": ("record/planted/__init__.py", "", "Rooms of the record"),
    "an unlisted floor": ("planted/__init__.py", "", "Floors"),
    "targets know schedules": ("plan/targets/planted.py", "import zhaoyin.plan.schedules\n", "Rooms of the plan"),
    "rules know Django": ("record/planted/rules.py", "import django.utils.timezone\n", "Rules decide"),
    "rules know rows": ("record/planted/rules.py", "from zhaoyin.record.planted import models\n", "Rules decide"),
    "queries know actions": ("record/planted/queries.py", "from zhaoyin.record.planted import actions\n", "Doors"),
    "models know queries": ("record/planted/models.py", "from zhaoyin.record.planted import queries\n", "Doors"),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_planted_violation_is_caught(copy: Path, name: str) -> None:
    path, text, contract = VIOLATIONS[name]
    planted = copy / "zhaoyin" / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    for door in ("__init__", "actions", "models", "queries"):
        if not (file := planted.with_name(f"{door}.py")).exists() and planted.parent.name == "planted":
            file.write_text("")
    planted.write_text(text)
    result = lint(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), result.stdout
