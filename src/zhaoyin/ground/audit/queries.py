"""The journal as the auditor reads it, and as everybody reads their own lines."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from zhaoyin.ground.access.queries import may
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.models import Entry, Link, Outcome
from zhaoyin.ground.journal.queries import last_verification, newest
from zhaoyin.ground.journal.sentences import known_acts, name_of, sentence
from zhaoyin.ground.ui.listing import Declared, Filter, Listing, Page

from . import rules

MOST = 5_000  # lines that a list counts and pages through: whoever seeks further back gives days
SEARCHED = 20_000  # newest lines among which a name is sought
SHORT = 20_000  # a chain up to here is verified while the page waits
WAITS = timedelta(hours=1)  # so long a verification may take before it is asked for anew
NOBODY = "系统"

MINE = Declared(
    filters=(
        Filter("act", "动作"),
        Filter("outcome", "结果", tuple(Outcome.choices)),
        Filter("since", "从", kind="date"),
        Filter("until", "到", kind="date"),
    ),
    sorts={"time": ("at", "id")},
    order="-time",
    sizes=(50, 100),
)
LIST = replace(MINE, filters=(Filter("who", "操作人"), *MINE.filters, Filter("q", "对象名称含")))
OF_RECORD = replace(LIST, filters=(*LIST.filters, Filter("record", "对象")))  # led to from a line of the record


@dataclass(frozen=True, slots=True)
class Row:
    """A line as a list shows it."""

    id: int
    at: datetime
    who: str
    words: str
    subject: str
    kind: str
    record: str
    address: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of lines; `more` says that there are more than a list pages through."""

    listing: Listing
    page: Page
    more: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One line with everything it says."""

    row: Row
    entry: Entry
    act: str
    sides: list[rules.Side]
    seq: int | None


@dataclass(frozen=True, slots=True)
class Verified:
    """How the journal was last verified: by whom, when, of how many lines, with what result. `busy`: it is under way."""

    line: Entry | None
    busy: bool

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What was found, as far as the line keeps it."""
        found: list[dict[str, Any]] = self.line.detail["findings"] if self.line else []
        return found

    @property
    def who(self) -> str:
        """Who verified it."""
        return (self.line.by_name or "命令行") if self.line else ""


def visible_to(user: User) -> QuerySet[Entry]:
    """The lines that somebody may see: the auditor all, everybody their own."""
    return Entry.objects.all() if may(user, Permission.JOURNAL_READ) else mine(user)


def mine(user: User) -> QuerySet[Entry]:
    """What somebody did."""
    return Entry.objects.filter(by=user)


def read(query: QueryDict, declared: Declared) -> Listing:
    """The list that an address asks for. Of one record only where it names one, as a line's page does."""
    choices: dict[str, list[tuple[str, str]]] = {"act": acts()}
    if record := query.get("record", "").replace("\0", ""):
        kind, _, number = record.rpartition(":")
        line = _about(Entry.objects.all(), kind, number).order_by("-id").first() if number.isdecimal() else None
        choices["record"] = [(record, line.subject_name)] if line else []
        declared = OF_RECORD if declared is LIST else declared
    return declared.read(query, choices=choices)


def acts() -> list[tuple[str, str]]:
    """Every act with the name of its room, by room."""
    named = [(act, f"{_room(act)}·{name}") for act, name in known_acts().items()]
    return sorted(named, key=lambda one: (one[0].partition(".")[0], one[1]))


def _room(act: str) -> str:
    room = act.partition(".")[0]
    try:
        return str(apps.get_app_config(room).verbose_name)
    except LookupError:
        return room


def listed(rows: QuerySet[Entry], listing: Listing) -> tuple[QuerySet[Entry], tuple[str, ...]]:
    """The lines that meet the conditions, in the list's order; and what could not be asked for, a sentence each."""
    remarks: list[str] = []
    chosen = listing.chosen
    if "who" in chosen:
        rows = rows.filter(_person(chosen["who"]))
    if "act" in chosen:
        rows = rows.filter(act=chosen["act"])
    if chosen.get("outcome") == Outcome.REFUSED:
        rows = rows.filter(outcome=Outcome.REFUSED)
    elif "outcome" in chosen:
        # Nearly every line: put in this way, no index of outcomes is walked for it.
        rows = rows.exclude(outcome=Outcome.REFUSED)
    for key, lookup, later in (("since", "at__gte", 0), ("until", "at__lt", 1)):
        if key in chosen:
            try:
                day = date.fromisoformat(chosen[key]) + timedelta(days=later)
                begins = timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)
                rows = rows.filter(**{lookup: begins})
            except (ValueError, OverflowError):
                remarks.append(f"日期“{chosen[key]}”不对，应形如 2026-01-31，未采用。")
    if "record" in chosen:
        kind, _, number = chosen["record"].rpartition(":")
        rows = _about(rows, kind, number)
    rows = rows.order_by(*listing.ordering)
    if "q" in chosen:
        if rows[SEARCHED : SEARCHED + 1].exists():
            remarks.append(f"只在最近 {SEARCHED} 条中查找名称；查更早的，请加上起止日期或操作人。")
        rows = Entry.objects.filter(pk__in=_named(rows, chosen["q"])).order_by(*listing.ordering)
    return rows, tuple(remarks)


