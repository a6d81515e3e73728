"""Contact persons with their phones, and shares: what is stored, what is on record, who may."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from tests.factories.accounts import a_user
from tests.factories.cast import Place
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.closing import still_open
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.sealing import Sealed, WrongKey, seal
from zhaoyin.record.projects.actions import (
    CannotShare,
    NoReason,
    add_contact,
    advance_stage,
    attach_file,
    edit_contact,
    edit_project,
    open_phone,
    remove_contact,
    remove_file,
    share_project,
    unshare_project,
    write_note,
)
from zhaoyin.record.projects.forms import FactsForm, NoteForm, ProblemForm
from zhaoyin.record.projects.models import Contact, Project, Share
from zhaoyin.record.projects.queries import permit_on, sight_of, tied_to, visible_to

pytestmark = pytest.mark.django_db
NUMBER = "139 0000 0017"


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市")


@pytest.fixture
def project(here: Unit) -> Project:
    return a_project(here, "甲项目", fields={"unit": a_unit(here, "东镇")})


@pytest.fixture
def contact(project: Project) -> Contact:
    add_contact(by=None, project=project, name="联系人甲", post="经理", phone=NUMBER)
    return Contact.objects.select_related("project").get()


def test_a_projects_team_sees_it_while_one_sits_there_and_the_team_is_not_closed(here: Unit, project: Project) -> None:
    member = an_official(here, "专员甲")
    user = a_user(project.unit, "team")
    user.official = member
    user.save()
    team = organisations.add_team(by=None, jurisdiction=here, name="新材料专班", people={"commissioner": [member]})
    edit_project(by=None, project=project, fields={"team": team})

    def sees() -> bool:
        return visible_to(User.objects.get(pk=user.pk)).filter(pk=project.pk).exists()

    assert sees()
    today = timezone.localdate()
    seat = team.members.get()
    organisations.end_member(by=None, member=seat, on=today)
    assert sees(), "the last day still counts"
    seat.until = today - timedelta(days=1)
    seat.save()
    assert not sees()
    organisations.seat_member(by=None, team=team, official=member, seat="commissioner", since=today)
    assert sees()
    organisations.close_group(by=None, group=team, on=today)
    assert not sees()


def test_a_share_ends_with_its_unit_which_is_said_before(here: Unit, project: Project) -> None:
    town = a_unit(here, "西镇")
    user = a_user(town, "reporter")
    share_project(by=None, project=project, unit=town)
    assert visible_to(user).filter(pk=project.pk).exists()
    assert "1 个共享给它的项目，撤销后不再共享" in still_open(town, None)
    organisations.close_unit(by=None, unit=town, on=timezone.localdate())
    later = User.objects.get(pk=user.pk)
    assert not visible_to(later).filter(pk=project.pk).exists()
    with pytest.raises(CannotShare, match="撤销，不能再共享给它"):
        share_project(by=None, project=project, unit=town, reports=True)


def test_forms_offer_no_closed_unit_but_the_one_that_stands_there(here: Unit, project: Project) -> None:
    closed, day = a_unit(here, "西镇"), date(2022, 7, 15)
    organisations.close_unit(by=None, unit=closed, on=day)
    for form in (NoteForm(project=project, today=day, unit=closed), ProblemForm(project=project, today=day)):
        assert closed not in form.fields["unit"].queryset
        assert form.initial.get("unit") is None
    assert closed not in FactsForm(project=project, today=day).fields["unit"].queryset
    assert closed in FactsForm(project=project, today=date(2022, 7, 14)).fields["unit"].queryset
    edit_project(by=None, project=project, fields={"unit": closed})
    assert closed in FactsForm(project=project, today=day).fields["unit"].queryset


def said(project: Project) -> list[str]:
    return [sentence(line) for line in history(project)]


def fresh(user: User) -> User:
    """The person at the next request."""
    return User.objects.get(pk=user.pk)


def test_a_number_lies_sealed_and_is_shown_in_part(contact: Contact) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM projects_contact")
        stored = str(cursor.fetchall())
    for digits in (NUMBER, "13900000017", "0000 0017"):
        assert digits not in stored
    assert contact.masked == "139****0017"
    assert contact.phone.opened() == NUMBER
    assert NUMBER not in f"{contact.phone} {contact.phone!r} {vars(contact)}"
    assert NUMBER not in serializers.serialize("json", [contact])


def test_rows_that_were_serialised_come_back(contact: Contact) -> None:
    (back,) = serializers.deserialize("json", serializers.serialize("json", [contact]))
    back.save()
    contact.refresh_from_db()
    assert contact.phone.opened() == NUMBER


def test_plain_words_do_not_come_into_a_sealed_column(project: Project) -> None:
    with pytest.raises(TypeError):
        Contact.objects.create(project=project, name="甲", phone=NUMBER)  # type: ignore[misc]


def test_another_key_opens_nothing(contact: Contact, settings: Any) -> None:
    settings.RECORD_KEY = "another"
    with pytest.raises(WrongKey):
        open_phone(by=None, contact=contact, reason="约谈签约事项")
    assert not Entry.objects.filter(act="projects.phone_opened").exists()


def test_sealed_words_differ_each_time() -> None:
    assert seal(NUMBER) != seal(NUMBER)
    assert (seal(""), Sealed().opened(), bool(Sealed())) == (Sealed(), "", False)


def test_opening_is_on_record_and_the_number_never_is(contact: Contact) -> None:
    user = a_user(contact.project.unit, role="reporter")
    assert open_phone(by=user, contact=contact, reason="  约谈  签约事项 ") == NUMBER
    line = Entry.objects.get(act="projects.phone_opened")
    assert (line.by, line.detail) == (user, {"contact": "联系人甲", "reason": "约谈 签约事项"})
    edit_contact(by=None, contact=contact, name="联系人甲", post="总经理", phone="0576-85000017")
    edit_contact(by=None, contact=contact, name="联系人甲", post="总经理", forget=True)
    remove_contact(by=None, contact=contact)
    assert said(contact.project)[:5] == [
        "删除联系人联系人甲", "联系人联系人甲：电话已删去", "联系人联系人甲：职务 经理 → 总经理；电话有修改",
        "查看联系人联系人甲的电话，理由：约谈 签约事项", "添加联系人联系人甲（经理）",
    ]  # fmt: skip
    told = json.dumps(list(Entry.objects.values("detail", "subject_name")), ensure_ascii=False)
    for digits in ("0017", "85000017", "139"):
        assert digits not in told


@pytest.mark.parametrize("reason", ["", "看看", "   ", "一 二", "回拨13900000017", "回拨 139-0000-0017", "长" * 201])
def test_without_a_reason_nothing_is_opened(contact: Contact, reason: str) -> None:
    with pytest.raises(NoReason):
        open_phone(by=None, contact=contact, reason=reason)
    assert not Entry.objects.filter(act="projects.phone_opened").exists()


def test_editing_leaves_the_number_unless_another_is_typed(contact: Contact) -> None:
    assert not edit_contact(by=None, contact=contact, name="联系人甲", post="经理")
    assert not edit_contact(by=None, contact=contact, name="联系人甲", post="经理", phone=NUMBER), "the same number"
    assert edit_contact(by=None, contact=contact, name="联系人乙", post="经理")
    contact.refresh_from_db()
    assert (contact.name, contact.phone.opened()) == ("联系人乙", NUMBER)
    with pytest.raises(ValueError, match="手机号码"):
        edit_contact(by=None, contact=contact, name="联系人乙", post="", phone="微信")
    contact.refresh_from_db()
    assert contact.post == "经理"


@pytest.mark.parametrize(
    ("role", "opens", "edits"),
    [("office", True, True), ("supervisor", True, False), ("leader", False, False), ("head", True, True),
     ("reporter", True, False), ("reader", False, False), ("auditor", False, False), ("system", False, False)],
)  # fmt: skip
def test_who_opens_a_phone_and_who_keeps_it(contact: Contact, role: str, opens: bool, edits: bool) -> None:
    user = a_user(None if role in ("auditor", "system") else contact.project.unit, role=role)
    for allowed, act in (
        (opens, lambda: open_phone(by=user, contact=contact, reason="约谈签约事项")),
        (edits, lambda: edit_contact(by=user, contact=contact, name="新名", post="")),
        (edits, lambda: add_contact(by=user, project=contact.project, name="乙")),
    ):
        if allowed:
            act()
        else:
            with pytest.raises(Forbidden):
                act()


def test_a_share_opens_sight_at_once_and_goes_at_once(project: Project, here: Unit) -> None:
    other = a_unit(here, "西镇")
    reporter = a_user(other, role="reporter")
    assert not visible_to(reporter).exists()
    head = a_user(project.unit, role="head")
    assert share_project(by=head, project=project, unit=other)
    assert list(visible_to(fresh(reporter))) == [project]
    assert not share_project(by=head, project=project, unit=other), "shared so already"
    assert share_project(by=head, project=project, unit=other, reports=True)
    share = Share.objects.get()
    assert (share.unit, share.reports, share.by) == (other, True, head)
    unshare_project(by=head, share=share)
    assert not visible_to(fresh(reporter)).exists()
    assert said(project)[:3] == ["取消共享给西镇", "共享给西镇，可以填报进展", "共享给西镇，只能查看"]


@pytest.mark.parametrize("reports", [False, True])
def test_a_share_opens_nothing_but_sight_and_reporting(
    project: Project, contact: Contact, here: Unit, reports: bool, settings: Any, tmp_path: Any
) -> None:
    from tests.factories.files import PDF

    settings.MEDIA_ROOT = tmp_path
    other = a_unit(here, "西镇")
    share_project(by=None, project=project, unit=other, reports=reports)
    head, third = a_user(other, role="head"), a_user(a_unit(here, "北镇"), role="head")
    on = date(2022, 7, 1)

    def acts(by: User) -> dict[str, Any]:
        return {
            "note": lambda: write_note(by=by, project=project, text="回访", on=on),
            "file": lambda: attach_file(by=by, project=project, name="a.pdf", pieces=[PDF]),
            "edit": lambda: edit_project(by=by, project=project, fields={"investor": "乙公司"}),
            "stage": lambda: advance_stage(by=by, phase=project.phases.get(), stage="appraisal", on=on, as_of=on),
            "phone": lambda: open_phone(by=by, contact=contact, reason="约谈签约事项"),
            "contact": lambda: add_contact(by=by, project=project, name="乙"),
            "share": lambda: share_project(by=by, project=project, unit=third.unit),
            "unshare": lambda: unshare_project(by=by, share=Share.objects.get()),
        }

    for name, act in acts(head).items():
        if reports and name in ("note", "file"):
            act()
        else:
            with pytest.raises(Forbidden):
                act()
    for act in acts(third).values():
        with pytest.raises(Forbidden):
            act()


def test_with_whom_a_project_cannot_be_shared(project: Project, here: Unit) -> None:
    far = a_unit(a_jurisdiction("别的市"), "远镇")
    for unit in (here, project.unit, far, far.jurisdiction):
        with pytest.raises(CannotShare):
            share_project(by=None, project=project, unit=unit)
    with pytest.raises(Forbidden):
        share_project(by=a_user(project.unit, role="reporter"), project=project, unit=a_unit(here, "西镇"))
    assert not Share.objects.exists()


def test_whoever_sees_the_whole_need_not_be_shown_single_projects(project: Project, here: Unit) -> None:
    office_unit = a_unit(here, "投促中心")
    share_project(by=None, project=project, unit=office_unit)
    official = an_official(here, "领导甲")
    office = a_user(office_unit)
    User.objects.filter(pk=office.pk).update(official=official)
    office = fresh(office)
    from zhaoyin.ground.access.rules import Permission

    assert tied_to(office, Permission.RECORDS_SEE) == []
    assert sight_of(office).whole
    assert list(visible_to(office)) == [project]
    permit_on(office, Permission.PROJECT_EDIT, project)


def test_two_who_remove_the_same_thing_leave_one_line(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    place = Place()
    by, project = place.people["办公室"], place.project

    def lines(act: str) -> int:
        return Entry.objects.filter(act=act).count()

    removals: tuple[tuple[str, Callable[[Any], None], Any], ...] = (
        ("projects.contact_removed", lambda row: remove_contact(by=by, contact=row), place.contact),
        ("projects.unshared", lambda row: unshare_project(by=by, share=row), place.share),
        ("attachments.removed", lambda row: remove_file(by=by, project=project, attachment=row), place.file),
    )
    for act, remove, row in removals:
        # Both have the page open, and both have found the row.
        first, second = (type(row).objects.get(pk=row.pk) for _ in range(2))
        remove(first)
        remove(second)
        assert lines(act) == 1, act
