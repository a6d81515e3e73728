"""`zhaoyin lights` and `zhaoyin projects export`: what they print and write, and how they refuse."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.factories.accounts import a_user
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.config.cli import main
from zhaoyin.ground.journal.models import Entry as JournalLine
from zhaoyin.plan.schedules.actions import reach_milestone

pytestmark = pytest.mark.django_db
KEYS = ("project", "phase", "text", "end", "kind", "light", "days")


@pytest.fixture(autouse=True)
def projects() -> None:
    project = a_project(a_jurisdiction("某某市"), "甲项目", known_on=date(2022, 1, 10), phases=[{"name": "一期"}])
    a_milestone(project, date(2022, 4, 30), text="签约", phase=project.phases.get())
    a_milestone(project, date(2022, 7, 20), "strive", text="落地")
    a_milestone(project, None, text="投产")
    done = a_milestone(project, date(2022, 5, 31), text="摘牌")
    reach_milestone(by=None, milestone=done, on=date(2022, 7, 1), as_of=date(2022, 7, 1))


def test_every_open_milestone_with_its_light_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lights", "--as-of", "2022-07-15", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        dict(zip(KEYS, values, strict=True))
        for values in (
            ("甲项目", "一期", "签约", "2022-04-30", "planned", "red", 76),
            ("甲项目", "", "落地", "2022-07-20", "strive", "yellow", -5),
            ("甲项目", "", "投产", None, "undated", "grey", None),
        )
    ]


def test_a_past_day_has_the_lights_of_that_day(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lights", "--as-of", "2022-06-10", "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert [(row["text"], row["light"]) for row in rows] == [
        ("签约", "red"), ("摘牌", "red"), ("落地", "green"), ("投产", "grey"),
    ]  # fmt: skip


def test_lines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lights", "--as-of", "2022-07-15"])
    assert capsys.readouterr().out.splitlines()[0] == "2022-04-30\t逾期\t逾期 76 天\t甲项目\t一期\t签约"


def test_a_wrong_day_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lights", "--as-of", "2022-13-01"]) == 2
    assert capsys.readouterr().err == "截至日应为日期，形如 2022-07-15，不能是“2022-13-01”\n"


@pytest.mark.parametrize("name", ["表.xlsx", "表.docx", "表.csv"])
def test_the_table_is_written_whole_and_on_record(name: str, tmp_path: Path) -> None:
    user = a_user()
    out = tmp_path / name
    assert main(["projects", "export", "--out", str(out), "--as-of", "2022-07-15", "--by", user.username]) == 0
    assert out.stat().st_size > 100
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert JournalLine.objects.get(act="library.exported").by == user


@pytest.mark.parametrize(
    ("out", "by", "words"),
    [("表.pdf", "", "应以"), ("表.xlsx", "nobody", "没有账号“nobody”"), ("没有/表.xlsx", "", "不能写入")],
)
def test_what_cannot_be_exported_is_said(
    out: str, by: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user = a_user()
    assert main(["projects", "export", "--out", str(tmp_path / out), "--by", by or user.username]) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