def _named(rows: QuerySet[Entry], words: str) -> list[int]:
    """The numbers of those among the first `SEARCHED` lines whose subject's name holds the words, `MOST` of them."""
    try:
        newest_ones, values = rows.values("pk", "subject_name")[:SEARCHED].query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking: nobody is called so
        return []
    pattern = re.sub("([!%_])", r"!\1", words)
    like = "LIKE" if connection.vendor == "sqlite" else "ILIKE"
    with connection.cursor() as cursor:
        # The inner statement is Django's own; the database looks at names alone, which the index holds.
        cursor.execute(
            f"SELECT pk FROM ({newest_ones}) AS newest WHERE subject_name {like} %s ESCAPE '!' LIMIT {MOST + 1}",  # noqa: S608
            [*values, f"%{pattern}%"],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _about(rows: QuerySet[Entry], kind: str, number: str) -> QuerySet[Entry]:
    return rows.filter(subject_kind=kind, subject_id=int(number) if len(number) < 19 else -1)


def _person(words: str) -> Q:
    if words == NOBODY:
        return Q(by__isnull=True)
    found = User.objects.filter(Q(name__icontains=words) | Q(username__icontains=words)).order_by("pk")
    return Q(by__in=list(found.values_list("pk", flat=True)[:50]))


def shown(rows: QuerySet[Entry], listing: Listing) -> Shown:
    """One page of the list."""
    found, remarks = listed(rows, listing)
    total = found.order_by(*listing.ordering)[: MOST + 1].values("pk").count()
    page = listing.page_of(found, min(total, MOST))
    made = Page(
        [row_of(one) for one in page.rows], page.total, page.number, page.pages, page.size, page.first, page.last,
        page.numbers,
    )  # fmt: skip
    return Shown(listing, made, total > MOST, remarks)


def row_of(one: Entry) -> Row:
    """A line in words."""
    return Row(
        one.id, one.at, one.by_name or NOBODY, sentence(one), one.subject_name, kind_of(one),
        f"{one.subject_kind}:{one.subject_id}" if one.subject_id is not None else "", one.address,
        one.outcome == Outcome.REFUSED,
    )  # fmt: skip


def kind_of(one: Entry) -> str:
    """What kind of record the line is about, in Chinese; empty for none."""
    try:
        return str(apps.get_model(one.subject_kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return ""


def detail(entry: Entry) -> Detail:
    """Everything that one line says."""

    def label(column: str) -> str:
        # A record may lie in several tables of its room: a project's long texts do.
        for model in models:
            with suppress(FieldDoesNotExist, AttributeError):
                name = str(model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
                if not name.isascii():  # else it was given none, and is called by its key
                    return name
        return ""

    def choice(column: str, value: str) -> str:
        for model in models:
            with suppress(FieldDoesNotExist, AttributeError):
                words = dict(model._meta.get_field(column).flatchoices)  # type: ignore[union-attr]
                if value in words:
                    return str(words[value])
        return value

    models: list[Any] = []
    with suppress(LookupError, ValueError):
        own = apps.get_model(entry.subject_kind)
        models = [own, *(one for one in apps.get_app_config(own._meta.app_label).get_models() if one is not own)]
    with suppress(LookupError):  # an act on a plan's targets is told in the columns of the targets
        models += apps.get_app_config(entry.act.partition(".")[0]).get_models()

    seq = Link.objects.filter(entry=entry).values_list("seq", flat=True).first()
    return Detail(row_of(entry), entry, name_of(entry.act), rules.sides(entry.detail, label, choice), seq)


HEADINGS = (
    "编号", "时间", "操作人", "来源地址", "动作", "说明", "对象类别", "对象编号", "对象", "结果", "封签",
)  # fmt: skip


def exported(rows: QuerySet[Entry]) -> Iterator[tuple[Any, ...]]:
    """Lines as a file holds them, under `HEADINGS`."""
    here = timezone.get_current_timezone()
    for one in rows.iterator(chunk_size=2000):
        yield (
            one.id, one.at.astimezone(here).isoformat(sep=" ", timespec="seconds"), one.by_name or NOBODY, one.address,
            name_of(one.act), sentence(one), kind_of(one), one.subject_id, one.subject_name,
            Outcome(one.outcome).label, one.seal,
        )  # fmt: skip


def verified(at: datetime) -> Verified:
    """How the journal was found when it was last verified, as known at that moment."""
    last, asked = last_verification(), newest("audit.verification_asked")
    busy = asked is not None and (last is None or asked.id > last.id) and at - asked.at < WAITS
    return Verified(last, busy)


def is_short() -> bool:
    """Whether the chain is so short that somebody can wait for its verification."""
    ends = Link.objects.order_by("seq").values_list("seq", flat=True)
    first, last = ends.first(), ends.last()
    return first == 1 and (last or 0) - first < SHORT
