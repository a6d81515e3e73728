"""`zhaoyin up` on a port, as a module, so that the benchmark needs no installed command."""

import sys

from zhaoyin.config.cli import main

sys.exit(main(["up", "--port", sys.argv[1], "--workers", "2"]))
