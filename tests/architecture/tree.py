"""The checkout as these tests see it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "zhaoyin"


def tracked() -> list[Path]:
    """Every file under version control that is there now, relative to the checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def sources() -> list[Path]:
    """Every Python file of the package, relative to the checkout."""
    return sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))
