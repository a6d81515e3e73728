"""Editing a reading: one cell, one row more, one row less. Pure: the old JSON stays as it was, the new one is returned.

A path names a place in the reading: `title`, `targets.0.value`, `projects.3.milestones.1.end`, `projects.3.extra.备注`.
What was printed before the first edit of a field is kept in its item under `printed`; a row taken out is kept under
`removed` beside the lists.
"""

from collections.abc import Callable, Mapping
from typing import Any

from zhaoyin.kernel.phrases import first_phrase, modality

from ..stored import Json
from .fields import FIELDS, Unfit, field_of, value_at

CHILDREN: dict[str, tuple[str, ...]] = {
    "reading": ("targets", "duties", "projects"),
    "projects": ("phases", "milestones"),
}
GONE = "这一行已不在，请刷新后再改"

# What a row holds that a person adds, and what must be typed for it.
BLANK: dict[str, Json] = {
    "targets": {"label": None, "metric": "", "comparator": "ge", "value": "1", "unit": "个", "floor_yi": None, "scope": "",
                "quote": ""},
    "duties": {"measure": None, "who": [], "kind": "count", "period": "month", "comparator": "ge", "value": "1",
               "unit": "次", "each": True, "soft": False, "quote": ""},
    "projects": {"name": None, "seq": None, "section": None, "investment_yi": None, "land_mu": None, "investor": None,
                 "content": None, "progress": [], "goals": None, "leaders": [], "unit": None, "complete": True,
                 "phases": [], "milestones": [], "extra": {}, "doubts": []},
    "phases": {"name": None, "investment_yi": None, "land_mu": None},
    "milestones": {"text": None, "when": "", "start": None, "end": None, "kind": "undated", "stage": None, "phase": None},
}  # fmt: skip
NEEDED = {
    "targets": ("label", "value", "unit"), "duties": ("who", "measure", "value"), "projects": ("name",), "phases": ("name",),
    "milestones": ("text",),
}  # fmt: skip
MOST_ROWS = {"targets": 200, "duties": 200, "projects": 20000, "phases": 50, "milestones": 100}
# Columns that hold no null: blank is the empty string there.
EMPTY_WORDS = {("targets", "scope"), ("milestones", "when")}

Change = Callable[[Json, str, str], Json]


def apply_edit(reading: Json, path: str, typed: str) -> Json:
    """The reading with the field at `path` set to what was typed. Raises Unfit with a sentence.

    Setting a milestone's time words sets its window too; setting its dates, its kind, where they would contradict.
    Setting the year gives a window to the milestones that had none for want of a year.
    """
    year = reading["year"]

    def change(item: Json, kind: str, name: str) -> Json:
        changed = _set(item, kind, name, typed, year)
        if (kind, name) == ("reading", "year"):
            changed["projects"] = [_with_windows(project, changed["year"]) for project in item["projects"]]
        return _traced(item, changed, kind)

    return _changed(reading, "reading", path.split("."), change)


def item_at(reading: Json, path: str) -> tuple[Json, str, str]:
    """The item that holds the field at `path`, its kind and the field's name. Raises Unfit where there is none."""
    found: list[tuple[Json, str, str]] = []

    def note(item: Json, kind: str, name: str) -> Json:
        found.append((item, kind, name))
        return item

    _changed(reading, "reading", path.split("."), note)
    return found[0]


def add_row(reading: Json, path: str, given: Mapping[str, str]) -> Json:
    """The reading with one row more at the end of the list at `path`; `given` is what was typed, field by field."""

    def change(item: Json, kind: str, name: str) -> Json:
        if name not in CHILDREN.get(kind, ()):
            raise Unfit("这里不能加行")
        if len(item[name]) >= MOST_ROWS[name]:
            raise Unfit(f"最多 {MOST_ROWS[name]} 行")
        row = {**BLANK[name], "places": {}, "added": True}
        for key in dict.fromkeys([*NEEDED[name], *(key for key in given if key in FIELDS[name])]):
            row = _set(row, name, key, given.get(key, ""), reading["year"])
        return _whole({**item, name: [*item[name], row]}, kind)

    return _changed(reading, "reading", path.split("."), change)


def remove_row(reading: Json, path: str) -> Json:
    """The reading without the row at `path` (`projects.3`, `projects.3.phases.0`); it is kept under `removed`."""
    steps = path.split(".")

    def change(item: Json, kind: str, name: str) -> Json:
        if name not in CHILDREN.get(kind, ()):
            raise Unfit("这里不能删行")
        index = _index(steps[-1], item[name])
        taken.append({"path": ".".join(steps[:-1]), "index": index, "item": item[name][index]})
        left = {**item, name: [*item[name][:index], *item[name][index + 1 :]]}
        if name == "phases":
            gone = item[name][index]["name"]
            left["milestones"] = [{**one, "phase": None} if one["phase"] == gone else one for one in item["milestones"]]
        return left

    taken: list[Json] = []
    changed = _changed(reading, "reading", steps[:-1], change)
    return {**changed, "removed": [*reading.get("removed", []), *taken]}


