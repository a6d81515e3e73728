"""Run every measurement and print them beside their limits and floors."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

# A data folder of the run's own, laid out before anything reads the settings.
FOLDER = Path(tempfile.mkdtemp(prefix="zhaoyin-bench-"))
os.environ["ZHAOYIN_DATA_DIR"] = str(FOLDER)
os.environ.pop("ZHAOYIN_DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"


def main() -> int:
    """Returns 0; a figure over its limit is marked, not failed: these machines are noisy."""
    from bench import command, inside, journal, organisations, pages
    from bench.table import Table
    from zhaoyin.config.cli import main as zhaoyin

    projects = int(os.environ.get("ZHAOYIN_BENCH_PROJECTS", "10000"))
    try:
        print(f"生成 {projects} 个项目 …", file=sys.stderr, flush=True)
        if zhaoyin(["generate", "--projects", str(projects)]) != 0:
            return 1
        table = Table()
        pages.measure(table)
        inside.measure(table)
        organisations.measure(table)
        command.measure(table)
        journal.measure(table)
        table.print()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
