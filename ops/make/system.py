"""Install the Debian packages that some tests need, where apt may be used; else say what is missing.

It never fails: tests whose package is missing show as skipped. A database cluster that Debian starts on installing
PostgreSQL is removed again, because the tests bring up their own and nothing may be left running.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def on_path(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def found(folder: str, pattern: str) -> bool:
    return any(Path(folder).glob(pattern))


NEEDED: dict[str, tuple[str, Callable[[], bool]]] = {
    "chromium": ("browser tests", lambda: on_path("chromium", "chromium-browser", "google-chrome")),
    "postgresql": ("tests on PostgreSQL", lambda: on_path("initdb") or found("/usr/lib/postgresql", "*/bin/initdb")),
    "fonts-noto-cjk": ("Chinese text in pictures and PDF", lambda: found("/usr/share/fonts", "**/NotoSansCJK*")),
    "libpango-1.0-0": ("PDF", lambda: ctypes.util.find_library("pango-1.0") is not None),
    "libpangoft2-1.0-0": ("PDF", lambda: ctypes.util.find_library("pangoft2-1.0") is not None),
}


def missing() -> list[str]:
    """The packages whose contents this machine lacks."""
    return [package for package, (_, there) in NEEDED.items() if not there()]


def privilege() -> list[str] | None:
    """What stands before a command to run it as root, or `None` where that is not to be had."""
    if os.geteuid() == 0:
        return []
    silent = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True) if on_path("sudo") else None
    return ["sudo", "-n"] if silent and silent.returncode == 0 else None


def clusters() -> set[tuple[str, ...]]:
    """Debian's PostgreSQL clusters, as (version, name)."""
    if not on_path("pg_lsclusters"):
        return set()
    listed = subprocess.run(["pg_lsclusters", "-h"], check=False, capture_output=True, text=True).stdout
    return {tuple(line.split()[:2]) for line in listed.splitlines() if line.strip()}


def install(packages: list[str], root: list[str]) -> None:
    """Install `packages` with apt; leave no service of theirs running."""
    before = clusters()
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=False)
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(install, check=False, stdout=subprocess.DEVNULL)
    for version, name in clusters() - before:
        subprocess.run([*root, "pg_dropcluster", "--stop", version, name], check=False)


def main() -> None:
    """Install what is missing, then say what still is."""
    wanted = missing()
    root = privilege()
    if wanted and on_path("apt-get") and root is not None:
        print("Installing " + " ".join(wanted) + " …", flush=True)
        install(wanted, root)
        wanted = missing()
    for package in wanted:
        print(f"missing: {package}, for {NEEDED[package][0]} (as root: apt-get install {package})")
    if not wanted:
        print("all there: " + " ".join(NEEDED))


if __name__ == "__main__":
    sys.exit(main())
