"""`zhaoyin generate --projects 10000`: fill an empty database for benchmarks."""

import argparse

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--projects", type=int, default=10000)
    parser.add_argument("--units", type=int, help="单位数，一个市默认 40，一个省默认 4000")
    parser.add_argument(
        "--counties", type=int, default=0, help="生成有这么多个县的一个省、十年的项目；只用于 PostgreSQL"
    )
    parser.add_argument("--seed", type=int, default=2022)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Generate into a database without projects; the account `bench` with a printed password can see them."""
    start_django()
    from django.core.management import call_command
    from django.db import connection

    from zhaoyin.config.generating import generate, generate_province
    from zhaoyin.ground.accounts.actions import AccountExists, add_user
    from zhaoyin.record.projects.models import Project

    units = options.units if options.units is not None else (4000 if options.counties else 40)
    if options.projects < 1 or units < 1 or options.counties < 0:
        raise Refusal("项目数和单位数都应大于 0")
    if options.counties and connection.vendor != "postgresql":
        raise Refusal("一个省的项目只生成在 PostgreSQL 里")
    call_command("migrate", verbosity=0)
    if Project.objects.exists():
        raise Refusal("数据库里已有项目，演示项目只生成在没有项目的数据库里")
    if options.counties:
        here = generate_province(options.projects, counties=options.counties, units=units, seed=options.seed)
    else:
        here = generate(options.projects, units=units, seed=options.seed)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"已在{here.name}生成 {Project.objects.count()} 个项目。")
    try:
        user, password = add_user(by=None, username="bench", unit=here, role="office")
    except AccountExists:
        return 0
    print(f"账号 {user.username}\n一次性密码 {password}")
    return 0
