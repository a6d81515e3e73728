"""Processes that each commit one small action with its line after the other, all at once.

Run as `python -m tests.load.journal_writers SECONDS UNIT`: it waits for a line on its standard input, writes for so long, and
prints how many actions it committed.
"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

from tests.architecture.tree import ROOT


def write(seconds: float, unit_id: int) -> int:
    """Commit actions for `seconds`; returns how many."""
    import django

    django.setup()
    from django.db import transaction

    from zhaoyin.ground.journal import actions
    from zhaoyin.ground.organisations.models import Official, Unit

    unit = Unit.objects.get(pk=unit_id)
    print("ready", flush=True)
    sys.stdin.readline()
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        with transaction.atomic():
            official = Official.objects.create(jurisdiction=unit, name=f"干部{os.getpid()}-{done}")
            actions.record(
                by=None,
                act="organisations.official_added",
                subject=official,
                jurisdiction_id=unit.pk,
                detail={"n": done},
            )
        done += 1
    return done


def run(writers: int, seconds: float, unit_id: int, environment: dict[str, str]) -> tuple[int, list[str]]:
    """Let so many processes write at once; returns how many actions they committed together, and what they complained of."""
    command = [sys.executable, "-m", "tests.load.journal_writers", str(seconds), str(unit_id)]
    options = {"cwd": ROOT, "env": {**os.environ, **environment}, "text": True}
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
                )
            )
            for _ in range(writers)
        ]  # type: ignore[call-overload]
        for one in processes:
            assert one.stdout.readline() == "ready\n"
        for one in processes:
            one.stdin.write("\n")
            one.stdin.flush()
        said = [one.communicate(timeout=seconds + 60) for one in processes]
    return sum(int(out or 0) for out, _ in said), [error for _, error in said if error]


if __name__ == "__main__":
    print(write(float(sys.argv[1]), int(sys.argv[2])))
