"""Servers for the benchmark: the product with two workers, and the floor with two workers."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Start `command`, wait until the port answers, yield the process id, and end it with all its children."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError(f"ended before it answered: {command}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@contextmanager
def product(port: int) -> Iterator[int]:
    """The product as `zhaoyin up` serves it."""
    with running([sys.executable, "-m", "bench.up", str(port)], port) as pid:
        yield pid


@contextmanager
def floor(port: int) -> Iterator[int]:
    """The minimal view under the same server."""
    served = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error"]
    workers = ["--workers", "2", "--blocking-threads", "4"]
    command = [sys.executable, "-m", "granian", *served, *workers, "bench.floor:application"]
    with running(command, port) as pid:
        yield pid


class Client:
    """One connection that stays open, signed in by cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Cookie": cookie, "Accept-Encoding": "identity"}

    def get(self, path: str) -> bytes:
        """The body; raises for anything but 200."""
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {response.getheader('Location') or ''}")
        return body

    def p50(self, paths: list[str], times: int) -> float:
        """The median milliseconds of `times` requests over `paths` in turn, after one of each."""
        for path in paths:
            self.get(path)
        taken = []
        for number in range(times):
            start = time.perf_counter()
            self.get(paths[number % len(paths)])
            taken.append((time.perf_counter() - start) * 1000)
        return statistics.median(taken)

    def p50_after(self, act: Callable[[], None], path: str, times: int) -> float:
        """The median milliseconds of a request that follows `act`."""
        taken = []
        for _ in range(times):
            act()
            start = time.perf_counter()
            self.get(path)
            taken.append((time.perf_counter() - start) * 1000)
        return statistics.median(taken)


def memory_mb(pid: int) -> tuple[float, int]:
    """The proportional memory of the server's worker processes below `pid` in MB, and how many they are."""
    total, count = 0.0, 0
    for child in _below(pid):
        words = (Path("/proc") / str(child) / "cmdline").read_bytes().replace(b"\0", b" ")
        if b"db_worker" in words:
            continue
        rollup = (Path("/proc") / str(child) / "smaps_rollup").read_text()
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
        count += 1
    return total, count


def _below(pid: int) -> list[int]:
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parent = int((Path("/proc") / entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found += [int(entry), *_below(int(entry))]
    return found
