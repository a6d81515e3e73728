"""Who reaches which address: every one of them for somebody signed out, somebody of the place, and somebody of another.

An address that is missing in the table below fails the test: whoever adds a page says here who may see it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.plans import a_jurisdiction, a_read_document
from zhaoyin.config.loading import load_folder
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.plan.plans.actions import commit_document
from zhaoyin.plan.plans.models import Commit, Plan, PlanDocument
from zhaoyin.record.projects.actions import raise_problem, write_note
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db

OPEN = "open"  # everybody; somebody signed in is led on
ENTRANCE = "entrance"  # a step of signing in: tells nothing, and leads nowhere but to the sign-in page without the step before it
OWN = "own"  # everybody signed in sees their own place's records there, and nothing of another's
THEIRS = "theirs"  # one record: 404 for whoever it does not belong to
AUDITOR = "auditor"  # whoever may read the whole journal; nobody who works on projects

# Address → (who, the record its number is of, method, further arguments).
TABLE: dict[str, tuple[str, str, str, tuple[Any, ...]]] = {
    "accounts:login": (OPEN, "", "get", ()),
    "accounts:second_factor": (ENTRANCE, "", "get", ()),
    "accounts:to_provider": (ENTRANCE, "", "get", ("oidc",)),
    "accounts:from_provider": (ENTRANCE, "", "get", ("oidc",)),
    "accounts:logout": (OWN, "", "post", ()),
    "accounts:password": (OWN, "", "get", ()),
    "accounts:security": (OWN, "", "get", ()),
    "accounts:end_session": (OWN, "", "post", ()),
    "accounts:set_up_factor": (OWN, "", "get", ()),
    "accounts:recovery_codes": (OWN, "", "get", ()),
    "accounts:recovery_file": (OWN, "", "get", ()),
    "audit:index": (AUDITOR, "", "get", ()),
    "audit:export": (AUDITOR, "", "get", ()),
    "audit:verify": (AUDITOR, "", "post", ()),
    "audit:verification": (AUDITOR, "", "get", ()),
    "audit:mine": (OWN, "", "get", ()),
    "audit:entry": (THEIRS, "line", "get", ()),
    "library:front": (OWN, "", "get", ()),
    "library:index": (OWN, "", "get", ()),
    "library:export": (OWN, "", "get", ()),
    "library:project": (THEIRS, "project", "get", ()),
    "library:settle_doubt": (THEIRS, "doubt", "post", ()),
    "organisations:index": (OWN, "", "get", ()),
    "organisations:branch": (THEIRS, "unit", "get", ()),
    "organisations:unit_new": (OWN, "", "get", ()),
    "organisations:unit": (THEIRS, "unit", "get", ()),
    "organisations:unit_edit": (THEIRS, "office", "post", ()),
    "organisations:unit_move": (THEIRS, "office", "post", ()),
    "organisations:unit_close": (THEIRS, "office", "post", ()),
    "organisations:unit_reopen": (THEIRS, "office", "post", ()),
    "organisations:officials": (OWN, "", "get", ()),
    "organisations:official_new": (OWN, "", "get", ()),
    "organisations:official": (THEIRS, "official", "get", ()),
    "organisations:official_edit": (THEIRS, "official", "post", ()),
    "organisations:post_new": (THEIRS, "official", "post", ()),
    "organisations:post_edit": (THEIRS, "post", "post", ()),
    "organisations:post_end": (THEIRS, "post", "post", ()),
    "organisations:groups": (OWN, "", "get", ()),
    "organisations:group_new": (OWN, "", "get", ()),
    "organisations:group_edit": (THEIRS, "group", "post", ()),
    "organisations:group_lead": (THEIRS, "group", "post", ()),
    "organisations:group_close": (THEIRS, "group", "post", ()),
    "organisations:teams": (OWN, "", "get", ()),
    "organisations:team_new": (OWN, "", "get", ()),
    "organisations:team_edit": (THEIRS, "team", "post", ()),
    "organisations:team_close": (THEIRS, "team", "post", ()),
    "organisations:leading": (OWN, "", "get", ()),
    "organisations:leading_new": (OWN, "", "get", ()),
    "organisations:leading_edit": (THEIRS, "leading", "post", ()),
    "organisations:leading_close": (THEIRS, "leading", "post", ()),
    "organisations:seat_new": (THEIRS, "leading", "post", ()),
    "organisations:seat_end": (THEIRS, "seat", "post", ()),
    "organisations:export": (OWN, "", "get", ()),
    "organisations:import": (OWN, "", "get", ()),
    "organisations:import_preview": (THEIRS, "workbook", "get", ()),
    "organisations:import_do": (THEIRS, "workbook", "post", ()),
    "plans:index": (OWN, "", "get", ()),
    "plans:plan": (THEIRS, "plan", "get", ()),
    "plans:document": (THEIRS, "document", "get", ()),
    "plans:progress": (THEIRS, "document", "get", ()),
    "plans:reread": (THEIRS, "document", "post", ()),
    "plans:edit": (THEIRS, "document", "post", ()),
    "plans:rows": (THEIRS, "document", "post", ()),
    "plans:project": (THEIRS, "document", "get", (0,)),
    "plans:source": (THEIRS, "document", "get", ()),
    "plans:settle": (THEIRS, "document", "post", (1,)),
    "plans:commit": (THEIRS, "document", "post", ()),
    "plans:committed": (THEIRS, "commit", "get", ()),
    "plans:undo": (THEIRS, "commit", "post", ()),
    "plans:settle_later": (THEIRS, "doubt", "post", ()),
    "projects:new": (OWN, "", "get", ()),
    "projects:edit": (THEIRS, "project", "post", ()),
    "projects:note": (THEIRS, "project", "post", ()),
    "projects:stage": (THEIRS, "project", "post", ()),
    "projects:problem": (THEIRS, "project", "post", ()),
    "projects:settle": (THEIRS, "problem", "post", ()),
    "schedules:add": (THEIRS, "project", "post", ()),
    "schedules:reach": (THEIRS, "milestone", "post", ()),
    "schedules:move": (THEIRS, "milestone", "post", ()),
    "supervision:index": (OWN, "", "get", ()),
    "supervision:bulletin": (OWN, "", "get", ("2024-06",)),
    "supervision:document": (OWN, "", "get", ("2024-06",)),
    "supervision:records": (OWN, "", "get", ("2024-06",)),
    "targets:index": (OWN, "", "get", ()),
    "targets:records": (THEIRS, "target", "get", ()),
    "ui:asof": (OWN, "", "post", ()),
}
OTHER_PLACE = """
jurisdiction: {name: 远山市, code: "659900"}
units: [{name: 远山投资局, kind: office}]
officials: [{name: 领导寅, posts: [{unit: 远山市, post: 市领导}]}]
"""
OTHER_RECORDS = """
projects:
  - {name: 远山茶叶项目, known_on: 2024-01-02, stage: lead, unit: 远山投资局, leaders: [领导寅]}
