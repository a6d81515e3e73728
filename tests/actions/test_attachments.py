"""Files of projects: what is kept, what is refused, what lies on the disk afterwards."""

import errno
import hashlib
import io
import os
import stat
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from tests.factories import files
from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.attachments import storing
from zhaoyin.ground.attachments.actions import FileGone, Refused, sweep
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.journal.models import Entry
from zhaoyin.record.projects.actions import attach_file, remove_file, take_file
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def project() -> Project:
    return a_project(a_jurisdiction(), "甲项目")


def kept(project: Project, name: str = "纪要.pdf", data: bytes = files.PDF) -> Attachment:
    return attach_file(by=None, project=project, name=name, pieces=[data])


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_whole_under_a_random_name(project: Project, folder: Path) -> None:
    row = attach_file(by=None, project=project, name="../会议纪要.pdf", pieces=[files.PDF[:10], files.PDF[10:]])
    (path,) = on_disk(folder)
    assert path == folder / row.path
    assert path.read_bytes() == files.PDF
    assert (row.name, row.kind, row.size) == ("会议纪要.pdf", "pdf", len(files.PDF))
    assert row.sha256 == hashlib.sha256(files.PDF).hexdigest()
    assert "纪要" not in row.path
    assert row.sha256[:8] not in row.path, "nobody who knows the file can guess its name"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept(project).path != row.path
    line = Entry.objects.filter(act="attachments.kept").first()
    assert line is not None
    assert (line.subject_id, line.detail["name"], line.detail["sha256"]) == (project.pk, "会议纪要.pdf", row.sha256)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", files.PDF), ("a.png", files.png()), ("a.jpg", files.jpg()), ("a.jpeg", files.jpg()), ("a.ofd", files.ofd()),
        ("a.docx", files.docx()), ("a.xlsx", files.xlsx()), ("a.docx", files.package("docx")),
        ("a.pptx", files.package("pptx")), ("A.XLSX", files.package("xlsx")),
    ],
)  # fmt: skip
def test_whole_files_of_every_kind_are_taken(project: Project, name: str, data: bytes) -> None:
    assert kept(project, name, data).size == len(data)


def prefixed(data: bytes) -> bytes:
    """A package behind a program: both open."""
    return files.EXE + data


def locked(data: bytes) -> bytes:
    """The same package with every part marked as locked by a password."""
    out = bytearray(data)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := out.find(signature, at + 1)) >= 0:
            out[at + place] |= 1
    return bytes(out)


