"""docs/security.md leads every control to code and to tests, and what it names is there."""

import re

from tests.architecture.tree import PACKAGE, ROOT

PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`([^`]+)`")
# What a row may say instead of naming a test.
PLAIN = re.compile(r"Not met|Left to the deployment|Not applicable")
CONTROLS = (
    "身份鉴别", "访问控制", "安全审计", "入侵防范", "恶意代码防范", "可信验证", "数据完整性", "数据保密性", "数据备份恢复",
    "剩余信息保护", "个人信息保护",
)  # fmt: skip
# How many lettered items GB/T 22239 has where the page answers them one by one.
ITEMS = {"身份鉴别": "abcd", "访问控制": "abcdefg", "安全审计": "abcd", "入侵防范": "abcdef"}


def rows() -> list[list[str]]:
    """The rows of the two tables of controls: control, what it asks, what meets it, what shows it."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and cells[0] not in ("point", "chapter", "---"):
            found.append(cells)
    return found


def test_every_control_and_every_chapter_has_its_row() -> None:
    names = [row[0] for row in rows()]
    for control in CONTROLS:
        assert any(name.startswith(control) for name in names), control
        letters = "".join(name.removeprefix(control) for name in names if name.startswith(control))
        assert all(letter in letters for letter in ITEMS.get(control, "")), control
    assert [name.split()[0] for name in names if re.match(r"V\d", name)] == [f"V{number}" for number in range(1, 18)]


def test_every_file_named_is_there() -> None:
    for control, _, met, _ in rows():
        for path in NAMED.findall(met):
            if "/" in path:
                assert (PACKAGE / path).exists(), (control, path)


def test_every_test_named_is_there() -> None:
    for control, _, _, shown in rows():
        for named in NAMED.findall(shown):
            path, _, test = named.partition("::")
            assert (ROOT / path).is_file(), (control, path)
            text = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^(async )?def {re.escape(test)}\(", text, re.MULTILINE), (control, named)


def test_what_no_test_shows_is_said_not_to_be_met() -> None:
    for control, _, met, shown in rows():
        assert NAMED.search(shown) or PLAIN.search(met), control


def test_every_setting_named_is_read() -> None:
    read = "".join(
        (PACKAGE / "config" / name).read_text(encoding="utf-8") for name in ("settings.py", "environment.py")
    )
    for name in re.findall(r"ZHAOYIN_[A-Z_]+", PAGE.read_text(encoding="utf-8")):
        assert name in read, name