"""


class Place:
    """A place with one record of each kind, and somebody who works there."""

    def __init__(self) -> None:
        self.unit: Unit = a_jurisdiction("云溪市")
        self.user = a_user(self.unit)
        self.document: PlanDocument = a_read_document(self.user)
        commit_document(by=self.user, document=self.document, on=date(2024, 1, 2))
        self.commit = Commit.objects.get()
        self.plan = Plan.objects.get()
        self.target = self.plan.targets.filter(metric="projects_signed").first()
        self.project = Project.objects.order_by("pk")[0]
        self.milestone = self.project.milestones.first()
        self.problem = raise_problem(
            by=self.user, project=self.project, kind="land", text="云溪用地指标不足", on=date(2024, 5, 2)
        )
        write_note(by=self.user, project=self.project, text="云溪洽谈纪要", on=date(2024, 6, 3))
        doubt = self.document.doubts.first()
        assert doubt is not None
        doubt.project = self.project
        doubt.save()
        self.doubt = doubt
        self.line = self.user.journal_entries.first()
        self._organisations()

    def _organisations(self) -> None:
        """One of each kind that the place's office keeps."""
        here = {"by": None, "jurisdiction": self.unit}
        self.office = Unit.objects.filter(jurisdiction=self.unit).order_by("path")[0]
        self.official = organisations.add_official(name="云溪干部", **here)
        self.post = organisations.add_appointment(by=None, official=self.official, unit=self.unit, post="云溪市领导")
        self.group = organisations.add_group(number=1, name="云溪招商组", **here)
        self.team = organisations.add_team(name="云溪专班", **here)
        self.leading = organisations.add_leading_group(name="云溪领导小组", **here)
        self.seat = organisations.give_seat(by=None, group=self.leading, official=self.official)
        self.workbook = organisations.keep_workbook(by=self.user, name="云溪.xlsx", data=b"-")

    def address(self, name: str) -> str:
        """The address of this place's record."""
        _, record, _, more = TABLE[name]
        return reverse(name, args=[*([getattr(self, record).pk] if record else []), *more])


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.AS_OF = date(2024, 7, 1)
    return Place()