def restore_row(reading: Json, which: int) -> Json:
    """The reading with the row number `which` of `removed` back where it was, or at the end of its list."""
    removed = reading.get("removed", [])
    if not 0 <= which < len(removed):
        raise Unfit("这一行已恢复")
    row = removed[which]

    def change(item: Json, kind: str, name: str) -> Json:
        rows = [*item[name]]
        rows.insert(row["index"], row["item"])
        return _whole({**item, name: rows}, kind)

    changed = _changed(reading, "reading", row["path"].split("."), change)
    return {**changed, "removed": [*removed[:which], *removed[which + 1 :]]}


def _changed(item: Json, kind: str, steps: list[str], change: Change) -> Json:
    """`item` with `change` applied to the innermost item that `steps` lead to; nothing else is copied."""
    head = steps[0] if steps else ""
    if head in CHILDREN.get(kind, ()) and len(steps) > 2:
        rows = list(item[head])
        index = _index(steps[1], rows)
        rows[index] = _changed(rows[index], head, steps[2:], change)
        changed = {**item, head: rows}
        if head == "phases" and (before := item[head][index]["name"]) != (after := rows[index]["name"]):
            changed["milestones"] = [
                {**one, "phase": after} if one["phase"] == before else one for one in item["milestones"]
            ]
        return _whole(changed, kind)
    return change(item, kind, ".".join(steps))


def _index(step: str, rows: list[Any]) -> int:
    if not step.isascii() or not step.isdigit() or len(step) > 6 or int(step) >= len(rows):
        raise Unfit(GONE)
    return int(step)


def _whole(item: Json, kind: str) -> Json:
    """A project as it must be: phases named once, milestones of phases that there are."""
    if kind == "projects":
        phases = [phase["name"] for phase in item["phases"]]
        if twice := next((name for name in phases if phases.count(name) > 1), None):
            raise Unfit(f"已有“{twice}”")
        for milestone in item["milestones"]:
            if milestone["phase"] is not None and milestone["phase"] not in phases:
                raise Unfit(f"本项目没有“{milestone['phase'][:30]}”，请先加这一分期")
    return item


def _set(item: Json, kind: str, name: str, typed: str, year: int | None) -> Json:
    value = field_of(kind, name).parse(typed)
    if value is None and (kind, name) in EMPTY_WORDS:
        value = ""
    if kind == "milestones":
        return _dated(item, name, value, year)
    if (kind, name) == ("duties", "value"):
        return {**item, name: value, "kind": "share" if "/" in value else "count"}
    if name.startswith("extra."):
        heading = name.removeprefix("extra.")
        if heading not in item["extra"]:
            raise Unfit(GONE)
        return {**item, "extra": {**item["extra"], heading: value or ""}}
    return {**item, name: value}


def _dated(item: Json, name: str, value: Any, year: int | None) -> Json:
    """A milestone after one edit, its window, kind and words in agreement."""
    changed = {**item, name: value}
    if name == "when" and value and (phrase := first_phrase(value, year)):
        start, end = (day and day.isoformat() for day in (phrase.start, phrase.end))
        kind = phrase.kind if phrase.kind != "planned" else modality(value + item["text"])
        changed |= {"start": start, "end": end, "kind": kind}
    if name == "kind" and value == "undated":
        changed |= {"start": None, "end": None}
    if name in ("start", "end") and value is not None and item["kind"] == "undated":
        changed["kind"] = "planned"
    if changed["start"] and changed["end"] and changed["start"] > changed["end"]:
        raise Unfit(f"起日 {changed['start']} 晚于止日 {changed['end']}")
    return changed


def _with_windows(project: Json, year: int) -> Json:
    return {**project, "milestones": [_windowed(milestone, year) for milestone in project["milestones"]]}


def _windowed(milestone: Json, year: int) -> Json:
    if milestone["start"] or milestone["end"] or milestone["kind"] == "undated":
        return milestone
    return {**_dated(milestone, "when", milestone["when"], year), "kind": milestone["kind"]}


def _traced(before: Json, after: Json, kind: str) -> Json:
    """`after` with the printed value of every field that differs; a field set back to it is no longer traced."""
    printed = dict(before.get("printed", {}))
    extra = [f"extra.{heading}" for heading in before.get("extra", {})]
    for name in [*FIELDS[kind], *extra]:
        was, now = value_at(before, name), value_at(after, name)
        if was != now and not before.get("added"):
            printed.setdefault(name, was)
            if printed[name] == now:
                del printed[name]
    traced = {**after, "printed": printed}
    if not printed:
        del traced["printed"]
    return traced
