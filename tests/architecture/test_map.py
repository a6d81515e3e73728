"""docs/map.md leads every clause of docs/plan.md to what serves it, and what it names is there."""

import re
from dataclasses import dataclass

from tests.architecture.tree import PACKAGE, ROOT

MAP = ROOT / "docs" / "map.md"
LATER = re.compile(r"later: \w+")
RULE = re.compile(r"`([\w.]+)`")
PATH = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One row of the map, as written: the clause and the four cells behind it."""

    clause: str
    room: str
    rule: str
    page: str
    test: str


def rows() -> list[Row]:
    found = []
    for line in MAP.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if re.fullmatch(r"\d+(\.\d+)+", cells[0]):
            assert len(cells) == 5, line
            found.append(Row(*cells))
    return found


def clauses() -> list[str]:
    return re.findall(
        r"^- \*\*([\d.]+)\*\*", (ROOT / "docs" / "plan.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )


def test_every_clause_is_on_the_map_once_and_in_order() -> None:
    listed = [row.clause for row in rows()]
    assert len(clauses()) > 40
    assert listed == clauses()


def test_every_room_is_built_or_said_to_come_later() -> None:
    for row in rows():
        built = [PACKAGE.joinpath(*room.split(".")).is_dir() for room in RULE.findall(row.room)]
        assert all(built) if built else LATER.search(row.room) or row.room == "—", row


def test_every_rule_named_is_there() -> None:
    """A rule is written as its path from the package: `plan.schedules.rules.milestone_light`."""
    for row in rows():
        for rule in RULE.findall(row.rule):
            *module, name = rule.split(".")
            file = PACKAGE.joinpath(*module).with_suffix(".py")
            texts = [file.read_text(encoding="utf-8")] if file.exists() else []
            texts += [one.read_text(encoding="utf-8") for one in PACKAGE.joinpath(*module).glob("*.py")]
            named = re.compile(rf"^(?:def |class |{name}\b.*=).*\b{name}\b|^{name}\b.*=", re.MULTILINE)
            assert any(named.search(text) for text in texts), (row.clause, rule)


def test_every_test_and_page_named_is_there() -> None:
    for row in rows():
        for path in [ROOT / test for test in PATH.findall(row.test)] + [
            PACKAGE / page for page in PATH.findall(row.page)
        ]:
            assert path.exists(), (row.clause, path)


def test_what_is_built_is_tested() -> None:
    for row in rows():
        if RULE.search(row.room):
            assert PATH.search(row.test), f"{row.clause} is served by {row.room}, and no test is named"
