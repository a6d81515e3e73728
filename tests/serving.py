"""The product as its users meet it: a real server over a data folder of its own, and the machine's Chromium.

Used by the browser tests and by the pictures of `make shots`.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 45  # the product gives requests under way 30
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Served:
    """A running server: its address, and the data folder it works on."""

    url: str
    folder: Path

    def command(self, *arguments: str) -> str:
        """What `zhaoyin …` prints, run on the same data; a failing command raises CalledProcessError."""
        done = subprocess.run(
            zhaoyin(*arguments), env=environment(self.folder), cwd=ROOT, check=True, text=True, capture_output=True
        )
        return done.stdout


def zhaoyin(*arguments: str) -> list[str]:
    """The command line of the product, by the interpreter that runs the tests."""
    return [sys.executable, "-c", "import sys; from zhaoyin.config.cli import main; sys.exit(main())", *arguments]


def environment(folder: Path) -> dict[str, str]:
    """The environment of a server over `folder`: nothing of the developer's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHAOYIN_", "DJANGO_"))}
    return {**kept, "ZHAOYIN_DATA_DIR": str(folder), "PYTHONUTF8": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a server answers at `url`, with whatever status."""
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """`zhaoyin up` over `folder` on a free port, until the block ends; `options` go to the command (`--sample`)."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            zhaoyin("up", "--port", str(port), *options),
            env=environment(folder),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            until = time.monotonic() + START_SECONDS
            while not answers(url):
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise RuntimeError("the server did not start:\n" + log.read())
                time.sleep(0.1)
            yield Served(url, folder)
        finally:
            process.terminate()
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def browser_program() -> str | None:
    """The machine's Chromium, or `None`."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def browser(program: str) -> "Iterator[Browser]":
    """A headless Chromium that keeps its own files in a temporary home."""
    from playwright.sync_api import sync_playwright  # slow to load, and few tests need it

    with tempfile.TemporaryDirectory(prefix="zhaoyin-browser-") as home, sync_playwright() as playwright:
        arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
        homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), home)
        env: dict[str, str | float | bool] = {**os.environ, **homes}
        running = playwright.chromium.launch(executable_path=program, args=arguments, env=env)
        try:
            yield running
        finally:
            running.close()


def window(running: "Browser", size: dict[str, int]) -> "BrowserContext":
    """A fresh window of `size`, as a reader in China has it."""
    return running.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
