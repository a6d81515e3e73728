"""The console command `zhaoyin`. Each command lives in its own module, which is loaded only when it is asked for."""

import argparse
import importlib
import os
import sys

# Name → (module, one line of help). `plan read` must not load Django: it needs no database and starts in a blink.
COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("up", "迁移数据库并启动服务，直到被要求停止"),
    "plan": ("plan", "读取行动方案，或把它建立为项目库"),
    "user": ("user", "管理账号"),
    "lights": ("lights", "逐节点的灯"),
    "targets": ("targets", "年度目标进度"),
    "bulletin": ("bulletin", "编制月度督查通报"),
    "projects": ("projects", "导出责任分解表"),
    "journal": ("journal", "核验或归档操作日志"),
    "check": ("check", "检查设置；--deploy 列出不安全之处"),
    "attachments": ("attachments", "核对附件文件，清理没有记录的"),
    "sample": ("sample", "在空数据库中载入演示数据"),
    "load": ("load", "载入一个行政区划的数据文件"),
    "generate": ("generate", "生成大量演示项目，供测速"),
    "django": ("django", "Django 自带的管理命令"),
}


class Refusal(Exception):
    """The command cannot do what was asked. The message is one sentence; the exit status is 2."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 2 refused (one sentence on standard error)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="zhaoyin", description="招引：从行动方案到项目库和督查通报")
    names = parser.add_subparsers(dest="command", metavar="命令", required=True)
    chosen = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name, (module, line) in COMMANDS.items():
        command = names.add_parser(name, help=line, description=line, add_help=name != "django")
        if name == chosen:
            importlib.import_module(f"{__name__}.{module}").declare(command)
    if chosen == "django":
        start_django()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["zhaoyin django", *arguments[1:]])
        return 0
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2


def start_django() -> None:
    """Load the settings and the rooms, for commands that need the database. Raises Refusal for a wrong setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoyin.config.settings")
    import django

    from zhaoyin.config import collector
    from zhaoyin.config.environment import WrongSetting

    try:
        django.setup()
    except WrongSetting as wrong:
        raise Refusal(str(wrong)) from None
    collector.settle()
