"""Ask the services that know of vulnerabilities about everything that requirements/ and package-lock.json name.

Exit code 0: nothing is known; 1: something is, and is printed; 77 (check.MISSING): a service cannot be reached, so nobody knows.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MISSING = 77
SECONDS = 240
PYTHON = (
    sys.executable,
    "-m",
    "pip_audit",
    "--require-hashes",
    "--disable-pip",
    "--progress-spinner",
    "off",
    "--format",
    "json",
)
NODE = ("npm", "audit", "--package-lock-only", "--json")


def asked(command: tuple[str, ...]) -> dict[str, Any]:
    """The JSON object that a command prints; empty where it prints none, as when its service does not answer."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return found if isinstance(found, dict) else {}


def of_python(answer: dict[str, Any]) -> list[str] | None:
    """What pip-audit knows of, a line each; None where it could ask about nothing."""
    packages = answer.get("dependencies", [])
    if not any("vulns" in package for package in packages):
        return None
    return [
        f"{package['name']} {package['version']}: {one['id']} (fixed in {', '.join(one['fix_versions']) or 'no version yet'})"
        for package in packages
        for one in package.get("vulns", [])
    ]


def of_node(answer: dict[str, Any]) -> list[str] | None:
    """What npm knows of, a line each; None where it could not ask."""
    if "vulnerabilities" not in answer:
        return None
    return [f"{name}: {one['severity']}" for name, one in sorted(answer["vulnerabilities"].items())]


def main() -> int:
    """Ask about both, and say what came of it."""
    files = [part for name in ("run", "build", "test") for part in ("-r", f"requirements/{name}.txt")]
    code = 0
    for title, found in (("Python", of_python(asked((*PYTHON, *files)))), ("Node", of_node(asked(NODE)))):
        if found is None:
            print(f"{title}: skipped, the service cannot be reached", flush=True)
            code = code or MISSING
        elif found:
            print(f"{title}: {len(found)} known\n  " + "\n  ".join(found), flush=True)
            code = 1
        else:
            print(f"{title}: nothing is known", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
