"""Run a command beside a PostgreSQL of its own: `postgres.py COMMAND …`.

The server lives in a temporary folder, listens on a free port of 127.0.0.1, is told to the command as
ZHAOYIN_DATABASE_URL, and ends with it. It trades safety for speed (no fsync): it is for tests and measurements.
Exit code: the command's, or 77 when this machine has no PostgreSQL.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = 77
START_SECONDS = 30
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off"}


def programs() -> Path | None:
    """The folder of the newest `initdb` and `postgres`, which Debian keeps off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    folders = [*reversed(versions), *([Path(found).resolve().parent] if found else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def end_with_parent() -> None:
    """In the server's process: ask the kernel to shut it down if we are killed before we can (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGQUIT)


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """A running server; yields its address. PostgreSQL refuses to run as root, so root hands it to `postgres`."""
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    credentials = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    with tempfile.TemporaryDirectory(prefix="zhaoyin-postgres-") as folder:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data, log, port = Path(folder, "data"), Path(folder, "log"), free_port()
        # Plain byte order, as SQLite sorts: a test means the same on both.
        made = [f"--pgdata={data}", "--username=zhaoyin", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [str(binaries / "initdb"), *made], check=True, stdout=subprocess.DEVNULL, cwd=folder, **credentials
        )
        options = [f"-c{name}={value}" for name, value in FAST.items()]
        options += ["-clisten_addresses=127.0.0.1", f"-cport={port}", f"-cunix_socket_directories={folder}"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(data), *options],
                cwd=folder,
                stdout=output,
                stderr=output,
                preexec_fn=end_with_parent,
                start_new_session=True,
                **credentials,
            )
        try:
            until = time.monotonic() + START_SECONDS
            ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
            while subprocess.run(ready, check=False).returncode:
                if process.poll() is not None or time.monotonic() > until:
                    sys.exit("PostgreSQL did not start:\n" + log.read_text(errors="replace"))
                time.sleep(0.05)
            yield f"postgresql://zhaoyin@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: clients are cut off, files are left whole
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main(command: list[str]) -> int:
    """Run `command` beside a server; return its exit code."""
    binaries = programs()
    if binaries is None:
        print("PostgreSQL is not installed (Debian: apt-get install postgresql): its tests are skipped.")
        return MISSING
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(binaries) as address:
        child = subprocess.Popen(command, env=dict(os.environ, ZHAOYIN_DATABASE_URL=address))
        try:
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