WORD_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
FETCHED = (
    f'<Relationship Id="t" Type="{files.RELATIONSHIPS}/attachedTemplate" Target="http://a.example/t.dotm" '
    'TargetMode="External"/>'
)
ENTITIES = {"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}
HOSTILE = {
    "an empty file": ("a.pdf", b"", "空的"),
    "a program": ("a.exe", files.EXE, "不收 .exe"),
    "a page": ("a.html", files.HTML, "不收 .html"),
    "a drawing with a script": ("a.svg", files.SVG, "不收 .svg"),
    "a program called PDF": ("a.pdf", files.EXE, "内容不是PDF"),
    "a page called PDF": ("a.pdf", files.HTML, "内容不是PDF"),
    "a page before a PDF": ("a.pdf", files.HTML + files.PDF, "内容不是PDF"),
    "half a PDF": ("a.pdf", files.PDF[:30], "已损坏"),
    "a drawing called picture": ("a.png", files.SVG, "内容不是图片"),
    "a page called picture": ("a.jpg", files.HTML, "内容不是图片"),
    "a PNG called JPG": ("a.jpg", files.png(), "内容不是图片"),
    "a page behind a picture": ("a.png", files.png(after=files.HTML), "别的内容"),
    "a picture of endless width": ("a.png", files.png(60_000, 2), "过大"),
    "a picture of 10 000 000 000 pixels": ("a.png", files.png(100_000, 100_000), "过大"),
    "a photograph of 900 000 000 pixels": ("a.jpg", files.jpg(30_000, 30_000), "过大"),
    "a picture of nothing": ("a.png", files.png(0, 3), "已损坏"),
    "a picture cut off": ("a.png", files.png()[:-6], "已损坏"),
    "a photograph cut off": ("a.jpg", files.jpg()[:-2], "已损坏"),
    "a picture with a wrong sum": ("a.png", files.png().replace(b"IDAT", b"IDAX"), "已损坏"),
    "a sheet called Word": ("a.docx", files.xlsx(), "内容不是"),
    "a plain archive called Word": ("a.docx", files.ofd(), "损坏"),
    "Word called OFD": ("a.ofd", files.docx(), "内容不是版式文件"),
    "an OFD of nothing": ("a.ofd", files.ofd(""), "内容不是版式文件"),
    "macros": ("a.docx", files.package("docx", WORD_MACROS), "宏"),
    "macros hidden in a plain package": ("a.xlsx", files.package("xlsx", more={"xl/vbaProject.bin": b"x"}), "宏"),
    "macros under a folder of their own": ("a.pptx", files.package("pptx", more={"ppt/a/VBAPROJECT.BIN": b"x"}), "宏"),
    "controls": ("a.docx", files.package("docx", more={"word/activeX/activeX1.bin": b"x"}), "宏"),
    "a template that is fetched": ("a.docx", files.package("docx", relations=FETCHED), "加载模板"),
    "entities": ("a.docx", files.package("docx", more=ENTITIES), "实体"),
    "a bomb": ("a.docx", files.bomb(), "异常巨大"),
    "a package behind a program": ("a.docx", prefixed(files.docx()), "内容不是"),
    "a package cut off": ("a.docx", files.docx()[:-40], "损坏"),
    "a package with a password": ("a.docx", locked(files.docx()), "密码"),
    "a file that is locked by Office": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "内容不是"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_and_leave_nothing(project: Project, folder: Path, what: str) -> None:
    name, data, words = HOSTILE[what]
    with pytest.raises(Refused) as refused:
        kept(project, name, data)
    assert words in str(refused.value)
    assert not Attachment.objects.exists()
    assert on_disk(folder) == []
    assert not Entry.objects.filter(act__startswith="attachments.").exists()


def test_a_file_that_is_too_large_is_not_written_to_its_end(project: Project, settings: Any, folder: Path) -> None:
    settings.ATTACHMENT_BYTES = 1000
    taken = 0

    def pieces() -> Iterable[bytes]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield bytes(100)

    with pytest.raises(Refused, match="文件超过"):
        attach_file(by=None, project=project, name="a.pdf", pieces=pieces())
    assert taken == 11
    assert on_disk(folder) == []


def test_a_record_holds_only_so_much(project: Project, settings: Any, folder: Path) -> None:
    settings.ATTACHMENT_QUOTA_BYTES = int(len(files.PDF) * 2.5)
    kept(project)
    second = kept(project)
    with pytest.raises(Refused, match="合计最多"):
        kept(project)
    assert len(on_disk(folder)) == 2
    kept(a_project(project.jurisdiction))  # another project has room of its own
    remove_file(by=None, project=project, attachment=second)
    kept(project)


def test_kinds_are_a_setting(project: Project, settings: Any) -> None:
    settings.ATTACHMENT_KINDS = ("pdf",)
    kept(project)
    with pytest.raises(Refused, match=r"不收 \.png"):
        kept(project, "a.png", files.png())


def full(*args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_full_disk_leaves_neither_row_nor_file(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, step, full)
        with pytest.raises(Refused, match="磁盘空间不足"):
            kept(project)
    assert not Attachment.objects.exists()
    assert on_disk(folder) == []


def test_a_row_that_cannot_be_written_takes_its_file_along(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**columns: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(Attachment.objects, "create", broken)
    with pytest.raises(IntegrityError):
        kept(project)
    assert on_disk(folder) == []


def test_what_a_dying_process_leaves_is_swept_and_nothing_else(project: Project, folder: Path) -> None:
    row = kept(project)
    (folder / "plans" / "ab").mkdir(parents=True)
    plan = folder / "plans" / "ab" / "abcd.docx"
    plan.write_bytes(b"plan")
    draft = storing.take_in([b"half"], 100).path
    orphan = folder / "files" / "00" / "00orphan"
    orphan.parent.mkdir()
    orphan.write_bytes(b"x")
    young = folder / "files" / "00" / "00young"
    young.write_bytes(b"x")
    old = time.time() - storing.YOUNG_SECONDS - 60
    for path in (draft, orphan, plan, folder / row.path):
        os.utime(path, (old, old))
    assert sweep(by=None) == 2
    assert sorted(on_disk(folder)) == sorted([folder / row.path, plan, young])
    assert sweep(by=None) == 0
    assert Entry.objects.filter(act="attachments.swept").count() == 1


def test_a_removed_file_goes_once_that_is_committed(
    project: Project, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = kept(project)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(by=None, project=project, attachment=row)
        assert len(on_disk(folder)) == 1, "a rollback could still bring the row back"
    assert on_disk(folder) == []
    line = Entry.objects.filter(act="attachments.removed").get()
    assert (line.detail["name"], line.detail["size"], line.subject_id) == ("纪要.pdf", len(files.PDF), project.pk)


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(project: Project, folder: Path) -> None:
    user, row = a_user(project.jurisdiction), kept(project)
    with take_file(by=user, project=project, attachment=row) as file:
        assert file.read() == files.PDF
    (folder / row.path).write_bytes(b"other")
    with pytest.raises(FileGone, match="不一致"):
        take_file(by=user, project=project, attachment=row)
    (folder / row.path).unlink()
    with pytest.raises(FileGone, match="不在服务器上"):
        take_file(by=user, project=project, attachment=row)
    assert Entry.objects.filter(act="attachments.taken", by=user).count() == 1


def test_who_may_what(project: Project) -> None:
    here = project.jurisdiction
    Project.objects.filter(pk=project.pk).update(unit=a_unit(here, "东镇"))
    project.refresh_from_db()
    reporter, reader = a_user(project.unit, role="reporter"), a_user(project.unit, role="reader")
    other = a_user(a_unit(here, "西镇"), role="head")
    row = attach_file(by=reporter, project=project, name="a.pdf", pieces=[files.PDF])
    assert row.by == reporter
    for stranger in (reader, other):
        with pytest.raises(Forbidden):
            attach_file(by=stranger, project=project, name="a.pdf", pieces=[files.PDF])
    for stranger in (reporter, reader, other):
        with pytest.raises(Forbidden):
            remove_file(by=stranger, project=project, attachment=row)
    with pytest.raises(Forbidden):
        take_file(by=other, project=project, attachment=row)
    take_file(by=reader, project=project, attachment=row).close()


def test_a_bomb_in_small_parts_is_refused_too(project: Project) -> None:
    buffer = io.BytesIO(files.package("docx"))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"word/{number}", b"")
    with pytest.raises(Refused, match="异常巨大"):
        kept(project, "a.docx", buffer.getvalue())
