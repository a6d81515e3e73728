"""Two editors of one record: what each touched alone merges, what both touched is asked, nothing is lost unasked."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.investors.actions import add_investor
from zhaoyin.record.projects.actions import (
    add_contact,
    link_investor,
    raise_problem,
    record_yield,
    restrict_project,
    settle_problem,
)
from zhaoyin.record.projects.models import Origin, Project, Restriction

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def client(here: Unit) -> Client:
    return signed_in(a_user(a_unit(here, "东镇")))


@pytest.fixture
def project(here: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION)


FIELD = re.compile(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"[^>]*>')


def sent_by(page: str) -> dict[str, str]:
    """What a browser would send of the page's form, nothing typed and no radio chosen."""
    form = page[page.index('action="/', page.index("</header>") if "</header>" in page else 0) :]
    given: dict[str, str] = {}
    for found in re.finditer(r"<input([^>]*)>", form):
        kind = re.search(r'type="(\w+)"', found[1])
        name, value = re.search(r'name="([^"]+)"', found[1]), re.search(r'value="([^"]*)"', found[1])
        if name and (kind is None or kind[1] not in ("radio", "checkbox")):
            given.setdefault(name[1], unescape(value[1]) if value else "")
    for found in re.finditer(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        given[found[1]] = unescape(found[2]).removeprefix("\n")
    for found in re.finditer(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', found[2])
        given[found[1]] = chosen[1] if chosen else ""
    return given


def stored(project: Project) -> Project:
    return Project.objects.select_related("text").get(pk=project.pk)


def test_what_each_touched_alone_is_merged(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/edit/"
    first, second = sent_by(client.get(address).content.decode()), sent_by(client.get(address).content.decode())
    client.post(address, {**first, "investor": "先保存的公司", "site": "东区"})
    answer = client.post(address, {**second, "land_mu": "120"}, follow=True)
    now = stored(project)
    assert (now.investor, now.land_mu, now.text.site) == ("先保存的公司", 120, "东区")
    assert "别人同时改过的投资方、选址已一并保留" in answer.content.decode()


def test_what_both_touched_is_asked_and_then_stored_as_chosen(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/edit/"
    second = sent_by(client.get(address).content.decode())
    client.post(address, {**second, "investor": "先保存的公司", "investment_yi": "6"})
    answer = client.post(address, {**second, "investor": "我填的公司", "land_mu": "120", "content": "一行\r\n两行"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert stored(project).investor == "先保存的公司"
    assert re.search("原来：空", page)
    assert 'value="先保存的公司" required' in page
    assert 'value="我填的公司" required' in page
    assert 'type="radio" name="investment_yi"' not in page, "touched by one of them only"
    chosen = {**sent_by(page), "investor": "我填的公司"}
    assert client.post(address, chosen).status_code == 302
    now = stored(project)
    assert (now.investor, now.land_mu, now.investment_yi) == ("我填的公司", 120, 6)
    assert now.text.content == "一行\r\n两行".replace("\r\n", "\n")


def test_a_third_editor_between_the_question_and_the_answer_is_asked_about_too(
    client: Client, project: Project
) -> None:
    address = f"/projects/{project.pk}/edit/"
    second = sent_by(client.get(address).content.decode())
    client.post(address, {**second, "investor": "甲公司"})
    page = client.post(address, {**second, "investor": "乙公司"}).content.decode()
    third = sent_by(client.get(address).content.decode())
    client.post(address, {**third, "investor": "丙公司"})
    answer = client.post(address, {**sent_by(page), "investor": "乙公司"})
    assert answer.status_code == 409
    assert "丙公司" in answer.content.decode()
    assert stored(project).investor == "丙公司"


def test_a_field_that_was_emptied_stays_empty_through_the_question(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/edit/"
    second = sent_by(client.get(address).content.decode())
    client.post(address, {**second, "investor": "甲公司"})
    page = client.post(address, {**second, "investor": "乙公司", "investment_yi": ""}).content.decode()
    client.post(address, {**sent_by(page), "investor": "甲公司"})
    assert (stored(project).investor, stored(project).investment_yi) == ("甲公司", None)


def test_nothing_chosen_and_a_broken_base_lose_nothing(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/edit/"
    second = sent_by(client.get(address).content.decode())
    client.post(address, {**second, "investor": "甲公司"})
    for base in ("{", "[]", "[1]", '{"investor": 5}', "null", "\x00"):
        assert client.post(address, {**second, "investor": "乙公司", "base": base}).status_code in (409, 422)
        assert stored(project).investor == "甲公司"
    page = client.post(address, {**second, "investor": "乙公司"}).content.decode()
    client.post(address, sent_by(page))
    assert stored(project).investor == "甲公司"


def test_contacts_merge_and_a_number_is_not_overwritten_unsaid(client: Client, project: Project) -> None:
    contact = add_contact(by=None, project=project, name="联系人甲", post="经理", phone="13800005678")
    address = f"/projects/contacts/{contact.pk}/"
    second = sent_by(client.get(address).content.decode())
    client.post(address, {**second, "post": "总经理", "phone": "13900001234"})
    assert client.post(address, {**second, "name": "联系人乙"}).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.post, contact.phone.opened()) == ("联系人乙", "总经理", "13900001234")
    answer = client.post(address, {**second, "name": "联系人乙", "phone": "13700009999"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "别人刚把电话改为 139****1234" in page
    assert "13900001234" not in page
    again = {**sent_by(page), "name": "联系人乙", "post": "总经理", "phone": "13700009999"}
    assert client.post(address, again).status_code == 302
    contact.refresh_from_db()
    assert contact.phone.opened() == "13700009999"


def test_moves_of_one_milestone_are_merged(client: Client, project: Project) -> None:
    one = a_milestone(project, date(2022, 7, 20))
    address = f"/milestones/{one.pk}/move/"
    second = sent_by(client.get(address).content.decode())
    client.post(address, {**second, "end": "2022-08-31", "reason": "用地未批"})
    answer = client.post(address, {**second, "end": "2022-09-30", "reason": "设备未到"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2022-07-20" in page
    assert "2022-08-31" in page
    assert client.post(address, {**sent_by(page), "end": "2022-09-30"}).status_code == 302
    one.refresh_from_db()
    assert one.end == date(2022, 9, 30)
    assert [move.reason for move in one.moves.all()] == ["用地未批", "设备未到"]


def both(
    client: Client, address: str, first: dict[str, str], second: dict[str, str]
) -> tuple[int, str, dict[str, str]]:
    """Two open the page; one saves `first`, then the other `second`: the answer to that, and what the other would send next."""
    page = client.get(address).content.decode()
    sent = sent_by(page)
    assert client.post(address, {**sent, **first}).status_code == 302, "the first is never asked"
    answer = client.post(address, {**sent, **second})
    page = answer.content.decode()
    return answer.status_code, page, sent_by(page) if answer.status_code == 409 else {}


def test_a_problem_is_merged(client: Client, project: Project) -> None:
    one = raise_problem(by=None, project=project, kind="land", text="用地指标未落实", on=date(2022, 7, 1))
    address = f"/projects/problems/{one.pk}/edit/"
    code, page, again = both(
        client,
        address,
        {"text": "缺用地指标 40 亩", "kind": "money"},
        {"text": "缺用地指标 60 亩", "due_on": "2022-08-31"},
    )
    assert code == 409
    assert "缺用地指标 40 亩" in page
    assert client.post(address, {**again, "text": "缺用地指标 60 亩"}).status_code == 302
    one.refresh_from_db()
    assert (one.text, one.kind, one.due_on) == ("缺用地指标 60 亩", "money", date(2022, 8, 31))


def test_a_problem_answered_meanwhile_keeps_its_answer(client: Client, project: Project) -> None:
    one = raise_problem(by=None, project=project, kind="land", text="用地指标未落实", on=date(2022, 7, 1))
    settle_problem(by=None, problem=one, on=date(2022, 7, 10), answer="已下达")
    with pytest.raises(ValueError, match="答复是：已下达"):
        settle_problem(by=None, problem=one, on=date(2022, 7, 12), answer="另一个答复")
    one.refresh_from_db()
    assert one.answer == "已下达"


def test_a_promise_and_what_came_of_it_are_merged(client: Client, project: Project) -> None:
    one = record_yield(by=None, project=project, measure="tax", year=2021, promised=Decimal(900))
    assert one is not None
    address = f"/projects/yields/{one.pk}/"
    assert both(client, address, {"actual": "700"}, {"promised": "950"})[0] == 302
    one.refresh_from_db()
    assert (one.promised, one.actual) == (950, 700)
    code, page, again = both(client, address, {"actual": "710"}, {"actual": "720"})
    assert code == 409
    assert 'value="710" required' in page
    client.post(address, {**again, "actual": "720"})
    one.refresh_from_db()
    assert one.actual == 720


def test_the_channel_is_merged_even_when_it_was_not_known(client: Client, project: Project) -> None:
    address = f"/projects/{project.pk}/origin/"
    code, page, again = both(client, address, {"kind": "agent", "who": "甲商会"}, {"kind": "visit", "note": "展会"})
    assert code == 409
    assert "中介招商" in page
    client.post(address, {**again, "kind": "visit"})
    now = Origin.objects.get(project=project)
    assert (now.kind, now.who, now.note) == ("visit", "甲商会", "展会")


def test_who_may_see_a_project_is_merged(here: Unit, project: Project) -> None:
    own, other, third = (an_official(here, name) for name in ("领导甲", "领导乙", "领导丙"))
    person = a_user(a_unit(here, "西镇"))
    type(person).objects.filter(pk=person.pk).update(official=own)
    restrict_project(by=None, project=project, reason="企业要求保密", officials=[own, other])
    client, address = signed_in(person), f"/projects/{project.pk}/restrict/"
    code, page, again = both(
        client, address, {"people": "领导甲、领导乙、领导丙"}, {"people": "领导甲", "reason": "谈判期间保密"}
    )
    assert code == 409
    assert 'value="领导甲、领导乙、领导丙" required' in page
    client.post(address, {**again, "people": "领导甲、领导乙、领导丙"})
    now = Restriction.objects.get(project=project)
    assert set(now.named.values_list("official_id", flat=True)) == {own.pk, other.pk, third.pk}
    assert now.reason == "谈判期间保密"


def test_an_investor_is_merged(here: Unit, client: Client, project: Project) -> None:
    company = add_investor(by=None, jurisdiction=here, name="云川新材料有限公司", group="云川集团")
    link_investor(by=None, project=project, investor=company)
    address = f"/projects/investors/{company.pk}/edit/"
    keeper = signed_in(a_user(here, "office"))
    code, page, again = both(keeper, address, {"note": "甲", "group": "云溪集团"}, {"note": "乙", "country": "德国"})
    assert code == 409
    assert f"/projects/investors/{company.pk}/" in page
    keeper.post(address, {**again, "note": "乙"})
    company.refresh_from_db()
    assert (company.note, company.country, company.group and company.group.name) == ("乙", "德国", "云溪集团")
