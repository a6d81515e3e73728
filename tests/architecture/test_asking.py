"""Every act asks whether whoever acts may: one that does not stands here, with the reason."""

import ast
from pathlib import Path

from tests.architecture.tree import ROOT, sources

ASKS = {"permit", "permit_on", "allow"}
# Room and action → why it need not ask.
NOT_ASKING = {
    **dict.fromkeys(
        (
            "accounts.change_password", "accounts.end_session", "accounts.end_other_sessions", "accounts.set_second_factor",
            "accounts.use_code", "accounts.renew_recovery_codes", "accounts.count_use",
        ),
        "on one's own account only",
    ),
    **dict.fromkeys(
        ("attachments.keep_file", "attachments.take_file", "attachments.remove_file"),
        "the room whose record it is has asked",
    ),
    "attachments.sweep": "run by the machine's operator",
    "journal.archive": "run by the machine's operator",
    "journal.verify": "whoever asks for it has been asked (audit), or is the machine's operator",
    **dict.fromkeys(("journal.record", "journal.record_many", "journal.refuse"), "a line of an act that asked"),
    "accounts.record_refusal": "a line of an act that was refused",
    **dict.fromkeys(
        ("plans.begin_reading", "plans.keep_reading", "plans.fail_reading"),
        "the reader's, in the background, for whoever was asked when the document came",
    ),
}  # fmt: skip


def calls(node: ast.AST) -> set[str]:
    """The names of the functions that are called in it."""
    called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {
        one.id if isinstance(one, ast.Name) else one.attr for one in called if isinstance(one, ast.Name | ast.Attribute)
    }


def acts() -> dict[str, dict[str, ast.FunctionDef]]:
    """Room → the functions of its actions, by name; the plan's shared writing counts as a part of each of its rooms."""
    rooms: dict[str, dict[str, ast.FunctionDef]] = {}
    shared = functions(Path("src/zhaoyin/plan/replacing.py"))
    for path in sources():
        if path.stem == "actions" or path.parent.name == "actions":
            room = path.parent.name if path.stem == "actions" else path.parent.parent.name
            rooms.setdefault(room, dict(shared)).update(functions(path))
    return rooms


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """The functions that a file defines, methods too."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def silent(room: dict[str, ast.FunctionDef]) -> set[str]:
    """The public acts (`by=` says who) of a room that neither ask nor call one of the room's functions that does."""
    asking: set[str] = set()
    while more := {name for name, node in room.items() if calls(node) & (ASKS | asking)} - asking:
        asking |= more
    acts = {
        name
        for name, node in room.items()
        if not name.startswith("_") and "by" in {one.arg for one in node.args.kwonlyargs}
    }
    return acts - asking


def test_every_act_asks_whether_it_may() -> None:
    found = {f"{room}.{name}" for room, known in acts().items() for name in silent(known)}
    assert found == set(NOT_ASKING)


def test_an_act_that_asks_nobody_is_found() -> None:
    planted = ast.parse("def wipe(*, by, unit):\n    unit.delete()\ndef edit(*, by):\n    allow(by)\n").body
    assert silent({node.name: node for node in planted if isinstance(node, ast.FunctionDef)}) == {"wipe"}
