"""`zhaoyin up`: migrate, load the sample if asked, serve, and work in the background until told to stop."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from . import start_django

GRACE_SECONDS = 30


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="服务进程数")
    parser.add_argument("--sample", action="store_true", help="数据库为空时载入演示数据")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; requests under way are answered first. Returns 0, or 1 if a process died."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from zhaoyin.ground.attachments.actions import sweep

    sweep(by=None)  # what an upload left that the machine did not survive
    if options.sample:
        from zhaoyin.config.cli.sample import load_into_empty

        load_into_empty()
    commands = [
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options.host, "--port", str(options.port),
         "--workers", str(options.workers), "--blocking-threads", "4", "--backlog", "1024", "--no-ws",
         # Headers: some 100 KiB at most, within ten seconds. A body may come slowly: a front that waits for it is the cure.
         "--http", "1", "--http1-buffer-size", "65536", "--http1-header-read-timeout", "10000",
         "--workers-kill-timeout", str(GRACE_SECONDS), "--log-level", "warning", "zhaoyin.config.wsgi:application"],
        [sys.executable, "-m", "django", "db_worker", "--interval", "0.5", "--no-startup-delay", "--no-reload", "-v", "0"],
    ]  # fmt: skip
    return supervise(commands, ready=lambda: announce(options.host, options.port))


def supervise(commands: list[list[str]], ready: object) -> int:
    """Run the processes side by side; when told to stop, or when one of them ends, end all of them and wait."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # A session of their own, so that Ctrl+C reaches only this process, which then ends them in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in commands]
    if callable(ready):
        ready()
    died = False
    while not stopping.wait(0.5):
        if any(child.poll() is not None for child in children):
            died = True
            break
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    return 1 if died else 0


def announce(host: str, port: int) -> None:
    """Say where the product is and how to sign in, once it answers."""
    import http.client

    for _ in range(100):
        try:
            connection = http.client.HTTPConnection(host, port, timeout=1)
            connection.request("GET", "/account/login/")
            if connection.getresponse().status < 500:
                break
        except OSError:
            time.sleep(0.1)
    print(f"\n招引已启动：http://{host}:{port}", flush=True)
    from zhaoyin.config.cli.sample import DEMO_PASSWORD, DEMO_USER
    from zhaoyin.ground.accounts.models import User

    if User.objects.filter(username=DEMO_USER).exists():
        print(f"演示账号：{DEMO_USER}  密码：{DEMO_PASSWORD}", flush=True)
    elif not User.objects.exists():
        print("还没有账号：请运行 zhaoyin user add 登录名", flush=True)
    print("按 Ctrl+C 停止。", flush=True)
