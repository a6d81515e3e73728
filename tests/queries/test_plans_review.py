"""What the pages of plans read: only what the reader may see, in a number of queries that does not grow."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.plans import PLAN, a_jurisdiction, a_read_document, a_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.plan.plans import actions, queries
from zhaoyin.plan.plans.models import Plan, PlanDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    return a_user("office", a_jurisdiction())


def test_a_reader_sees_what_lies_at_or_below_their_jurisdiction(office: User) -> None:
    from zhaoyin.ground.organisations.actions import add_jurisdiction

    document = a_read_document(office)
    above = add_jurisdiction(by=None, name="远山省")
    below = a_user("below", add_jurisdiction(by=None, name="远山市", above=above))
    theirs = a_read_document(below)
    everybody = a_user("everybody", None)
    assert list(queries.documents_visible_to(office)) == [document]
    assert list(queries.documents_visible_to(a_user("province", above))) == [theirs]
    assert queries.documents_visible_to(everybody).count() == 2
    assert queries.doubts_visible_to(office).count() == document.doubts.count()


def test_a_plan_lists_as_many_open_doubts_as_its_page_shows(office: User) -> None:
    document = a_read_document(office)
    document.doubts.create(number=99, message="清单写明 33 个项目，读到 2 个")
    plan = commit(document, office)
    shown = queries.plan_page(plan, office)
    listed = queries.plan_list(office).get()
    on_rows = sum(len(entry.project.open_doubts) for entry in shown.entries)
    assert listed.open_doubts == on_rows + len(shown.general_doubts) > on_rows > 0
    assert listed.open_doubts == queries.document_list(office).get().open_doubts
    reader = a_user("reader", office.unit, "leader")
    assert queries.plan_list(reader).get().open_doubts == on_rows == listed.open_doubts - len(shown.general_doubts)
    assert queries.plan_page(plan, reader).general_doubts == []


def test_the_review_of_a_page_counts_the_whole_document(office: User) -> None:
    document = a_read_document(office)
    project = document.reading["projects"][0]
    document.reading["projects"] = [{**project, "unit": f"第 {number % 7} 镇"} for number in range(120)]
    with CaptureQueriesContext(
        connection,
    ) as made:
        page = queries.review_page(document, page=3)
    assert len(made) == 2
    assert (page.page, page.pages, page.total) == (3, 3, 120)
    assert [line.index for line in page.projects] == list(range(100, 120))
    assert (page.counts.projects, page.counts.milestones, page.counts.units) == (120, 360, 7)
    assert queries.review_page(document, page=99).page == 3
    assert queries.page_of_row(100) == 3


def test_a_doubt_leads_to_the_value_it_is_about(office: User) -> None:
    page = queries.review_page(a_read_document(office))
    cells = {doubt.row.field + doubt.row.message[:4]: doubt.cell for doubt in page.doubts}
    assert cells["phases分期投资"] == "projects.0.phases.0.investment_yi"
    assert cells["phases分期用地"] == "projects.0.phases.0.land_mu"
    assert page.projects[0].doubtful(page.projects[0].cells[2])
    assert not page.projects[1].doubtful(page.projects[1].cells[2])


def test_a_stretch_of_the_source_is_found_again_by_its_number(office: User) -> None:
    document = a_read_document(office)
    whole = [unit.line for stretch in queries.source_stretch(document, 0, 1000) for unit in stretch.units]
    part = [unit.line for stretch in queries.source_stretch(document, 3, 4) for unit in stretch.units]
    assert part == whole[3:7]


def commit(document: PlanDocument, by: User) -> Plan:
    plan = actions.commit_document(by=by, document=document, on=date(2024, 3, 1)).plan
    assert plan is not None
    return plan


def test_the_page_of_a_plan_does_not_ask_more_for_more_projects(office: User) -> None:
    plan = commit(a_read_document(office), office)
    queries.plan_page(plan, office)  # looks the person's roles up
    with CaptureQueriesContext(connection) as few:
        queries.plan_page(plan, office)
    more = PLAN.rstrip() + "".join(
        f" {number} 第{number}号工业园项目 20 30 第{number}投资公司 拟选址东港。\n\n已对接。\n\n9 月签约。\n\n领导丙 云溪镇\n\n"
        for number in range(3, 12)
    )
    commit(a_read_document(office, more, name="二.txt"), office)
    plan = Plan.objects.get()
    with CaptureQueriesContext(connection) as many:
        page = queries.plan_page(plan, office)
    assert len(page.entries) == 11
    assert len(many) == len(few)


def test_a_preview_says_what_a_commit_would_do_and_writes_nothing(office: User) -> None:
    first = a_read_document(office)
    before = queries.preview(first)
    assert before is not None
    assert (before.known, len(before.new)) == (False, 2)
    commit(first, office)
    first.refresh_from_db()
    assert queries.preview(first) is None, "it is committed"
    newer = a_read_document(office, PLAN.replace("100 / 白石集团", "120 / 白石集团"), name="二.txt")
    after = queries.preview(newer)
    assert after is not None
    assert (after.plan, after.new, after.same, after.dropped) == (Plan.objects.get(), [], 1, [])
    assert after.changed[0].differences["总投资（亿元）"] == ("100", "120")
    assert Plan.objects.get().commits.count() == 1


def test_every_act_is_said_in_words(office: User) -> None:
    document = a_read_document(office)
    known = {"by": office, "document": document, "version": document.version}
    actions.edit_cell(path="projects.0.milestones.0.when", typed="5 月", seen="4 月", **known)
    actions.add_row(path="projects.1.phases", given={"name": "一期"}, **known)
    actions.remove_row(path="targets.0", **known)
    document.refresh_from_db()
    actions.restore_row(by=office, document=document, which=0, version=document.version)
    actions.settle_doubt(by=office, doubt=document.doubts.get(number=1), settlement="照录原文")
    said = [words for _, words in queries.review_page(document).history]
    assert "核对时修改第 1 个项目第 1 个节点的时间原文：4 月 → 5 月" in said
    assert "核对时加分期：一期" in said
    assert "核对时删去第 1 个目标" in said
    assert not [words for words in said if "其他操作" in words]


def test_an_outcome_names_what_an_undo_would_leave(office: User) -> None:
    document = a_read_document(office)
    plan = commit(document, office)
    made = plan.commits.get()
    told = queries.outcome(made)
    assert (len(told.projects), told.milestones, told.touched) == (2, 5, [])
    doubt = document.doubts.filter(project__isnull=False).first()
    assert doubt is not None
    actions.settle_doubt(by=office, doubt=doubt, settlement="已核对")
    assert queries.outcome(made).touched == ["青山新材料产业园项目"]
