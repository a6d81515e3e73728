"""What every test stands on. A run has a data folder of its own, so no test can touch a developer's data.

The database is SQLite in memory, or the one that ZHAOYIN_DATABASE_URL names. Tests that ask for no database
(`db`, `transactional_db`) cannot reach one; those of kernel, documents and rules need none.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[1]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}

# Settings read the environment when they are imported, so it is laid out here, before anything imports them. Workers of
# pytest-xdist inherit the folder that the main process made.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["ZHAOYIN_DATA_DIR"] = tempfile.mkdtemp(prefix="zhaoyin-tests-")
    atexit.register(shutil.rmtree, os.environ["ZHAOYIN_DATA_DIR"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(ROOT / ".cache" / "hypothesis")
os.environ.pop("ZHAOYIN_AS_OF", None)

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

from tests import serving  # noqa: E402
from zhaoyin.ground.journal import keeping, triggers  # noqa: E402

# A strong hash would cost every test that signs in a tenth of a second.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Two busy cores make single examples slow; the same examples every time make a failure somebody else's too.
hypothesis_settings.register_profile(
    "zhaoyin", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("zhaoyin")


# What the journal keeps outside its database belongs to that database: workers have one each.
settings.JOURNAL_DIR = settings.DATA_DIR / os.environ.get("PYTEST_XDIST_WORKER", "main") / "journal"


def _emptied(teardown: Callable[[TransactionTestCase], None]) -> Callable[[TransactionTestCase], None]:
    """Empties the database after a test that committed. The journal's triggers refuse just that, so they go for a moment."""

    def empty(self: TransactionTestCase) -> None:
        triggers.remove(connection)
        try:
            teardown(self)
        finally:
            triggers.install(connection)
            (settings.JOURNAL_DIR / keeping.HEAD).unlink(missing_ok=True)

    return empty


TransactionTestCase._fixture_teardown = _emptied(TransactionTestCase._fixture_teardown)  # type: ignore[method-assign]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that reaches a database: the others need not run once more on PostgreSQL."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample loaded. Copy it (`served_alone` does) before changing anything."""
    folder = tmp_path_factory.mktemp("sample")
    serving.Served("", folder).command("sample")
    return folder


@pytest.fixture(scope="session")
def served(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Served]:
    """The product with the sample, served for all tests that only read."""
    folder = shutil.copytree(sample_data, tmp_path_factory.mktemp("served") / "var")
    with serving.serving(folder) as running:
        yield running


@pytest.fixture
def served_alone(sample_data: Path, tmp_path: Path) -> Iterator[serving.Served]:
    """The product with the sample, served for one test that changes it."""
    with serving.serving(shutil.copytree(sample_data, tmp_path / "var")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The machine's Chromium, headless. Without one the test is skipped, or fails where a browser is required."""
    program = serving.browser_program()
    if program is None:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("ZHAOYIN_TESTS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with serving.browser(program) as running:
        yield running


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page of 1440 × 900. A script that throws, or that the content security policy stops, fails the test."""
    yield from watched(browser, serving.DESKTOP)


@pytest.fixture
def phone(browser: "Browser") -> "Iterator[Page]":
    """A page of 390 × 844, watched in the same way."""
    yield from watched(browser, serving.PHONE)


def watched(browser: "Browser", size: dict[str, int]) -> "Iterator[Page]":
    """A page whose script errors are collected, and asserted to be none when the test is over."""
    errors: list[str] = []

    def said(message: "ConsoleMessage") -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            errors.append(message.text)

    context = serving.window(browser, size)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", said)
    yield page
    context.close()
    assert errors == []
