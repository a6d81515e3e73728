"""The cast matrix: every address × everybody of the cast, with the answer that is due.

An address that is missing in the table fails the test: whoever adds a page says here who may open it. The marks stand in the
order of the cast (tests/factories/cast.py):

    市领导 办公室 督查员   专班组长 镇街专员 外镇专员   审计员 系统管理员 安全管理员   外地办公室 陌生人

    +  answered         -  refused with the reason (403)
    0  does not exist   @  led to the sign-in page
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.accounts import signed_in
from tests.factories.cast import CAST, MARKER, Place

pytestmark = pytest.mark.django_db

# Address → (marks, method, the place's record whose number it takes, further arguments).
TABLE: dict[str, tuple[Any, ...]] = {
    "library:front": ("+++ +++ +++ +@", "get", ""),
    "library:index": ("+++ +++ --- +@", "get", ""),
    "library:board": ("+++ +++ --- +@", "get", ""),
    "library:bulk": ("-+- --- --- +@", "post", ""),
    "library:saved": ("+++ +++ --- +@", "get", ""),
    "library:remove_view": ("-+- --- --- 0@", "post", "view"),
    "library:first_view": ("+++ +++ --- 0@", "post", "view"),
    "library:pin": ("+++ ++0 --- 0@", "post", "project"),
    "library:export": ("+++ +++ --- +@", "get", ""),
    "library:project": ("+++ ++0 --- 0@", "get", "project"),
    "plans:index": ("+++ +++ --- +@", "get", ""),
    "plans:plan": ("+++ +++ --- 0@", "get", "plan"),
    "plans:document": ("-+- --- --- 0@", "get", "document"),
    "plans:progress": ("-+- --- --- 0@", "get", "document"),
    "plans:reread": ("-+- --- --- 0@", "post", "document"),
    "plans:edit": ("-+- --- --- 0@", "post", "document"),
    "plans:rows": ("-+- --- --- 0@", "post", "document"),
    "plans:project": ("-+- --- --- 0@", "get", "document", 0),
    "plans:source": ("-0- --- --- 0@", "get", "document"),
    "plans:settle": ("-+- --- --- 0@", "post", "document", 1),
    "plans:commit": ("-+- --- --- 0@", "post", "document"),
    "plans:committed": ("+++ --- --- 0@", "get", "commit"),
    "plans:undo": ("-+- --- --- 0@", "post", "commit"),
    "plans:settle_later": ("-+- --- --- 0@", "post", "doubt"),
    "targets:index": ("+++ +++ --- +@", "get", ""),
    "targets:records": ("+++ +++ --- 0@", "get", "target"),
    "projects:new": ("-+- -++ --- +@", "get", ""),
    "projects:edit": ("-+- --- --- 0@", "post", "project"),
    "projects:note": ("-+- ++0 --- 0@", "post", "project"),
    "projects:stage": ("-+- ++0 --- 0@", "post", "project"),
    "projects:send_back": ("-+- ++0 --- 0@", "post", "project"),
    "projects:turn": ("-+- --- --- 0@", "post", "project", "pause"),
    "projects:duty": ("-+- ++0 --- 0@", "post", "project"),
    "projects:evidence": ("-+- ++0 --- 0@", "get", "project", "signed"),
    "projects:remove_evidence": ("-+- ++0 --- 0@", "post", "evidence"),
    "projects:moves": ("-+- --- --- +@", "get", ""),
    "projects:answer_move": ("-+- --- --- 0@", "post", "move"),
    "projects:withdraw_move": ("-+- ++0 --- 0@", "post", "move"),
    "projects:gates": ("+++ +++ --- +@", "get", ""),
    "projects:gates_file": ("+++ +++ --- +@", "get", ""),
    "projects:edit_gates": ("-+- --- --- +@", "post", ""),
    "projects:problem": ("-+- ++0 --- 0@", "post", "project"),
    "projects:settle": ("-+- ++0 --- 0@", "post", "problem"),
    "projects:edit_problem": ("-+- ++0 --- 0@", "post", "problem"),
    "projects:add_contact": ("-+- --- --- 0@", "post", "project"),
    "projects:edit_contact": ("-+- --- --- 0@", "post", "contact"),
    "projects:remove_contact": ("-+- --- --- 0@", "post", "contact"),
    "projects:phone": ("-++ ++0 --- 0@", "post", "contact"),
    "projects:attach": ("-+- ++0 --- 0@", "post", "project"),
    "projects:download": ("+++ ++0 --- 0@", "get", "file"),
    "projects:remove_file": ("-+- --- --- 0@", "post", "file"),
    "projects:share": ("-+- --- --- 0@", "post", "project"),
    "projects:merge": ("-+- --- --- 0@", "post", "project"),
    "projects:merging": ("+++ ++0 --- 0@", "get", "merging"),
    "projects:undo_merging": ("-+- --- --- 0@", "post", "merging"),
    "projects:unshare": ("-+- --- --- 0@", "post", "share"),
    "imports:index": ("-+- --- --- +@", "get", ""),
    "imports:offline": ("-+- --- --- +@", "get", ""),
    "imports:batch": ("-+- --- --- 0@", "get", "batch"),
    "imports:progress": ("-+- --- --- 0@", "get", "batch"),
    "imports:columns": ("-+- --- --- 0@", "post", "batch"),
    "imports:answer": ("-+- --- --- 0@", "post", "batch"),
    "imports:commit": ("-+- --- --- 0@", "post", "batch"),
    "imports:undo": ("-+- --- --- 0@", "post", "batch"),
    "imports:left": ("-+- --- --- 0@", "get", "batch"),
    "projects:dossier": ("+++ ++0 --- 0@", "get", "project"),
    "projects:economy": ("-+- --- --- 0@", "post", "project"),
    "projects:add_yield": ("-+- ++0 --- 0@", "post", "project"),
    "projects:edit_yield": ("-+- ++0 --- 0@", "post", "line_of_yields"),
    "projects:add_capital": ("-+- ++0 --- 0@", "post", "project"),
    "projects:remove_capital": ("-+- --- --- 0@", "post", "capital"),
    "projects:link_investor": ("-+- --- --- 0@", "post", "project"),
    "projects:link_printed": ("-+- --- --- 0@", "post", "project"),
    "projects:unlink_investor": ("-+- --- --- 0@", "post", "stake"),
    "projects:add_alias": ("-+- --- --- 0@", "post", "project"),
    "projects:remove_alias": ("-+- --- --- 0@", "post", "alias"),
    "projects:join_team": ("-+- --- --- 0@", "post", "project"),
    "projects:leave_team": ("-+- --- --- 0@", "post", "part"),
    "projects:origin": ("-+- --- --- 0@", "post", "project"),
    "projects:restrict": ("-+- --- --- 0@", "post", "project"),
    "projects:unrestrict": ("-+- --- --- 0@", "post", "project"),
    "projects:investors": ("+++ +++ --- +@", "get", ""),
    "projects:investor": ("+++ ++0 --- 0@", "get", "investor"),
    "projects:edit_investor": ("-+- --- --- 0@", "post", "investor"),
    "projects:leading": ("-+- --- -+- +@", "get", ""),
    "filings:index": ("+++ +++ --- +@", "get", ""),
    "filings:new": ("-+- -++ --- +@", "get", ""),
    "filings:filing": ("+++ 0+0 --- 0@", "get", "filing"),
    "filings:step": ("-+- 0+0 --- 0@", "post", "filing"),
    "filings:appeal": ("-+- -+0 --- 0@", "post", "filing"),
    "filings:decide": ("-+- --- --- 0@", "post", "appeal"),
    "projects:remove_leading": ("-+- --- -+- 0@", "post", "leads"),
    "schedules:add": ("-+- --- --- 0@", "post", "project"),
    "schedules:reach": ("-+- ++0 --- 0@", "post", "milestone"),
    "schedules:move": ("-+- --- --- 0@", "post", "milestone"),
    "supervision:index": ("+++ --- --- +@", "get", ""),
    "supervision:bulletin": ("+++ --- --- +@", "get", "", "2024-06"),
    "supervision:document": ("+++ --- --- +@", "get", "", "2024-06"),
    "supervision:records": ("000 --- --- 0@", "get", "", "2024-06"),
    "organisations:index": ("+++ +++ +++ +@", "get", ""),
    "organisations:branch": ("+++ +00 +++ 0@", "get", "here"),
    "organisations:unit_new": ("-+- --- -+- +@", "get", ""),
    "organisations:unit": ("+++ ++0 +++ 0@", "get", "unit"),
    "organisations:unit_edit": ("-+- --- -+- 0@", "get", "unit"),
    "organisations:unit_move": ("-+- --- -+- 0@", "get", "unit"),
    "organisations:unit_close": ("-+- --- -+- 0@", "get", "unit"),
    "organisations:unit_reopen": ("-+- --- -+- 0@", "post", "unit"),
    "organisations:officials": ("+++ +++ +++ +@", "get", ""),
    "organisations:official_new": ("-+- --- -+- +@", "get", ""),
    "organisations:official": ("+++ ++0 +++ 0@", "get", "official"),
    "organisations:official_edit": ("-+- --- -+- 0@", "get", "official"),
    "organisations:post_new": ("-+- --- -+- 0@", "get", "official"),
    "organisations:post_edit": ("-+- --- -+- 0@", "get", "post"),
    "organisations:post_end": ("-+- --- -+- 0@", "get", "post"),
    "organisations:groups": ("+++ +++ +++ +@", "get", ""),
    "organisations:group_new": ("-+- --- -+- +@", "get", ""),
    "organisations:group_edit": ("-+- --- -+- 0@", "get", "group"),
    "organisations:group_lead": ("-+- --- -+- 0@", "get", "group"),
    "organisations:group_close": ("-+- --- -+- 0@", "get", "group"),
    "organisations:teams": ("+++ +++ +++ +@", "get", ""),
    "organisations:team_new": ("-+- --- -+- +@", "get", ""),
    "organisations:team_edit": ("-+- --- -+- 0@", "get", "team"),
    "organisations:team_close": ("-+- --- -+- 0@", "get", "team"),
    "organisations:leading": ("+++ +++ +++ +@", "get", ""),
    "organisations:leading_new": ("-+- --- -+- +@", "get", ""),
    "organisations:leading_edit": ("-+- --- -+- 0@", "get", "leading"),
    "organisations:leading_close": ("-+- --- -+- 0@", "get", "leading"),
    "organisations:seat_new": ("-+- --- -+- 0@", "get", "leading"),
    "organisations:seat_end": ("-+- --- -+- 0@", "get", "seat"),
    "organisations:export": ("+++ +++ +++ +@", "get", ""),
    "organisations:import": ("-+- --- -+- +@", "get", ""),
    "organisations:import_preview": ("-+- --- -0- 0@", "get", "book"),
    "organisations:import_do": ("-+- --- -0- 0@", "post", "book"),
    "accounts:login": ("+++ +++ +++ ++", "get", ""),
    "accounts:logout": ("@@@ @@@ @@@ @@", "post", ""),
    "accounts:second_factor": ("+++ +++ +++ +@", "get", ""),
    "accounts:set_up_factor": ("+++ +++ +++ +@", "get", ""),
    "accounts:recovery_codes": ("+++ +++ +++ +@", "get", ""),
    "accounts:recovery_file": ("+++ +++ +++ +@", "get", ""),
    "accounts:password": ("+++ +++ +++ +@", "get", ""),
    "accounts:security": ("+++ +++ +++ +@", "get", ""),
    "accounts:end_session": ("+++ +++ +++ +@", "post", ""),
    "accounts:mine": ("+++ +++ +++ +@", "get", ""),
    "accounts:roles": ("+++ +++ +++ +@", "get", ""),
    "accounts:people": ("--- --- +++ -@", "get", ""),
    "accounts:new_person": ("--- --- -+- -@", "get", ""),
    "accounts:bring": ("--- --- -+- -@", "get", ""),
    "accounts:confirm_roster": ("--- --- -+- -@", "post", ""),
    "accounts:roster_passwords": ("--- --- -+- -@", "get", ""),
    "accounts:blank_roster": ("--- --- -+- -@", "get", ""),
    "accounts:export_people": ("--- --- +++ -@", "get", ""),
    "accounts:person": ("--- --- +++ -@", "get", "person"),
    "accounts:edit_person": ("--- --- -+- -@", "get", "person"),
    "accounts:close_person": ("--- --- -+- -@", "post", "person"),
    "accounts:grant": ("--- --- --+ -@", "get", "person"),
    "accounts:revoke": ("--- --- --0 -@", "post", "person", 0),
    "accounts:secure_person": ("--- --- --+ -@", "post", "person"),
    "accounts:to_provider": ("+++ +++ +++ +0", "get", "", "oidc"),
    "accounts:from_provider": ("000 000 000 00", "get", "", "oidc"),
    "audit:index": ("--- --- +-- -@", "get", ""),
    "audit:mine": ("+++ +++ +++ +@", "get", ""),
    "audit:entry": ("000 000 +00 0@", "get", "line"),
    "audit:export": ("--- --- +-- -@", "get", ""),
    "audit:verification": ("--- --- +-- -@", "get", ""),
    "audit:verify": ("--- --- +-- -@", "post", ""),
    "ui:asof": ("+++ +++ +++ +@", "post", ""),
}
ANSWERED = {200, 302, 405, 409, 422}


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.AS_OF = date(2024, 7, 1)
    return Place()


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


def marked(answer: HttpResponse) -> str:
    """The table's mark for an answer."""
    if answer.status_code == 302 and answer["Location"].startswith(reverse("accounts:login")):
        return "@"
    if answer.status_code in ANSWERED:
        return "+"
    return {403: "-", 404: "0"}.get(answer.status_code, str(answer.status_code))