@pytest.fixture
def stranger(place: Place, tmp_path: Path) -> User:
    """Somebody of another place, which came in as a folder of files."""
    (tmp_path / "organisations.yaml").write_text(OTHER_PLACE, encoding="utf-8")
    (tmp_path / "records.yaml").write_text(OTHER_RECORDS, encoding="utf-8")
    return a_user(load_folder(tmp_path, by=a_user(None)))


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every named address, with its namespace."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, one.namespace or space)
        else:
            assert isinstance(one, URLPattern)
            assert one.name, f"{space}: {one.pattern} has no name"
            yield f"{space}:{one.name}"


def test_every_address_is_in_the_table() -> None:
    assert sorted(names(get_resolver())) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_somebody_signed_out_sees_the_sign_in_page_only(place: Place, name: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(place.address(name))
        if TABLE[name][0] == OPEN:
            assert answer.status_code in (200, 422)
            assert "云溪新材料" not in answer.content.decode()
        elif TABLE[name][0] == ENTRANCE:
            assert answer.status_code in (302, 404, 405)
            assert answer.headers.get("Location", reverse("accounts:login")) == reverse("accounts:login")
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("accounts:login"))


@pytest.mark.parametrize("name", TABLE)
def test_a_one_time_password_opens_nothing_but_the_page_that_replaces_it(place: Place, name: str) -> None:
    place.user.must_change_password = True
    place.user.save()
    answer = signed_in(place.user).get(place.address(name))
    if name == "accounts:password":
        assert answer.status_code == 200
    elif name == "accounts:logout":
        assert answer.status_code == 405
    elif name == "accounts:from_provider":
        assert answer.status_code == 404
    else:
        assert answer.status_code == 302
        assert answer["Location"] in (reverse("accounts:password"), "/")


@pytest.mark.parametrize("name", TABLE)
def test_somebody_of_the_place_is_answered(place: Place, name: str) -> None:
    answer = request(signed_in(place.user), name, place)
    expected = {
        "accounts:from_provider": {404},
        "supervision:records": {404},
        "plans:source": {404},
        "plans:edit": {422},
    }.get(name, {403} if TABLE[name][0] == AUDITOR else {200, 302, 422})
    assert answer.status_code in expected


@pytest.mark.parametrize("name", TABLE)
def test_somebody_of_another_place_finds_nothing(place: Place, stranger: User, name: str) -> None:
    before = everything(place)
    answer = request(signed_in(stranger), name, place)
    if TABLE[name][0] == THEIRS:
        assert answer.status_code == 404
    else:
        assert answer.status_code in ((403,) if TABLE[name][0] == AUDITOR else (200, 302, 404))
        assert not told(answer, place)
    assert everything(place) == before


def test_counts_choices_and_searches_stay_within_the_place(place: Place, stranger: User) -> None:
    client = signed_in(stranger)
    listed = client.get(reverse("library:index")).content.decode()
    assert "远山茶叶项目" in listed
    assert re.search(r'sidenav-count">1<', listed)
    assert not told(client.get(reverse("library:index") + "?q=青山"), place, but="青山")
    official, unit = Official.objects.filter(jurisdiction=place.unit).first(), place.unit.units.first()
    assert official
    assert unit
    chosen = client.get(reverse("library:index") + f"?leader={official.pk}&unit={unit.pk}").content.decode()
    assert "没有" in chosen
    for kind in ("csv", "xlsx", "table.xlsx", "table.docx"):
        assert not told(client.get(reverse("library:export") + f"?as={kind}"), place)
    made = {"name": "借用", "stage": "lead", "known_on": "2024-06-01", "unit": unit.pk, "leaders": official.name}
    assert client.post(reverse("projects:new"), made).status_code == 422


@pytest.mark.parametrize("name", ["library:index", "library:export", "supervision:bulletin", "supervision:document"])
def test_what_is_kept_from_strangers_is_told_at_home(place: Place, name: str) -> None:
    # Otherwise the test above would compare nothing with nothing.
    assert told(request(signed_in(place.user), name, place), place)


def test_somebody_without_a_unit_sees_every_place(place: Place) -> None:
    assert request(signed_in(a_user(None)), "library:project", place).status_code == 200


def request(client: Client, name: str, place: Place) -> HttpResponse:
    answer: HttpResponse = getattr(client, TABLE[name][2])(place.address(name))
    return answer


def told(answer: HttpResponse, place: Place, but: str = "") -> list[str]:
    """Which words of the place an answer tells."""
    content = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
    words = content.decode(errors="replace") + answer.headers.get("Content-Disposition", "")
    own = ["云溪", "青山", "白石", "方案.txt", "领导甲"]
    return [word for word in own if word != but and word in words]


def everything(place: Place) -> list[object]:
    """What the place's records are, to be compared with what they were."""
    from django.apps import apps
    from django.core.serializers import serialize

    rooms = ("organisations", "projects", "plans", "schedules", "targets", "duties")
    return [
        serialize("json", model.objects.order_by("pk"))
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    ]
