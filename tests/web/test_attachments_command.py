"""`zhaoyin attachments check | sweep`, and the settings of attachments."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.factories.files import PDF
from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.config import environment
from zhaoyin.config.cli import main
from zhaoyin.ground.attachments.rules import KINDS
from zhaoyin.record.projects.actions import attach_file


@pytest.mark.django_db
def test_every_file_is_held_against_its_hash(settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.MEDIA_ROOT = tmp_path
    project = a_project(a_jurisdiction())
    whole, changed, lost = (attach_file(by=None, project=project, name="a.pdf", pieces=[PDF]) for _ in range(3))
    assert main(["attachments", "check"]) == 0
    assert "核对 3 个附件，全部完好。" in capsys.readouterr().out
    (tmp_path / changed.path).write_bytes(PDF.replace(b"Catalog", b"Catalox"))
    (tmp_path / lost.path).unlink()
    assert main(["attachments", "check"]) == 1
    told = capsys.readouterr().out
    assert f"{changed.path}：内容与上传时不同" in told
    assert f"{lost.path}：文件丢失" in told
    assert whole.path not in told
    orphan = tmp_path / "files" / "orphan"
    orphan.write_bytes(b"x")
    os.utime(orphan, (time.time() - 7200,) * 2)
    assert main(["attachments", "sweep"]) == 0
    assert "清理了 1 个文件" in capsys.readouterr().out
    assert (tmp_path / whole.path).exists()


def test_kinds_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHAOYIN_ATTACHMENT_KINDS", raising=False)
    assert environment.attachment_kinds() == tuple(KINDS)
    monkeypatch.setenv("ZHAOYIN_ATTACHMENT_KINDS", ".PDF, docx")
    assert environment.attachment_kinds() == ("pdf", "docx")
    monkeypatch.setenv("ZHAOYIN_ATTACHMENT_KINDS", "pdf,exe")
    with pytest.raises(environment.WrongSetting, match="exe"):
        environment.attachment_kinds()
