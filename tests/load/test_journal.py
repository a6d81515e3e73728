"""Many writers at once: enough of them are served, none waits for ever, and the chain is whole afterwards."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.plans import a_jurisdiction
from tests.journal import found
from tests.load import journal_writers
from tests.serving import Served
from zhaoyin.ground.journal.models import Entry, Link
from zhaoyin.ground.organisations.models import Official

SECONDS = 5
LEAST_A_SECOND = 200


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_eight_writers_on_postgresql_write_two_hundred_lines_a_second() -> None:
    unit = a_jurisdiction("云溪市")
    here = connection.settings_dict
    url = f"postgresql://{quote(here['USER'])}:{quote(here['PASSWORD'])}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    environment = {"ZHAOYIN_DATABASE_URL": url, "ZHAOYIN_DATA_DIR": str(settings.JOURNAL_DIR.parent)}
    before, quiet = Entry.objects.count(), os.getloadavg()[0] < (os.cpu_count() or 1)
    done, errors = journal_writers.run(8, SECONDS, unit.pk, environment)
    print(f"8 writers on PostgreSQL: {done / SECONDS:.0f} lines a second")
    assert not errors
    assert Entry.objects.count() == before + done == Link.objects.count()
    assert Official.objects.count() == done
    assert found() == []
    if quiet:  # what others do on the machine is no matter of the journal's
        assert done / SECONDS >= LEAST_A_SECOND


@pytest.mark.slow
def test_four_writers_on_sqlite_never_find_the_database_locked(tmp_path: Path) -> None:
    served = Served("", tmp_path)
    served.command("django", "migrate", "-v", "0")
    make = (
        "from zhaoyin.ground.organisations.actions import add_jurisdiction;"
        "print(add_jurisdiction(by=None, name='云溪市').pk)"
    )
    unit = int(served.command("django", "shell", "-v", "0", "-c", make).split()[-1])
    environment = {"ZHAOYIN_DATA_DIR": str(tmp_path), "ZHAOYIN_DATABASE_URL": ""}
    done, errors = journal_writers.run(4, SECONDS, unit, environment)
    print(f"4 writers on SQLite: {done / SECONDS:.0f} lines a second")
    assert not errors
    assert f"走过 {done + 1} 条" in served.command("journal", "verify")
