"""Loading a jurisdiction's files: the sample as an office would bring its own, and what is said of wrong files."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.factories.plans import a_user
from zhaoyin.config.cli.sample import folder
from zhaoyin.config.loading import WrongData, load_folder
from zhaoyin.config.loading.document import plan_document
from zhaoyin.config.loading.folder import read_folder
from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import InvestmentGroup, SpecialTeam, Unit, UnitKind
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.models import Note, Project
from zhaoyin.record.resources.models import Platform


@pytest.fixture
def user(db: None) -> User:
    return a_user("loader", None)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    return shutil.copytree(folder(), tmp_path / "files")


def spoil(files: Path, name: str, before: str, after: str) -> int:
    """Replace `before` once; returns the line where that was."""
    text = (files / name).read_text(encoding="utf-8")
    assert before in text
    (files / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_the_sample_loads(user: User) -> None:
    here = load_folder(folder(), by=user)
    assert here.demo
    assert Unit.objects.filter(jurisdiction=here, kind=UnitKind.TOWN).count() == 19
    assert Platform.objects.count() == 6
    assert SpecialTeam.objects.count() == 4
    assert InvestmentGroup.objects.count() == 14
    plan = here.plans.get()
    assert (plan.entries.count(), plan.milestones.count(), plan.targets.count(), plan.duties.count()) == (13, 38, 5, 4)
    assert not Unit.objects.filter(jurisdiction=here, demo=True).exists()
    assert Note.objects.filter(on__lt="2022-01-01").count() == 0


def test_the_sample_speaks_of_no_real_person() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in folder().glob("*.yaml"))
    assert "领导甲" in words
    officials = read_folder(folder()).officials
    assert all(official["name"][:2] in ("领导", "科长", "专员") for official in officials)


def test_the_generated_plan_reads_back_as_it_was_written(tmp_path: Path) -> None:
    plan = read_folder(folder()).plan
    assert plan is not None
    name, data = plan_document(plan, folder(), demo=True)
    (tmp_path / name).write_bytes(data)
    reading = interpret(read_file(tmp_path / name))
    rows = [row for section in plan["sections"] for row in section["projects"]]
    assert (reading.title, reading.year, reading.place) == (plan["title"], 2022, "临海市")
    assert [(s.declared, s.read) for s in reading.sections] == [(33, 13)]
    assert [t.value for t in reading.targets] == [25, 5, 6700, 2, 4]
    assert len(reading.duties) == 4
    for row, read in zip(rows, reading.projects, strict=True):
        assert (read.seq, read.name, read.investor, read.unit) == (
            int(row["seq"]),
            row["name"],
            row["investor"],
            row["unit"],
        )
        assert (read.investment_yi, read.land_mu) == (row["investment_yi"], row["land_mu"])
        assert list(read.leaders) == list(row["leaders"])
        assert len(read.progress) == len(row["progress"])
    assert sum(len(read.milestones) for read in reading.projects) == 38


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("organisations.yaml", "kind: zone}", "kind: zoo}", "“kind”应为"),
        ("organisations.yaml", "lead: 领导甲", "lead: 领导某", "没有名为“领导某”的干部"),
        ("organisations.yaml", "opens_on: 2022-07-15", "opens_on: 七月十五", "应为日期"),
        ("organisations.yaml", "demo: true", "dmeo: true", "不认识“dmeo”"),
        ("plan.yaml", "investment_yi: 1000", "investment_yi: 一千", "应为数字"),
        ("records.yaml", "unit: 台州湾经济技术开发区", "unit: 某开发区", "没有名为“某开发区”的单位"),
        ("records.yaml", "  - {on: 2022-01-18, project", "  - {on: 2022-01-18, projekt", "不认识“projekt”"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    user: User, files: Path, name: str, before: str, after: str, said: str
) -> None:
    line = spoil(files, name, before, after)
    with pytest.raises(WrongData) as wrong:
        load_folder(files, by=user)
    assert any(fault.startswith(f"{name} 第 {line} 行：") and said in fault for fault in wrong.value.faults)
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("reached: 签订框架协议}", "reached: 没有的节点}", "0 个节点"),
        ("stage: signed, paper: formal", "stage: signed", "框架协议、章程不算签约"),
    ],
)
def test_a_record_that_the_product_refuses_loads_nothing(
    user: User, files: Path, before: str, after: str, said: str
) -> None:
    line = spoil(files, "records.yaml", before, after)
    with pytest.raises(WrongData, match=said) as wrong:
        load_folder(files, by=user)
    assert f"records.yaml 第 {line} 行" in str(wrong.value)
    assert not Project.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"jurisdiction: [", "不合 YAML 格式"),
        ("jurisdiction: {name: 某县}".encode("gb18030"), "不是 UTF-8"),
        (b"- 1\n- 2\n", "应为“键: 值”"),
        (b"", "应为“键: 值”"),
        (b"jurisdiction: {name: a}\njurisdiction: {name: b}\n", "写了两次"),
        (b"jurisdiction: &a [*a]\n", "organisations.yaml"),
        (b"!!python/object/apply:os.system [id]", "不合 YAML 格式"),
    ],
)
def test_a_file_that_is_no_data_is_named(user: User, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "organisations.yaml").write_bytes(content)
    with pytest.raises(WrongData, match=said):
        load_folder(tmp_path, by=user)


def test_a_folder_that_is_not_there(user: User, tmp_path: Path) -> None:
    with pytest.raises(WrongData, match="没有文件夹"):
        load_folder(tmp_path / "none", by=user)


def test_another_jurisdiction_needs_no_plan(user: User, tmp_path: Path) -> None:
    (tmp_path / "organisations.yaml").write_text(
        "jurisdiction: {name: 云川县, code: 539901}\nunits: [{name: 县招商局}]\n", encoding="utf-8"
    )
    (tmp_path / "records.yaml").write_text(
        "projects:\n"
        "  - {name: 茶叶加工园, known_on: 2023-02-01, stage: negotiation, investment_yi: 0.35, unit: 县招商局,\n"
        "     milestones: [{text: 签约, kind: deadline, end: 2023-06-30, stage: signed}]}\n"
        "records:\n"
        "  - {on: 2023-05-04, project: 茶叶加工园, stage: signed, paper: formal}\n",
        encoding="utf-8",
    )
    here = load_folder(tmp_path, by=user)
    assert (here.name, here.code) == ("云川县", "539901")
    project = Project.objects.get()
    assert (project.stage, project.investment_yi) == ("signed", Decimal("0.35"))
    assert str(Milestone.objects.get().reached_on) == "2023-05-04"


def test_a_jurisdiction_is_loaded_once(user: User) -> None:
    load_folder(folder(), by=user)
    with pytest.raises(WrongData, match="已有行政区划"):
        load_folder(folder(), by=user)
