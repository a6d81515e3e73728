"""The tree of a province: 90 counties and 4,000 units, opened as a request of the office that keeps it."""

from datetime import date

from bench.table import Table, median_ms

LIMIT = 100
COUNTIES, UNITS = 90, 4000


def measure(table: Table) -> None:
    """The page, and one county when it is opened; the floor is the tree's rows by plain SQL."""
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import Client

    from zhaoyin.config.generating.province import province
    from zhaoyin.ground.accounts.actions import add_user
    from zhaoyin.ground.organisations.models import Unit

    class Undone(Exception):
        pass

    def rows() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, path, kind, name FROM organisations_unit WHERE kind = 'jurisdiction'")
            cursor.fetchall()
            cursor.execute("SELECT jurisdiction_id, count(*) FROM organisations_unit GROUP BY jurisdiction_id")
            cursor.fetchall()

    settings.ALLOWED_HOSTS, settings.AS_OF = ["*"], date(2022, 7, 15)
    try:
        with transaction.atomic():
            province(COUNTIES, UNITS)
            user, _ = add_user(by=None, username="province", unit=Unit.objects.get(name="测试省"), role="office")
            user.must_change_password = False
            user.save()
            client = Client()
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
            county = Unit.objects.get(name="测试1县").pk
            floor = median_ms(rows, 10)

            def opened(address: str) -> None:
                if client.get(address).status_code != 200:
                    raise RuntimeError(address)

            page = median_ms(lambda: opened("/organisations/"), 15)
            table.add(f"组织树：{COUNTIES} 个县 {UNITS} 个单位", LIMIT, page, floor, note="floor：两次 SQL")
            branch = median_ms(lambda: opened(f"/organisations/branches/{county}/"), 15)
            table.add("组织树：打开一个县", LIMIT, branch, floor, note="floor：两次 SQL")
            raise Undone
    except Undone:
        pass