def asked(client: Client, name: str, place: Place) -> HttpResponse:
    """The address as the table says it is asked for."""
    _, method, record, *more = TABLE[name]
    answer: HttpResponse = getattr(client, method)(place.address(name, record, *more))
    return answer


@pytest.mark.parametrize("part", CAST)
def test_everybody_gets_the_answer_that_is_due(place: Place, part: str) -> None:
    column = CAST.index(part)
    wrong = {}
    for name, (marks, *_) in TABLE.items():
        with undone():
            found, due = marked(asked(place.browser(part), name, place)), marks.replace(" ", "")[column]
        if found != due:
            wrong[name] = f"{found} instead of {due}"
    assert wrong == {}


@pytest.mark.parametrize("part", [part for part in CAST if part != "办公室"])
def test_what_is_refused_changes_nothing(place: Place, part: str) -> None:
    column = CAST.index(part)
    client, before = place.browser(part), everything()
    for name, (marks, method, *_) in TABLE.items():
        if method == "post" and marks.replace(" ", "")[column] in "-0@":
            asked(client, name, place)
    assert everything() == before


@pytest.mark.parametrize("name", TABLE)
def test_a_one_time_password_opens_nothing_but_the_page_that_replaces_it(place: Place, name: str) -> None:
    place.user.must_change_password = True
    place.user.save()
    _, _, record, *more = TABLE[name]
    answer = signed_in(place.user).get(place.address(name, record, *more))
    if name == "accounts:password":
        assert answer.status_code == 200
    elif name == "accounts:logout":
        assert answer.status_code == 405
    else:
        assert answer.status_code in (302, 404)
        assert MARKER.town not in answer.content.decode()
        assert answer.status_code == 404 or answer["Location"] in (reverse("accounts:password"), "/")


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone. Not a block of `atomic`: some of what is tried must be the outermost one."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def everything() -> list[object]:
    """What the records are, to be compared with what they were."""
    rooms = ("projects", "investors", "filings", "plans", "schedules", "targets", "duties", "organisations")
    return [
        serialize("json", model.objects.order_by("pk"))
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    ]
