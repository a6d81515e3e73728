"""Files that were made to do harm, or by a careless program: refused with file and line, quickly, and nothing is loaded."""

from pathlib import Path

import pytest

from tests.factories.accounts import a_user
from zhaoyin.config.loading import WrongData, load_folder
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db
PLACE = "jurisdiction: {name: 云川县, code: 539901}\n"
PROJECT = "projects:\n- {name: 甲项目, known_on: 2024-01-02, stage: lead}\n"
# Twelve lines that would be printed as 9^11 words.
LAUGHS = "a: &a [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefghij", "bcdefghijk", strict=True)
)


def refused(folder: Path, organisations: str = "", records: str = "", plan: str = "") -> str:
    written = {"organisations": PLACE + organisations, "records": records, "plan": plan}
    for name, content in written.items():
        if content:
            (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(WrongData) as wrong:
        load_folder(folder, by=a_user())
    assert not Unit.objects.exists()
    assert len(str(wrong.value)) < 3000
    return str(wrong.value)


@pytest.mark.parametrize("given", ["known_on: *k, stage: lead", "known_on: 2024-01-02, stage: *k", "name: *k"])
def test_aliases_without_end_are_not_printed(tmp_path: Path, given: str) -> None:
    assert "第 12 行" in refused(tmp_path, records=f"{LAUGHS}projects: [{{{given}}}]\n")
    assert "应为“键: 值”" in refused(tmp_path, organisations=f"{LAUGHS}units: *k\n")


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ("projects: [{name: 甲, known_on: 2022-13-45, stage: lead}]", "第 1 行：不合 YAML 格式（日期或数字不成立）"),
        ("projects: [{name: 甲, known_on: 0001-01-01, stage: lead}]", "“known_on”应为日期"),
        (PROJECT + "records:\n- {on: 2024-02-01 10:00:00, project: 甲项目, note: 乙}", "第 4 行：“on”应为"),
        (f"projects: [{{name: 甲, known_on: 2024-01-02, stage: lead, land_mu: {'9' * 5000}}}]", "不成立"),
        ("projects: [{name: 甲, known_on: 2024-01-02, stage: lead, investment_yi: 1.0e+30}]", "“investment_yi”应为"),
        (
            "projects: [{name: 甲, known_on: 2024-01-02, stage: lead, investment_yi: 1e999999999}]",
            "“investment_yi”应为",
        ),
        ('projects: [{name: "甲\\0乙", known_on: 2024-01-02, stage: lead}]', "“name”含有控制字符"),
        ("? [a, b]\n: 1\n", "键应为文字"),
        (f"projects: [{{name: {'长' * 201}, known_on: 2024-01-02, stage: lead}}]", "“name”不能超过 200 个字"),
        ("projects: [甲, 7, null]", "应为“键: 值”"),
        ("projects: " + "[" * 5000 + "]" * 5000, "套得过深"),
        (f"# {'x' * (2 << 20)}\n", "超过 2 MB"),
    ],
    ids=lambda text: text[-30:],
)
def test_values_that_no_record_has(tmp_path: Path, records: str, said: str) -> None:
    assert said in refused(tmp_path, records=records)


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "records.yaml").mkdir()
    assert "不是可以读取的文件" in refused(tmp_path)


@pytest.mark.parametrize("name", ["../plan.txt", "/etc/hostname", "a/b.docx", ".", "..\\b.docx"])
def test_a_plan_lies_in_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path.parent / "plan.txt").write_text("2024年云川县方案", encoding="utf-8")
    assert "plan.yaml 第 3 行" in refused(tmp_path, plan=f"title: 方案\nknown_on: 2024-01-02\ndocument: {name}\n")
