"""Writing the organisations that somebody sees as one workbook, which can be read back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from zhaoyin.documents.writing.books import BookSheet, write_book_xlsx
from zhaoyin.documents.writing.sheets import Cell

from ..models import GroupLead, TeamMember, Unit, UnitKind
from ..queries import groups_visible_to, officials_visible_to, posts_visible_to, teams_visible_to, visible_to
from ..rules import PostKind
from .columns import REMARKS, SHEETS

STEP = " > "
KINDS = dict(UnitKind.choices)
POSTS = {kind.value: kind.label for kind in PostKind}


def node_ways(rows: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Number → the names from the top down to a node (number, path, name), of the nodes that are given."""
    ways: dict[int, str] = {}
    above: list[tuple[str, str]] = []
    for pk, path, name in sorted(rows, key=lambda row: row[1]):
        while above and not path.startswith(above[-1][0]):
            above.pop()
        ways[pk] = f"{above[-1][1]}{STEP}{name}" if above else name
        above.append((path, ways[pk]))
    return ways


def node_labels(rows: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Number → how a cell calls a node: by its name, or by its way from the top where several have that name."""
    nodes = list(rows)
    often = Counter(name for _, _, name in nodes)
    ways = node_ways(nodes)
    return {pk: name if often[name] == 1 else ways[pk] for pk, _, name in nodes}


def export(user: Any, *, who: str, at: datetime) -> bytes:
    """The user's organisations as .xlsx; the last sheet says who took it and when."""
    units = list(visible_to(user).select_related("merged_into", "jurisdiction").order_by("path"))
    labels = node_labels((one.pk, one.path, one.name) for one in units)
    places = node_labels((one.pk, one.path, one.name) for one in units if one.kind == UnitKind.JURISDICTION)
    rows = {
        "单位": _units(units, labels, places),
        "干部": (
            (places.get(place, name), official)
            for place, name, official in officials_visible_to(user)
            .order_by("jurisdiction__path", "pk")
            .values_list("jurisdiction_id", "jurisdiction__name", "name")
        ),
        "任职": _posts(user, places),
        "专业招商组": _groups(user, places),
        "专班": _teams(user, places),
        "专班成员": _members(user, places),
    }
    lists = [BookSheet(name, [column.heading for column in columns], rows[name]) for name, columns in SHEETS.items()]
    lists.append(BookSheet(REMARKS, ["说明"], [[line] for line in _remarks(who, at)]))
    return write_book_xlsx("组织", lists)


def file_name(place: str, at: datetime) -> str:
    """What the file is called."""
    return f"{place or '组织'}组织名册 {at:%Y-%m-%d}.xlsx"


def _remarks(who: str, at: datetime) -> list[str]:
    return [
        f"{who} 于 {at:%Y-%m-%d %H:%M} 导出。内部资料，注意保管。",
        "改好后可在“组织 · 导入”中读回：先列出会改什么，确认后才写入。",
        "没有列出的单位、干部和任职保持不变；单位不删除，只填撤销日。",
        "上级有同名的，写全路径，如“某省 > 某市 > 某县”。日期形如 2023-01-31。",
    ]


def _units(units: list[Unit], labels: dict[int, str], places: dict[int, str]) -> Iterator[list[Cell]]:
    by_path = {one.path: one for one in units}
    for one in units:
        above = by_path.get(one.path[: -one.steplen])
        into = one.merged_into
        is_place = one.kind == UnitKind.JURISDICTION
        yield [
            labels[above.pk] if above else ("" if is_place or one.jurisdiction is None else one.jurisdiction.name),
            one.name, one.short_name, KINDS[one.kind], one.code, one.reports, one.founded_on, one.closed_on,
            "" if into is None else (places.get(into.pk, into.name) if is_place else into.name),
        ]  # fmt: skip


def _posts(user: Any, places: dict[int, str]) -> Iterator[list[Cell]]:
    rows = posts_visible_to(user).order_by("official__jurisdiction__path", "official_id", "pk")
    for row in rows.select_related("official__jurisdiction", "unit"):
        place = row.official.jurisdiction
        yield [
            places.get(place.pk, place.name), row.official.name, row.unit.name, row.post, POSTS[row.kind], row.since, row.until,
        ]  # fmt: skip


def _groups(user: Any, places: dict[int, str]) -> Iterator[list[Cell]]:
    leads: dict[int, list[GroupLead]] = {}
    for lead in GroupLead.objects.select_related("official").order_by("since", "pk"):
        leads.setdefault(lead.group_id, []).append(lead)
    for one in groups_visible_to(user).select_related("jurisdiction").order_by("jurisdiction__path", "number"):
        known: list[Cell] = [
            places.get(one.jurisdiction_id, one.jurisdiction.name),
            one.number,
            one.name,
            one.closed_on,
        ]
        for lead in leads.get(one.pk, []):
            yield [*known, lead.official.name, lead.since, lead.until]
        if one.pk not in leads:
            yield [*known, "", None, None]


def _teams(user: Any, places: dict[int, str]) -> Iterator[list[Cell]]:
    rows = teams_visible_to(user).select_related("jurisdiction")
    for one in rows.order_by("jurisdiction__path", "pk"):
        yield [places.get(one.jurisdiction_id, one.jurisdiction.name), one.name, one.fund, one.base, one.closed_on]


def _members(user: Any, places: dict[int, str]) -> Iterator[list[Cell]]:
    rows = TeamMember.objects.filter(team__in=teams_visible_to(user)).select_related("team__jurisdiction", "official")
    for one in rows.order_by("team__jurisdiction__path", "team_id", "pk"):
        place = one.team.jurisdiction
        yield [
            places.get(place.pk, place.name), one.team.name, one.official.name, one.get_seat_display(), one.since, one.until,
        ]  # fmt: skip
