"""`zhaoyin targets` and `zhaoyin bulletin`: what they print and write, and how they refuse."""

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.factories.targets import a_jurisdiction, a_plan, a_project
from zhaoyin.config.cli import main
from zhaoyin.kernel.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> None:
    place = a_jurisdiction("某某市", code="330000", opens_on=date(2022, 7, 15))
    a_plan(place)
    a_project(place, "甲", yi="12.5", reached={Stage.SIGNED: date(2022, 6, 1)})


@pytest.mark.usefixtures("city")
def test_targets_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--as-of", "2022-07-15", "--json"]) == 0
    first, *_, last = json.loads(capsys.readouterr().out)
    assert (first["label"], first["required"], first["figure"], first["unit"]) == ("签约亿元以上产业项目", 25, 1, "个")
    assert first["elapsed"] == 196 / 365
    assert [(row["name"], row["on"], row["amount"]) for row in first["records"]] == [("甲", "2022-06-01", 12.5)]
    assert last["figure"] is None
    assert "须人工填报" in last["reasons"][0]


@pytest.mark.usefixtures("city")
def test_targets_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--as-of", "2022-05-31", "--year", "2022"]) == 0
    out = capsys.readouterr().out
    assert "签约亿元以上产业项目：0 / 25 个" in out
    assert "第 151 天，共 365 天" in out
    assert "招商满意度：/ / 95 分" in out


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["targets", "--as-of", "昨天"], "截至日应为日期"),
        (["targets", "--as-of", "2022-07-15", "--year", "二〇二二"], "年度应为四位数字"),
        (["targets", "--as-of", "2019-07-15"], "没有 2019 年度的方案"),
        (["bulletin", "2022-13", "--out", "a.docx"], "月份应写成"),
        (["bulletin", "2022-6", "--out", "a.docx"], "月份应写成"),
        (["bulletin", "0000-06", "--out", "a.docx"], "月份应写成"),
        (["bulletin", "2022-06"], "--out"),
        (["bulletin", "2022-06", "--out", "a.pdf"], "只写成 .docx"),
        (["bulletin", "2022-08", "--out", "a.docx"], "2022年8月还没有开始"),
        (["bulletin", "2022-06", "--out", "/nowhere/a.docx"], "文件夹不存在"),
        (["bulletin", "2022-06", "--out", "/nowhere/a.docx", "--number", "某办[2022]6号"], "六角括号"),
        (["bulletin", "2022-06", "--out", "a.docx", "--place", "别处"], "没有名称或代码为“别处”"),
    ],
)
def test_one_sentence_and_exit_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_an_empty_database_is_said_to_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bulletin", "2022-06", "--out", "a.docx"]) == 2
    assert "还没有行政区划" in capsys.readouterr().err


@pytest.mark.usefixtures("city")
def test_a_bulletin_is_written_whole_and_the_same_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    assert main(["bulletin", "2022-06", "--out", str(first), "--number", "某投促办〔2022〕6号"]) == 0
    assert (
        main(
            [
                "bulletin",
                "2022-06",
                "--out",
                str(second),
                "--number",
                "某投促办〔2022〕6号",
                "--place",
                "330000",
                "--json",
            ]
        )
        == 0
    )
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["一.docx", "二.docx"]
    with ZipFile(first) as archive:
        text = archive.read("word/document.xml").decode()
    assert "某投促办〔2022〕6号" in text
    assert "新签约1个、总投资12.5亿元" in text
    out = capsys.readouterr().out
    found = json.loads(out[out.index("{") :])
    assert found["figures"]["signed/all"] == 1
    assert {check["outcome"] for check in found["checks"]} <= {"pass", "warn"}


@pytest.mark.usefixtures("city")
def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "folder.docx"
    taken.mkdir()
    assert main(["bulletin", "2022-06", "--out", str(taken)]) == 2
    assert "那是一个文件夹" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.docx"]
