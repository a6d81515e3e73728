"""The audit of what we depend on fails on a finding, and says so where nobody could be asked."""

from typing import Any

import pytest

from ops.make import audit, check

KNOWN = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}]}
SAFE = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}
UNASKED = {"dependencies": [{"name": "a", "skip_reason": "could not be audited"}]}
NODE_KNOWN = {"vulnerabilities": {"b": {"severity": "high"}}}
NODE_SAFE: dict[str, Any] = {"vulnerabilities": {}}


@pytest.mark.parametrize(
    ("python", "node", "code"),
    [
        (SAFE, NODE_SAFE, 0),
        (KNOWN, NODE_SAFE, 1),
        (SAFE, NODE_KNOWN, 1),
        (UNASKED, NODE_SAFE, check.MISSING),
        ({}, {"error": {}}, check.MISSING),
        (UNASKED, NODE_KNOWN, 1),
        (KNOWN, {}, 1),
    ],
)
def test_a_finding_fails_and_silence_is_skipped(
    monkeypatch: pytest.MonkeyPatch, python: dict[str, Any], node: dict[str, Any], code: int
) -> None:
    monkeypatch.setattr(audit, "asked", lambda command: node if command[0] == "npm" else python)
    assert audit.main() == code


def test_a_program_that_says_nothing_was_not_asked() -> None:
    assert audit.asked(("false",)) == {}
    assert audit.asked(("there-is-no-such-program",)) == {}


def test_it_is_a_stage_of_the_checks() -> None:
    assert (
        "audit.py" in " ".join(one for stage in check.STAGES for command in stage.commands for one in command)
    ) is True
