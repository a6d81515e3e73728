"""What `make test` stands on: every stage is reported, and the database it brings up is gone afterwards."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.make import check, postgres
from tests.architecture.tree import ROOT

needs_postgres = pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed")


def stage(*commands: str, tests: bool = False) -> check.Stage:
    return check.Stage("probe", "A probe", tuple((sys.executable, "-c", command) for command in commands), tests)


def outcome(probe: check.Stage, folder: Path) -> tuple[int, int, int]:
    one = check.perform(probe, folder)
    return one.passed, one.failed, one.skipped


def test_a_stage_that_fails_counts_and_its_other_commands_still_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    failing = stage("raise SystemExit(3)", f"open({str(mark)!r}, 'w').close()")
    assert outcome(failing, tmp_path) == (0, 1, 0)
    assert mark.exists()


def test_a_stage_without_its_program_counts_as_skipped(tmp_path: Path) -> None:
    assert outcome(stage(f"raise SystemExit({check.MISSING})"), tmp_path) == (0, 0, 1)


def test_counts_are_those_of_the_tests(tmp_path: Path) -> None:
    suite = '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>'
    report = tmp_path / "probe.xml"
    write = f"open({str(report)!r}, 'w').write({suite!r}); raise SystemExit(1)"
    assert outcome(stage(write, tests=True), tmp_path) == (5, 2, 2)


def test_tests_that_break_before_they_count_are_a_failure(tmp_path: Path) -> None:
    assert outcome(stage("raise SystemExit(4)", tests=True), tmp_path) == (0, 1, 0)


def test_nothing_a_stage_started_outlives_it(tmp_path: Path) -> None:
    started = (
        "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid)"
    )
    number = tmp_path / "pid"
    check.perform(stage(f"import sys; sys.stdout = open({str(number)!r}, 'w'); {started}"), tmp_path)
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A temporary folder that the database's own user may enter; what a killed server leaves goes with it."""
    with tempfile.TemporaryDirectory(prefix="zhaoyin-probe-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def start(code: str, folder: Path) -> tuple[subprocess.Popen[str], int]:
    """`postgres.py` around a Python command that prints its database's address first; the port of the server."""
    say = "import os; print(os.environ['ZHAOYIN_DATABASE_URL'], flush=True);"
    command = [sys.executable, str(ROOT / "ops/make/postgres.py"), sys.executable, "-c", say + code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(folder)})
    assert process.stdout is not None
    return process, int(process.stdout.readline().rsplit(":", 1)[1].split("/")[0])


@needs_postgres
def test_the_database_answers_and_ends_with_its_command(folder: Path) -> None:
    query = (
        "import psycopg; psycopg.connect(os.environ['ZHAOYIN_DATABASE_URL']).execute('select 1'); raise SystemExit(5)"
    )
    process, port = start(query, folder)
    assert process.wait(timeout=30) == 5
    assert not listens(port)
    assert not list(folder.iterdir())


@needs_postgres
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_the_database_ends_when_its_command_is_ended(folder: Path, sign: signal.Signals) -> None:
    process, port = start("import time; time.sleep(5)", folder)
    assert listens(port)
    process.send_signal(sign)
    process.wait(timeout=30)
    until = time.monotonic() + 10
    while listens(port) and time.monotonic() < until:
        time.sleep(0.1)
    assert not listens(port)
