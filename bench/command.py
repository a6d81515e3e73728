"""Whole commands, as processes."""

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import Table, median_ms


def measure(table: Table) -> None:
    """`zhaoyin plan read` of the sample's document, beside a Python that does nothing."""
    from bench.inside import sample_text

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.txt"
        path.write_text(sample_text(), encoding="utf-8")
        read = [sys.executable, "-c", "import sys; from zhaoyin.config.cli import main; sys.exit(main(sys.argv[1:]))",
                "plan", "read", str(path), "--json"]  # fmt: skip
        least = median_ms(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
        taken = median_ms(lambda: subprocess.run(read, check=True, stdout=subprocess.DEVNULL), 5)
    table.add("zhaoyin plan read（整个进程）", 1000, taken, least)
