"""The folder's files, read and checked as a whole before anything is written."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import shapes
from .lines import Block, Faults, Key, WrongData, checked, read_yaml

SHOWN = 20  # faults; whoever mends twenty runs it again


@dataclass(slots=True)
class Folder:
    """What the files say, checked. `plan` is None where the folder has no plan.yaml."""

    path: Path
    jurisdiction: Block
    units: list[Block]
    officials: list[Block]
    leading: list[Block]
    groups: list[Block]
    teams: list[Block]
    platforms: list[Block]
    plan: Block | None = None
    projects: list[Block] = field(default_factory=list)
    facts: list[Block] = field(default_factory=list)
    records: list[Block] = field(default_factory=list)


def read_folder(path: Path) -> Folder:
    """Read organisations.yaml, plan.yaml and records.yaml of `path` (the last two if there). Raises WrongData."""
    if not path.is_dir():
        raise WrongData([f"没有文件夹 {path}"])
    faults: list[str] = []
    folder = _organisations(path, faults)
    if (path / "plan.yaml").exists():
        folder.plan = _plan(path, faults)
    if (path / "records.yaml").exists():
        _records(folder, faults)
    if faults:
        rest = len(faults) - SHOWN
        raise WrongData(faults[:SHOWN] + ([f"另有 {rest} 处"] if rest > 0 else []))
    return folder


def _organisations(path: Path, faults: list[str]) -> Folder:
    note = Faults("organisations.yaml", faults)
    data = checked(read_yaml(path / note.file), shapes.ORGANISATIONS, note)
    folder = Folder(
        path=path,
        jurisdiction=checked(data["jurisdiction"], shapes.JURISDICTION, note),
        units=_all(data["units"], shapes.UNIT, note),
        officials=_all(data["officials"], shapes.OFFICIAL, note),
        leading=_all(data["leading"], shapes.LEADING, note),
        groups=_all(data["groups"], shapes.GROUP, note),
        teams=_all(data["teams"], shapes.TEAM, note),
        platforms=_all(data["platforms"], shapes.PLATFORM, note),
    )
    for kind, blocks in (("单位", folder.units), ("干部", folder.officials), ("平台", folder.platforms)):
        seen: set[str] = set()
        for block in blocks:
            if block["name"] in seen:
                note.add(block.line, f"{kind}“{block['name']}”写了两次")
            seen.add(block["name"])
    units = {block["name"] for block in folder.units}
    officials = {block["name"] for block in folder.officials}
    for official in folder.officials:
        official["posts"] = _all(official["posts"], shapes.POST, note)
        for post in official["posts"]:
            _known(post, "unit", units | {folder.jurisdiction["name"]}, "单位", note)
            if post["since"] and post["until"] and post["until"] < post["since"]:
                note.add(post.line, "离任日早于任职日")
    for platform in folder.platforms:
        _known(platform, "unit", units, "单位", note)
    for steering in folder.leading:
        _known(steering, "office", units, "单位", note)
        steering["members"] = _all(steering["members"], shapes.MEMBER, note)
        for member in steering["members"]:
            _known(member, "official", officials, "干部", note)
    for group in folder.groups:
        _known(group, "lead", officials, "干部", note)
    for team in folder.teams:
        for key in ("city_leader", "section_official", "commissioners"):
            _known(team, key, officials, "干部", note)
    return folder


def _plan(path: Path, faults: list[str]) -> Block:
    note = Faults("plan.yaml", faults)
    plan = checked(read_yaml(path / note.file), shapes.PLAN, note)
    if plan["document"] and not (path / plan["document"]).is_file():
        note.add(plan.lines["document"], f"文件夹里没有“{plan['document']}”")
    plan["chapters"] = _all(plan["chapters"], shapes.CHAPTER, note)
    plan["sections"] = _all(plan["sections"], shapes.SECTION, note)
    for section in plan["sections"]:
        section["projects"] = _all(section["projects"], shapes.ROW, note)
    if not plan["document"] and not plan["sections"]:
        note.add(1, "要么用 document 指明方案文件，要么用 sections 写出项目清单")
    return plan


def _records(folder: Folder, faults: list[str]) -> None:
    note = Faults("records.yaml", faults)
    data = checked(read_yaml(folder.path / note.file), shapes.RECORDS, note)
    folder.projects = _all(data["projects"], shapes.PROJECT, note)
    folder.facts = _all(data["facts"], shapes.FACTS, note)
    units = {block["name"] for block in folder.units}
    officials = {block["name"] for block in folder.officials}
    platforms = {block["name"] for block in folder.platforms}
    sections = folder.plan["sections"] if folder.plan else []
    rows = [row for section in sections for row in section["projects"]]
    projects = {block["name"] for block in (*folder.projects, *rows)}
    # A plan that comes as a document names projects that are known only once it is read.
    projects_known = not (folder.plan and folder.plan["document"])
    for block in folder.projects:
        _known(block, "unit", units, "单位", note)
        _known(block, "leaders", officials, "干部", note)
        _known(block, "platform", platforms, "平台", note)
        block["milestones"] = _all(block["milestones"], shapes.MILESTONE, note)
    teams = {block["name"] for block in folder.teams}
    for block in folder.facts:
        _known(block, "platform", platforms, "平台", note)
        _known(block, "team", teams, "专班", note)
        block["contacts"] = _all(block["contacts"], shapes.CONTACT, note)
        block["shared"] = _all(block["shared"], shapes.SHARE, note)
        for share in block["shared"]:
            _known(share, "unit", units, "单位", note)
        if projects_known:
            _known(block, "project", projects, "项目", note)
    for raw in data["records"]:
        record = _record(raw, note)
        if record is None:
            continue
        _known(record, "unit", units, "单位", note)
        if projects_known:
            _known(record, "project", projects, "项目", note)
        folder.records.append(record)


def _record(raw: Any, note: Faults) -> Block | None:
    """One record, of the kind that its telling key names."""
    kinds = [kind for kind in shapes.RECORD if isinstance(raw, Block) and kind in raw]
    if len(kinds) != 1:
        line = raw.line if isinstance(raw, Block) else 1
        note.add(line, f"一条记录应当而且只应有这些键之一：{'、'.join(shapes.RECORD)}")
        return None
    block = checked(raw, shapes.RECORD[kinds[0]], note)
    block["is"] = kinds[0]
    return block


def _all(blocks: Any, keys: dict[str, Key], note: Faults) -> list[Block]:
    return [checked(block, keys, note) for block in blocks]


def _known(block: Block, key: str, names: set[str], kind: str, note: Faults) -> None:
    """A fault unless what `key` names is one of `names`."""
    given = block.get(key)
    for name in given if isinstance(given, (list, tuple)) else [given]:
        if name is not None and name not in names:
            note.add(block.lines.get(key, block.line), f"没有名为“{name}”的{kind}")
