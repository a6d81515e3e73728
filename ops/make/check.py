"""Run the stages of `make test`, all of them even when one fails, and close with one table and one line of counts.

Usage: check.py [STAGE …]. Without a name every stage runs. Exit code 1 when any stage failed.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGE_SECONDS = 900  # a stage that hangs is ended, and the next one still runs
MISSING = 77  # what postgres.py answers when this machine has no PostgreSQL, audit.py when nobody can be asked

PYTHON = sys.executable
MAKE = (os.environ.get("MAKE", "make"), "--silent", "--no-print-directory")
WORKERS = str(min(4, os.cpu_count() or 1))
PYTEST = (PYTHON, "-m", "pytest", "-q", "-n", WORKERS)
PAGES_ASIDE = ("-m", "not browser")
ON_ROWS = ("-m", "database and not browser")  # what reaches no database means the same on every database
SOURCES = ("src", "tests", "ops", "bench")


@dataclass(frozen=True)
class Stage:
    """One stage: commands that all run; `tests` says that they are pytest, whose own counts go into the sum."""

    name: str
    title: str
    commands: tuple[tuple[str, ...], ...]
    tests: bool = False


STAGES = (
    Stage("system", "Debian packages", ((PYTHON, "ops/make/system.py"),)),
    Stage("assets", "Front end builds", ((*MAKE, "assets"),)),
    Stage("python", "Style: Python", (("ruff", "check", *SOURCES), ("ruff", "format", "--check", *SOURCES))),
    Stage("templates", "Style: templates", (("djlint", "src", "--lint", "--quiet"),)),
    Stage("typescript", "Style and types: TypeScript", (("npm", "run", "--silent", "check"),)),
    Stage("types", "Types", (("mypy",),)),
    Stage("layers", "Layers", (("lint-imports", "--no-logo", "--cache-dir", ".cache/import-linter"),)),
    Stage("audit", "Known vulnerabilities", ((PYTHON, "ops/make/audit.py"),)),
    Stage("sqlite", "Tests on SQLite", ((*PYTEST, *PAGES_ASIDE),), tests=True),
    Stage("postgres", "Tests on PostgreSQL", ((PYTHON, "ops/make/postgres.py", *PYTEST, *ON_ROWS),), tests=True),
    Stage("browser", "Tests in a browser", ((*PYTEST, "-m", "browser"),), tests=True),
)


@dataclass
class Outcome:
    """What a stage came to: counts of tests, or one for a stage that is itself the test."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0


def run(command: tuple[str, ...], environment: dict[str, str]) -> int:
    """Run `command` in the checkout and return its exit code; nothing it started outlives this call."""
    print("\n$ " + " ".join(command).replace(f"{ROOT}/", ""), flush=True)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        return process.wait(timeout=STAGE_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"ended after {STAGE_SECONDS} seconds", flush=True)
        return 1
    finally:
        end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End the process group of `process`: politely first, so that databases and browsers can close."""
    for sign, patience in ((signal.SIGTERM, 40.0), (signal.SIGKILL, 1.0)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            return
        until = time.monotonic() + patience
        while time.monotonic() < until:
            process.poll()
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)


def counts(report: Path) -> Outcome:
    """The counts in one of pytest's JUnit files."""
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    number = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    return Outcome(max(0, number["tests"] - failed - number["skipped"]), failed, number["skipped"])


def perform(stage: Stage, folder: Path) -> Outcome:
    """Run every command of a stage and say what came of it."""
    print(f"\n==== {stage.title} ====", flush=True)
    report = folder / f"{stage.name}.xml"
    environment = dict(os.environ, PYTEST_ADDOPTS=f"--junit-xml={report}") if stage.tests else dict(os.environ)
    started = time.monotonic()
    codes = [run(command, environment) for command in stage.commands]
    if stage.tests and report.exists():
        outcome = counts(report)
        if any(codes) and not outcome.failed and codes != [5]:  # 5: there was no such test
            outcome.failed = 1
    elif MISSING in codes:
        outcome = Outcome(skipped=1)
    else:
        outcome = Outcome(failed=1) if any(codes) else Outcome(passed=1)
    outcome.seconds = time.monotonic() - started
    return outcome


def main(names: list[str]) -> int:
    """Run the named stages, or all; return the exit code."""
    unknown = set(names) - {stage.name for stage in STAGES}
    if unknown:
        print(f"No such stage: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="zhaoyin-check-") as folder:
        chosen = [stage for stage in STAGES if not names or stage.name in names]
        outcomes = [(stage, perform(stage, Path(folder))) for stage in chosen]
    print("\n==== Summary ====")
    for stage, one in outcomes:
        word = "FAILED" if one.failed else "ok" if one.passed else "skipped"
        tests = f"{one.passed} passed, {one.failed} failed, {one.skipped} skipped" if stage.tests else ""
        print(f"{word:8} {one.seconds:6.1f} s  {stage.title:28} {tests}".rstrip())
    total = [sum(getattr(one, name) for _, one in outcomes) for name in ("passed", "failed", "skipped")]
    print(f"\nTotal: {total[0]} passed, {total[1]} failed, {total[2]} skipped", flush=True)
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
